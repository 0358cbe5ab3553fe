"""`eventsapp user`."""

from typing import Any

from sqlalchemy.orm import scoped_session

from eventsapp.access.permissions import Role
from eventsapp.accounts import passwords, queries
from tests.factories.accounts import make_staff
from tests.factories.events import make_event
from tests.support.clients import Client, Runner


def test_administrator_signs_in_with_the_printed_password(
    runner: Runner, client: Client, db_session: scoped_session[Any]
) -> None:
    result = runner("user", "add", "Olena@Example.org", "--role", "administrator", "--name", "Olena")
    assert result.exit_code == 0, result.stderr
    password = result.stdout.strip().rpartition(": ")[2]
    user = queries.by_email("olena@example.org")
    assert user is not None
    assert (user.administrator, user.display_name, user.password_is_temporary) == (True, "Olena", True)
    answer = client.post("/organise/sign-in", data={"email": "olena@example.org", "password": password})
    assert (answer.status_code, answer.location) == (303, "/organise/account/password")


def test_role_in_an_event_is_given_to_a_new_account(runner: Runner, db_session: scoped_session[Any]) -> None:
    event = make_event()
    result = runner(
        "user", "add", "d@example.org", "--role", "door", "--event", event.slug, "--password-stdin",
        input="six blue lanterns\n",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert [(user.email, roles) for user, roles in queries.team(event.id)] == [
        ("d@example.org", frozenset({Role.DOOR}))
    ]
    user = queries.by_email("d@example.org")
    assert user is not None
    assert passwords.is_right(user.password_hash, "six blue lanterns")


def test_known_account_gets_one_more_role(runner: Runner, db_session: scoped_session[Any]) -> None:
    event = make_event()
    make_staff("e@example.org", role=Role.VIEWER, event=event)
    result = runner("user", "add", "e@example.org", "--role", "door", "--event", event.slug)
    assert result.stdout == f"e@example.org is door of {event.slug}.\n"
    ((_, roles),) = queries.team(event.id)
    assert roles == {Role.VIEWER, Role.DOOR}


def test_mistakes_are_told_in_one_sentence(runner: Runner, db_session: scoped_session[Any]) -> None:
    make_staff("a@example.org")
    told = {
        (
            "add",
            "a@example.org",
            "--role",
            "administrator",
        ): "There is an account with this mail address already.",
        ("add", "nobody", "--role", "administrator"): "This is not a mail address.",
        ("add", "b@example.org", "--role", "door"): "Say by --event for which event the role is.",
        ("add", "b@example.org", "--role", "door", "--event", "moon"): "There is no event moon.",
        ("password", "b@example.org"): "There is no account with this mail address.",
    }
    for arguments, sentence in told.items():
        result = runner("user", *arguments)
        assert result.exit_code in (1, 2)
        assert result.stderr.endswith(f"Error: {sentence}\n")
    assert queries.by_email("b@example.org") is None


def test_short_password_is_refused(runner: Runner, db_session: scoped_session[Any]) -> None:
    result = runner(
        "user", "add", "c@example.org", "--role", "administrator", "--password-stdin", input="short\n"
    )
    assert result.exit_code == 1
    assert "at least 10 characters" in result.stderr
    assert queries.by_email("c@example.org") is None


def test_new_password_ends_the_sessions(runner: Runner, staff: Any) -> None:
    client = staff()
    assert runner("user", "password", "colleague0@example.org").exit_code == 0
    assert client.get("/organise/account").status_code == 302
