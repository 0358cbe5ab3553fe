"""The programme as the public reads it: a section of the event's page, and a page for each item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, abort, g, render_template, url_for
from flask import Response as FlaskResponse

from eventsapp.core import clock
from eventsapp.core.codes import normal_code
from eventsapp.core.db import LanguageMap
from eventsapp.core.zones import to_local, zone
from eventsapp.events import openness, public_sections, replayed
from eventsapp.events.models import Event
from eventsapp.events.views.public import argument, day_of
from eventsapp.programme import queries
from eventsapp.programme.enums import PartRole
from eventsapp.programme.grid import Row, days, rows
from eventsapp.programme.models import ProgrammeItem, Track
from eventsapp.web.guard import public
from eventsapp.web.locale import wanted_languages
from eventsapp.web.responses import kept, until

pages = Blueprint("public_programme", __name__)
blueprints = (pages,)

ROOMS = "rooms"
ALL = "all"
MANY = 60  # items above which a page begins with one day


@dataclass(frozen=True)
class Day:
    """One day: its items in the order of time, or its rooms and rows."""

    day: date
    items: Sequence[ProgrammeItem]
    rooms: Sequence[LanguageMap] = ()
    rows: Sequence[Row[ProgrammeItem]] = ()


@dataclass(frozen=True)
class Selection:
    """What is to be seen: one day, one track, by room; None: all. `is_long` says that a day is the usual."""

    day: date | None
    track: str | None
    by_room: bool
    is_long: bool

    def link(self, **changes: Any) -> dict[str, str]:
        """The query arguments of the same selection with changes."""
        chosen = {"day": self.day, "track": self.track, "by_room": self.by_room, **changes}
        day = chosen["day"] or (ALL if self.is_long else "")
        found = {"view": ROOMS if chosen["by_room"] else "", "day": day, "track": chosen["track"]}
        return {name: str(value) for name, value in found.items() if value}


def section(event: Event) -> dict[str, Any] | None:
    """The public programme of an event; None where nothing of it is public."""
    items = queries.items(event, public_only=True)
    if not items:
        return None
    all_days = list(days(items))
    is_long = len(items) > MANY and len(all_days) > 1
    selection = Selection(
        day=_present_day(event, all_days) if is_long and not argument("day") else day_of(argument("day")),
        track=_code(argument("track")),
        by_room=argument("view") == ROOMS,
        is_long=is_long,
    )
    chosen = [item for item in items if _is_chosen(item, selection)]
    return {
        "selection": selection,
        "count": len(items),
        "all_days": all_days,
        "tracks": tracks_of(items),
        "has_rooms": len({item.room_id for item in items if item.room_id}) > 1,
        "days": [_day(day, found, selection) for day, found in days(chosen).items()],
        "parts": queries.public_parts(event),
        "is_wide": selection.by_room,
    }


def _present_day(event: Event, all_days: Sequence[date]) -> date:
    """Where a long programme opens: today, or the first day of it."""
    today = to_local(clock.now(), event.timezone).date()
    if today <= all_days[-1]:
        midnight = datetime.combine(today + timedelta(days=1), time())
        until(midnight.replace(tzinfo=zone(event.timezone)).astimezone(UTC))
    return today if today in all_days else all_days[0]


def _code(typed: str) -> str | None:
    return normal_code(typed) or None


def _is_chosen(item: ProgrammeItem, selection: Selection) -> bool:
    return (selection.day is None or item.starts_local.date() == selection.day) and (
        selection.track is None or (item.track is not None and item.track.code == selection.track)
    )


def tracks_of(items: Sequence[ProgrammeItem]) -> list[Track]:
    """The tracks that occur among items, in their own order."""
    found = {item.track_id: item.track for item in items if item.track}
    return sorted(found.values(), key=lambda track: (track.position, track.id))


def _day(day: date, items: Sequence[ProgrammeItem], selection: Selection) -> Day:
    if not selection.by_room:
        return Day(day, items)
    columns: dict[tuple[bool, int, int], list[ProgrammeItem]] = {}
    for item in items:
        columns.setdefault(_column(item), []).append(item)
    ordered = [columns[column] for column in sorted(columns)]
    return Day(day, items, [_column_name(column[0]) for column in ordered], rows(ordered))


def _column(item: ProgrammeItem) -> tuple[bool, int, int]:
    """Rooms in their order, then venues for what stands in no room."""
    if item.room:
        return (False, item.room.position, item.room.id)
    return (True, 0, item.venue_id or 0)


def _column_name(item: ProgrammeItem) -> LanguageMap:
    if item.room:
        return item.room.names
    return item.venue.names if item.venue else {}


@pages.get("/events/<slug>/items/<code>")
@public
def item(slug: str, code: str) -> FlaskResponse:
    """One public item of an event's programme."""
    wanted = normal_code(code)
    return kept(("item", slug, wanted, wanted_languages()), lambda: _item(slug, wanted))


def _item(slug: str, code: str) -> str:
    event = openness.open_event(slug) or abort(404)
    found = queries.item_of(event, code)
    if found is None or not found.is_public:
        abort(404)
    g.demo_note = replayed.note(event)
    people = queries.public_parts(event, found).get(found.id, [])
    return render_template(
        "programme/public/item.html",
        event=event,
        item=found,
        speakers=[part for part in people if part.role is PartRole.SPEAKER],
        others=[part for part in people if part.role is not PartRole.SPEAKER],
        venue=found.venue or (found.room.venue if found.room else None),
        is_unlisted=not openness.is_listed(event),
        calendar=url_for("calendars.item", slug=slug, code=code),
    )


public_sections.section(30, "programme/public/section.html", section, arguments=("view", "day", "track"))
