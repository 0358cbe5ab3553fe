"""The parties to an instrument, under the style that each approved for itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.ceremonies.models import Instrument, Party
from eventsapp.core import order
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.maps import clean_line, clean_map
from eventsapp.core.text import N_
from eventsapp.people.models import Organisation


@dataclass(frozen=True, kw_only=True)
class PartyInput:
    """A party as entered. `style` is the party's own text, never made from its name.

    `style_approval` says who approved it, when, and where that is filed.
    """

    organisation: Organisation
    style: Mapping[str, str]
    style_approval: str = ""


def set_parties(
    instrument: Instrument, parties: Sequence[PartyInput], *, actor: Actor, now: datetime
) -> list[Party]:
    """All parties in this order; one that was there before keeps its signatories."""
    if len({given.organisation.id for given in parties}) < len(parties):
        raise _twice()
    had = {party.organisation_id: party for party in instrument.parties}
    kept: list[Party] = []
    for given in parties:
        party = had.get(given.organisation.id) or Party()
        _fill(party, given)
        kept.append(party)
    order.number(kept)
    instrument.parties = kept
    db.session.flush()
    _record("instrument.parties-set", instrument, actor, now)
    return kept


def add_party(instrument: Instrument, given: PartyInput, *, actor: Actor, now: datetime) -> Party:
    """One more party, after the others. Refuses (`Conflict`) an organisation that is one already."""
    if any(party.organisation_id == given.organisation.id for party in instrument.parties):
        raise _twice()
    party = Party(position=len(instrument.parties))
    _fill(party, given)
    instrument.parties.append(party)
    order.number(instrument.parties)
    db.session.flush()
    _record("party.added", instrument, actor, now, party)
    return party


def edit_party(party: Party, given: PartyInput, *, actor: Actor, now: datetime) -> Party:
    """Change a party's style, its approval, or which organisation it is."""
    others = (other for other in party.instrument.parties if other is not party)
    if any(other.organisation_id == given.organisation.id for other in others):
        raise _twice()
    _fill(party, given)
    db.session.flush()
    _record("party.edited", party.instrument, actor, now, party)
    return party


def move_party(party: Party, by: int, *, actor: Actor, now: datetime) -> None:
    """Put a party so many places later among the parties (negative: earlier)."""
    order.move(party.instrument.parties, party, by)
    db.session.flush()
    _record("party.moved", party.instrument, actor, now, party)


def remove_party(party: Party, *, actor: Actor, now: datetime) -> None:
    """Strike a party with its signatories; witnesses for it stay, for nobody."""
    instrument = party.instrument
    for witness in instrument.witnesses:
        if witness.party is party:
            witness.party = None
    _record("party.removed", instrument, actor, now, party)
    instrument.parties.remove(party)
    order.number(instrument.parties)
    db.session.flush()


def _fill(party: Party, given: PartyInput) -> None:
    party.organisation = given.organisation
    party.organisation_id = given.organisation.id
    party.style = clean_map(given.style, field="style", required=True)
    party.style_approval = clean_line(given.style_approval, field="style_approval", limit=300)


def _twice() -> Conflict:
    return Conflict(N_("This organisation is a party already."), field="organisation")


def _record(
    action: str, instrument: Instrument, actor: Actor, now: datetime, party: Party | None = None
) -> None:
    kind, subject = ("party", party.id) if party else ("instrument", instrument.id)
    audit.record(
        action, kind, subject, actor=actor, now=now, event_id=instrument.event_id, instrument=instrument.id
    )
