"""Forms about a programme. Field names are those of `ItemInput`, so that a refusal finds its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, ColorField, Field, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.core import zones
from eventsapp.core.codes import normal_code
from eventsapp.events.models import Event
from eventsapp.people import queries as people
from eventsapp.people.forms import PersonField
from eventsapp.people.models import Affiliation, Person
from eventsapp.places.models import Room, Venue
from eventsapp.programme.enums import Audience, ItemKind, ItemState, PartRole
from eventsapp.programme.models import ParticipantGroup, ProgrammeItem, Track
from eventsapp.programme.service import ItemInput, PartInput
from eventsapp.web.filters import tx_plain, zone_label
from eventsapp.web.forms import Form, LanguageMapField, LocalDateTimeField
from eventsapp.web.words import choices

MOST_PARTS = 300


@dataclass(frozen=True)
class Part:
    """A row of the people in a form."""

    person: Person
    role: str = PartRole.PARTICIPANT.value
    title: str = ""  # an affiliation's code

    @property
    def affiliation(self) -> Affiliation | None:
        """The title that applies."""
        return next((held for held in self.person.affiliations if held.code == self.title), None)


class PartsField(Field):
    """The people of a form, one a row: `data` is a list of `Part`. Rows marked to be removed are left out."""

    data: list[Part]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        self.data = list(self.data or ())
        if formdata is None or f"{self.name}-sent" not in formdata:
            return
        codes = [normal_code(code) for code in formdata.getlist(f"{self.name}-person")[:MOST_PARTS]]
        roles = formdata.getlist(f"{self.name}-role")
        titles = formdata.getlist(f"{self.name}-title")
        removed = set(formdata.getlist(f"{self.name}-remove"))
        known = people.people_by_codes(codes)
        self.data = [
            Part(known[code], _at(roles, row), _at(titles, row))
            for row, code in enumerate(codes)
            if code in known and str(row) not in removed
        ]

    def add(self, person: Person, role: str) -> None:
        """One more row; the person's only title is taken at once."""
        only = person.affiliations[0].code if len(person.affiliations) == 1 else ""
        if not any(part.person is person and part.role == role for part in self.data):
            self.data = [*self.data, Part(person, role, only)]


def _at(values: Sequence[str], row: int) -> str:
    return values[row] if row < len(values) else ""


class WithPeople(Form):
    """A form with people in rows and a box that finds one more."""

    people = PartsField(lazy_gettext("People"))
    person = PersonField(lazy_gettext("Add a person"))
    role = SelectField(lazy_gettext("Part"))

    def offer_roles(self) -> None:
        """Fill in the parts that a person can have."""
        self.role.choices = choices(PartRole)
        if self.role.data not in set(PartRole):
            self.role.data = PartRole.PARTICIPANT.value

    def take_in(self) -> None:
        """Turn whoever was found into a row, and empty the box."""
        if self.person.data is not None:
            self.people.add(self.person.data, self.role.data)
            self.person.data, self.person.typed = None, ""

    def parts(self) -> list[PartInput]:
        """The people in the rows."""
        return [PartInput(part.person, _role(part.role), part.affiliation) for part in self.people.data]


def _role(value: str) -> PartRole:
    return PartRole(value) if value in set(PartRole) else PartRole.PARTICIPANT


class Placing:
    """What can be chosen as a place: rooms by venue, or a venue as a whole."""

    def __init__(self, venues: Sequence[Venue], event: Event) -> None:
        self.venues = sorted(venues, key=lambda venue: venue.id != event.venue_id)
        self._rooms = {f"room:{room.code}": room for venue in self.venues for room in venue.rooms}
        self._whole = {f"venue:{venue.code}": venue for venue in self.venues}

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """Choices in groups, the event's own venue first."""
        grouped = {gettext("Nowhere in particular"): [("", gettext("Not stated"))]}
        for venue in self.venues:
            name = tx_plain(venue.names)
            rows = [(f"room:{room.code}", f"{tx_plain(room.names)}, {name}") for room in venue.rooms]
            grouped.setdefault(name, []).extend(
                [(f"venue:{venue.code}", gettext("%(venue)s, no room", venue=name)), *rows]
            )
        return grouped

    def room(self, value: str) -> Room | None:
        """The room chosen, if one was."""
        return self._rooms.get(value)

    def venue(self, value: str) -> Venue | None:
        """The venue chosen as a whole, if one was."""
        return self._whole.get(value)


def place_of(item: ProgrammeItem) -> str:
    """An item's place as a choice."""
    if item.room is not None:
        return f"room:{item.room.code}"
    return f"venue:{item.venue.code}" if item.venue is not None else ""


def zone_choices(event: Event) -> list[tuple[str, str]]:
    """Time zones; first the choice to take the venue's, else the event's."""
    usual = gettext("The place's own, else the event's (%(zone)s)", zone=zone_label(event.timezone))
    return [("", usual), *((name, name.replace("_", " ")) for name in zones.zone_names())]


