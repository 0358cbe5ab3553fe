"""A guest's answer, by whichever way it came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_, clean
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.programme.models import ProgrammeItem
from eventsapp.rsvps import deadlines, life, messages, queries
from eventsapp.rsvps.enums import (
    ANSWER_OF,
    Answer,
    Channel,
    GuestState,
    ItemReplyState,
    Recorded,
)
from eventsapp.rsvps.models import Guest, GuestDetails, ItemReply, ReplyRecord
from eventsapp.rsvps.service import answering, companions, locking, offering, seating, waiting
from eventsapp.rsvps.service.companions import CompanionInput
from eventsapp.rsvps.service.recording import note
from eventsapp.rsvps.signals import guest_changed

_RECORDS = cast(Table, ReplyRecord.__table__)  # nobody holds these rows: written past the ORM
_WEIGHT = {Answer.DECLINED: 0, Answer.TENTATIVE: 1, Answer.ACCEPTED: 2}


@dataclass(frozen=True)
class ReplyInput:
    """What a guest says. `items` maps an item's code to the answer for it; None leaves a text as it was.

    Nobody comes to an item more surely than to the event: if that is tentative, so are its items at most.
    `answers`: question code → value as the form cleaned it (see `answering.store`); None: nothing was asked.
    `companions` are all whom the guest brings (see `companions.py`); None leaves them as they are.
    """

    answer: Answer
    items: Mapping[str, Answer] = field(default_factory=dict)
    badge_name: str | None = None
    diet: str | None = None
    access_needs: str | None = None
    note_to_host: str | None = None
    answers: Mapping[str, Any] | None = None
    companions: Sequence[CompanionInput] | None = None


@dataclass(frozen=True)
class ReplyResult:
    """Where the guest stands now; `items` by item code. A repeat of the same answer is not `changed`.

    `answered`: not details alone were changed but an answer, which a mail tells the guest.
    """

    guest: Guest
    state: GuestState
    items: Mapping[str, ItemReplyState]
    changed: bool
    answered: bool


@dataclass(frozen=True)
class Held:
    """Who answers, locked: the event, the guest, and the items that want an answer, if it is about any."""

    event: Event
    guest: Guest
    items: Sequence[ProgrammeItem]


@dataclass(frozen=True)
class _How:
    channel: Channel
    actor: Actor
    on_behalf: bool
    reason: str
    now: datetime
    is_welcome: bool = False  # whenever it comes, see `is_welcome`


def reply(
    guest: Guest,
    given: ReplyInput,
    *,
    channel: Channel,
    actor: Actor,
    on_behalf: bool = False,
    reason: str = "",
    now: datetime,
) -> ReplyResult:
    """Store an answer: seats, waiting list, record and the mail that confirms it, all or nothing.

    The same answer again changes, records and mails nothing, and gets the same result. Staff may answer
    for a guest after the reply-by date. Raises `Conflict` when answers are closed, `Invalid` for an
    item that does not want this guest's answer or a text that cannot be stored.
    """
    return reply_held(
        hold(guest, given), given, channel=channel, actor=actor, on_behalf=on_behalf, reason=reason, now=now
    )


def reply_held(
    held: Held,
    given: ReplyInput,
    *,
    channel: Channel,
    actor: Actor,
    on_behalf: bool = False,
    reason: str = "",
    now: datetime,
) -> ReplyResult:
    """`reply` by a guest whom the caller holds already."""
    how = _How(channel, actor, on_behalf, clean(reason, limit=300), now)
    event, guest, items = held.event, held.guest, held.items
    if offering.has_ended(guest, now):
        waiting.lapse_offers(event.id, now=now)
    how = replace(how, is_welcome=is_welcome(guest, given.answer))
    with db.session.no_autoflush:  # what changes of the guest is written once
        details_changed = change_details(guest, given)
        if given.companions is not None and given.answer is not Answer.DECLINED:
            details_changed |= _bring(guest, event, given.companions, how)
        answered = _answer(guest, event, given.answer, _wishes(guest, given, items), how)
        if given.answers is not None and given.answer is not Answer.DECLINED:
            details_changed |= answering.store(guest, event, given.answers, now=now)
        elif answered and guest.has_seats and guest.revision:  # who answers for the first time chose nothing
            answering.take_choices(guest, now=now)
        if answered or details_changed:
            _refuse_closed(guest, event, how)
            _keep(guest, answered or [(None, Recorded.DETAILS)], how)
        if answered:
            guest.replied_at = now
            messages.confirmation(guest, now=now)
    db.session.flush()
    if details_changed:
        guest_changed.send(guest=guest, actor=actor, now=now)
    states = {said.item.code: said.state for said in guest.item_replies}
    return ReplyResult(guest, guest.state, states, bool(answered or details_changed), bool(answered))


def _bring(guest: Guest, event: Event, given: Sequence[CompanionInput], how: _How) -> bool:
    size = guest.party_size
    if not companions.name(guest, event, given, actor=how.actor, now=how.now):
        return False
    note(
        guest,
        Recorded.PARTY,
        channel=how.channel,
        actor=how.actor,
        on_behalf=how.on_behalf,
        reason=str(guest.party_size),
        now=how.now,
    )
    if guest.party_size < size:  # what is given back, or fits now
        db.session.flush()
        seating.fill_event(event, now=how.now)
        for said in guest.item_replies:
            seating.fill_item(event, said.item, now=how.now)
    return True


def is_welcome(guest: Guest, answer: Answer) -> bool:
    """Whether an answer is taken after the reply-by date, too: regrets of somebody who holds a seat or waits
    for one, and any answer to an offered seat."""
    if guest.state is GuestState.OFFERED:
        return True
    return answer is Answer.DECLINED and (guest.has_seats or guest.state is GuestState.WAITLISTED)


def hold(guest: Guest, given: ReplyInput) -> Held:
    """Lock whom and what a reply concerns; items only if it is about any, or an earlier one was."""
    event, guest_id = locking.hold_event_of(guest)
    guest = locking.hold_guest(guest_id)
    if not given.items and not guest.item_replies:
        return Held(event, guest, ())
    return Held(event, guest, queries.meant_for(guest.person_id, locking.hold_items(event.id)))


def _refuse_closed(guest: Guest, event: Event, how: _How) -> None:
    if event.state is EventState.CANCELLED:
        raise Conflict(N_("This event was cancelled; no answer is needed."))
    if event.state is EventState.CLOSED:
        raise Conflict(N_("This event is over; answers can no longer be given."))
    if guest.companion_of_id is not None:
        raise Conflict(N_("This guest comes with somebody who answers for both."))
    if guest.state is GuestState.WITHDRAWN:
        raise Conflict(N_("The host has withdrawn this invitation."))
    if how.actor.kind is ActorKind.STAFF or how.actor.kind is ActorKind.SYSTEM:
        return
    if guest.state is GuestState.UNCONFIRMED:
        raise Conflict(N_("Please confirm your registration first, with the link in our mail."))
    if deadlines.is_past(event, how.now) and not how.is_welcome:
        raise Conflict(
            N_("The time for answers has ended. Please write to the host if something has changed.")
        )


def _wishes(
    guest: Guest, given: ReplyInput, items: Sequence[ProgrammeItem]
) -> list[tuple[ProgrammeItem, Answer]]:
    """The answers to store, by item id: those given, and what the event's answer means for earlier ones."""
    known = {item.code: item for item in items}
    unknown = set(given.items) - set(known)
    if unknown:
        raise Invalid(N_("One of these items does not want an answer any more. Please look again."))
    wishes = {known[code]: answer for code, answer in given.items.items()}
    for earlier in guest.item_replies:
        wishes.setdefault(earlier.item, _said(earlier))
    return sorted(wishes.items(), key=lambda wish: wish[0].id)


