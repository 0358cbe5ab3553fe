"""Who signs for a party, in which capacity and by what authority; who witnesses it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.ceremonies.enums import AuthorityBasis
from eventsapp.ceremonies.models import Instrument, Party, Signatory, Witness
from eventsapp.core import order
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_line, clean_map
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.people.models import Affiliation, Person


@dataclass(frozen=True, kw_only=True)
class SignatoryInput:
    """A signatory as entered.

    `affiliation` is which of the person's titles applies; `capacity` is how the instrument puts it, where it
    puts it otherwise. `authority` None means "not stated"; `verified` that the paper was seen.
    """

    person: Person
    affiliation: Affiliation | None = None
    capacity: Mapping[str, str] = field(default_factory=dict)
    authority: AuthorityBasis | None = None
    authority_reference: str = ""
    verified: bool = False


@dataclass(frozen=True, kw_only=True)
class WitnessInput:
    """A witness as entered; `party` where the witness stands for one."""

    person: Person
    affiliation: Affiliation | None = None
    party: Party | None = None


def add_signatory(
    party: Party,
    given: SignatoryInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Signatory:
    """One more signatory of a party, after the others. Refuses (`Conflict`) one who signs for it already."""
    signatory = Signatory(position=len(party.signatories), source=source, source_reference=source_reference)
    _fill_signatory(signatory, party, given, now)
    party.signatories.append(signatory)
    return _stored_signatory("signatory.added", signatory, actor, now)


def edit_signatory(signatory: Signatory, given: SignatoryInput, *, actor: Actor, now: datetime) -> Signatory:
    """Change who signs, in which capacity, or by what authority."""
    _fill_signatory(signatory, signatory.party, given, now)
    return _stored_signatory("signatory.edited", signatory, actor, now)


def move_signatory(signatory: Signatory, by: int, *, actor: Actor, now: datetime) -> None:
    """Put a signatory so many places later among the party's own (negative: earlier)."""
    order.move(signatory.party.signatories, signatory, by)
    _stored_signatory("signatory.moved", signatory, actor, now)


def remove_signatory(signatory: Signatory, *, actor: Actor, now: datetime) -> None:
    """Strike a signatory."""
    party = signatory.party
    _record("signatory.removed", signatory, party.instrument, actor, now)
    party.signatories.remove(signatory)
    order.number(party.signatories)
    db.session.flush()


def add_witness(
    instrument: Instrument,
    given: WitnessInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Witness:
    """One more witness, after the others. Refuses (`Conflict`) one who is a witness already."""
    witness = Witness(position=len(instrument.witnesses), source=source, source_reference=source_reference)
    _fill_witness(witness, instrument, given)
    instrument.witnesses.append(witness)
    return _stored_witness("witness.added", witness, instrument, actor, now)


def edit_witness(
    instrument: Instrument, witness: Witness, given: WitnessInput, *, actor: Actor, now: datetime
) -> Witness:
    """Change who witnesses, under which title, for whom."""
    _fill_witness(witness, instrument, given)
    return _stored_witness("witness.edited", witness, instrument, actor, now)


def move_witness(instrument: Instrument, witness: Witness, by: int, *, actor: Actor, now: datetime) -> None:
    """Put a witness so many places later (negative: earlier)."""
    order.move(instrument.witnesses, witness, by)
    _stored_witness("witness.moved", witness, instrument, actor, now)


def remove_witness(instrument: Instrument, witness: Witness, *, actor: Actor, now: datetime) -> None:
    """Strike a witness."""
    _record("witness.removed", witness, instrument, actor, now)
    instrument.witnesses.remove(witness)
    order.number(instrument.witnesses)
    db.session.flush()


def _fill_signatory(signatory: Signatory, party: Party, given: SignatoryInput, now: datetime) -> None:
    if any(other.person_id == given.person.id for other in party.signatories if other is not signatory):
        raise Conflict(N_("This person signs for this party already."), field="person")
    _check_title(given.person, given.affiliation)
    if given.verified and given.authority is None:
        raise Invalid(N_("Please say first by what authority this person signs."), field="authority")
    fresh = (given.person.id, given.authority) != (signatory.person_id, signatory.authority)
    signatory.person, signatory.person_id = given.person, given.person.id
    signatory.affiliation = given.affiliation
    signatory.capacity = clean_map(given.capacity, field="capacity")
    signatory.authority = given.authority
    signatory.authority_reference = clean_line(
        given.authority_reference, field="authority_reference", limit=300
    )
    if not given.verified:
        signatory.authority_verified_at = None
    elif fresh or signatory.authority_verified_at is None:
        signatory.authority_verified_at = now


def _fill_witness(witness: Witness, instrument: Instrument, given: WitnessInput) -> None:
    if any(other.person_id == given.person.id for other in instrument.witnesses if other is not witness):
        raise Conflict(N_("This person is a witness already."), field="person")
    _check_title(given.person, given.affiliation)
    if given.party is not None and given.party not in instrument.parties:
        raise Invalid(N_("This is not a party to the instrument."), field="party")
    witness.person, witness.person_id = given.person, given.person.id
    witness.affiliation = given.affiliation
    witness.party = given.party


def _check_title(person: Person, affiliation: Affiliation | None) -> None:
    if affiliation is not None and affiliation.person_id != person.id:
        raise Invalid(N_("This title belongs to somebody else."), field="affiliation")


def _stored_signatory(action: str, signatory: Signatory, actor: Actor, now: datetime) -> Signatory:
    db.session.flush()
    _record(action, signatory, signatory.party.instrument, actor, now)
    return signatory


def _stored_witness(
    action: str, witness: Witness, instrument: Instrument, actor: Actor, now: datetime
) -> Witness:
    db.session.flush()
    _record(action, witness, instrument, actor, now)
    return witness


def _record(
    action: str, row: Signatory | Witness, instrument: Instrument, actor: Actor, now: datetime
) -> None:
    audit.record(
        action,
        action.partition(".")[0],
        row.id,
        actor=actor,
        now=now,
        event_id=instrument.event_id,
        instrument=instrument.id,
        person=row.person_id,
    )
