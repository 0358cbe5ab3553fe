"""Venues with their coordinates, rooms with their capacity, and the zones a badge opens.

Shared by all events. A zone's letter stands on badges; which category opens it is the event's to say
(`events/categories.py`). What is in use cannot be removed: `service.py` says so instead of the database.
"""
