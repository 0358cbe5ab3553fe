"""Nobody enters where nobody decided who may, and no form is taken without its token."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from eventsapp.web.guard import PUBLIC, mark_of
from tests.support.databases import SQLITE, Database

# Open to everybody. Whoever adds a line here has decided that nothing on that page is anybody's secret.
OPEN = {
    "api-docs.openapi_json",
    "calendars.event",
    "calendars.item",
    "door_app.said",
    "door_app.scanner",
    "health.alive",
    "health.icon",
    "health.ready",
    "health.robots",
    "public.event",
    "public.home",
    "public_programme.item",
    "registration.register",
    "registration.sent",
    "registration.show",
    "security.code",
    "security.login",
    "security.logout",
    "static",
}


@pytest.fixture
def every_app(databases: Callable[[str], Database]) -> Flask:
    """The application; what these tests ask of it is the same on both databases."""
    return databases(SQLITE).app


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Addresses that answer to that method."""
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))


def test_every_endpoint_says_who_may_enter(every_app: Flask) -> None:
    undecided = {
        rule.endpoint for rule in every_app.url_map.iter_rules() if mark_of(every_app, rule.endpoint) is None
    }
    assert not undecided


def test_nothing_is_open_to_everybody_but_what_stands_on_the_list(every_app: Flask) -> None:
    endpoints = {rule.endpoint for rule in every_app.url_map.iter_rules()}
    assert {endpoint for endpoint in endpoints if mark_of(every_app, endpoint) == PUBLIC} - OPEN == set()


def test_only_device_addresses_take_posts_without_a_form_token(every_app: Flask) -> None:
    """They send a bearer token, which a foreign page cannot make a browser send."""
    protection = every_app.extensions["csrf"]
    exempt = {
        *protection._exempt_views,
        *(blueprint.import_name for blueprint in protection._exempt_blueprints),
    }
    # asks for it itself, but for the one-click request of a mail program, whose link is its right
    exempt -= {"eventsapp.rsvps.views.reminders.switch"}
    assert {name for name in exempt if not name.startswith("eventsapp.api.")} == set()


def test_forms_without_their_token_are_refused(app: Flask, csrf: None) -> None:
    client = app.test_client()
    taken = {}
    for rule in rules(app, "POST"):
        if rule.rule.startswith("/api/"):
            continue
        path = app.url_map.bind("127.0.0.1").build(rule.endpoint, _any_values(rule), method="POST")
        status = client.post(path, data={"name": "forged"}).status_code
        if status != 400:
            taken[rule.rule] = status
    assert not taken


def _any_values(rule: Rule) -> dict[str, object]:
    return {name: _any_value(converter) for name, converter in rule._converters.items()}


def _any_value(converter: BaseConverter) -> object:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else "x"
