"""Guests, their invitations and their replies; seats and the waiting list.

A guest is a person at an event. `service.py` invites, registers, answers and withdraws; `seats.py`
is the only place where seats are taken and freed, by one conditional UPDATE, so that none is ever sold
twice. Accepting and leaving are announced by `signals.py`; badges listen.
"""
