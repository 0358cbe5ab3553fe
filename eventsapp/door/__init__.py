"""The door: a badge is shown at a checkpoint and a verdict comes back.

`decision.py` decides, a pure function of badge, checkpoint, time and what is known. `service.py` reads the
codes (`reading.py`) and settles what was scanned (`settling.py`): every attempt is stored, and exactly one
admission (a UNIQUE constraint, however many doors scan at once). `checkpoints.py` is for organisers.
`api/v1/scans.py` and the scanner under `/door/` are its two faces.
"""
