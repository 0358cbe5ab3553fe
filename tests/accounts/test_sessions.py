"""What a browser's cookie is worth, and for how long."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.access.permissions import Role
from eventsapp.accounts import queries, service
from eventsapp.accounts.models import StaffSession, StaffUser
from eventsapp.core.db import transaction
from tests.factories.accounts import PASSWORD, make_staff, sign_in
from tests.factories.events import make_event
from tests.support.clients import Client
from tests.support.clocks import Clock

HOME = "/organise/account"


def copy_of(client: Client, app: Flask) -> Client:
    """A thief's browser with the same cookie."""
    thief = app.test_client()
    cookie = client.get_cookie("eventsapp")
    assert cookie is not None
    thief.set_cookie("eventsapp", cookie.value)
    assert isinstance(thief, Client)
    return thief


def is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


def colleague(session: scoped_session[Any]) -> StaffUser:
    return session.scalars(select(StaffUser).where(StaffUser.email == "colleague0@example.org")).one()


def test_copied_cookie_is_dead_after_signing_out(app: Flask, staff: Callable[..., Client]) -> None:
    client = staff()
    thief = copy_of(client, app)
    assert is_in(thief)
    assert client.post("/organise/sign-out").status_code == 303
    assert not is_in(thief)
    assert not is_in(client)


def test_changing_the_password_ends_all_other_sessions(
    app: Flask, staff: Callable[..., Client], db_session: scoped_session[Any]
) -> None:
    client = staff()
    thief, elsewhere = copy_of(client, app), sign_in(app.test_client(), colleague(db_session))  # type: ignore[arg-type]
    changed = client.post(
        "/organise/account/password",
        data={"current": PASSWORD, "password": "nine patient cranes", "again": "nine patient cranes"},
    )
    assert changed.status_code == 303
    assert is_in(client)
    assert not is_in(thief)
    assert not is_in(elsewhere)


def test_deactivated_colleague_is_out_at_once(
    app: Flask, staff: Callable[..., Client], db_session: scoped_session[Any], clock: Clock
) -> None:
    client = staff(administrator=False)
    with transaction():
        service.set_active(colleague(db_session), False, actor=SYSTEM, now=clock.now)
    assert not is_in(client)
    with transaction():
        service.set_active(colleague(db_session), True, actor=SYSTEM, now=clock.now)
    assert not is_in(client), "an ended session must stay ended"


def test_role_taken_by_somebody_else_holds_at_once_and_ends_the_session(
    db_session: scoped_session[Any], clock: Clock, client: Client
) -> None:
    event = make_event()
    user = make_staff(role=Role.ORGANISER, event=event)
    sign_in(client, user)
    with transaction():
        service.set_roles(user, event.id, [Role.VIEWER], actor=SYSTEM, now=clock.now)
    assert not is_in(client)
    sign_in(client, user)
    assert is_in(client)


def test_own_new_role_holds_at_once_and_keeps_the_session(
    db_session: scoped_session[Any], clock: Clock, client: Client
) -> None:
    event, user = make_event(), make_staff()
    sign_in(client, user)
    me = Actor(ActorKind.STAFF, user.id)
    with client.session_transaction() as cookie:
        secret = cookie["staff"]
    with transaction():
        service.set_roles(user, event.id, [Role.ORGANISER], actor=me, now=clock.now)
    found = queries.signed_in(secret, clock.now)
    assert found is not None
    assert found.identity.roles == {event.id: frozenset({Role.ORGANISER})}


def test_session_ends_by_itself_after_a_day_at_the_event(staff: Callable[..., Client], clock: Clock) -> None:
    client = staff()
    clock.forward(hours=11, minutes=59)
    assert is_in(client)
    clock.forward(minutes=1)
    assert not is_in(client)


def test_one_session_is_ended_from_another(
    app: Flask, staff: Callable[..., Client], db_session: scoped_session[Any]
) -> None:
    client = staff()
    left_behind = sign_in(app.test_client(), colleague(db_session))  # type: ignore[arg-type]
    code = db_session.scalars(select(StaffSession.code).order_by(StaffSession.id.desc())).first()
    assert client.post(f"/organise/account/sessions/{code}/end").status_code == 303
    assert not is_in(left_behind)
    assert is_in(client)


def test_colleagues_session_is_not_mine_to_end(
    app: Flask, staff: Callable[..., Client], db_session: scoped_session[Any]
) -> None:
    client, other = staff(), staff()
    code = db_session.scalars(select(StaffSession.code).order_by(StaffSession.id.desc())).first()
    client.post(f"/organise/account/sessions/{code}/end")
    assert is_in(other)


def test_secret_is_nowhere_in_the_database(db_session: scoped_session[Any], client: Client) -> None:
    sign_in(client, make_staff())
    with client.session_transaction() as cookie:
        secret = cookie["staff"]
    row = db_session.scalars(select(StaffSession)).one()
    assert secret.encode() not in row.digest
    assert secret not in (row.code, row.user_agent)
