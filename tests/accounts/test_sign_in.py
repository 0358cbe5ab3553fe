"""Signing in and out, in one step or two."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.accounts import factors, passwords, queries, second_factor, service, tries
from eventsapp.accounts.models import RecoveryCode, SignInTries, StaffUser
from eventsapp.core.db import db, transaction
from eventsapp.web import limits
from tests.factories.accounts import PASSWORD, make_staff
from tests.support.clients import Client
from tests.support.clocks import Clock
from tests.support.databases import SECRET

SIGN_IN = "/organise/sign-in"
HOME = "/organise/account"
EMAIL = "anna@example.org"


@pytest.fixture(autouse=True)
def unlimited(app: Flask) -> Iterator[None]:
    """The coarse limit counts from zero for each test."""
    limits.init_app(app)
    yield
    limits.init_app(app)


@pytest.fixture(autouse=True)
def quick_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes are slow on purpose; only what is about that pays for it."""
    if "real_hashes" not in request.fixturenames:
        monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def real_hashes() -> None:
    """Hashes as slow as in life."""


def try_in(client: Client, password: str = PASSWORD, email: str = EMAIL, query: str = "") -> Any:
    return client.post(SIGN_IN + query, data={"email": email, "password": password})


def is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


def with_factor(clock: Clock) -> tuple[StaffUser, str, list[str]]:
    """A member of staff with a second factor: its secret and recovery codes."""
    user, secret = make_staff(), second_factor.new_secret()
    typed = second_factor.code_at(secret, clock.now)
    codes = factors.set_up(user, secret, typed, key=SECRET, actor=SYSTEM, now=clock.now)
    clock.forward(minutes=1)
    return user, secret, codes


def test_right_password_opens_the_organisers_pages(client: Client, db_session: scoped_session[Any]) -> None:
    make_staff()
    answer = try_in(client, email="Anna@Example.ORG ")
    assert (answer.status_code, answer.location) == (303, "/organise/")
    assert is_in(client)
    assert client.get(SIGN_IN).location == "/organise/"


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "wrong"), ("nobody@example.org", PASSWORD), (EMAIL, PASSWORD.upper()), ("x" * 5000, "y" * 5000)],
)
def test_wrong_sign_in_comes_back_with_one_sentence(
    client: Client, db_session: scoped_session[Any], email: str, password: str
) -> None:
    make_staff()
    answer = try_in(client, password, email)
    assert answer.status_code == 422
    if len(email) < 300:
        assert "The mail address or the password is not right." in answer.text
        assert f'value="{email}"' in answer.text
    assert password not in answer.text
    assert not is_in(client)


def test_closed_account_reads_like_a_wrong_password(client: Client, db_session: scoped_session[Any]) -> None:
    make_staff().active = False
    assert "The mail address or the password is not right." in try_in(client).text


def test_unknown_account_takes_as_long_as_a_known_one(
    client: Client, db_session: scoped_session[Any]
) -> None:
    make_staff()
    passwords.is_right(None, "warm")

    def seconds(email: str) -> float:
        began = time.process_time()
        try_in(client, "wrong", email)
        return time.process_time() - began  # what neighbours do leaves it alone

    known, unknown = (min(seconds(email) for _ in range(3)) for email in (EMAIL, "nobody@example.org"))
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/organise/",
        "/\\evil.example",
        "/organise//evil.example",
        "/organise/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/events/public",
        "organise/",
        "\t//evil.example",
    ],
)
def test_no_foreign_place_follows_signing_in(
    client: Client, db_session: scoped_session[Any], evil: str
) -> None:
    make_staff()
    answer = client.post(SIGN_IN, query_string={"next": evil}, data={"email": EMAIL, "password": PASSWORD})
    assert answer.location == "/organise/"


def test_page_that_was_asked_for_follows_signing_in(client: Client, db_session: scoped_session[Any]) -> None:
    make_staff()
    asked = client.get("/organise/account?lang=uk")
    assert asked.status_code == 302
    answer = client.post(asked.location, data={"email": EMAIL, "password": PASSWORD})
    assert answer.location == "/organise/account?lang=uk"


def test_account_pauses_after_too_many_tries(
    client: Client, db_session: scoped_session[Any], clock: Clock
) -> None:
    make_staff()
    for _ in range(tries.PER_ACCOUNT):
        assert try_in(client, "wrong").status_code == 422
    paused = try_in(client)
    assert paused.status_code == 429
    assert "Too many tries. Please wait 15 minutes, then try again." in paused.text
    clock.forward(minutes=14)
    assert "Please wait 1 minutes" in try_in(client).text
    clock.forward(minutes=1)
    assert try_in(client).status_code == 303


def test_right_password_forgets_the_tries(client: Client, db_session: scoped_session[Any]) -> None:
    make_staff()
    for _ in range(tries.PER_ACCOUNT - 1):
        try_in(client, "wrong")
    assert try_in(client).status_code == 303
    assert tries.account_subject(EMAIL) not in set(db_session.scalars(select(SignInTries.subject)))


