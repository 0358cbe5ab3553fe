"""Writes the memorandum with its proceedings, the register beside it, and the visit's bodies and delegations."""

from datetime import datetime

from eventsapp.access.identity import SYSTEM
from eventsapp.ceremonies import service as ceremonies
from eventsapp.ceremonies.enums import InstrumentStatus
from eventsapp.ceremonies.models import Instrument
from eventsapp.ceremonies.service import (
    CommitmentInput,
    InstrumentInput,
    PartyInput,
    SignatoryInput,
    StepInput,
    WitnessInput,
)
from eventsapp.demo import signing, visit
from eventsapp.demo.data import DEMO, SEED, text
from eventsapp.demo.directory import Directory
from eventsapp.demo.occasions import SIGNING, SUMMIT, VISIT, Occasions
from eventsapp.demo.signing import Paper
from eventsapp.events.models import Event
from eventsapp.visits import service as visits
from eventsapp.visits.enums import MemberFunction
from eventsapp.visits.service import DelegationInput, MemberInput, VisitInput

_MINOR = 100  # hundredths in a unit of currency


def write(directory: Directory, made: Occasions, now: datetime) -> None:
    """All of it."""
    event = made.events[SIGNING]
    memorandum = _paper(directory, signing.MEMORANDUM, event, now)
    _signatories(directory, memorandum, now)
    areas = ceremonies.add_areas(memorandum, signing.AREAS, source=SEED, actor=SYSTEM, now=now)
    for promise in signing.PROMISES:
        given = CommitmentInput(
            text=promise.what,
            giver=directory.bodies[promise.giver],
            recipient=directory.bodies[promise.recipient],
            instrument=memorandum if promise.area is not None else None,
            area=areas[promise.area] if promise.area is not None else None,
            event=event,
            amount_minor=promise.amount * _MINOR if promise.amount is not None else None,
            currency=promise.currency,
            status=promise.status,
            made_on=promise.made,
            is_public=promise.source is SEED,
        )
        ceremonies.create_commitment(given, source=promise.source, actor=SYSTEM, now=now)
    for step in signing.PROCEEDINGS:
        act = StepInput(
            text=step.what, offset_minutes=step.offset, duration_minutes=step.minutes, who=step.who
        )
        ceremonies.add_step(event, act, source=DEMO, actor=SYSTEM, now=now)
    for paper in signing.REGISTER:
        _paper(directory, paper, None, now)
    _visit(directory, made, now)


def _paper(directory: Directory, paper: Paper, event: Event | None, now: datetime) -> Instrument:
    given = InstrumentInput(
        kind=paper.kind, title=paper.title, event=event, languages=paper.languages, originals=paper.originals
    )
    instrument = ceremonies.create_instrument(
        given, source=paper.source, source_reference=paper.reference, actor=SYSTEM, now=now
    )
    parties = [PartyInput(organisation=directory.bodies[key], style=style) for key, style in paper.parties]
    ceremonies.set_parties(instrument, parties, actor=SYSTEM, now=now)
    for key in paper.witnesses:
        witness = WitnessInput(person=directory.people[key], affiliation=directory.post(key))
        ceremonies.add_witness(instrument, witness, source=paper.source, actor=SYSTEM, now=now)
    if paper.status is not InstrumentStatus.IDEA:
        signed_on = paper.signed_on
        ceremonies.change_status(
            instrument, paper.status, signed_on=signed_on, on_record=True, actor=SYSTEM, now=now
        )
    return instrument


def _signatories(directory: Directory, memorandum: Instrument, now: datetime) -> None:
    for party, (key, capacity) in zip(memorandum.parties, signing.SIGNATORIES, strict=True):
        given = SignatoryInput(
            person=directory.people[key], affiliation=directory.post(key), capacity=capacity
        )
        ceremonies.add_signatory(party, given, source=SEED, actor=SYSTEM, now=now)


def _visit(directory: Directory, made: Occasions, now: datetime) -> None:
    event = made.events[VISIT]
    given = VisitInput(
        purpose=visit.PURPOSE,
        inviting=directory.bodies["mofa"],
        host=directory.bodies["taipei"],
        programme_owner=directory.bodies["protocol-office"],
    )
    visits.set_visit(event, given, source=SEED, actor=SYSTEM, now=now)
    delegation = visits.create_delegation(
        event,
        DelegationInput(
            names=text("Delegation of Kyiv", "基輔代表團", "Делегація Києва"),
            organisation=directory.bodies["kyiv"],
            liaison=directory.people["lin"],
        ),
        source=SEED,
        actor=SYSTEM,
        now=now,
    )
    for key in visit.REAL_MEMBERS:
        head = key == visit.REAL_MEMBERS[0]
        member = MemberInput(
            person=directory.people[key],
            function=MemberFunction.PRINCIPAL if head else MemberFunction.OFFICIAL,
            affiliation=directory.post(key),
            is_head=head,
        )
        visits.add_member(delegation, member, source=SEED, actor=SYSTEM, now=now)
    for key in ("prykladna", "zrazkovyi"):
        aide = MemberInput(
            person=directory.people[key], function=MemberFunction.AIDE, affiliation=directory.post(key)
        )
        visits.add_member(delegation, aide, source=DEMO, actor=SYSTEM, now=now)
    guests = visits.create_delegation(
        made.events[SUMMIT],
        DelegationInput(
            names=text("Guest delegation of Warsaw (demo)", "華沙來賓團（示範）", "Делегація Варшави (демо)"),
            organisation=directory.bodies["warsaw-demo"],
        ),
        source=DEMO,
        actor=SYSTEM,
        now=now,
    )
    for key in ("przykladowa", "przykladowy", "zrazkova"):
        guest = MemberInput(
            person=directory.people[key], affiliation=directory.post(key), is_head=key == "przykladowa"
        )
        visits.add_member(guests, guest, source=DEMO, actor=SYSTEM, now=now)
