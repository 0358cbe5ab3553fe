"""Numbers, dates and times of day."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.questions.asked import Asked
from eventsapp.questions.conditions import Comparison
from eventsapp.questions.kinds.kind import Control, Kind, Limit, Say, kind
from eventsapp.web import formats

_LARGEST = 10**12
_ORDERED = (
    Comparison.IS,
    Comparison.IS_NOT,
    Comparison.AT_LEAST,
    Comparison.AT_MOST,
    Comparison.ANSWERED,
)


def read_number(text: str) -> int | float:
    """A number as typed, with a point or a comma. Raises `Invalid`."""
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    if typed.count(",") == 1 and "." not in typed:
        typed = typed.replace(",", ".")
    try:
        number = Decimal(typed) if len(typed) <= 20 and "_" not in typed else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) > _LARGEST:
        raise Invalid(N_("Please give a number in figures."))
    return int(number) if number == number.to_integral_value() else float(round(number, 6))


def read_date(text: str) -> str:
    """A date, as ISO 8601 writes it. Raises `Invalid`."""
    try:
        return date.fromisoformat(text.strip()[:40]).isoformat()
    except ValueError as error:
        raise Invalid(N_("Please give a date as year, month and day: 2026-06-02.")) from error


def read_time(text: str) -> str:
    """A time of day to the minute. Raises `Invalid`."""
    try:
        return time.fromisoformat(text.strip()[:40]).replace(tzinfo=None).isoformat(timespec="minutes")
    except ValueError as error:
        raise Invalid(N_("Please give a time as hours and minutes: 18:30.")) from error


class Measure(Kind):
    """What has an order, a least and a most."""

    comparisons = _ORDERED
    read: Callable[[str], Any]

    def clean(self, given: Any, asked: Asked) -> Any:
        text = str("" if given is None else given)
        if not text.strip():
            return None
        value = type(self).read(text)
        least, most = asked.limits.get("least"), asked.limits.get("most")
        if least is not None and value < least:
            raise Invalid(N_("This cannot be less than %(least)s."), least=least)
        if most is not None and value > most:
            raise Invalid(N_("This cannot be more than %(most)s."), most=most)
        return value

    def typed(self, value: Any) -> Any:
        return str(value)

    def compared(self, text: str, asked: Asked) -> Any:  # noqa: ARG002 -- a condition may lie outside the limits
        return type(self).read(text) if text.strip() else None


@kind
class Number(Measure):
    """A number."""

    key = "number"
    name = N_("A number")
    control = Control.NUMBER
    read = staticmethod(read_number)
    limits = (Limit("least", N_("At least"), read_number), Limit("most", N_("At most"), read_number))

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        return formats.number_text(Decimal(str(value)), reader)


@kind
class Day(Measure):
    """A date."""

    key = "date"
    name = N_("A date")
    control = Control.DATE
    read = staticmethod(read_date)
    limits = (
        Limit("least", N_("Not before"), read_date, Control.DATE),
        Limit("most", N_("Not after"), read_date, Control.DATE),
    )

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        return formats.date_text(date.fromisoformat(value), reader)


@kind
class Hour(Measure):
    """A time of day."""

    key = "time"
    name = N_("A time of day")
    control = Control.TIME
    read = staticmethod(read_time)
    limits = (
        Limit("least", N_("Not before"), read_time, Control.TIME),
        Limit("most", N_("Not after"), read_time, Control.TIME),
    )
