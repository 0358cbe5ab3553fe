"""What happens when, where and with whom: sessions of a summit, acts of a signing, items of an itinerary.

One kind of row, `ProgrammeItem`, serves all three, so that one person's day can be read across
them. `conflicts.py` finds people and rooms in two places at once; it warns and never forbids.
"""