def _said(earlier: ItemReply) -> Answer:
    return Answer.ACCEPTED if earlier.state is ItemReplyState.WAITLISTED else Answer(earlier.state.value)


def _answer(
    guest: Guest, event: Event, answer: Answer, wishes: Sequence[tuple[ProgrammeItem, Answer]], how: _How
) -> list[tuple[ProgrammeItem | None, str]]:
    """Seats given and taken; what to record of it.

    Whoever leaves gives the items' seats back before the event's, so that the guest who moves up finds them
    free and hears of everything in one mail.
    """
    new = ANSWER_OF.get(guest.state) is not answer or guest.state is GuestState.OFFERED
    if new:
        _refuse_closed(guest, event, how)
        life.must_answer(guest, answer)
    if new and answer is Answer.ACCEPTED:
        at_event: list[tuple[ProgrammeItem | None, str]] = [(None, _answer_event(guest, event, answer, how))]
        return at_event + _answer_items(guest, event, answer, wishes, how)
    at_items = _answer_items(guest, event, answer, wishes, how)
    return [(None, _answer_event(guest, event, answer, how)), *at_items] if new else at_items


def _answer_items(
    guest: Guest, event: Event, answer: Answer, wishes: Sequence[tuple[ProgrammeItem, Answer]], how: _How
) -> list[tuple[ProgrammeItem | None, str]]:
    answered: list[tuple[ProgrammeItem | None, str]] = []
    for item, wish in wishes:
        said = _answer_item(guest, event, item, min(wish, answer, key=_WEIGHT.__getitem__), how)
        if said is not None:
            answered.append((item, said))
    return answered


