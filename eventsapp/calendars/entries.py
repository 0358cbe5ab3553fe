"""From events and programme items to calendar entries in a reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from eventsapp.calendars.entry import Entry, Status
from eventsapp.core import languages
from eventsapp.core.db import LanguageMap
from eventsapp.core.links import absolute
from eventsapp.core.zones import zone
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.places.models import Venue
from eventsapp.programme.enums import ItemState
from eventsapp.programme.models import ProgrammeItem
from eventsapp.programme.queries import PublicPart

_ENGLISH = "en"
_STATUS = {
    ItemState.SCHEDULED: Status.CONFIRMED,
    ItemState.PROVISIONAL: Status.TENTATIVE,
    ItemState.CANCELLED: Status.CANCELLED,
}


@dataclass(frozen=True)
class Writing:
    """For whom entries are written: their language, the word for "cancelled" in it, the site's address."""

    language: str
    cancelled: str
    base_url: str

    def text(self, texts: LanguageMap, event: Event) -> str:
        """A language map's text for this reader, else in the event's own language."""
        own = event.languages[0] if event.languages else _ENGLISH
        return languages.pick(texts, self.language, own).text

    def summary(self, title: str, *, cancelled: bool) -> str:
        """A title; some clients show the text alone, so a cancelled one says so in words."""
        return f"{self.cancelled}: {title}" if cancelled else title


def event_entry(event: Event, writing: Writing) -> Entry:
    """The event as a whole: a timed entry within one day, else a frame of days that leaves the diary free."""
    cancelled = event.state is EventState.CANCELLED
    tz = zone(event.timezone)
    first, last = event.starts_local.date(), (event.ends_local - timedelta(microseconds=1)).date()
    is_frame = first != last
    return Entry(
        uid=event.uid,
        start=first if is_frame else event.starts_at.astimezone(tz),
        end=last if is_frame else event.ends_at.astimezone(tz),
        summary=writing.summary(writing.text(event.title, event), cancelled=cancelled),
        description=writing.text(event.description, event) or None,
        location=_venue(event.venue, event, writing) or None,
        geo=_position(event.venue),
        url=absolute(writing.base_url, f"/events/{quote(event.slug)}"),
        last_modified=event.revised_at,
        created=event.created_at,
        sequence=event.sequence,
        status=Status.CANCELLED if cancelled else Status.CONFIRMED,
        transparent=is_frame,
        language=writing.language,
    )


def item_entry(
    item: ProgrammeItem,
    event: Event,
    writing: Writing,
    parts: Sequence[PublicPart] = (),
    *,
    tentative: bool = False,
) -> Entry:
    """One programme item. `parts` are the people to name; `tentative` says the reader may not come."""
    status = _STATUS[item.state] if event.state is not EventState.CANCELLED else Status.CANCELLED
    if tentative and status is Status.CONFIRMED:
        status = Status.TENTATIVE
    tz = zone(item.timezone)
    venue = item.room.venue if item.room else item.venue
    return Entry(
        uid=item.uid,
        start=item.starts_at.astimezone(tz),
        end=item.ends_at.astimezone(tz),
        summary=writing.summary(writing.text(item.title, event), cancelled=status is Status.CANCELLED),
        description=_description(item, event, writing, parts) or None,
        location=_place(item, event, writing) or None,
        geo=_position(venue),
        url=_item_url(item, event, writing),
        last_modified=item.revised_at,
        created=item.created_at,
        sequence=item.sequence,
        status=status,
        related_to=event.uid,
        language=writing.language,
    )


def _description(item: ProgrammeItem, event: Event, writing: Writing, parts: Sequence[PublicPart]) -> str:
    people = "\n".join(
        ", ".join(
            filter(None, (part.name, writing.text(part.title, event), writing.text(part.organisation, event)))
        )
        for part in parts
    )
    return "\n\n".join(
        filter(None, (writing.text(item.description, event), people, writing.text(item.dress, event)))
    )


def _place(item: ProgrammeItem, event: Event, writing: Writing) -> str:
    if item.room:
        return ", ".join(
            filter(None, (writing.text(item.room.names, event), _venue(item.room.venue, event, writing)))
        )
    return _venue(item.venue, event, writing) or writing.text(item.place_note, event)


def _venue(venue: Venue | None, event: Event, writing: Writing) -> str:
    if venue is None:
        return ""
    return ", ".join(filter(None, (writing.text(venue.names, event), writing.text(venue.address, event))))


def _position(venue: Venue | None) -> tuple[float, float] | None:
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return venue.latitude, venue.longitude


def _item_url(item: ProgrammeItem, event: Event, writing: Writing) -> str | None:
    if not item.is_public or event.state is EventState.DRAFT:
        return None
    return absolute(writing.base_url, f"/events/{quote(event.slug)}/items/{item.code}")
