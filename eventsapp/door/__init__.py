"""The door: a badge is shown at a checkpoint and a verdict comes back.

`decision.py` decides, a pure function of badge, checkpoint, time and what is known; `service.py`
stores every attempt and exactly one admission (a UNIQUE constraint, however many doors scan at once);
`api/v1/scans.py` and the scanner under `/door/` are its two faces.
"""
