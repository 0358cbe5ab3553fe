"""The mails guests get, as data. Nothing is queued for a guest without an address.

Links are not in the data: the templates make them by `guest_link(purpose, code, generation)` when the
message is sent, so that no copy of the queue opens a guest's page.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from eventsapp.access.identity import SYSTEM, Actor
from eventsapp.core.zones import to_local
from eventsapp.events.models import Event
from eventsapp.mail import service as mail
from eventsapp.programme.models import ProgrammeItem
from eventsapp.rsvps import deadlines
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.web import formats


def invitation(guest: Guest, *, again: bool = False, actor: Actor, now: datetime) -> None:
    """Come, please; with the link to answer. `again` sends it once more, at most once a minute."""
    cause = f"{guest.link_generation}" + (f":{now:%Y%m%dT%H%M}" if again else "")
    _queue("invitation", guest, f"invitation:{guest.code}:{cause}", actor, now)


def invitations(event: Event, guests: Sequence[Guest], *, actor: Actor, now: datetime) -> None:
    """The first invitation of many guests of one event, queued at once."""
    keys = {guest.id: f"invitation:{guest.code}:{guest.link_generation}" for guest in guests}
    _queue_many("invitation", event, guests, keys, actor, now)


def hold_dates(event: Event, guests: Sequence[Guest], *, actor: Actor, now: datetime) -> None:
    """Please keep the date free: the invitation follows; queued at once for many guests of one event."""
    keys = {guest.id: f"hold-the-date:{guest.code}:{guest.link_generation}" for guest in guests}
    _queue_many("hold-the-date", event, guests, keys, actor, now)


def reminders(event: Event, guests: Sequence[Guest], *, actor: Actor, now: datetime) -> None:
    """An answer is still awaited; queued at once for many guests of one event, a day each at most."""
    keys = {guest.id: f"reminder:{guest.code}:{now:%Y%m%d}" for guest in guests}
    _queue_many("reminder", event, guests, keys, actor, now)


def confirmation(guest: Guest, *, now: datetime) -> None:
    """What the guest answered, as it now stands."""
    items = [_item(reply.item, guest, state=reply.state.value) for reply in in_order(guest)]
    _queue("confirmation", guest, _key("confirmation", guest), SYSTEM, now, {"items": items})


def promotion(guest: Guest, *, now: datetime) -> None:
    """A seat became free: the guest comes after all."""
    items = [_item(reply.item, guest, state=reply.state.value) for reply in in_order(guest)]
    _queue("promotion", guest, _key("promotion", guest), SYSTEM, now, {"items": items})


def item_promotion(guest: Guest, item: ProgrammeItem, *, now: datetime) -> None:
    """A seat became free at one item."""
    details = {"item": _item(item, guest, state="accepted")}
    _queue("item-promotion", guest, f"{_key('promotion', guest)}:{item.code}", SYSTEM, now, details)


def offer(guest: Guest, *, now: datetime) -> None:
    """A seat became free, and is kept for the guest until they accept or the offer ends."""
    assert guest.offer_until is not None  # noqa: S101 -- for the type: whoever has an offer
    until = formats.plain(
        formats.time_html(
            to_local(guest.offer_until, guest.event.timezone),
            guest.event.timezone,
            guest.language,
            day=True,
        )
    )
    _queue("offer", guest, _key("offer", guest), SYSTEM, now, {"until": until})


def offer_lapsed(guest: Guest, *, stays: bool, now: datetime) -> None:
    """The offered seat went to the next; the guest waits again (`stays`), or does not wait any more."""
    _queue("offer-lapsed", guest, _key("offer-lapsed", guest), SYSTEM, now, {"stays": stays})


def withdrawal(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """The host takes the invitation back."""
    _queue("withdrawal", guest, _key("withdrawal", guest), actor, now)


def cancellation(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """The event will not take place."""
    details = {"reason": guest.event.cancel_reason}
    _queue("cancellation", guest, f"cancellation:{guest.code}", actor, now, details)


def registration(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Please confirm that it was you who registered."""
    cause = f"registration:{guest.code}:{guest.link_generation}:{now:%Y%m%dT%H}"
    _queue("registration", guest, cause, actor, now)


