"""The people a guest brings: each a guest of their own, with a name, a badge, a diet; never a number.

They hold no seats themselves: the guest who named them holds one for each, and they stand where that guest
stands. The organiser says how many each may bring.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_, clean
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open
from eventsapp.people.service import NameInput, create_person
from eventsapp.rsvps import deadlines, life, seats
from eventsapp.rsvps.enums import LET_IN, Answer, Channel, ItemReplyState, Origin, Recorded
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest, GuestDetails
from eventsapp.rsvps.service import answering, locking, seating
from eventsapp.rsvps.service.recording import note
from eventsapp.rsvps.signals import guest_admitted, guest_changed, guest_left

MOST = 19
FIELD = "companions"
_OWN_SAY = (ActorKind.STAFF, ActorKind.SYSTEM)


@dataclass(frozen=True, kw_only=True)
class CompanionInput:
    """Somebody a guest brings; `code` names one who was named before (by this name: another name is somebody
    else). None leaves a text as it was. `language` is that of the name, where it is known."""

    name: str
    code: str | None = None
    language: str = ""
    diet: str | None = None
    access_needs: str | None = None


def allow(guest: Guest, number: int, *, actor: Actor, now: datetime) -> Guest:
    """Let a guest bring so many. Raises `Conflict` when they have named more already."""
    if not 0 <= number <= MOST:
        raise Invalid(N_("Please give a number from 0 to %(most)s."), field="companions_allowed", most=MOST)
    event = locking.hold_event(guest.event_id)
    must_be_open(event)
    guest = locking.hold_guest(guest.id)
    _must_be_principal(guest)
    if number < len(guest.companions):
        raise Conflict(
            N_("This guest has named %(named)s already; take some off first."),
            field="companions_allowed",
            named=len(guest.companions),
        )
    if number != guest.companions_allowed:
        guest.companions_allowed = number
        db.session.flush()
        record(
            "guest.companions-allowed",
            "guest",
            guest.id,
            actor=actor,
            now=now,
            event_id=event.id,
            number=number,
        )
    return guest


def change_companions(
    guest: Guest,
    given: Sequence[CompanionInput],
    *,
    channel: Channel,
    actor: Actor,
    on_behalf: bool = False,
    now: datetime,
) -> bool:
    """Name exactly these companions; whether anything is different. Who is left out does not come any more.

    Seats are taken and given back with it: at the event, in the category, at items and of choices, all or
    none. Raises `Conflict` where too few are left or answers are closed, and `Invalid` for more companions
    than allowed; then everything stays as it was.
    """
    event, guest_id = locking.hold_event_of(guest)
    guest = locking.hold_guest(guest_id)
    items = locking.hold_items(event.id)
    _refuse_closed(event, actor, now)
    if not life.can_answer(guest):
        life.must_answer(guest, Answer.TENTATIVE)
    if not name(guest, event, given, actor=actor, now=now):
        return False
    guest.revision += 1
    size = str(guest.party_size)
    note(guest, Recorded.PARTY, channel=channel, actor=actor, on_behalf=on_behalf, reason=size, now=now)
    db.session.flush()
    seating.fill_event(event, now=now)
    for item in items:
        seating.fill_item(event, item, now=now)
    return True


def name(guest: Guest, event: Event, given: Sequence[CompanionInput], *, actor: Actor, now: datetime) -> bool:
    """The same within a reply, which fills freed seats and keeps the record; event and guest are held."""
    _must_be_principal(guest)
    before = {companion.code: companion for companion in guest.companions}
    named = _matched(before, given)
    stay = [known for known, _, _ in named if known is not None]
    if not given and not before and guest.party_size == 1:
        return False
    if len(given) > max(guest.companions_allowed, len(before)):
        raise Invalid(N_("You may bring at most %(most)s."), field=FIELD, most=guest.companions_allowed)
    if any(not called for _, called, _ in named):
        raise Invalid(N_("Please give the name of each companion."), field=FIELD)
    changed = _resize(guest, event, 1 + len(given), now)
    for companion in before.values():
        if companion not in stay:
            _part(companion, actor, now)
            changed = True
    for known, called, one in named:
        if known is not None:
            changed |= _tell(known, one, actor, now)
        else:
            _join(guest, event, called, one, actor, now)
            changed = True
    if changed:
        db.session.flush()
        record(
            "guest.party-changed",
            "guest",
            guest.id,
            actor=actor,
            now=now,
            event_id=event.id,
            seats=guest.party_size,
        )
    return changed


def _matched(
    before: Mapping[str, Guest], given: Sequence[CompanionInput]
) -> list[tuple[Guest | None, str, CompanionInput]]:
    """Each with whom they are of those named before: by code, or by the same name sent once more."""
    left, found = dict(before), []
    for one in given:
        called = clean(one.name, limit=200)
        same = [code for code, known in left.items() if known.person.display_name == called]
        code = one.code if one.code in same else next(iter(same), None)
        found.append((left.pop(code) if code else None, called, one))
    return found


def _resize(guest: Guest, event: Event, number: int, now: datetime) -> bool:
    more = number - guest.party_size
    if not more:
        return False
    held = [said.item for said in guest.item_replies if said.state is ItemReplyState.ACCEPTED]
    if guest.has_seats and more < 0:
        seating.free_for(guest, event, -more)
    elif guest.has_seats and not seating.take_for(guest, event, more):
        raise Conflict(N_("There are not enough seats left for so many."), field=FIELD)
    for item in sorted(held, key=lambda item: item.id):
        if more < 0:
            seats.free(item, -more)
        elif not seats.take(item, more):
            raise Conflict(N_("There are not enough seats left for so many."), field=FIELD)
    guest.party_size = number
    if guest.has_seats:
        answering.resize_choices(guest, now=now)
    return True


def _join(guest: Guest, event: Event, called: str, one: CompanionInput, actor: Actor, now: datetime) -> None:
    person = create_person(names=[NameInput(called, language=one.language)], actor=actor, now=now)
    companion = Guest(
        event=event,
        person=person,
        category_id=guest.category_id,
        companion_of=guest,
        language=guest.language,
        origin=Origin.NAMED,
        state=guest.state,
        party_size=1,
        sort_key=person.sort_key,
        link_generation=1,
        feed_generation=1,
        revision=0,
        details=None,
        item_replies=[],
        created_at=now,
    )
    db.session.add(companion)
    _tell(companion, one, actor, now)
    db.session.flush()
    record(
        "guest.added",
        "guest",
        companion.id,
        actor=actor,
        now=now,
        event_id=event.id,
        origin=Origin.NAMED.value,
    )
    if companion.state in LET_IN:
        guest_admitted.send(guest=companion, actor=actor, now=now)


def _part(companion: Guest, actor: Actor, now: datetime) -> None:
    """Stands as withdrawn from now on, by themselves; what they told is deleted."""
    came = companion.state in LET_IN
    companion.companion_of, companion.details = None, None
    life.move(companion, Step.WITHDRAW)
    db.session.flush()
    record("guest.withdrawn", "guest", companion.id, actor=actor, now=now, event_id=companion.event_id)
    if came:
        guest_left.send(guest=companion, actor=actor, now=now)


def _tell(companion: Guest, one: CompanionInput, actor: Actor, now: datetime) -> bool:
    changed = False
    for field, text in (("diet", one.diet), ("access_needs", one.access_needs)):
        told = None if text is None else clean(text, limit=500, multiline=True)
        if told is None or told == (getattr(companion.details, field) if companion.details else ""):
            continue
        if companion.details is None:
            companion.details = GuestDetails(diet="", access_needs="", note_to_host="")
        setattr(companion.details, field, told)
        changed = True
    if changed and companion.id is not None:
        guest_changed.send(guest=companion, actor=actor, now=now)
    return changed


def _must_be_principal(guest: Guest) -> None:
    if guest.companion_of_id is not None:
        raise Conflict(N_("This guest comes with somebody who answers for both."))


def _refuse_closed(event: Event, actor: Actor, now: datetime) -> None:
    if event.state is EventState.CANCELLED:
        raise Conflict(N_("This event was cancelled; no answer is needed."))
    if event.state is EventState.CLOSED:
        raise Conflict(N_("This event is over; answers can no longer be given."))
    if actor.kind not in _OWN_SAY and deadlines.is_past(event, now):
        raise Conflict(
            N_("The time for answers has ended. Please write to the host if something has changed.")
        )
