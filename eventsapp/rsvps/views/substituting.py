"""Somebody else comes in a guest's place: asked for on the own page, entered or undone by staff."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.tokens import Purpose
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.rsvps import own_page, queries, roll
from eventsapp.rsvps.enums import Channel, GuestState, ProposalKind
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.rsvps.open_points import open_points
from eventsapp.rsvps.service import proposals, representing
from eventsapp.rsvps.views import entering
from eventsapp.rsvps.views.blueprint import guest_pages
from eventsapp.rsvps.views.substitute_forms import StaffSubstituteForm, SubstituteForm
from eventsapp.web.current import actor
from eventsapp.web.guard import by_token
from eventsapp.web.saving import Answer, done, saved, shown

blueprint = Blueprint("substitute", __name__, url_prefix="/my/<token>/substitute")
entering.unlisted(blueprint)


@blueprint.route("", methods=["GET", "POST"])
@by_token
def ask(token: str) -> Answer:
    """The guest names who shall come; the organiser decides."""
    guest = entering.enter(token, Purpose.OWN_PAGE)
    if not representing.can_be_represented(guest):
        abort(404)
    form = SubstituteForm()

    def store() -> Proposal:
        return representing.propose(guest, form.given(), channel=Channel.LINK, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("Thank you. The host decides, and writes to you."), "success")
        return _own_page(token)
    waiting = queries.waiting_proposal(guest, ProposalKind.SUBSTITUTE)
    return shown(form, "rsvps/substitute.html", event=guest.event, guest=guest, token=token, waiting=waiting)


@blueprint.post("/take-back")
@by_token
def take_back(token: str) -> Response:
    """The guest comes after all."""
    guest = entering.enter(token, Purpose.OWN_PAGE)
    done(
        lambda: proposals.drop(guest, ProposalKind.SUBSTITUTE, actor=actor(), now=clock.now()),
        gettext("Nobody is asked to come in your place."),
    )
    return _own_page(token)


def _own_page(token: str) -> Response:
    return redirect(url_for("own.show", token=token), 303)


def own_part(guest: Guest) -> dict[str, Any] | None:
    """What a guest's own page says: whom they asked for, or that they may ask; in whose place they come."""
    may_ask = representing.can_be_represented(guest)
    if not may_ask and guest.represents is None:
        return None
    waiting = queries.waiting_proposal(guest, ProposalKind.SUBSTITUTE)
    return {"may_ask": may_ask, "waiting": waiting, "represents": guest.represents}


def desk_part(guest: Guest) -> dict[str, Any] | None:
    """What staff read: who comes in whose place, and what nobody inherited."""
    newcomer = representing.substitute_of(guest) if guest.state is GuestState.REPRESENTED else None
    waiting = queries.waiting_proposal(guest, ProposalKind.SUBSTITUTE)
    may_enter = representing.can_be_represented(guest) and may(Permission.DECIDE_REPLIES)
    if newcomer is None and waiting is None and guest.represents is None and not may_enter:
        return None
    gone = guest.represents or (guest if newcomer or waiting else None)
    return {
        "newcomer": newcomer,
        "waiting": waiting,
        "may_enter": may_enter,
        "may_return": guest.state is GuestState.REPRESENTED and may(Permission.DECIDE_REPLIES),
        "points": open_points(gone) if gone else [],
    }


own_page.section(60, "rsvps/substitute_own_section.html", own_part, away=True)
own_page.desk_section(6, Permission.VIEW_GUESTS, "rsvps/substitute_desk_section.html", desk_part)


@guest_pages.route("/<code>/substitute", methods=["GET", "POST"])
@for_event(Permission.DECIDE_REPLIES)
def enter_substitute(event: Event, code: str) -> Answer:
    """Staff enter who comes instead: proposed and agreed to at once."""
    guest = roll.guest_of(event, code) or abort(404)
    form = StaffSubstituteForm()

    def store() -> Guest:
        by, now = actor(), clock.now()
        proposal = representing.propose(guest, form.given(), channel=Channel.DESK, actor=by, now=now)
        proposals.agree(proposal, actor=by, now=now)
        return representing.substitute_of(guest) or abort(404)

    newcomer = saved(form, store)
    if newcomer:
        flash(gettext("The substitute is on the list and has accepted."), "success")
        return redirect(url_for("guests.show", slug=event.slug, code=newcomer.code), 303)
    return shown(form, "rsvps/enter_substitute.html", event=event, guest=guest, points=open_points(guest))


@guest_pages.post("/<code>/return")
@for_event(Permission.DECIDE_REPLIES)
def return_guest(event: Event, code: str) -> Response:
    """Nobody comes in this guest's place any more."""
    guest = roll.guest_of(event, code) or abort(404)
    done(
        lambda: representing.return_guest(guest, actor=actor(), now=clock.now()),
        gettext("The guest is invited again; whoever came in their place is withdrawn."),
    )
    return redirect(url_for("guests.show", slug=event.slug, code=code), 303)