def own_page(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """The link of the guest's own page, because somebody with the invitation asked for it."""
    _queue("own-page", guest, f"own-page:{guest.code}:{now:%Y%m%dT%H}", actor, now)


def already_listed(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Somebody registered with this address, which is on the list already: here is your link."""
    _queue("already-listed", guest, f"already-listed:{guest.code}:{now:%Y%m%d}", actor, now)


def submitted(guest: Guest, *, now: datetime) -> None:
    """The registration is handed in; the organisers decide."""
    _queue("submitted", guest, _key("submitted", guest), SYSTEM, now)


def more_asked(guest: Guest, question: str, *, actor: Actor, now: datetime) -> None:
    """The organisers want to know more before they decide about a registration."""
    _queue("more-asked", guest, _key("more-asked", guest), actor, now, {"question": question})


def refused(guest: Guest, reason: str, *, actor: Actor, now: datetime) -> None:
    """The organisers cannot offer a place to who registered."""
    _queue("refused", guest, _key("refused", guest), actor, now, {"reason": reason})


def late_refused(proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    """A late answer, or a change, is not taken any more."""
    told = {"kind": proposal.kind.value, "reason": proposal.public_reason}
    _queue("late-refused", proposal.guest, f"late-refused:{proposal.code}", actor, now, told)


def substitute(newcomer: Guest, guest: Guest, *, actor: Actor, now: datetime) -> None:
    """You come in somebody's place; with the link of the own page."""
    told = {"represented": guest.person.display_name}
    _queue("substitute", newcomer, _key("substitute", newcomer), actor, now, told)


def substitute_agreed(guest: Guest, newcomer: Guest, *, actor: Actor, now: datetime) -> None:
    """Somebody comes in your place."""
    told = {"substitute": newcomer.person.display_name}
    _queue("substitute-agreed", guest, _key("substitute-agreed", guest), actor, now, told)


def substitute_refused(proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    """Nobody can come in your place; the public reason is told."""
    told = {"substitute": proposal.wanted["name"], "reason": proposal.public_reason}
    _queue("substitute-refused", proposal.guest, f"substitute-refused:{proposal.code}", actor, now, told)


def code(guest: Guest, digits: str, cause: str, *, actor: Actor, now: datetime) -> None:
    """A code for a browser that did not give the answer. `cause` tells one code from the next."""
    _queue("code", guest, f"code:{guest.code}:{cause}", actor, now, {"digits": digits})


def about(guest: Guest, language: str) -> dict[str, Any]:
    """What every mail to a guest is made of, with times written in a language."""
    return {**_event(guest.event, language), **_guest(guest)}


def about_item(told: ProgrammeItem, language: str, *, state: str) -> dict[str, Any]:
    """An item as mails tell of it, with its answer."""
    when = formats.range_html(told.starts_local, told.ends_local, told.timezone, language, day=True)
    return {"title": told.title, "when": formats.plain(when), "state": state}


def in_order(guest: Guest) -> list[Any]:
    """A guest's answers to items, in the order of the programme."""
    return sorted(guest.item_replies, key=lambda reply: (reply.item.starts_at, reply.item_id))


def _key(cause: str, guest: Guest) -> str:
    return f"{cause}:{guest.code}:{guest.revision}"


def _queue(
    template: str,
    guest: Guest,
    dedupe_key: str,
    actor: Actor,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    if not guest.email:
        return
    mail.queue(
        template,
        to_address=guest.email,
        to_name=guest.person.display_name,
        language=guest.language,
        context={**about(guest, guest.language), **(details or {})},
        dedupe_key=dedupe_key,
        event_id=guest.event_id,
        guest_id=guest.id,
        actor=actor,
        now=now,
    )


def _queue_many(
    template: str, event: Event, guests: Sequence[Guest], keys: Mapping[int, str], actor: Actor, now: datetime
) -> None:
    about = {language: _event(event, language) for language in {guest.language for guest in guests}}
    mail.queue_many(
        [
            mail.Message(
                template,
                guest.email,
                guest.language,
                {**about[guest.language], **_guest(guest)},
                keys[guest.id],
                guest.person.display_name,
                event.id,
                guest.id,
            )
            for guest in guests
            if guest.email
        ],
        actor=actor,
        now=now,
    )


def _guest(guest: Guest) -> dict[str, Any]:
    return {
        "code": guest.code,
        "generation": guest.link_generation,
        "state": guest.state.value,
        "party_size": guest.party_size,
    }


def _event(event: Event, language: str) -> dict[str, Any]:
    venue = event.venue
    closes = to_local(deadlines.closes_at(event), event.timezone)
    return {
        "title": event.title,
        "subtitle": event.subtitle,
        "practical": event.practical,
        "host": event.host.names if event.host else {},
        "when": formats.plain(
            formats.range_html(event.starts_local, event.ends_local, event.timezone, language, day=True)
        ),
        "place": venue.names if venue else {},
        "street": venue.address if venue else {},
        "reply_by": formats.plain(formats.time_html(closes, event.timezone, language, day=True)),
        "spans": {
            "when": [event.starts_local.isoformat(), event.ends_local.isoformat(), event.timezone],
            "reply_by": [closes.isoformat(), None, event.timezone],
        },
        "contact_email": event.contact_email,
    }


def _item(told: ProgrammeItem, guest: Guest, *, state: str) -> dict[str, Any]:
    return about_item(told, guest.language, state=state)
