"""Calendars: one iCalendar builder, files of what is public, and each guest's private feed.

`entry.py`, `ical.py` and `vtimezone.py` are pure (data in, bytes out); `entries.py` turns events and items
into entries in a reader's language; `serving.py` joins them with the work for each entry done once, short
enough for every client (`brevity.py`); `files.py` makes whole calendars of what is public; the views
answer with ETag and 304.
"""
