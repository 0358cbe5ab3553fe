"""Forms about the door. Field names are those of `CheckpointInput`, so that a refusal finds its field."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.door.checkpoints import MOST_INSIDE, CheckpointInput
from eventsapp.door.models import Checkpoint
from eventsapp.places.models import Venue, Zone
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form, LineField, LocalDateTimeField

EVERYONE = ""


class CheckpointForm(Form):
    """A checkpoint."""

    name = LineField(
        lazy_gettext("What it is called"),
        [InputRequired(lazy_gettext("Please fill this in."))],
        limit=120,
        description=lazy_gettext("What stewards call this door."),
    )
    area = LineField(
        lazy_gettext("Place behind it"),
        limit=40,
        description=lazy_gettext(
            "Doors into the same place share its name: a guest is inside once. Empty: a place of its own."
        ),
    )
    zone = SelectField(lazy_gettext("Zone"), description=lazy_gettext("Which badges open this door."))
    opens_local = LocalDateTimeField(lazy_gettext("Opens"), [Optional()])
    closes_local = LocalDateTimeField(lazy_gettext("Closes"), [Optional()])
    capacity = IntegerField(
        lazy_gettext("Room for"),
        [Optional()],
        description=lazy_gettext("How many may be inside at once. Empty: no limit."),
        render_kw={"min": 1, "max": MOST_INSIDE},
    )

    def offer(self, venues: Sequence[Venue], zone: Zone | None = None) -> None:
        """Show these venues' zones."""
        self._zones = {place.code: place for venue in venues for place in venue.zones}
        self.zone.choices = [
            (EVERYONE, gettext("Every badge of this event")),
            *(
                (place.code, f"{tx_plain(venue.names)}: {place.letter} {tx_plain(place.names)}")
                for venue in venues
                for place in venue.zones
            ),
        ]
        if not self.is_submitted():
            self.zone.data = zone.code if zone else EVERYONE

    @property
    def given(self) -> CheckpointInput:
        """What was entered."""
        return CheckpointInput(
            name=self.name.data,
            area=self.area.data,
            zone=self._zones.get(self.zone.data),
            opens_local=self.opens_local.data,
            closes_local=self.closes_local.data,
            capacity=self.capacity.data,
        )


class DeviceForm(Form):
    """A scanner to be paired."""

    name = LineField(
        lazy_gettext("What it is called"),
        limit=120,
        description=lazy_gettext("How you know the device again: “Gate A, phone 2”."),
    )
    checkpoints = SelectMultipleField(
        lazy_gettext("Checkpoints"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(lazy_gettext("Please choose a checkpoint."))],
    )

    def offer(self, places: Sequence[Checkpoint]) -> None:
        """Show the event's checkpoints."""
        self._places = {place.code: place for place in places}
        self.checkpoints.choices = [(place.code, place.name) for place in places]
        if not self.is_submitted() and len(places) == 1:
            self.checkpoints.data = [places[0].code]

    @property
    def chosen(self) -> list[int]:
        """The ids of the chosen checkpoints."""
        return [self._places[code].id for code in self.checkpoints.data or () if code in self._places]
