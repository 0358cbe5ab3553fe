"""Who has which part in one event."""

from collections.abc import Iterable
from http import HTTPStatus

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission, Role
from eventsapp.accounts import queries as accounts
from eventsapp.accounts import service
from eventsapp.accounts.models import StaffUser
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.office.deeds import ROLE_MEANINGS, ROLES
from eventsapp.office.forms import RolesForm, TeamForm
from eventsapp.office.views.blueprints import team_pages
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, shown, tried


@team_pages.route("/", methods=["GET", "POST"])
@for_event(Permission.ASSIGN_ROLES)
def index(event: Event) -> Answer:
    """The event's team, and one more for it."""
    form = TeamForm().prepare()
    return tried(form, lambda: _add(event, form)) or shown(
        form,
        "office/team.html",
        event=event,
        team=accounts.team(event.id),
        role_names=ROLES,
        role_meanings=ROLE_MEANINGS,
    )


def _add(event: Event, form: TeamForm) -> Response:
    if not form.chosen():
        raise Invalid(N_("Please choose one role at least."), field="roles")
    user = accounts.by_email(form.email.data)
    if user is None:
        raise Invalid(
            N_("Nobody has an account with this mail address. An administrator can add one."), field="email"
        )
    held = {entry.role for entry in user.event_roles if entry.event_id == event.id}
    return _set(event, user.code, held.union(form.chosen()))


@team_pages.route("/<code>", methods=["GET", "POST"])
@for_event(Permission.ASSIGN_ROLES)
def member(event: Event, code: str) -> Answer:
    """Change somebody's part, or take it away."""
    user = _member(event.id, code)
    held = [entry.role.value for entry in user.event_roles if entry.event_id == event.id]
    form = RolesForm(data={"roles": held}).prepare()
    return tried(form, lambda: _set(event, code, form.chosen())) or shown(
        form, "office/team_member.html", event=event, user=user, role_meanings=ROLE_MEANINGS
    )


def _set(event: Event, code: str, roles: Iterable[Role]) -> Response:
    event_id, slug = event.id, event.slug
    with transaction():
        user = accounts.by_code(code) or abort(404)
        service.set_roles(user, event_id, set(roles), actor=actor(), now=clock.now())
    flash(gettext("The roles were saved; they hold from now on."), "success")
    return redirect(url_for("team.index", slug=slug), HTTPStatus.SEE_OTHER)


def _member(event_id: int, code: str) -> StaffUser:
    user = accounts.by_code(code)
    if user is None or all(entry.event_id != event_id for entry in user.event_roles):
        abort(404)
    return user
