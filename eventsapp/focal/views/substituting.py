"""A desk asks that somebody else comes in the place of one of its people."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.focal import service
from eventsapp.focal.views.blueprint import desk_pages, enter
from eventsapp.focal.views.person import found
from eventsapp.rsvps import queries as rsvps
from eventsapp.rsvps.enums import ProposalKind
from eventsapp.rsvps.models import Proposal
from eventsapp.rsvps.service import representing
from eventsapp.rsvps.views.substitute_forms import SubstituteForm
from eventsapp.web.current import actor
from eventsapp.web.guard import by_token
from eventsapp.web.saving import Answer, done, saved, shown


@desk_pages.route("/people/<code>/substitute", methods=["GET", "POST"])
@by_token
def substitute(token: str, code: str) -> Answer:
    """Who shall come instead; the organiser decides."""
    point = enter(token)
    place = found(point, code)
    if not representing.can_be_represented(place.guest):
        abort(404)
    form = SubstituteForm()

    def store() -> Proposal:
        return service.propose_substitute(point, place, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("Thank you. The host decides, and your list will show it."), "success")
        return _person(token, code)
    return shown(
        form,
        "focal/substitute.html",
        point=point,
        event=point.event,
        token=token,
        guest=place.guest,
        waiting=rsvps.waiting_proposal(place.guest, ProposalKind.SUBSTITUTE),
    )


@desk_pages.post("/people/<code>/substitute/take-back")
@by_token
def take_back(token: str, code: str) -> Response:
    """The guest comes after all."""
    point = enter(token)
    place = found(point, code)
    done(
        lambda: service.take_back_substitute(point, place, actor=actor(), now=clock.now()),
        gettext("Nobody is asked to come in this place."),
    )
    return _person(token, code)


def _person(token: str, code: str) -> Response:
    return redirect(url_for("focal_desk.person", token=token, code=code), 303)
