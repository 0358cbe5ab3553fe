"""Events of three kinds on one spine: summit, signing ceremony, delegation visit.

An event may stand inside another (a signing inside a visit) and attend others (a visit attends a
summit). `service.py` creates, edits, publishes, cancels and closes; what belongs to one kind alone
lives in its wing: `programme/`, `ceremonies/`, `visits/`.
"""
