"""Calendars: one iCalendar builder, files of what is public, and each guest's private feed.

`ical.py` and `vtimezone.py` are pure (data in, bytes out); `entries.py` turns programme, ceremonies
and visits into entries; `views.py` serves them with ETag and 304.
"""
