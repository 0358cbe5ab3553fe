"""What ceremonies tell on other pages: an event's next steps, and where a person signs."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.ceremonies import queries
from eventsapp.ceremonies.models import Instrument
from eventsapp.ceremonies.readiness import points
from eventsapp.events import overview
from eventsapp.events import queries as events
from eventsapp.events.enums import EventKind
from eventsapp.events.models import Event
from eventsapp.events.overview import Step
from eventsapp.events.sight import events_open_to
from eventsapp.people.engagements import Engagement, engagements
from eventsapp.web.current import identity


@overview.steps(25, Permission.EDIT_CEREMONY)
def steps(event: Event) -> Iterator[Step]:
    """What a signing still needs: an instrument, who signs it, and its order of proceedings."""
    if event.kind is not EventKind.SIGNING:
        return
    instruments = queries.instruments_of(event)
    ceremony = url_for("ceremony.index", slug=event.slug)
    entered = url_for("instruments.create", event=event.slug)
    yield Step(gettext("Enter the instrument"), bool(instruments), entered)
    ready = all(not point.hinders for each in instruments for point in points(each))
    done = bool(instruments) and ready
    yield Step(gettext("Say who signs for whom and by what authority"), done, ceremony)
    ordered = bool(queries.proceedings(event))
    yield Step(gettext("Lay down the order of proceedings"), ordered, ceremony)


@engagements
def signings_of(person_id: int) -> Iterator[Engagement]:
    """The instruments a person signs or witnesses, of events that the reader may see."""
    seen = events_open_to(identity(), events.family())
    register = allows(identity(), Permission.VIEW_REGISTER)
    for signatory in queries.signed_by(person_id):
        instrument = signatory.party.instrument
        if _is_seen(instrument, seen, register):
            yield _engagement(instrument, gettext("Signatory"))
    for instrument in queries.witnessed_by(person_id):
        if _is_seen(instrument, seen, register):
            yield _engagement(instrument, gettext("Witness"))


def _is_seen(instrument: Instrument, seen: frozenset[int], register: bool) -> bool:
    return register if instrument.event_id is None else instrument.event_id in seen


def _engagement(instrument: Instrument, part: str) -> Engagement:
    event = instrument.event
    return Engagement(
        event_title=event.title if event else {"en": ""},
        title=instrument.title,
        href=url_for("instruments.show", code=instrument.code),
        part=part,
        starts_local=event.starts_local if event else None,
        ends_local=event.ends_local if event else None,
        timezone=event.timezone if event else "",
    )
