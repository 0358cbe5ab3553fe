"""Forms about places. Field names are those of the service's inputs."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import FloatField, IntegerField, SelectField
from wtforms.validators import InputRequired, Optional

from eventsapp.core import zones as clock_zones
from eventsapp.places.models import Room, Venue, Zone
from eventsapp.places.service import RoomInput, VenueInput, ZoneInput
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form, LanguageMapField, LineField, TextField

_STEP_FREE = {"": None, "yes": True, "no": False}


class VenueForm(Form):
    """A venue."""

    names = LanguageMapField(lazy_gettext("What it is called"), required=True)
    address = LanguageMapField(lazy_gettext("Address"), limit=500, multiline=True)
    timezone = SelectField(lazy_gettext("Time zone"))
    latitude = FloatField(lazy_gettext("Latitude"), [Optional()])
    longitude = FloatField(lazy_gettext("Longitude"), [Optional()])
    step_free = SelectField(lazy_gettext("Step-free access"), default="")
    note = TextField(lazy_gettext("Note for staff"))

    def prepare(self) -> "VenueForm":
        """Fill in what can be chosen."""
        self.timezone.choices = [(name, name.replace("_", " ")) for name in clock_zones.zone_names()]
        said = (gettext("Not stated"), gettext("Yes"), gettext("No"))
        self.step_free.choices = list(zip(_STEP_FREE, said, strict=True))
        return self

    def given(self) -> VenueInput:
        """What was entered."""
        return VenueInput(
            names=self.names.data,
            address=self.address.data,
            timezone=self.timezone.data,
            latitude=self.latitude.data,
            longitude=self.longitude.data,
            step_free=_STEP_FREE[self.step_free.data],
            note=self.note.data,
        )


def venue_data(venue: Venue) -> dict[str, Any]:
    """A venue as its form shows it."""
    same = "names address timezone latitude longitude note"
    step_free = next(word for word, value in _STEP_FREE.items() if value is venue.step_free)
    return {**{name: getattr(venue, name) for name in same.split()}, "step_free": step_free}


class RoomForm(Form):
    """A room."""

    names = LanguageMapField(lazy_gettext("What it is called"), required=True)
    floor = LineField(lazy_gettext("Floor"), limit=20)
    capacity = IntegerField(lazy_gettext("People it holds"), [Optional()])
    reset_minutes = IntegerField(lazy_gettext("Minutes between two uses"), [Optional()], default=0)
    zone = SelectField(lazy_gettext("Zone"), default="")

    def prepare(self, zones: Sequence[Zone]) -> "RoomForm":
        """Fill in what can be chosen."""
        self._zones = {zone.code: zone for zone in zones}
        self.zone.choices = [
            ("", gettext("None")),
            *((zone.code, f"{zone.letter} · {tx_plain(zone.names)}") for zone in zones),
        ]
        return self

    def given(self) -> RoomInput:
        """What was entered."""
        return RoomInput(
            names=self.names.data,
            floor=self.floor.data,
            capacity=self.capacity.data,
            reset_minutes=self.reset_minutes.data or 0,
            zone=self._zones.get(self.zone.data),
        )


def room_data(room: Room) -> dict[str, Any]:
    """A room as its form shows it."""
    same = "names floor capacity reset_minutes"
    return {
        **{name: getattr(room, name) for name in same.split()},
        "zone": room.zone.code if room.zone else "",
    }


class ZoneForm(Form):
    """A zone."""

    names = LanguageMapField(lazy_gettext("What it is called"), required=True)
    letter = LineField(lazy_gettext("Letter on the badge"), [InputRequired()], limit=2)

    def given(self) -> ZoneInput:
        """What was entered."""
        return ZoneInput(names=self.names.data, letter=self.letter.data)
