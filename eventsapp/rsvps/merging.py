"""What of guest lists follows when two people turn out to be one, and what mail addresses tell of them."""

from typing import Any

from sqlalchemy import exists, select, update

from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.languages import pick
from eventsapp.core.text import N_
from eventsapp.events import openness
from eventsapp.events.models import Event
from eventsapp.mail.models import Mail
from eventsapp.people import duplicates, merging
from eventsapp.people.merging import Merge
from eventsapp.people.models import Person
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest, GuestAnswer, ReplyRecord

_UNTOUCHED = (GuestState.DRAFT, GuestState.APPROVED)


def _follow(merge: Merge) -> None:
    """Of two guests at one event a mere draft gives way, or one who was withdrawn and never came in."""
    mine = {guest.event_id: guest for guest in _guests(merge.kept)}
    for theirs in _guests(merge.gone):
        if twin := mine.get(theirs.event_id):
            _one_of(twin, theirs, merge)
    guests: Any = Guest.__table__
    merging.repoint(guests, merge)


def _guests(person: Person) -> list[Guest]:
    query = select(Guest).where(Guest.person_id == person.id).order_by(Guest.event_id)
    return list(db.session.scalars(query.with_for_update(of=Guest)))


def _one_of(mine: Guest, theirs: Guest, merge: Merge) -> None:
    gives_way = next((guest for guest in (theirs, mine) if _is_mere(guest) or _is_withdrawn(guest)), None)
    if gives_way is None:
        event = db.session.get_one(Event, theirs.event_id)
        if not openness.is_listed(event):  # who keeps the directory may know nothing of it
            raise Conflict(
                N_("Both are guests of one event. Please have %(name)s withdrawn there first."),
                name=merge.gone.display_name,
            )
        raise Conflict(
            N_("Both are guests of “%(event)s”. Please withdraw %(name)s there first."),
            event=pick(event.title, "en").text,
            name=merge.gone.display_name,
        )
    stays = mine if gives_way is theirs else theirs
    stays.email = stays.email or gives_way.email
    stays.companions_allowed = max(stays.companions_allowed, gives_way.companions_allowed)
    record(
        "guest.merged", "guest", stays.id, actor=merge.actor, now=merge.now, event_id=stays.event_id,
        merged=gives_way.id,
    )  # fmt: skip
    db.session.delete(gives_way)
    db.session.flush()


def _is_mere(guest: Guest) -> bool:
    """On the list, and nothing else: never written to, nothing answered, nobody with them or for them."""
    others = select(Guest.id).where((Guest.companion_of_id == guest.id) | (Guest.represents_id == guest.id))
    told = (
        exists().where(GuestAnswer.guest_id == guest.id)
        | exists().where(ReplyRecord.guest_id == guest.id)
        | exists().where(Mail.guest_id == guest.id)
        | others.exists()
        | _entrusted(guest.id)
    )
    return (
        guest.state in _UNTOUCHED
        and guest.companion_of_id is None
        and guest.represents_id is None
        and not db.session.scalar(select(told))
    )


def _is_withdrawn(guest: Guest) -> bool:
    """Taken back by the host; nobody was admitted under that name."""
    badges, admissions = (db.metadata.tables[name] for name in ("badge", "admission"))
    came = select(admissions.c.badge_id).join(badges).where(badges.c.guest_id == guest.id)
    return guest.state is GuestState.WITHDRAWN and db.session.execute(came).first() is None


def _entrusted(guest_id: int) -> Any:
    """Whether a focal point answers for the guest; its table belongs to a later wing."""
    places = db.metadata.tables["focal_place"]
    return exists().where(places.c.guest_id == guest_id)


def _renamed(person: Person) -> None:
    """Lists are in the order of names, which each guest repeats."""
    rows = update(Guest).where(Guest.person_id == person.id).values(sort_key=person.sort_key)
    db.session.execute(rows, execution_options={"synchronize_session": False})


def _mails() -> list[tuple[int, str]]:
    query = select(Guest.person_id, Guest.email).where(Guest.email != "", Guest.companion_of_id.is_(None))
    return [(person_id, mail) for person_id, mail in db.session.execute(query)]


def init_app(_app: object) -> None:
    """Follow, and tell."""
    merging.follow(_follow)
    merging.renamed(_renamed)
    duplicates.clue(_mails)
