"""From the wall-clock times that were entered to instants, with refusals at the field."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.core.zones import to_utc

EARLIEST, LATEST = 1900, 2199  # years
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Span:
    """From one instant to a later one, in UTC."""

    starts_at: datetime
    ends_at: datetime


def instant(local: datetime, zone: str, *, field: str) -> datetime:
    """The instant of a local time in a zone; a refusal (`Invalid`) names `field`, or `timezone`."""
    if local.tzinfo is not None or not EARLIEST <= local.year <= LATEST:
        raise Invalid(N_("This date cannot be right."), field=field)
    try:
        return to_utc(local, zone)
    except Invalid as error:
        error.field = "timezone" if "name" in error.params else field
        raise


def span(starts_local: datetime, ends_local: datetime, zone: str) -> Span:
    """The instants of a beginning and an end. Refuses (`Invalid`) an end that is not after the beginning."""
    found = Span(
        instant(starts_local, zone, field="starts_local"), instant(ends_local, zone, field="ends_local")
    )
    if found.ends_at <= found.starts_at:
        raise Invalid(N_("This ends before it begins."), field="ends_local")
    if found.ends_at - found.starts_at > LONGEST:
        raise Invalid(N_("This lasts longer than a year."), field="ends_local")
    return found
