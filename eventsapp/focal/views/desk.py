"""`/f/<token>`: a focal point's people at a glance, and one answer for several of them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.events.enums import EventState
from eventsapp.focal import queries, quotas, service
from eventsapp.focal.views.blueprint import desk_pages, enter
from eventsapp.rsvps import deadlines
from eventsapp.rsvps.enums import Answer
from eventsapp.web.current import actor
from eventsapp.web.errors import message_of
from eventsapp.web.guard import by_token


@desk_pages.get("")
@by_token
def show(token: str) -> str:
    """The desk."""
    point = enter(token)
    held = queries.quotas(point)
    return render_template(
        "focal/desk.html",
        point=point,
        event=point.event,
        token=token,
        people=queries.people(point),
        quotas=held,
        may_name=any(quotas.left(quota) for quota in held),
        open=point.event.state is EventState.PUBLISHED,
        closes_at=deadlines.closes_at(point.event),
        is_past=deadlines.is_past(point.event, clock.now()),
        takes_late=deadlines.takes_late(point.event, clock.now()),
    )


@desk_pages.post("/answers")
@by_token
def answer_many(token: str) -> Response:
    """One answer for all who were ticked."""
    point = enter(token)
    said = {answer.value: answer for answer in Answer}.get(request.form.get("answer", "")) or abort(422)
    codes = request.form.getlist("guest")[:1000]
    places = queries.places_of(point, codes)
    if len(places) != len(set(codes)):
        abort(404)
    try:
        with transaction():
            results = service.answer_many(point, places, said, actor=actor(), now=clock.now())
            number = len(results)
        flash(
            ngettext("One answer is recorded.", "%(num)s answers are recorded.", number),
            "success",
        )
    except DomainError as error:
        flash(message_of(error), "error")
    return redirect(url_for("focal_desk.show", token=token), 303)
