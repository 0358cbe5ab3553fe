"""Badges follow their guests, and the door follows the badges."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.models import AuditEntry
from eventsapp.badges import faces, printing, queries, service
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.keys import BadgeKeys
from eventsapp.badges.models import Badge
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Conflict
from eventsapp.door import service as door
from eventsapp.door.attempts import Attempt
from eventsapp.door.enums import Cause, Direction, Outcome
from eventsapp.events import service as events
from eventsapp.events.models import Event
from eventsapp.people.enums import NameKind
from eventsapp.people.service import NameInput
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps.enums import Answer, GuestState
from eventsapp.rsvps.models import Guest
from tests.factories.door import Gate, make_gate
from tests.factories.events import event_input, make_category, make_event
from tests.factories.people import make_affiliation, make_organisation, make_person
from tests.factories.rsvps import answer, make_accepted, make_invited
from tests.support.databases import Database
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture
def event() -> Event:
    """A published summit, 2 to 4 June 2026."""
    return make_event(published=True)


@pytest.fixture
def keys(database: Database) -> BadgeKeys:
    return BadgeKeys(database.settings.instance)


def _badge(guest: Guest) -> Badge:
    badge = service.of_guest(guest)
    assert badge is not None
    return badge


def _given(now: datetime) -> dict[str, Any]:
    return {"actor": SYSTEM, "now": now}


def _shown(badge_text: str, gate: Gate, keys: BadgeKeys, now: datetime) -> tuple[Outcome, Cause | None]:
    """What the door says to a printed code."""
    db.session.commit()
    place = gate.checkpoints[0].code
    attempt = Attempt(
        id=uuid4().hex, code=badge_text, checkpoint=place, direction=Direction.IN, scanned_at=now
    )
    (said,) = door.scan(gate.identity, [attempt], sent_at=now, now=now, keys=keys.public_keys())
    return said.outcome, said.cause


def test_badge_is_issued_with_the_answer(event: Event) -> None:
    guest = make_invited(event)
    assert service.of_guest(guest) is None
    answer(guest, Answer.TENTATIVE)
    assert service.of_guest(guest) is None
    answer(guest, Answer.ACCEPTED)
    badge = _badge(guest)
    assert (badge.state, badge.revision) == (BadgeState.ACTIVE, 1)
    assert (badge.valid_from, badge.valid_until) == (date(2026, 5, 26), date(2026, 6, 11))
    assert len(badge.short_code) == 8


def test_badge_and_answer_are_kept_together_or_not_at_all(event: Event, db_session: Session) -> None:
    guest = make_invited(event)
    db.session.commit()

    def interrupted() -> None:
        with transaction():
            answer(guest, Answer.ACCEPTED)
            assert service.of_guest(guest)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert service.of_guest(guest) is None
    assert db_session.get_one(Guest, guest.id).state is GuestState.INVITED


def test_badge_sleeps_while_its_guest_does_not_come(event: Event) -> None:
    guest = make_accepted(event)
    badge = _badge(guest)
    for said in (Answer.DECLINED, Answer.TENTATIVE):
        answer(guest, said)
        assert badge.state is BadgeState.SUSPENDED
        answer(guest, Answer.ACCEPTED)
        assert (badge.state, badge.revision) == (BadgeState.ACTIVE, 1)
    assert db.session.scalar(select(func.count()).select_from(Badge)) == 1


def test_badge_sleeps_when_the_host_withdraws(event: Event, now: datetime) -> None:
    guest = make_accepted(event)
    rsvps.withdraw(guest, **_given(now))
    assert _badge(guest).state is BadgeState.SUSPENDED


def test_guest_on_the_waiting_list_has_no_badge_until_promoted(now: datetime) -> None:
    event = make_event(published=True, capacity=1)
    first, second = make_accepted(event, "First"), make_accepted(event, "Second")
    assert second.state is GuestState.WAITLISTED
    assert service.of_guest(second) is None
    answer(first, Answer.DECLINED)
    assert _badge(second).state is BadgeState.ACTIVE
    assert _badge(first).state is BadgeState.SUSPENDED


def test_badge_for_somebody_who_has_not_accepted_is_refused(event: Event, now: datetime) -> None:
    with pytest.raises(Conflict, match="accepted"):
        service.issue(make_invited(event), **_given(now))


def test_revoked_badge_stays_so_whatever_the_guest_answers(event: Event, now: datetime) -> None:
    guest = make_accepted(event)
    service.revoke(_badge(guest), reason="  lost\n", **_given(now))
    assert (_badge(guest).state, _badge(guest).revoke_reason) == (BadgeState.REVOKED, "lost")
    answer(guest, Answer.DECLINED)
    answer(guest, Answer.ACCEPTED)
    assert _badge(guest).state is BadgeState.REVOKED
    with pytest.raises(Conflict, match="already"):
        service.revoke(_badge(guest), **_given(now))


def test_reissue_gives_a_new_revision_and_short_code(event: Event, now: datetime) -> None:
    guest = make_accepted(event)
    badge = _badge(guest)
    before, number = badge.short_code, badge.number
    service.revoke(badge, **_given(now))
    service.reissue(badge, reason="found", **_given(now))
    assert (badge.revision, badge.state, badge.number) == (2, BadgeState.ACTIVE, number)
    assert badge.short_code != before
    assert badge.revoked_at is None


def test_reissue_is_refused_where_no_badge_is_due(event: Event, now: datetime) -> None:
    guest = make_accepted(event)
    badge = _badge(guest)
    answer(guest, Answer.DECLINED)
    with pytest.raises(Conflict, match="accepted"):
        service.reissue(badge, **_given(now))
    answer(guest, Answer.ACCEPTED)
    badge.revision = service.LAST_REVISION
    db.session.flush()
    with pytest.raises(Conflict, match="too often"):
        service.reissue(badge, **_given(now))


def test_door_admits_the_newest_badge_alone(event: Event, keys: BadgeKeys, now: datetime) -> None:
    now += timedelta(days=21)  # the summit's first day
    gate = make_gate(event)
    guest = make_accepted(event)
    badge = _badge(guest)
    db.session.refresh(badge)
    key = keys.current()
    old, old_short = faces.code_text(badge, key), badge.short_code
    service.reissue(badge, **_given(now))
    new, new_short = faces.code_text(badge, key), badge.short_code
    assert _shown(old, gate, keys, now) == (Outcome.REFUSED, Cause.REPLACED)
    assert _shown(old_short, gate, keys, now)[0] is not Outcome.ADMITTED
    assert _shown(new, gate, keys, now)[0] is Outcome.ADMITTED
    assert _shown(new_short, gate, keys, now)[0] is Outcome.ALREADY_IN
    service.revoke(badge, **_given(now))
    assert _shown(new, gate, keys, now) == (Outcome.REFUSED, Cause.REVOKED)


def test_missing_badges_are_issued_once(event: Event, now: datetime) -> None:
    guests = [make_accepted(event, f"Guest {n}") for n in range(3)]
    other = make_accepted(make_event("Other", published=True))
    for guest in (*guests, other):
        db.session.delete(_badge(guest))
    db.session.flush()
    assert queries.counts(event).missing == 3
    assert service.issue_missing(event, **_given(now)) == 3
    assert service.issue_missing(event, **_given(now)) == 0
    assert queries.counts(event) == queries.Counts(active=3, suspended=0, revoked=0, missing=0)
    assert service.of_guest(other) is None


def test_validity_follows_an_event_that_moves(event: Event, now: datetime) -> None:
    badge = _badge(make_accepted(event))
    other = _badge(make_accepted(make_event("Other", published=True)))
    moved = event_input(starts_local=datetime(2026, 9, 1, 9), ends_local=datetime(2026, 9, 3, 18))
    events.edit_event(event, moved, **_given(now))
    db.session.refresh(badge)
    assert (badge.valid_from, badge.valid_until) == (date(2026, 8, 25), date(2026, 9, 10))
    db.session.refresh(other)
    assert other.valid_until == date(2026, 6, 11)


def test_every_step_is_in_the_record(event: Event, now: datetime) -> None:
    guest = make_accepted(event)
    badge = _badge(guest)
    answer(guest, Answer.DECLINED)
    answer(guest, Answer.ACCEPTED)
    service.revoke(badge, **_given(now))
    service.reissue(badge, **_given(now))
    said = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.action.like("badge.%")).order_by(AuditEntry.id)
    ).all()
    assert said == ["badge.issued", "badge.suspended", "badge.woken", "badge.revoked", "badge.reissued"]


def _print(event: Event, keys: BadgeKeys, now: datetime, *, only_new: bool = True) -> list[str]:
    """Print as the commands and pages do; the names on what came out."""
    db.session.flush()
    db.session.expire_all()
    chosen = printing.to_print(event, keys.current(), only_new=only_new)
    service.note_printed(chosen.prints, "a6", event_id=event.id, **_given(now))
    return [face.name for face in chosen.faces]


def test_only_new_leaves_out_what_is_printed_and_unchanged(
    event: Event, keys: BadgeKeys, now: datetime
) -> None:
    ada, bo = make_accepted(event, "Ada"), make_accepted(event, "Bo")
    assert _print(event, keys, now) == ["Ada", "Bo"]
    with pytest.raises(Conflict, match="printed already"):
        _print(event, keys, now)
    assert _print(event, keys, now, only_new=False) == ["Ada", "Bo"]
    service.reissue(_badge(ada), **_given(now))
    assert _print(event, keys, now) == ["Ada"]
    bo.badge_name = "Bo B."
    assert _print(event, keys, now) == ["Bo B."]
    make_accepted(event, "Cy")
    assert _print(event, keys, now) == ["Cy"]
    event.categories[0].colour = "#ff0000"
    assert _print(event, keys, now) == ["Ada", "Bo B.", "Cy"]


def test_new_key_alone_asks_for_no_new_print(event: Event, keys: BadgeKeys, now: datetime) -> None:
    make_accepted(event)
    _print(event, keys, now)
    keys.rotate()
    with pytest.raises(Conflict, match="printed already"):
        _print(event, keys, now)


def test_badges_that_open_no_door_are_not_printed(event: Event, keys: BadgeKeys, now: datetime) -> None:
    gone, revoked = make_accepted(event, "Gone"), make_accepted(event, "Revoked")
    with_badge = make_accepted(event, "Here")
    answer(gone, Answer.DECLINED)
    service.revoke(_badge(revoked), **_given(now))
    assert _print(event, keys, now) == [with_badge.person.display_name]


def test_event_without_badges_says_so(event: Event, keys: BadgeKeys, now: datetime) -> None:
    with pytest.raises(Conflict, match="nobody has accepted"):
        _print(event, keys, now)


def test_face_shows_the_name_as_wished_and_the_bearers_own_script(
    event: Event, keys: BadgeKeys, now: datetime
) -> None:
    lee = make_person(
        NameInput("Lee Shu-Chuan"),
        NameInput("Li Si-chuan", kind=NameKind.TRANSCRIPTION),
        NameInput("李四川", kind=NameKind.NATIVE, language="zh-Hant"),
    )
    post = make_affiliation(lee, "Deputy Mayor", make_organisation("Taipei City Government"))
    guest = make_accepted(event, lee, affiliation=post)
    face = faces.face(_badge(guest), keys.current())
    assert (face.name, face.native_name, face.native_name_lang) == ("Lee Shu-Chuan", "李四川", "zh-Hant")
    assert (face.title, face.organisation) == ("Deputy Mayor", "Taipei City Government")
    assert face.short_code == f"{_badge(guest).short_code[:4]} {_badge(guest).short_code[4:]}"
    guest.badge_name = "o'neill  de la Cruz"
    assert faces.face(_badge(guest), keys.current()).name == "o'neill  de la Cruz"


def test_reading_faces_takes_the_same_queries_for_one_and_many(
    event: Event, keys: BadgeKeys, database: Database
) -> None:
    def cost() -> int:
        db.session.expunge_all()
        db.session.commit()
        with counted(database.app) as asked:
            printing.to_print(db.session.get_one(Event, event_id), keys.current(), only_new=True)
        return len(asked)

    event_id = event.id
    make_accepted(event, "Ada", category=make_category(event, "A", "A"))
    db.session.commit()
    one = cost()
    event = db.session.get_one(Event, event_id)
    for number in range(4):
        person = make_person(f"Guest {number}", f"Gast {number}")
        make_accepted(event, person, category=make_category(event, "BCEF"[number], f"C{number}"))
    db.session.commit()
    assert cost() == one
