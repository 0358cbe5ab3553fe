"""Delegations and their members."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.people import queries as people
from eventsapp.visits import queries, service
from eventsapp.visits.forms import (
    DelegationForm,
    MemberForm,
    NewMemberForm,
    delegation_data,
    member_data,
)
from eventsapp.visits.models import Delegation, Member
from eventsapp.visits.views.blueprint import visit_pages
from eventsapp.visits.views.visit import home_of
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, saved, shown


def _delegation(event: Event, code: str) -> Delegation:
    return queries.delegation_of(event, code) or abort(404)


def _member(event: Event, code: str, person: str) -> Member:
    members = _delegation(event, code).members
    return next((member for member in members if member.person.code == person), None) or abort(404)


def _back(event: Event, delegation: Delegation | None = None) -> Response:
    return redirect(home_of(event, f"delegation-{delegation.code}" if delegation else None), 303)


def _wanted_step() -> int:
    return 1 if request.form.get("to") == "later" else -1


@visit_pages.route("/delegations/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_VISIT)
def add_delegation(event: Event) -> Answer:
    """One more."""
    return _delegation_page(event, None)


@visit_pages.route("/delegations/<code>", methods=["GET", "POST"])
@for_event(Permission.EDIT_VISIT)
def edit_delegation(event: Event, code: str) -> Answer:
    """Change one."""
    return _delegation_page(event, _delegation(event, code))


def _delegation_page(event: Event, delegation: Delegation | None) -> Answer:
    form = DelegationForm(data=delegation_data(delegation) if delegation else None)
    form.prepare(people.organisations()).names.offer(event.languages)

    def store() -> Delegation:
        if delegation:
            return service.edit_delegation(delegation, form.given(), actor=actor(), now=clock.now())
        return service.create_delegation(event, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The delegation is saved."), "success")
        return _back(event, delegation)
    return shown(form, "visits/delegation.html", event=event, delegation=delegation)


@visit_pages.post("/delegations/<code>/move")
@for_event(Permission.EDIT_VISIT)
def move_delegation(event: Event, code: str) -> Response:
    """One place earlier or later."""
    delegation = _delegation(event, code)
    with transaction():
        service.move_delegation(delegation, _wanted_step(), actor=actor(), now=clock.now())
    return _back(event, delegation)


@visit_pages.post("/delegations/<code>/delete")
@for_event(Permission.EDIT_VISIT)
def delete_delegation(event: Event, code: str) -> Response:
    """Strike one; its people stay in the directory."""
    delegation = _delegation(event, code)
    with transaction():
        service.delete_delegation(delegation, actor=actor(), now=clock.now())
    flash(gettext("The delegation is removed."), "success")
    return _back(event)


@visit_pages.route("/delegations/<code>/members/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_VISIT)
def add_member(event: Event, code: str) -> Answer:
    """Who comes; where they have several titles, the page that asks which applies follows."""
    delegation = _delegation(event, code)
    form = NewMemberForm().prepare()
    if saved(form, lambda: service.add_member(delegation, form.given(), actor=actor(), now=clock.now())):
        flash(gettext("The member is added."), "success")
        given = form.given()
        if given.affiliation or not given.person.affiliations:
            return _back(event, delegation)
        return redirect(
            url_for("visit.edit_member", slug=event.slug, code=code, person=given.person.code), 303
        )
    return shown(form, "visits/member_new.html", event=event, delegation=delegation)


@visit_pages.route("/delegations/<code>/members/<person>", methods=["GET", "POST"])
@for_event(Permission.EDIT_VISIT)
def edit_member(event: Event, code: str, person: str) -> Answer:
    """Title, function, and who is the head."""
    member = _member(event, code, person)
    form = MemberForm(data=member_data(member)).prepare(member.person)

    def store() -> Member:
        return service.edit_member(member, form.given(member.person), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The member is saved."), "success")
        return _back(event, member.delegation)
    return shown(form, "visits/member.html", event=event, member=member)


@visit_pages.post("/delegations/<code>/members/<person>/move")
@for_event(Permission.EDIT_VISIT)
def move_member(event: Event, code: str, person: str) -> Response:
    """One place earlier or later in precedence."""
    member = _member(event, code, person)
    with transaction():
        service.move_member(member, _wanted_step(), actor=actor(), now=clock.now())
    return _back(event, member.delegation)


@visit_pages.post("/delegations/<code>/members/<person>/remove")
@for_event(Permission.EDIT_VISIT)
def remove_member(event: Event, code: str, person: str) -> Response:
    """Strike one from the list."""
    member = _member(event, code, person)
    delegation = member.delegation
    with transaction():
        service.remove_member(member, actor=actor(), now=clock.now())
    flash(gettext("The member is removed."), "success")
    return _back(event, delegation)
