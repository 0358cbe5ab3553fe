"""Writes what waits on the reply desk: registrations to decide, a late answer, reminders, a forum of regrets only.

Everybody who asks for something here is fictional, as their names tell; so are the reply-by dates.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.core.provenance import Source
from eventsapp.demo.directory import Directory
from eventsapp.demo.occasions import FORUM, SIGNING, SUMMIT, Occasions
from eventsapp.people.service import NameInput
from eventsapp.rsvps import deadlines, life
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps.enums import Answer, Channel, GuestState, Origin, ProposalKind, ReplyMode
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import ReplyInput, TermsInput, approving, proposals, reminding, wanted

# Name, its language, address, what was told to the host.
_REGISTRANTS = (
    ("Olivia Sample", "en", "olivia.sample@city-notes.example", "I write for the City Notes (demo)."),
    ("陳範例", "zh-Hant", "chen@fanli.example", "我是範例大學的研究生（示範）。"),
    (
        "Богдан Взірцевий",
        "uk",
        "bohdan@zrazok.example",
        "Представляю громадську організацію «Зразок» (демо).",
    ),
)
_QUESTION = "貴校由哪一位老師帶隊？（示範）"  # in the language of who is asked
_EXPECTED = ("kim", "yamada", "mithal", "musterfrau")
_LATE = "przykladowa"


def write(
    directory: Directory, made: Occasions, guests: Mapping[tuple[str, str], Guest], now: datetime
) -> None:
    """Terms of the summit, the signing and the forum, and what came of them."""
    _summit(made, guests, now)
    signing = made.events[SIGNING]
    rsvps.set_terms(signing, TermsInput(remind_days=(7, 2), approves_list=True), actor=SYSTEM, now=now)
    _forum(directory, made, now)


def _summit(made: Occasions, guests: Mapping[tuple[str, str], Guest], now: datetime) -> None:
    event = made.events[SUMMIT]
    rsvps.set_terms(event, TermsInput(remind_days=(14, 7, 2), wants_approval=True), actor=SYSTEM, now=now)
    registered = [_registration(made, *told, now=now) for told in _REGISTRANTS]
    approving.ask(registered[1], _QUESTION, actor=SYSTEM, now=now)
    for (slug, _), guest in guests.items():
        if slug == SUMMIT and guest.state is GuestState.INVITED:
            guest.invited_at = now - timedelta(days=9)
    reminding.remind_now(event, limit=100, actor=SYSTEM, now=now)


def _registration(
    made: Occasions, name: str, language: str, email: str, told: str, *, now: datetime
) -> Guest:
    event = made.events[SUMMIT]
    guest = rsvps.add_new_guest(
        event,
        [NameInput(name, language=language)],
        category=next(known for known in event.categories if known.for_registration),
        email=email,
        language=language,
        actor=SYSTEM,
        now=now,
    )
    guest.source = guest.person.source = Source.DEMO
    guest.origin = Origin.REGISTERED
    life.move(guest, Step.REGISTER)
    asking = Actor(ActorKind.GUEST, guest.id)
    approving.hand_in(guest, actor=asking, now=now)
    return approving.complete(guest, ReplyInput(Answer.ACCEPTED, note_to_host=told), actor=asking, now=now)


def _forum(directory: Directory, made: Occasions, now: datetime) -> None:
    event = made.events[FORUM]
    in_time = deadlines.closes_at(event) - timedelta(days=10)
    rsvps.set_terms(event, TermsInput(mode=ReplyMode.REGRETS_ONLY), actor=SYSTEM, now=now)
    listed = {
        key: rsvps.add_guest(
            event,
            directory.people[key],
            category=made.categories[FORUM, "D"],
            email=f"{key}@forum.example",
            language=directory.people[key].display_language,
            affiliation=directory.post(key),
            actor=SYSTEM,
            now=now,
        )
        for key in (*_EXPECTED, _LATE)
    }
    for guest in listed.values():
        guest.source = guest.person.source
        rsvps.invite(guest, actor=SYSTEM, now=in_time)
    late = listed[_LATE]
    asking = Actor(ActorKind.GUEST, late.id)
    rsvps.reply(late, ReplyInput(Answer.DECLINED), channel=Channel.LINK, actor=SYSTEM, now=in_time)
    given = ReplyInput(Answer.ACCEPTED, note_to_host="My train comes after all (demo).")
    proposals.propose(
        late, ProposalKind.LATE_ANSWER, wanted.to_json(given), channel=Channel.LINK, actor=asking, now=now
    )
