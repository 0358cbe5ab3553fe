"""Writes the five occasions: the summit, its forum, the visit, the signing inside it, the gathering of 2022."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eventsapp.access.identity import SYSTEM
from eventsapp.core.provenance import Source
from eventsapp.demo import signing, summit, visit
from eventsapp.demo.data import DEMO, SEED, Item, at
from eventsapp.demo.directory import Directory
from eventsapp.demo.places import ZONE
from eventsapp.events import categories
from eventsapp.events import service as events
from eventsapp.events.enums import EventKind, Visibility
from eventsapp.events.models import Category, Event
from eventsapp.programme import service as programme
from eventsapp.programme import strands
from eventsapp.programme.models import ParticipantGroup, ProgrammeItem, Track

CONTACT = "protocol@city.example"
SUMMIT, FORUM, VISIT, SIGNING, GATHERING = (
    "smart-city-summit-2023",
    "net-zero-city-forum",
    "kyiv-delegation",
    "taipei-kyiv-memorandum",
    "support-ukraine-2022",
)


@dataclass
class Occasions:
    """The events by slug, their categories by slug and letter, and their items by slug in order."""

    events: dict[str, Event] = field(default_factory=dict)
    categories: dict[tuple[str, str], Category] = field(default_factory=dict)
    items: dict[str, list[ProgrammeItem]] = field(default_factory=dict)


class Writer:
    """Writes events moved by `shift` days; everything it makes is published unless said otherwise."""

    def __init__(self, directory: Directory, shift: timedelta, now: datetime) -> None:
        self.directory = directory
        self.shift = shift
        self.now = now
        self.made = Occasions()

    def event(self, given: events.EventInput, source: Source, reference: str = "") -> Event:
        """One event, moved and published, with the usual categories of guests."""
        moved = events.EventInput(
            **{
                **given.__dict__,
                "starts_local": given.starts_local + self.shift,
                "ends_local": given.ends_local + self.shift,
                "reply_by_local": given.reply_by_local + self.shift if given.reply_by_local else None,
            }
        )
        event = events.create_event(
            moved,
            source=source,
            source_reference=reference,
            shifted_days=self.shift.days,
            actor=SYSTEM,
            now=self.now,
        )
        self.made.events[event.slug] = event
        for letter, names, colour, pattern, zones in summit.CATEGORIES:
            category = categories.CategoryInput(
                names=names,
                letter=letter,
                colour=colour,
                pattern=pattern,
                zones=[self.directory.zones[zone] for zone in zones],
                for_registration=letter == "V",
            )
            self.made.categories[event.slug, letter] = categories.create_category(
                event, category, source=DEMO, actor=SYSTEM, now=self.now
            )
        events.publish_event(event, actor=SYSTEM, now=self.now)
        return event

    def items(
        self,
        event: Event,
        items: Sequence[Item],
        *,
        tracks: dict[str, Track] | None = None,
        groups: dict[str, ParticipantGroup] | None = None,
    ) -> None:
        """The event's programme."""
        self.made.items[event.slug] = [self._item(event, item, tracks or {}, groups or {}) for item in items]

    def _item(
        self, event: Event, item: Item, tracks: dict[str, Track], groups: dict[str, ParticipantGroup]
    ) -> ProgrammeItem:
        given = programme.ItemInput(
            kind=item.kind,
            title=item.title,
            starts_local=item.starts + self.shift,
            ends_local=item.ends + self.shift,
            timezone=ZONE,
            room=self.directory.rooms.get(item.place),
            venue=self.directory.venues.get(item.place),
            description=item.description or {},
            track=tracks.get(item.track),
            audience=item.audience,
            groups=[groups[key] for key in item.groups],
            parts=[
                programme.PartInput(self.directory.people[key], role, self.directory.post(key))
                for key, role in item.people
            ],
            capacity=item.capacity,
            wants_answer=item.wants_answer,
            is_public=item.public,
        )
        return programme.create_item(
            event, given, source=item.source, source_reference=item.reference, actor=SYSTEM, now=self.now
        )


def write(directory: Directory, shift: timedelta, now: datetime) -> Occasions:
    """All occasions; the gathering of 2022 is closed, the others are published."""
    writer = Writer(directory, shift, now)
    _summit(writer)
    _visit(writer)
    _signing(writer)
    _gathering(writer)
    return writer.made