def test_one_address_pauses_after_trying_many_accounts(
    client: Client, db_session: scoped_session[Any], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "PER_ADDRESS", 5)
    make_staff()
    for number in range(5):
        try_in(client, "wrong", f"a{number}@example.org")
    assert try_in(client).status_code == 429
    other = client.post(
        SIGN_IN, data={"email": EMAIL, "password": PASSWORD}, environ_base={"REMOTE_ADDR": "198.51.100.7"}
    )
    assert other.status_code == 303


def test_coarse_limit_answers_429(client: Client, db_session: scoped_session[Any]) -> None:
    statuses = [client.post(SIGN_IN, data={}).status_code for _ in range(61)]
    assert set(statuses[:60]) == {422}
    assert statuses[60] == 429


@pytest.mark.slow
def test_simultaneous_tries_are_all_counted(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    """The naive arm, count and then insert, lets most of them through: see below."""

    def exact() -> None:
        with transaction():
            tries.count("account:x", tries.PER_ACCOUNT, clock.now)

    let_through = at_once(app, 64, exact)
    assert let_through == tries.PER_ACCOUNT


@pytest.mark.slow
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_counting_the_naive_way_lets_too_many_through(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    db_session.add(SignInTries(subject="account:x", count=0, since=clock.now))
    db_session.commit()

    def naive() -> None:
        seen = db.session.get_one(SignInTries, "account:x").count
        db.session.rollback()
        time.sleep(0.05)
        if seen >= tries.PER_ACCOUNT:
            raise tries.TooManyTries("")
        with transaction() as session:
            session.get_one(SignInTries, "account:x").count = seen + 1

    assert at_once(app, 24, naive) > tries.PER_ACCOUNT


def at_once(app: Flask, many: int, act: Any) -> int:
    """How many of so many simultaneous acts were let through."""
    barrier, let_through = threading.Barrier(many), []

    def one() -> None:
        with app.app_context():
            barrier.wait()
            try:
                act()
            except tries.TooManyTries:
                return
            let_through.append(1)

    threads = [threading.Thread(target=one) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(let_through)


def test_second_factor_is_set_up_and_asked_for(
    client: Client, db_session: scoped_session[Any], clock: Clock, app: Flask
) -> None:
    make_staff()
    try_in(client)
    page = client.get("/organise/account/second-factor").text
    secret = page.split('<span class="code">')[1].split("<")[0].replace(" ", "")
    wrong = client.post("/organise/account/second-factor", data={"code": "000000"})
    assert wrong.status_code == 422
    assert secret in wrong.text.replace(" ", "")
    done = client.post(
        "/organise/account/second-factor", data={"code": second_factor.code_at(secret, clock.now)}
    )
    recovery = [piece.split("<")[0] for piece in done.text.split('<span class="code">')[1:]]
    assert len(recovery) == 8
    assert is_in(client)
    user = queries.by_email(EMAIL)
    assert user is not None
    assert user.totp_secret is not None
    assert secret not in user.totp_secret

    clock.forward(minutes=1)
    other = app.test_client()
    assert isinstance(other, Client)
    halfway = try_in(other, query="?next=/organise/account")
    assert halfway.location == "/organise/sign-in/code?next=/organise/account"
    assert not is_in(other)
    assert other.post(halfway.location, data={"code": "123456"}).status_code == 422
    typed = second_factor.code_at(secret, clock.now)
    right = other.post(halfway.location, data={"code": f"{typed[:3]} {typed[3:]}"})
    assert (right.status_code, right.location) == (303, "/organise/account")
    assert is_in(other)

    third = app.test_client()
    assert isinstance(third, Client)
    try_in(third)
    assert third.post(f"{SIGN_IN}/code", data={"code": recovery[0].lower()}).status_code == 303


def test_code_is_taken_once(
    client: Client, db_session: scoped_session[Any], clock: Clock, app: Flask
) -> None:
    _, secret, codes = with_factor(clock)
    typed = second_factor.code_at(secret, clock.now)
    for code in (typed, codes[0]):
        for expected in (303, 422):
            browser = app.test_client()
            assert isinstance(browser, Client)
            try_in(browser)
            assert browser.post(f"{SIGN_IN}/code", data={"code": code}).status_code == expected


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_code_used_64_times_at_once_lets_one_in(
    app: Flask, db_session: scoped_session[Any], clock: Clock, kind: str
) -> None:
    user, secret, codes = with_factor(clock)
    user_id, now = user.id, clock.now
    db_session.commit()
    typed = second_factor.code_at(secret, now) if kind == "app" else codes[0]

    def use() -> None:
        with transaction() as session:
            known = session.get_one(StaffUser, user_id)
            if not factors.is_right(known, typed, keys=[SECRET], now=now):
                raise tries.TooManyTries("")

    assert at_once(app, 64, use) == 1


def test_halfway_lasts_five_minutes(client: Client, db_session: scoped_session[Any], clock: Clock) -> None:
    _, secret, _ = with_factor(clock)
    try_in(client)
    clock.forward(minutes=6)
    late = client.post(f"{SIGN_IN}/code", data={"code": second_factor.code_at(secret, clock.now)})
    assert late.location == SIGN_IN
    assert not is_in(client)


def test_code_without_a_password_leads_back(client: Client, db_session: scoped_session[Any]) -> None:
    assert client.get(f"{SIGN_IN}/code").location == SIGN_IN
    assert client.post(f"{SIGN_IN}/code", data={"code": "123456"}).location == SIGN_IN


def test_codes_pause_after_too_many_tries(
    client: Client, db_session: scoped_session[Any], clock: Clock
) -> None:
    _, secret, _ = with_factor(clock)
    for _ in range(tries.PER_ACCOUNT):
        try_in(client)  # a right password does not buy more tries at the code
        assert client.post(f"{SIGN_IN}/code", data={"code": "123456"}).status_code == 422
    right = client.post(f"{SIGN_IN}/code", data={"code": second_factor.code_at(secret, clock.now)})
    assert right.status_code == 429


def test_second_factor_is_removed_with_the_password(
    client: Client, db_session: scoped_session[Any], clock: Clock
) -> None:
    user, secret, _ = with_factor(clock)
    try_in(client)
    client.post(f"{SIGN_IN}/code", data={"code": second_factor.code_at(secret, clock.now)})
    place = "/organise/account/second-factor/remove"
    assert client.post(place, data={"current": "wrong"}).status_code == 422
    assert client.post(place, data={"current": PASSWORD}).status_code == 303
    assert user.totp_secret is None
    assert not db_session.scalars(select(RecoveryCode)).all()
    assert is_in(client)


def test_another_phone_takes_over_the_second_factor_only_with_the_password(
    client: Client, db_session: scoped_session[Any], clock: Clock
) -> None:
    user, secret, _ = with_factor(clock)
    try_in(client)
    client.post(f"{SIGN_IN}/code", data={"code": second_factor.code_at(secret, clock.now)})
    place, before = "/organise/account/second-factor", user.totp_secret
    shown = client.get(place).text.split('<span class="code">')[1].split("<")[0].replace(" ", "")
    typed = {"code": second_factor.code_at(shown, clock.now)}
    assert client.post(place, data=typed).status_code == 422
    assert client.post(place, data={**typed, "current": "wrong"}).status_code == 422
    assert user.totp_secret == before
    assert client.post(place, data={**typed, "current": PASSWORD}).status_code == 200
    assert user.totp_secret != before
    assert is_in(client)


def test_new_recovery_codes_replace_the_old(
    client: Client, db_session: scoped_session[Any], clock: Clock, app: Flask
) -> None:
    _, secret, codes = with_factor(clock)
    try_in(client)
    client.post(f"{SIGN_IN}/code", data={"code": second_factor.code_at(secret, clock.now)})
    assert client.post("/organise/account/recovery-codes", data={"current": PASSWORD}).status_code == 200
    other = app.test_client()
    assert isinstance(other, Client)
    try_in(other)
    assert other.post(f"{SIGN_IN}/code", data={"code": codes[0]}).status_code == 422


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"current": "wrong", "password": "nine patient cranes"}, "This is not your present password."),
        ({"current": PASSWORD, "password": "short"}, "at least 10 characters"),
        ({"current": PASSWORD, "password": EMAIL}, "would be guessed at once"),
        ({"current": PASSWORD, "password": "a" * 300}, "Please keep this to 200 characters."),
    ],
)
def test_poor_new_password_is_refused(
    client: Client, db_session: scoped_session[Any], data: dict[str, str], sentence: str
) -> None:
    make_staff()
    try_in(client)
    answer = client.post(f"{HOME}/password", data={**data, "again": data["password"]})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert data["password"] not in answer.text.replace(f'value="{EMAIL}"', "").replace(f">{EMAIL}<", "")


