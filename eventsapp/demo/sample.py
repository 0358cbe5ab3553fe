"""A fictional summit of any size, to see how the program bears it: guests accepted, badges issued, one door.

Rows are written in bulk, past the services; they are what the services would have left behind, save for
the record and the mails of twenty thousand answers that nobody gave.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import func, insert, select

from eventsapp.access.identity import SYSTEM
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge
from eventsapp.core.codes import public_code, public_number
from eventsapp.core.db import Model, content_changed, db
from eventsapp.core.provenance import Source
from eventsapp.core.text import fold
from eventsapp.core.zones import to_utc
from eventsapp.demo import summit
from eventsapp.demo.data import text
from eventsapp.demo.places import ZONE
from eventsapp.door import checkpoints
from eventsapp.events import categories
from eventsapp.events import service as events
from eventsapp.events.enums import EventKind, Visibility
from eventsapp.events.models import Category, Event, calendar_uid
from eventsapp.people import organisations
from eventsapp.people.enums import NameKind, OrganisationKind
from eventsapp.people.models import Affiliation, Organisation, Person, PersonName
from eventsapp.places import service as places
from eventsapp.places.models import Room
from eventsapp.programme import strands
from eventsapp.programme.enums import ItemKind, PartRole
from eventsapp.programme.models import Participation, ProgrammeItem, Track
from eventsapp.rsvps.enums import GuestState, Origin
from eventsapp.rsvps.models import Guest

T = TypeVar("T")

DAYS, CITIES, ROOMS, SPEAKERS = 4, 115, 12, 2
FIRST_HOUR, SLOT = 9, timedelta(minutes=45)
SLOTS_A_DAY = 12

_NAMES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("en", ("Sample", "Specimen", "Testa", "Demo", "Mock", "Placeholder"), ("Exampleton", "Testwell", "Mockford", "Sampleby")),
    ("uk", ("Приклад", "Зразок", "Проба"), ("Зразковий", "Прикладенко", "Пробний")),
    ("pl", ("Próba", "Wzór"), ("Przykładowa", "Przykładowy", "Wzorcowa")),
    ("de", ("Muster", "Beispiel"), ("Musterfrau", "Mustermann", "Beispielhaus")),
    ("es", ("Ejemplo", "Muestra"), ("Ñandú-Ejemplo", "de la Muestra")),
    ("vi", ("Nguyễn Văn", "Trần Thị"), ("Mẫu", "Ví Dụ")),
)  # fmt: skip
_CHINESE = (("陳", "林", "王", "張", "吳"), ("示範", "樣本", "測試", "假設", "範例"))
_TOPICS = (
    "Energy",
    "Buses",
    "Rivers",
    "Open data",
    "Schools",
    "Parks",
    "Heat",
    "Housing",
    "Ports",
    "Libraries",
)


@dataclass(frozen=True)
class Sample:
    """What was made."""

    slug: str
    guests: int
    items: int
    badges: int


def make(guests: int, items: int, *, seed: int, tuesday: date, now: datetime) -> Sample:
    """A public summit in the week of `tuesday`; the same `seed` gives the same people and programme."""
    random = Random(seed)  # noqa: S311 -- repeatable on purpose; badge numbers are drawn elsewhere
    event = _event(guests, tuesday, now)
    first = event.categories[0]
    cities = _cities(now)
    people = _people(guests, cities, random, now)
    _items(event, items, people, random, now)
    _guests(event, people, [first, *event.categories[1:]], random, now)
    db.session.execute(
        db.update(Event)
        .where(Event.id == event.id)
        .values(seats_taken=guests, capacity=guests + max(20, guests // 20))
    )
    taken = select(func.count()).where(Guest.category_id == Category.id).scalar_subquery()
    db.session.execute(db.update(Category).where(Category.event_id == event.id).values(seats_taken=taken))
    checkpoints.create_checkpoint(event, checkpoints.CheckpointInput(name="Main"), actor=SYSTEM, now=now)
    content_changed(db.session())
    return Sample(event.slug, guests, items, guests)


def _event(guests: int, tuesday: date, now: datetime) -> Event:
    given = events.EventInput(
        kind=EventKind.SUMMIT,
        title=text(
            f"Harbour Cities Forum, {guests} guests (sample)",
            f"港口城市論壇，{guests}位來賓（樣本）",
            f"Форум портових міст, {guests} гостей (зразок)",
        ),
        description=text(
            "Wholly fictional: made to see how the program bears a summit of this size.",
            "完全虛構：用於檢驗系統承載此規模高峰會的能力。",
            "Повністю вигадано: щоб побачити, як програма тримає саміт такого розміру.",
        ),
        timezone=ZONE,
        starts_local=datetime.combine(tuesday, time(8)),
        ends_local=datetime.combine(tuesday + timedelta(days=DAYS - 1), time(19)),
        visibility=Visibility.PUBLIC,
        registration_open=True,
        contact_email="forum@harbour.example",
    )
    event = events.create_event(given, source=Source.DEMO, actor=SYSTEM, now=now)
    for letter, names, colour, pattern, _ in summit.CATEGORIES:
        category = categories.CategoryInput(
            names=names, letter=letter, colour=colour, pattern=pattern, for_registration=letter == "V"
        )
        categories.create_category(event, category, source=Source.DEMO, actor=SYSTEM, now=now)
    events.publish_event(event, actor=SYSTEM, now=now)
    return event


def _cities(now: datetime) -> list[Organisation]:
    return [
        organisations.create_organisation(
            organisations.OrganisationInput(
                names=text(
                    f"City of Sampleport {number} (fictional)",
                    f"樣本港{number}市（虛構）",
                    f"Місто Зразковопорт {number} (вигадане)",
                ),
                kind=OrganisationKind.CITY,
            ),
            source=Source.DEMO,
            actor=SYSTEM,
            now=now,
        )
        for number in range(1, CITIES + 1)
    ]


def _people(
    count: int, cities: Sequence[Organisation], random: Random, now: datetime
) -> list[Mapping[str, Any]]:
    """Person rows as written, each with its `id` and `organisation_id` of a post."""
    names = [_name(random) for _ in range(count)]
    codes = iter(_codes(2 * count, 8))
    rows = [
        {
            "code": next(codes),
            "display_name": full,
            "display_language": language,
            "search_text": fold(full),
            "sort_key": fold(full),
            "languages": [language],
            "source": Source.DEMO,
            "created_at": now,
        }
        for language, full in names
    ]
    ids = _insert(Person, rows)
    _insert(
        PersonName,
        [
            {
                "person_id": id_,
                "kind": NameKind.PREFERRED,
                "full": full,
                "language": language,
                "source": Source.DEMO,
            }
            for id_, (language, full) in zip(ids, names, strict=True)
        ],
    )
    posts = _insert(
        Affiliation,
        [
            {
                "code": next(codes),
                "person_id": id_,
                "organisation_id": random.choice(cities).id,
                "title": text("Delegate", "代表", "Делегат"),
                "source": Source.DEMO,
            }
            for id_ in ids
        ],
    )
    return [
        {**row, "id": id_, "affiliation_id": post} for row, id_, post in zip(rows, ids, posts, strict=True)
    ]


def _name(random: Random) -> tuple[str, str]:
    if random.random() < 0.25:
        family, given = (random.choice(part) for part in _CHINESE)
        return "zh-Hant", f"{family}{given}{random.choice('甲乙丙丁戊己庚辛壬癸')}"
    language, given_names, families = random.choice(_NAMES)
    return language, f"{random.choice(given_names)} {random.choice(families)} {_syllables(random)}"


def _syllables(random: Random) -> str:
    return "".join(random.choice("bdfgklmnprstvz") + random.choice("aeiou") for _ in range(3)).capitalize()


def _items(
    event: Event, count: int, people: Sequence[Mapping[str, Any]], random: Random, now: datetime
) -> None:
    rooms = _rooms(now)
    tracks = [
        strands.create_track(event, names=names, colour=colour, source=Source.DEMO, actor=SYSTEM, now=now)
        for _, names, colour in summit.TRACKS
    ]
    codes = _codes(count, 8)
    rows = [_item(event, number, codes[number], rooms, tracks, random, now) for number in range(count)]
    ids = _insert(ProgrammeItem, rows)
    speakers = [
        {
            "item_id": id_,
            "person_id": person["id"],
            "affiliation_id": person["affiliation_id"],
            "role": PartRole.SPEAKER,
            "position": position,
            "source": Source.DEMO,
        }
        for id_ in ids
        for position, person in enumerate(random.sample(people, min(SPEAKERS, len(people))))
    ]
    _insert(Participation, speakers)


def _rooms(now: datetime) -> list[Room]:
    given = places.VenueInput(
        names=text(
            "Sample Harbour Hall (fictional)", "樣本港會展中心（虛構）", "Зала «Зразкова гавань» (вигадана)"
        ),
        timezone=ZONE,
        latitude=25.06,
        longitude=121.61,
    )
    venue = places.create_venue(given, source=Source.DEMO, actor=SYSTEM, now=now)
    return [
        places.add_room(
            venue,
            places.RoomInput(names=text(f"Hall {number}", f"第{number}廳", f"Зала {number}"), capacity=400),
            source=Source.DEMO,
            actor=SYSTEM,
            now=now,
        )
        for number in range(1, ROOMS + 1)
    ]


def _item(
    event: Event,
    number: int,
    code: str,
    rooms: Sequence[Room],
    tracks: Sequence[Track],
    random: Random,
    now: datetime,
) -> dict[str, Any]:
    slot, room = divmod(number, len(rooms))
    day, of_day = divmod(slot % (DAYS * SLOTS_A_DAY), SLOTS_A_DAY)
    starts = (
        datetime.combine(event.starts_local.date() + timedelta(days=day), time(FIRST_HOUR)) + of_day * SLOT
    )
    ends = starts + SLOT - timedelta(minutes=5)
    topic = random.choice(_TOPICS)
    return {
        "event_id": event.id,
        "code": code,
        "kind": ItemKind.SESSION,
        "room_id": rooms[room].id,
        "venue_id": rooms[room].venue_id,
        "track_id": random.choice(tracks).id,
        "title": text(
            f"{topic}: session {number + 1}", f"{topic}：議程{number + 1}", f"{topic}: сесія {number + 1}"
        ),
        "description": text("What one city tried, what it cost, and what it would do again."),
        "timezone": ZONE,
        "starts_local": starts,
        "ends_local": ends,
        "starts_at": to_utc(starts, ZONE),
        "ends_at": to_utc(ends, ZONE),
        "uid": calendar_uid(),
        "revised_at": now,
        "created_at": now,
        "source": Source.DEMO,
    }


def _guests(
    event: Event,
    people: Sequence[Mapping[str, Any]],
    kinds: Sequence[Category],
    random: Random,
    now: datetime,
) -> None:
    codes = _codes(len(people), 12)
    rows = [
        {
            "event_id": event.id,
            "code": codes[number],
            "person_id": person["id"],
            "category_id": kinds[random.choices((0, 1, 2, 4), (1, 6, 1, 2))[0]].id,
            "affiliation_id": person["affiliation_id"],
            "email": f"guest-{number}@harbour.example",
            "language": person["display_language"],
            "origin": Origin.IMPORTED,
            "state": GuestState.ACCEPTED,
            "has_seats": True,
            "sort_key": person["sort_key"],
            "invited_at": now,
            "replied_at": now,
            "created_at": now,
            "source": Source.DEMO,
        }
        for number, person in enumerate(people)
    ]
    ids = _insert(Guest, rows)
    numbers = _distinct(len(ids), lambda: public_number(56))
    short_codes = _codes(len(ids), 8)
    _insert(
        Badge,
        [
            {
                "event_id": event.id,
                "guest_id": id_,
                "number": number,
                "short_code": short_code,
                "revision": 1,
                "state": BadgeState.ACTIVE,
                "valid_from": event.starts_local.date() - timedelta(days=7),
                "valid_until": event.ends_local.date() + timedelta(days=1),
                "issued_at": now,
            }
            for id_, number, short_code in zip(ids, numbers, short_codes, strict=True)
        ],
    )


def _insert(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write rows in bulk; their ids in the same order."""
    if not rows:
        return []
    statement = insert(model).returning(model.__table__.c.id, sort_by_parameter_order=True)
    return list(db.session.execute(statement, list(rows)).scalars())


def _codes(count: int, length: int) -> list[str]:
    return _distinct(count, lambda: public_code(length))


def _distinct(count: int, draw: Callable[[], T]) -> list[T]:
    drawn: dict[T, None] = {}
    while len(drawn) < count:
        drawn[draw()] = None
    return list(drawn)


def coming_tuesday(today: date) -> date:
    """The next Tuesday after `today`, so that invitations are open; its badges are valid for a week before."""
    return today + timedelta(days=(1 - today.weekday()) % 7 or 7)
