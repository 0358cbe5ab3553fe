"""Local time and zones: what was entered is local, instants are derived."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name; refuses (`Invalid`) what is not one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(N_("There is no time zone “%(name)s”."), name=name) from error


@cache
def zone_names() -> tuple[str, ...]:
    """Every area/city zone, sorted, for a choice field."""
    return tuple(
        sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    )


def to_utc(local: datetime, zone_name: str) -> datetime:
    """The instant of a naive local time in a zone.

    An hour that occurs twice means its first occurrence. Refuses (`Invalid`) an hour that the
    clock skips when summer time begins: nobody can keep such an appointment.
    """
    tz = zone(zone_name)
    instant = local.replace(tzinfo=tz, fold=0).astimezone(UTC)
    if instant.astimezone(tz).replace(tzinfo=None) != local.replace(fold=0):
        raise Invalid(
            N_("%(time)s does not exist in %(zone)s: the clock is put forward over it."),
            time=f"{local:%Y-%m-%d %H:%M}",
            zone=zone_name,
        )
    return instant


def to_local(instant: datetime, zone_name: str) -> datetime:
    """The naive local time in a zone at an instant."""
    return instant.astimezone(zone(zone_name)).replace(tzinfo=None)
