"""Kept answers: made once, right until content or the clock changes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse, run_wsgi_app

from eventsapp.core import clock as the_clock
from eventsapp.core.db import content_changed, transaction
from eventsapp.web.responses import BodyCache, kept, until
from tests.support.clocks import Clock


@pytest.fixture
def ask(app: Flask) -> Callable[..., TestResponse]:
    """Asks for the answer under a key, in a request of its own."""

    def asked(key: str, make: Callable[[], str], **headers: str) -> TestResponse:
        with app.test_request_context("/", headers=headers):
            answer = kept((key,), make)
            return TestResponse(*run_wsgi_app(answer, request.environ), request)  # type: ignore[arg-type]

    return asked


@pytest.fixture
def count() -> Callable[[], str]:
    """Answers how often it was called."""
    calls: list[int] = []

    def make() -> str:
        calls.append(1)
        return str(len(calls))

    return make


def test_answer_is_made_once(ask: Callable[..., TestResponse], count: Callable[[], str]) -> None:
    assert [ask("a", count).text, ask("a", count).text] == ["1", "1"]
    assert ask("b", count).text == "2"


def test_answer_is_made_anew_when_content_changes(
    app: Flask, ask: Callable[..., TestResponse], count: Callable[[], str]
) -> None:
    ask("a", count)
    with app.app_context(), transaction() as session:
        content_changed(session)
    assert ask("a", count).text == "2"


def test_answer_is_made_anew_when_its_time_is_over(
    ask: Callable[..., TestResponse], count: Callable[[], str], clock: Clock
) -> None:
    def make() -> str:
        until(the_clock.now() + timedelta(hours=2))
        until(the_clock.now() + timedelta(hours=1))
        return count()

    ask("a", make)
    clock.forward(minutes=59)
    assert ask("a", make).text == "1"
    clock.forward(minutes=1)
    assert ask("a", make).text == "2"


def test_refusal_is_not_kept(ask: Callable[..., TestResponse], count: Callable[[], str]) -> None:
    def refuse() -> str:
        count()
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            ask("a", refuse)
    assert ask("a", count).text == "3"


def test_unchanged_answer_has_no_body(ask: Callable[..., TestResponse], count: Callable[[], str]) -> None:
    etag = ask("a", count).headers["ETag"]
    again = ask("a", count, **{"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_least_recently_used_bodies_are_thrown_out() -> None:
    bodies = BodyCache(capacity=10)
    for key in "abc":
        bodies.put(key, b"1234")
        bodies.get("a")
    assert bodies.get("a") is not None
    assert bodies.get("b") is None
    assert bodies.get("c") is not None