def _answer_event(guest: Guest, event: Event, answer: Answer, how: _How) -> str:
    if answer is Answer.ACCEPTED:
        seated = seating.seat(guest, event, actor=how.actor, now=how.now)
        return answer.value if seated else Recorded.WAITLISTED
    seating.unseat(guest, event, life.ANSWERS[GuestState(answer.value)], actor=how.actor, now=how.now)
    return answer.value


def _answer_item(guest: Guest, event: Event, item: ProgrammeItem, answer: Answer, how: _How) -> str | None:
    """Store the answer to one item; what to record of it, None if it stands already."""
    earlier = next((said for said in guest.item_replies if said.item_id == item.id), None)
    if earlier is not None and _said(earlier) is answer:
        return None
    if earlier is None:
        earlier = ItemReply(item=item, item_id=item.id, state=ItemReplyState.DECLINED)
        guest.item_replies.append(earlier)
    if answer is Answer.ACCEPTED:
        seating.seat_at(earlier, guest, event, now=how.now)
    else:
        seating.unseat_at(earlier, guest, event, ItemReplyState(answer.value), now=how.now)
    return earlier.state.value


def change_details(guest: Guest, given: ReplyInput) -> bool:
    """Store the badge name and what the guest tells about themselves; whether anything is different."""
    changed = False
    if given.badge_name is not None:
        name = clean(given.badge_name, limit=200)
        name = "" if name == guest.person.display_name else name
        changed, guest.badge_name = name != guest.badge_name, name
    texts = {"diet": given.diet, "access_needs": given.access_needs, "note_to_host": given.note_to_host}
    for name, text in texts.items():
        if text is not None:
            changed |= _change_detail(guest, name, clean(text, limit=_LIMITS[name], multiline=True))
    return changed


_LIMITS = {"diet": 500, "access_needs": 500, "note_to_host": 2000}


def _change_detail(guest: Guest, name: str, text: str) -> bool:
    if (getattr(guest.details, name) if guest.details else "") == text:
        return False
    if guest.details is None:
        guest.details = GuestDetails(diet="", access_needs="", note_to_host="")
    setattr(guest.details, name, text)
    return True


def _keep(guest: Guest, answered: Sequence[tuple[ProgrammeItem | None, str]], how: _How) -> None:
    guest.revision += 1
    db.session.connection().execute(
        insert(_RECORDS),
        [
            {
                "guest_id": guest.id,
                "item_id": item.id if item else None,
                "answer": answer,
                "at": how.now,
                "channel": how.channel,
                "actor_kind": how.actor.kind,
                "actor_id": how.actor.id,
                "on_behalf": how.on_behalf,
                "reason": how.reason,
            }
            for item, answer in answered
        ],
    )
    record(
        "guest.replied",
        "guest",
        guest.id,
        actor=how.actor,
        now=how.now,
        event_id=guest.event_id,
        on_behalf=Actor(ActorKind.GUEST, guest.id) if how.on_behalf else None,
        state=guest.state.value,
        channel=how.channel.value,
    )
