"""Forms about events. Field names are those of `EventInput`, so that a refusal finds its field."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    ColorField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.core import zones
from eventsapp.events.categories import CategoryInput
from eventsapp.events.enums import EventKind, Pattern, Visibility
from eventsapp.events.models import Category, Event
from eventsapp.events.service import EventInput
from eventsapp.people.models import Organisation
from eventsapp.places.models import Venue, Zone
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form, LanguageMapField, LineField, LocalDateTimeField, TextField
from eventsapp.web.words import choices, word

# What a kind of event has no use for.
WITHOUT = {
    EventKind.SUMMIT: ("attends",),
    EventKind.SIGNING: ("attends", "registration_open"),
    EventKind.VISIT: ("registration_open",),
}


class EventForm(Form):
    """An event of one kind."""

    title = LanguageMapField(lazy_gettext("Title"), required=True)
    subtitle = LanguageMapField(lazy_gettext("Line below the title"), limit=300)
    starts_local = LocalDateTimeField(lazy_gettext("Begins"), [InputRequired()])
    ends_local = LocalDateTimeField(lazy_gettext("Ends"), [InputRequired()])
    timezone = SelectField(lazy_gettext("Time zone of these times"))
    venue = SelectField(lazy_gettext("Venue"), default="")
    host = SelectField(lazy_gettext("Host"), default="")
    parent = SelectField(lazy_gettext("Stands inside"), default="")
    attends = SelectMultipleField(
        lazy_gettext("Attends these events of others"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    description = LanguageMapField(lazy_gettext("About the event"), limit=10_000, multiline=True)
    practical = LanguageMapField(lazy_gettext("Practical information"), limit=10_000, multiline=True)
    languages = LineField(lazy_gettext("Languages of the event"))
    visibility = RadioField(lazy_gettext("Who may read it once it is published"))
    reply_by_local = LocalDateTimeField(lazy_gettext("Reply by"), [Optional()])
    capacity = IntegerField(lazy_gettext("Seats"), [Optional()])
    registration_open = BooleanField(lazy_gettext("Anybody may register"))
    contact_email = LineField(lazy_gettext("Mail address for questions"), limit=320)
    slug = LineField(lazy_gettext("Address"), limit=80)
    note = TextField(lazy_gettext("Note for staff"))

    def prepare(
        self,
        kind: EventKind,
        venues: Sequence[Venue],
        hosts: Sequence[Organisation],
        parents: Sequence[Event],
        attended: Sequence[Event],
    ) -> "EventForm":
        """Fill in what can be chosen; drop the fields that this kind has no use for."""
        self.kind = kind
        self._venues = {venue.code: venue for venue in venues}
        self._hosts = {host.code: host for host in hosts}
        self._parents = {event.slug: event for event in parents}
        self._attended = {event.slug: event for event in attended}
        self.timezone.choices = [(name, name.replace("_", " ")) for name in zones.zone_names()]
        self.venue.choices = [("", gettext("Not stated")), *_named(self._venues)]
        self.host.choices = [("", gettext("Not stated")), *_named(self._hosts)]
        self.parent.choices = [("", gettext("Nothing: it stands alone")), *_titled(self._parents)]
        self.attends.choices = _titled(self._attended)
        self.visibility.choices = _visibilities()
        for name in WITHOUT[kind] + (() if attended else ("attends",)) + (() if parents else ("parent",)):
            if name in self._fields:
                delattr(self, name)
        self.offer(self.tags)
        return self

    @property
    def tags(self) -> list[str]:
        """The language tags typed."""
        return (self.languages.data or "").replace(",", " ").split()

    def offer(self, tags: Sequence[str]) -> None:
        """Show an input for each of these languages."""
        for field in (self.title, self.subtitle, self.description, self.practical):
            field.offer(tags)

    def given(self) -> EventInput:
        """What was entered."""
        return EventInput(
            kind=self.kind,
            title=self.title.data,
            subtitle=self.subtitle.data,
            description=self.description.data,
            practical=self.practical.data,
            timezone=self.timezone.data,
            starts_local=self.starts_local.data,
            ends_local=self.ends_local.data,
            slug=self.slug.data,
            languages=self.tags,
            visibility=Visibility(self.visibility.data),
            venue=self._venues.get(self.venue.data),
            host=self._hosts.get(self.host.data),
            parent=self._parents.get(self._value("parent")),
            attends=[self._attended[slug] for slug in self._value("attends") or ()],
            reply_by_local=self.reply_by_local.data,
            capacity=self.capacity.data,
            registration_open=bool(self._value("registration_open")),
            contact_email=self.contact_email.data,
            note=self.note.data,
        )

    def _value(self, name: str) -> Any:
        field = self._fields.get(name)
        return field.data if field else None


def event_data(event: Event) -> dict[str, Any]:
    """An event as its form shows it."""
    same = (
        "title subtitle description practical timezone starts_local ends_local slug"
        " reply_by_local capacity registration_open contact_email note"
    )
    return {
        **{name: getattr(event, name) for name in same.split()},
        "languages": " ".join(event.languages),
        "visibility": event.visibility.value,
        "venue": event.venue.code if event.venue else "",
        "host": event.host.code if event.host else "",
        "parent": event.parent.slug if event.parent else "",
        "attends": [other.slug for other in event.attends],
    }


def _named(things: dict[str, Any]) -> list[tuple[str, str]]:
    return [(code, tx_plain(thing.names)) for code, thing in things.items()]


def _titled(events: dict[str, Event]) -> list[tuple[str, str]]:
    return [(slug, f"{tx_plain(event.title)} ({event.starts_local:%Y})") for slug, event in events.items()]


def _visibilities() -> list[tuple[str, tuple[str, str]]]:
    said = {
        Visibility.PUBLIC: gettext("Everybody finds it on the public programme."),
        Visibility.UNLISTED: gettext("Whoever has the address can read it."),
        Visibility.INVITATION: gettext("Guests alone read it, by their personal link."),
    }
    return [(visibility.value, (word(visibility), text)) for visibility, text in said.items()]


class CancelForm(Form):
    """Calling an event off."""

    reason = LanguageMapField(lazy_gettext("Reason, for guests to read"), limit=2000, multiline=True)


class CategoryForm(Form):
    """A category of guests."""

    names = LanguageMapField(lazy_gettext("What it is called"), required=True, limit=60)
    letter = LineField(lazy_gettext("Letter on the badge"), [InputRequired()], limit=2)
    colour = ColorField(lazy_gettext("Colour"), default="#1a5fb4")
    pattern = SelectField(lazy_gettext("Pattern"))
    zones = SelectMultipleField(
        lazy_gettext("Zones that the badge opens"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    capacity = IntegerField(lazy_gettext("Seats"), [Optional()])
    for_registration = BooleanField(lazy_gettext("People who register by themselves get this category"))

    def prepare(self, event: Event, all_zones: Sequence[Zone]) -> "CategoryForm":
        """Fill in what can be chosen; the event's own venue comes first."""
        ordered = sorted(all_zones, key=lambda zone: zone.venue_id != event.venue_id)
        self._zones = {zone.code: zone for zone in ordered}
        self.pattern.choices = choices(Pattern)
        self.zones.choices = [
            (code, f"{zone.letter} · {tx_plain(zone.names)} ({tx_plain(zone.venue.names)})")
            for code, zone in self._zones.items()
        ]
        if not self._zones:
            del self.zones
        self.names.offer(event.languages)
        return self

    def given(self) -> CategoryInput:
        """What was entered."""
        chosen = self.zones.data if "zones" in self._fields else []
        return CategoryInput(
            names=self.names.data,
            letter=self.letter.data,
            colour=self.colour.data,
            pattern=Pattern(self.pattern.data),
            zones=[zone for code, zone in self._zones.items() if code in chosen],
            for_registration=self.for_registration.data,
            capacity=self.capacity.data,
        )


def category_data(category: Category) -> dict[str, Any]:
    """A category as its form shows it."""
    return {
        "names": category.names,
        "letter": category.letter,
        "colour": category.colour,
        "pattern": category.pattern.value,
        "zones": [zone.code for zone in category.zones],
        "for_registration": category.for_registration,
        "capacity": category.capacity,
    }
