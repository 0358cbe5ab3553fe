"""Signing in and out."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.accounts import passwords
from eventsapp.accounts.models import StaffUser
from eventsapp.accounts.service import create_user
from eventsapp.core.db import transaction
from tests.support.clients import Client
from tests.support.clocks import Clock

PASSWORD = "correct horse battery"


def a_user(clock: Clock, email: str = "anna@example.org", **changes: Any) -> StaffUser:
    hashed = passwords.hash_password(PASSWORD)
    given: dict[str, Any] = {"password_is_temporary": False} | changes
    with transaction():
        return create_user(email, password_hash=hashed, actor=SYSTEM, now=clock.now, **given)


def test_right_password_opens_the_organisers_pages(
    client: Client, db_session: scoped_session[Any], clock: Clock
) -> None:
    a_user(clock)
    answer = client.post("/organise/sign-in", data={"email": "Anna@Example.org", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/organise/")
    assert client.get("/organise/account").status_code == 200
