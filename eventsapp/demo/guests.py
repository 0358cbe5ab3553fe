"""Writes the guests: fictional people only, invited in their own language, most of whom have answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from eventsapp.access.identity import SYSTEM
from eventsapp.core.text import fold
from eventsapp.demo import people
from eventsapp.demo.directory import Directory
from eventsapp.demo.occasions import SIGNING, SUMMIT, VISIT, Occasions
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps.enums import Answer, Channel
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.queries import meant_for

# Key of a person → letter of the category; everybody else is a delegate.
_LETTERS = {
    **{somebody.key: "O" for somebody in people.HOSTS},
    "wang": "T",
    "wu": "T",
    "prykladenko": "I",
    "zrazok": "I",
    "deigma": "S",
    "hypothesis": "S",
    "o": "H",
    "musterfrau": "H",
    "tuayang": "L",
    "exemplar": "M",
    "reporter-1": "M",
    "reporter-2": "M",
    "reporter-3": "M",
    "zrazkova": "B",
}
_SILENT = ("nandu", "dugma", "reporter-3", "przykladowy")
_DECLINED = ("d-exemple",)
_TENTATIVE = ("kim",)
_VISIT = ("prykladna", "zrazkovyi", "prykladenko", "zrazok", "chen", "lin")
# In the order in which they answer; the hall has fewer seats than there are answers.
_SIGNING = (
    "chen", "lin", "wang", "chang", "wu", "prykladenko", "zrazok", "prykladna", "zrazkovyi", "deigma",
    "przykladowa", "reporter-1", "reporter-2", "exemplar", "hypothesis", "zrazkova",
)  # fmt: skip
_DETAILS: dict[str, dict[str, Any]] = {
    "prykladna": {"diet": "вегетаріанське", "access_needs": "крісло колісне"},
    "zrazkovyi": {"note_to_host": "Мій рейс прибуває пізно ввечері."},
    "mithal": {"diet": "حلال"},
    "yamada": {"diet": "そばアレルギー"},
}


def write(directory: Directory, made: Occasions, now: datetime) -> dict[tuple[str, str], Guest]:
    """Guests by (slug, key of the person)."""
    everybody = [somebody.key for somebody in people.EVERYBODY if somebody not in people.REAL]
    guests: dict[tuple[str, str], Guest] = {}
    for slug, keys in ((SUMMIT, everybody), (VISIT, _VISIT), (SIGNING, _SIGNING)):
        for key in keys:
            guests[slug, key] = _guest(directory, made, slug, key, now)
    return guests


def _guest(directory: Directory, made: Occasions, slug: str, key: str, now: datetime) -> Guest:
    person = directory.people[key]
    guest = rsvps.add_guest(
        made.events[slug],
        person,
        category=made.categories[slug, _LETTERS.get(key, "D")],
        email=f"{key}@{_domain(key)}.example",
        language=person.display_language,
        affiliation=directory.post(key),
        actor=SYSTEM,
        now=now,
    )
    guest.source = person.source
    rsvps.invite(guest, actor=SYSTEM, now=now)
    answer = _answer(slug, key)
    if answer is not None:
        given = rsvps.ReplyInput(answer, _items(made, slug, person.id, answer), **_DETAILS.get(key, {}))
        rsvps.reply(guest, given, channel=Channel.LINK, actor=SYSTEM, now=now)
    return guest


def _answer(slug: str, key: str) -> Answer | None:
    if slug != SUMMIT:
        return None if (slug, key) == (VISIT, "prykladna") else Answer.ACCEPTED
    if key in _SILENT:
        return None
    if key in _DECLINED:
        return Answer.DECLINED
    return Answer.TENTATIVE if key in _TENTATIVE else Answer.ACCEPTED


def _items(made: Occasions, slug: str, person_id: int, answer: Answer) -> dict[str, Answer]:
    wanting = [item for item in made.items[slug] if item.wants_answer]
    return {item.code: answer for item in meant_for(person_id, wanting)}


def _domain(key: str) -> str:
    posts: Iterable[str] = (
        post.organisation for who in people.EVERYBODY if who.key == key for post in who.posts
    )
    return fold(next(iter(posts), "guest")).replace(" ", "")