class ItemForm(WithPeople):
    """An item of a programme."""

    title = LanguageMapField(lazy_gettext("Title"), required=True)
    kind = SelectField(lazy_gettext("Kind"))
    starts_local = LocalDateTimeField(lazy_gettext("Begins"), [InputRequired()])
    ends_local = LocalDateTimeField(lazy_gettext("Ends"), [InputRequired()])
    timezone = SelectField(lazy_gettext("Time zone of these times"), default="")
    provisional = BooleanField(lazy_gettext("Provisional: it may still move"))
    room = SelectField(lazy_gettext("Room or venue"), default="")
    place_note = LanguageMapField(lazy_gettext("Meeting point or another place"), limit=300)
    track = SelectField(lazy_gettext("Track"), default="")
    audience = SelectField(lazy_gettext("Who it is for"))
    groups = SelectMultipleField(
        lazy_gettext("Groups it is for"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    is_public = BooleanField(lazy_gettext("On the public programme"), default=True)
    wants_answer = BooleanField(lazy_gettext("Guests say whether they come to it"))
    capacity = IntegerField(lazy_gettext("Seats"), [Optional()])
    description = LanguageMapField(lazy_gettext("Description"), limit=10_000, multiline=True)
    dress = LanguageMapField(lazy_gettext("Dress"), limit=300)

    def prepare(
        self,
        event: Event,
        venues: Sequence[Venue],
        tracks: Sequence[Track],
        groups: Sequence[ParticipantGroup],
    ) -> "ItemForm":
        """Fill in what can be chosen."""
        self._placing = Placing(venues, event)
        self._tracks = {track.code: track for track in tracks}
        self._groups = {group.code: group for group in groups}
        self.kind.choices = choices(ItemKind)
        self.audience.choices = choices(Audience)
        self.timezone.choices = zone_choices(event)
        self.room.choices = self._placing.choices()
        self.track.choices = [("", gettext("None")), *_named(self._tracks)]
        self.groups.choices = _named(self._groups)
        self.offer_roles()
        for field in (self.title, self.place_note, self.description, self.dress):
            field.offer(event.languages)
        if not tracks:
            del self.track
        if not groups:
            del self.groups
        return self

    @property
    def when(self) -> dict[str, Any]:
        """The times entered, right or not."""
        return {
            "starts_local": self.starts_local.data,
            "ends_local": self.ends_local.data,
            "timezone": self.timezone.data or "",
        }

    @property
    def where(self) -> tuple[Room | None, Venue | None]:
        """The room chosen, or the venue as a whole."""
        return self._placing.room(self.room.data), self._placing.venue(self.room.data)

    @property
    def chosen_groups(self) -> list[ParticipantGroup]:
        """The groups that it is for."""
        chosen = (self.groups.data or ()) if "groups" in self._fields else ()
        return [group for code, group in self._groups.items() if code in chosen]

    @property
    def needed(self) -> list[Person]:
        """Everybody who must be there."""
        for_groups = self.audience.data == Audience.GROUPS.value
        groups = self.chosen_groups if for_groups else []
        named = [part.person for part in self.people.data]
        return named + [person for group in groups for person in group.people]

    def given(self) -> ItemInput:
        """What was entered."""
        room, venue = self.where
        return ItemInput(
            kind=ItemKind(self.kind.data),
            title=self.title.data,
            **self.when,
            provisional=self.provisional.data,
            room=room,
            venue=venue,
            place_note=self.place_note.data,
            description=self.description.data,
            dress=self.dress.data,
            track=self._tracks.get(self.track.data) if "track" in self._fields else None,
            audience=Audience(self.audience.data),
            groups=self.chosen_groups,
            parts=self.parts(),
            capacity=self.capacity.data,
            wants_answer=self.wants_answer.data,
            is_public=self.is_public.data,
        )


def _named(things: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(code, tx_plain(thing.names)) for code, thing in things.items()]


def item_data(item: ProgrammeItem) -> dict[str, Any]:
    """An item as its form shows it."""
    same = (
        "title starts_local ends_local timezone place_note description dress capacity wants_answer is_public"
    )
    return {
        **{name: getattr(item, name) for name in same.split()},
        "kind": item.kind.value,
        "audience": item.audience.value,
        "provisional": item.state is ItemState.PROVISIONAL,
        "room": place_of(item),
        "track": item.track.code if item.track else "",
        "groups": [group.code for group in item.groups],
        "people": [
            Part(part.person, part.role.value, part.affiliation.code if part.affiliation else "")
            for part in item.participations
        ],
    }


class MoveForm(Form):
    """Another time or place for an item."""

    starts_local = LocalDateTimeField(lazy_gettext("Begins"), [InputRequired()])
    ends_local = LocalDateTimeField(lazy_gettext("Ends"), [InputRequired()])
    timezone = SelectField(lazy_gettext("Time zone of these times"), default="")
    room = SelectField(lazy_gettext("Room or venue"), default="")

    def prepare(self, event: Event, venues: Sequence[Venue]) -> "MoveForm":
        """Fill in what can be chosen."""
        placing = Placing(venues, event)
        self.timezone.choices = zone_choices(event)
        self.room.choices = placing.choices()
        self._placing = placing
        return self

    def given(self) -> dict[str, Any]:
        """What was entered, as keywords of `move_item`."""
        return {
            "starts_local": self.starts_local.data,
            "ends_local": self.ends_local.data,
            "timezone": self.timezone.data or "",
            "room": self._placing.room(self.room.data),
            "venue": self._placing.venue(self.room.data),
        }


class TrackForm(Form):
    """A track."""

    names = LanguageMapField(lazy_gettext("What it is called"), required=True)
    colour = ColorField(lazy_gettext("Colour"), default="#5b6770")


class GroupForm(WithPeople):
    """A group and who is in it."""

    names = LanguageMapField(lazy_gettext("What it is called"), required=True)
