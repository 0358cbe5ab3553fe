"""Dates that are known only to the year, the month or the day."""

from datetime import datetime

from babel import Locale
from babel.dates import format_skeleton

from eventsapp.core.languages import locale_of

_SKELETONS = {1: "y", 2: "yMMMM", 3: "yMMMMd"}


def imprecise_date(text: str, reader: str) -> str:
    """ "2022-04" as a reader of that language writes it: "April 2022"; "" stays ""."""
    if not text:
        return ""
    parts = [int(part) for part in text.split("-")]
    year, month, day, *_ = (*parts, 1, 1)
    first = datetime(year, month, day)  # noqa: DTZ001 -- a date, not an instant
    locale = locale_of(reader) or Locale("en")
    return str(format_skeleton(_SKELETONS[len(parts)], first, locale=locale))
