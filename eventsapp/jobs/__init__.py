"""Work for later: rows written in the caller's transaction, leased by the worker, done at least once.

Nothing is lost when a worker dies: its lease runs out and another takes the row. `registry.py`
knows which function answers to a job's name.
"""
