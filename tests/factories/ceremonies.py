"""Instruments, commitments and steps for tests."""

from typing import Any

from eventsapp.access.identity import SYSTEM
from eventsapp.ceremonies import service
from eventsapp.ceremonies.enums import AuthorityBasis, InstrumentKind
from eventsapp.ceremonies.models import Area, Commitment, Instrument, Party, Proceeding, Signatory, Witness
from eventsapp.events.enums import EventKind
from eventsapp.events.models import Event
from eventsapp.people.models import Organisation, Person
from tests.factories.events import make_event
from tests.factories.people import NOW, make_organisation, make_person


def make_signing(title: str = "Signing of the memorandum", **given: Any) -> Event:
    """A signing ceremony; further keywords as in `make_event`."""
    return make_event(title, kind=EventKind.SIGNING, **given)


def make_instrument(
    event: Event | None = None, title: str = "Memorandum on harbours", **given: Any
) -> Instrument:
    """An instrument without parties, as an idea; further keywords as in `InstrumentInput`."""
    usual: dict[str, Any] = {"kind": InstrumentKind.MEMORANDUM_OF_UNDERSTANDING, "title": {"en": title}}
    provenance = {name: given.pop(name) for name in ("source", "source_reference") if name in given}
    return service.create_instrument(
        service.InstrumentInput(event=event, **{**usual, **given}), actor=SYSTEM, now=NOW, **provenance
    )


def make_party(instrument: Instrument, organisation: Organisation | str, style: str = "") -> Party:
    """A party under its name, or under `style`."""
    name = organisation if isinstance(organisation, str) else organisation.names["en"]
    if isinstance(organisation, str):
        organisation = make_organisation(organisation)
    given = service.PartyInput(organisation=organisation, style={"en": style or name})
    return service.add_party(instrument, given, actor=SYSTEM, now=NOW)


def make_signatory(party: Party, person: Person | str = "Ada Example", **given: Any) -> Signatory:
    """A signatory ex officio; further keywords as in `SignatoryInput`."""
    if isinstance(person, str):
        person = make_person(person)
    usual: dict[str, Any] = {"authority": AuthorityBasis.EX_OFFICIO}
    return service.add_signatory(
        party, service.SignatoryInput(person=person, **{**usual, **given}), actor=SYSTEM, now=NOW
    )


def make_witness(instrument: Instrument, person: Person | str = "Wei Witness", **given: Any) -> Witness:
    """A witness; further keywords as in `WitnessInput`."""
    if isinstance(person, str):
        person = make_person(person)
    return service.add_witness(
        instrument, service.WitnessInput(person=person, **given), actor=SYSTEM, now=NOW
    )


def make_ready_instrument(event: Event | None = None, **given: Any) -> Instrument:
    """An instrument of two parties with a signatory each: nothing hinders its signing."""
    instrument = make_instrument(event, **given)
    make_signatory(make_party(instrument, "City of Northport"), "Ada Example")
    make_signatory(make_party(instrument, "City of Estavia"), "Bo Beispiel")
    return instrument


def make_area(instrument: Instrument, text: str = "Energy efficiency") -> Area:
    """An area of cooperation."""
    return service.add_area(instrument, {"en": text}, actor=SYSTEM, now=NOW)


def make_commitment(text: str = "Working contact to be named", **given: Any) -> Commitment:
    """A commitment; further keywords as in `CommitmentInput`."""
    provenance = {name: given.pop(name) for name in ("source", "source_reference") if name in given}
    return service.create_commitment(
        service.CommitmentInput(text={"en": text}, **given), actor=SYSTEM, now=NOW, **provenance
    )


def make_step(event: Event, text: str = "Welcome", offset: int = 0, minutes: int = 2) -> Proceeding:
    """A step of the order of proceedings."""
    given = service.StepInput(text={"en": text}, offset_minutes=offset, duration_minutes=minutes)
    return service.add_step(event, given, actor=SYSTEM, now=NOW)
