"""Answers and details given at the desk: recorded as on behalf of the guest, by the focal point's link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_
from eventsapp.focal import queries
from eventsapp.focal.models import FocalPlace, FocalPoint
from eventsapp.focal.service import desk
from eventsapp.focal.titles import title_of
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps.enums import Answer, Channel, ProposalKind
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.rsvps.service import GuestInput, ReplyInput, late, proposals, representing
from eventsapp.rsvps.service.late import Answered
from eventsapp.rsvps.service.representing import SubstituteInput


@dataclass(frozen=True, kw_only=True)
class CompletingInput:
    """What a desk adds to a guest. None leaves the mail address and the title as they are."""

    email: str | None = None
    title: str | None = None
    organisation: str = ""
    badge_name: str = ""


def answer(
    point: FocalPoint, place: FocalPlace, given: ReplyInput, *, actor: Actor, now: datetime
) -> Answered:
    """One guest's answer; a late one waits for the organiser. Raises as `rsvps.reply` does."""
    desk.begin(point, now=now)
    return _answer(point, place, given, actor, now)


def answer_many(
    point: FocalPoint, places: Sequence[FocalPlace], said: Answer, *, actor: Actor, now: datetime
) -> list[Answered]:
    """The same answer for several, all or none; answers to items stay as far as that allows."""
    if not places:
        raise Invalid(N_("Please tick those whom you answer for."))
    desk.begin(point, now=now)
    ordered = sorted(places, key=lambda place: place.guest_id)
    return [_answer(point, place, ReplyInput(said), actor, now) for place in ordered]


def _answer(point: FocalPoint, place: FocalPlace, given: ReplyInput, actor: Actor, now: datetime) -> Answered:
    guest = desk.held(point, place).guest
    return late.answer(guest, given, channel=Channel.LINK, actor=actor, on_behalf=True, now=now)


def complete(
    point: FocalPoint, place: FocalPlace, given: CompletingInput, *, actor: Actor, now: datetime
) -> Guest:
    """Mail address, title and badge name. A new title is added to the person and applies from now on.

    Raises `Conflict` for another address than the guest or the host gave.
    """
    desk.begin(point, now=now)
    guest = desk.held(point, place).guest
    # Mails bring the link of the guest's own page, and on it what they told in confidence.
    if given.email and guest.email and not queries.told_by(place):
        raise Conflict(N_("An address is known already; only the host can change it."), field="email")
    affiliation = guest.affiliation
    if given.title is not None or given.organisation:
        written = title_of(point, guest.person, given.title or "", given.organisation, actor=actor, now=now)
        affiliation = written or affiliation
    changed = GuestInput(
        category=guest.category,
        email=guest.email if given.email is None else given.email,
        language=guest.language,
        affiliation=affiliation,
        badge_name=given.badge_name,
    )
    return rsvps.change_guest(guest, changed, actor=actor, now=now)


def propose_substitute(
    point: FocalPoint, place: FocalPlace, given: SubstituteInput, *, actor: Actor, now: datetime
) -> Proposal:
    """Ask that somebody else comes in a guest's place. Raises as `representing.propose` does."""
    desk.begin(point, now=now)
    guest = desk.held(point, place).guest
    return representing.propose(guest, given, channel=Channel.LINK, actor=actor, now=now)


def take_back_substitute(point: FocalPoint, place: FocalPlace, *, actor: Actor, now: datetime) -> bool:
    """Ask for nobody any more; False where nobody was asked for."""
    desk.begin(point, now=now)
    guest = desk.held(point, place).guest
    return proposals.drop(guest, ProposalKind.SUBSTITUTE, actor=actor, now=now)