def test_new_passwords_must_agree(client: Client, db_session: scoped_session[Any]) -> None:
    make_staff()
    try_in(client)
    given = {"current": PASSWORD, "password": "nine patient cranes", "again": "nine patient crane"}
    assert "The two passwords are not the same." in client.post(f"{HOME}/password", data=given).text


def test_password_changed_while_hashing_does_not_let_in(
    client: Client, db_session: scoped_session[Any], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    user_id = make_staff().id
    right = passwords.is_right

    def slow(stored: str | None, password: str) -> bool:
        with transaction() as session:
            user = session.get_one(StaffUser, user_id)
            service.set_password(user, "another hash", actor=SYSTEM, now=clock.now)
        return right(stored, password)

    monkeypatch.setattr(passwords, "is_right", slow)
    assert try_in(client).status_code == 422
    assert not is_in(client)


def test_forged_sign_out_is_refused(client: Client, db_session: scoped_session[Any], csrf: None) -> None:
    assert client.post("/organise/sign-out").status_code == 400
    assert client.get("/organise/sign-out").status_code == 405


def test_unicode_password_is_the_same_from_every_keyboard(db_session: scoped_session[Any]) -> None:
    assert passwords.is_right(passwords.hash_password("Й\u0306café terrace"), "Й\u0306cafe\u0301 terrace")


def test_hashes_are_argon2id(real_hashes: None) -> None:
    assert passwords.hash_password("nine patient cranes").startswith("$argon2id$v=19$m=65536,")