def _summit(writer: Writer) -> None:
    tainex = writer.directory.venues["tainex"]
    event = writer.event(
        events.EventInput(
            kind=EventKind.SUMMIT,
            slug=SUMMIT,
            title=summit.TITLE,
            subtitle=summit.SUBTITLE,
            description=summit.DESCRIPTION,
            practical=summit.PRACTICAL,
            timezone=ZONE,
            starts_local=at(28, "09:00"),
            ends_local=at(31, "17:00"),
            reply_by_local=at(31, "12:00"),
            visibility=Visibility.PUBLIC,
            venue=tainex,
            capacity=400,
            registration_open=True,
            contact_email=CONTACT,
        ),
        SEED,
        "Days and venue: taiwannews.com.tw/en/news/4849105",
    )
    tracks = {
        key: strands.create_track(
            event, names=names, colour=colour, source=DEMO, actor=SYSTEM, now=writer.now
        )
        for key, names, colour in summit.TRACKS
    }
    writer.items(event, summit.ITEMS, tracks=tracks)
    writer.event(
        events.EventInput(
            kind=EventKind.SUMMIT,
            slug=FORUM,
            title=summit.FORUM_TITLE,
            timezone=ZONE,
            starts_local=at(28, "13:00"),
            ends_local=at(28, "17:15"),
            reply_by_local=at(24, "18:00"),
            visibility=Visibility.UNLISTED,
            parent=event,
            venue=tainex,
            capacity=200,
            contact_email=CONTACT,
        ),
        SEED,
        "Time and room: smartcityonline.org.tw, Net Zero City Leaders Summit; the mapping and the reply-by date are ours",
    )


def _visit(writer: Writer) -> None:
    event = writer.event(
        events.EventInput(
            kind=EventKind.VISIT,
            slug=VISIT,
            title=visit.TITLE,
            subtitle=visit.SUBTITLE,
            description=visit.DESCRIPTION,
            practical=visit.PRACTICAL,
            timezone=ZONE,
            starts_local=at(27, "17:40"),
            ends_local=at(31, "16:55"),
            reply_by_local=at(30, "18:00"),
            visibility=Visibility.PUBLIC,
            attends=[writer.made.events[SUMMIT], writer.made.events[FORUM]],
            host=writer.directory.bodies["taipei"],
            venue=writer.directory.venues["city-hall"],
            contact_email=CONTACT,
        ),
        SEED,
        "Day of signing: taiwannews.com.tw/en/news/4853007",
    )
    groups = {
        key: strands.create_group(
            event,
            names=names,
            people=[writer.directory.people[person] for person in members],
            source=DEMO,
            actor=SYSTEM,
            now=writer.now,
        )
        for key, names, members in visit.GROUPS
    }
    writer.items(event, visit.ITEMS, groups=groups)


def _signing(writer: Writer) -> None:
    event = writer.event(
        events.EventInput(
            kind=EventKind.SIGNING,
            slug=SIGNING,
            title=signing.TITLE,
            subtitle=signing.SUBTITLE,
            description=signing.DESCRIPTION,
            practical=signing.PRACTICAL,
            timezone=ZONE,
            starts_local=at(30, "10:30"),
            ends_local=at(30, "11:15"),
            reply_by_local=at(29, "18:00"),
            visibility=Visibility.PUBLIC,
            parent=writer.made.events[VISIT],
            host=writer.directory.bodies["taipei"],
            venue=writer.directory.venues["city-hall"],
            capacity=14,
            contact_email=CONTACT,
        ),
        SEED,
        "Day: taiwannews.com.tw/en/news/4853007; the hour and the room are ours",
    )
    writer.items(event, [signing.ITEM])


def _gathering(writer: Writer) -> None:
    given = events.EventInput(
        kind=EventKind.SUMMIT,
        slug=GATHERING,
        title=summit.GATHERING_TITLE,
        description=summit.GATHERING,
        timezone=ZONE,
        starts_local=datetime(2022, 3, 3, 10, 0),  # noqa: DTZ001 -- local time in `timezone`
        ends_local=datetime(2022, 3, 3, 12, 0),  # noqa: DTZ001 -- local time in `timezone`
        visibility=Visibility.PUBLIC,
        host=writer.directory.bodies["taipei"],
        venue=writer.directory.venues["city-hall"],
    )
    past = Writer(writer.directory, timedelta(), writer.now)
    event = past.event(given, SEED, "The day is the source document's; the hour is ours")
    events.close_event(event, actor=SYSTEM, now=writer.now)
    writer.made.events[event.slug] = event
