"""Writes the office that answers for the Kyiv delegation: 1 + 4 places, regrets, a substitute asked for.

Everybody named here is fictional, as their names tell.
"""

from datetime import datetime

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.core.provenance import Source
from eventsapp.demo.occasions import VISIT, Occasions
from eventsapp.focal import pasting, service
from eventsapp.focal.models import FocalPoint
from eventsapp.focal.service import FocalPointInput
from eventsapp.rsvps import deadlines
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps.enums import Answer, Channel
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import ReplyInput, representing
from eventsapp.rsvps.service.representing import SubstituteInput
from eventsapp.visits import queries as visits

OFFICE = "Секретаріат делегації (демо)"
LANGUAGE = "uk"
QUOTAS = {"H": 1, "D": 4}
HEAD = "Ганна Зразковець\tКерівниця делегації (демо)"
# As they might be copied from a spreadsheet; two places are left.
DELEGATES = (
    "Дмитро Взірцевий\tРадник (демо)\t\tdmytro@kyivadministration.example\n"
    "Софія Шаблонна\tАналітикиня (демо)\t\tsofiia@kyivadministration.example\n"
)
REGRETS = "Софія Шаблонна"
SUBSTITUTE = SubstituteInput(
    name="Данило Прикладчук", title="Помічник делегації (демо)", email="danylo@kyivadministration.example"
)


def write(made: Occasions, invited: dict[tuple[str, str], Guest], now: datetime) -> FocalPoint:
    """The focal point, with its people."""
    event = made.events[VISIT]
    point = service.create(
        event,
        FocalPointInput(
            name=OFFICE,
            email="secretariat@kyivadministration.example",
            language=LANGUAGE,
            delegation=visits.delegations_alone(event)[0],
            quotas={made.categories[VISIT, letter]: number for letter, number in QUOTAS.items()},
        ),
        actor=SYSTEM,
        now=now,
    )
    service.entrust(point, [invited[VISIT, key] for key in ("prykladna", "zrazkovyi")], actor=SYSTEM, now=now)
    service.send_link(point, actor=SYSTEM, now=now)
    # In the year of the visit the reply-by date is past, and the office's answers would wait.
    past = deadlines.is_past(event, now)
    by = SYSTEM if past else Actor(ActorKind.FOCAL_POINT, point.id)
    _name(point, made, by, now)
    representing.propose(invited[VISIT, "zrazkovyi"], SUBSTITUTE, channel=Channel.LINK, actor=by, now=now)
    return point


def _name(point: FocalPoint, made: Occasions, by: Actor, now: datetime) -> None:
    for letter, pasted in (("H", HEAD), ("D", DELEGATES)):
        people = [row.given for row in pasting.read(pasted).rows]
        category = made.categories[VISIT, letter]
        for guest in service.name_people(point, category, people, accept=False, actor=by, now=now):
            guest.source = guest.person.source = Source.DEMO
            answer = Answer.DECLINED if guest.person.display_name == REGRETS else Answer.ACCEPTED
            rsvps.reply(
                guest, ReplyInput(answer), channel=Channel.LINK, actor=by, on_behalf=by is not SYSTEM, now=now
            )
