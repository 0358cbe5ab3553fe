"""Naming companions: on a page beside the guest's own, and for staff."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.tokens import Purpose
from eventsapp.events.desk import for_event
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.rsvps import deadlines, life, own_page, roll, service
from eventsapp.rsvps.bringing import CompanionsForm, companions_form
from eventsapp.rsvps.enums import Channel, GuestState
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.views import entering
from eventsapp.rsvps.views.blueprint import guest_pages
from eventsapp.web.current import actor
from eventsapp.web.guard import by_token
from eventsapp.web.saving import Answer, saved, shown

blueprint = Blueprint("companions", __name__, url_prefix="/my/<token>/companions")
entering.unlisted(blueprint)


def section(guest: Guest) -> Mapping[str, Any] | None:
    """Who comes along, on the guest's own page; nothing where nobody may."""
    if guest.companion_of_id is not None or not (guest.companions_allowed or guest.companions):
        return None
    return {
        "companions": guest.companions,
        "comes": guest.state in (GuestState.ACCEPTED, GuestState.EXPECTED),
        "can_change": _can_change(guest),
    }


def init_app(_app: Flask) -> None:
    """Show companions on the pages of the guest who names them."""
    own_page.section(15, "rsvps/companions_section.html", section)


def _can_change(guest: Guest) -> bool:
    is_open = guest.event.state is EventState.PUBLISHED and not deadlines.is_past(guest.event, clock.now())
    return is_open and life.can_answer(guest) and guest.state is not GuestState.DECLINED


@blueprint.route("/", methods=["GET", "POST"])
@by_token
def edit(token: str) -> Answer:
    """Name companions, or take them off, until the reply-by date."""
    guest = entering.enter(token, Purpose.OWN_PAGE)
    if guest.companion_of_id is not None or not guest.companions_allowed:
        abort(404)
    form = companions_form(guest)
    if saved(form, lambda: _change(guest, form, Channel.LINK)):
        flash(gettext("Thank you. Your companions are noted."), "success")
        return redirect(url_for("own.show", token=token), 303)
    values = {"guest": guest, "event": guest.event, "token": token, "can_change": _can_change(guest)}
    return shown(form, "rsvps/companions.html", **values)


@guest_pages.route("/<code>/companions", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def name_companions(event: Event, code: str) -> Answer:
    """Name companions for a guest who told staff."""
    guest = roll.guest_of(event, code) or abort(404)
    if guest.companion_of_id is not None:
        abort(404)
    form = companions_form(guest)
    if saved(form, lambda: _change(guest, form, Channel.DESK)):
        flash(gettext("The guest is saved."), "success")
        return redirect(url_for("guests.show", slug=event.slug, code=code), 303)
    page = render_template("rsvps/desk_companions.html", event=event, guest=guest, form=form)
    return (page, form.http_status) if form.errors else page


def _change(guest: Guest, form: CompanionsForm, channel: Channel) -> bool:
    service.change_companions(
        guest,
        form.companions or (),
        channel=channel,
        actor=actor(),
        on_behalf=channel is Channel.DESK,
        now=clock.now(),
    )
    return True
