"""One of a desk's people: the answer, the details, and taking somebody off who was named here."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.events.enums import EventState
from eventsapp.focal import queries, service
from eventsapp.focal.forms import CompletingForm, DeskReplyForm, tell_again
from eventsapp.focal.models import FocalPlace, FocalPoint
from eventsapp.focal.views.blueprint import desk_pages, enter
from eventsapp.questions import queries as questions
from eventsapp.rsvps import deadlines
from eventsapp.rsvps import queries as rsvps
from eventsapp.rsvps.forms import reply_form
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import representing
from eventsapp.rsvps.service.late import Answered
from eventsapp.rsvps.views import asking
from eventsapp.web.current import actor
from eventsapp.web.guard import by_token
from eventsapp.web.saving import Answer, done, saved, shown


def found(point: FocalPoint, code: str) -> FocalPlace:
    """The place of the guest with that code; 404 for everybody else's."""
    return queries.place_of(point, code) or abort(404)


def back(token: str) -> Response:
    """To the desk."""
    return redirect(url_for("focal_desk.show", token=token), 303)


@desk_pages.route("/people/<code>", methods=["GET", "POST"])
@by_token
def person(token: str, code: str) -> Answer:
    """Answer for one, event and items; with what the desk told about them itself."""
    point = enter(token)
    place = found(point, code)
    told_here = queries.told_by(place)
    items, asked = rsvps.items_to_answer(place.guest), questions.asked(point.event_id)
    form = reply_form(DeskReplyForm, place.guest, items, asked, shows=told_here)
    if told_here:
        tell_again(form, place)

    def store() -> Answered:
        given = form.given(keeps_silence=not told_here)
        return service.answer(point, place, given, actor=actor(), now=clock.now())

    if answered := saved(form, store):
        flash(_thanks(answered), "success")
        return back(token)
    asking.keep_files(form, place.guest)
    return shown(
        form,
        "focal/person.html",
        point=point,
        event=point.event,
        token=token,
        place=place,
        guest=place.guest,
        decided=queries.asked_here(place),
        may_be_represented=representing.can_be_represented(place.guest),
        told_before=rsvps.has_details(place.guest) and not told_here,
        open=point.event.state is EventState.PUBLISHED,
        closes_at=deadlines.closes_at(point.event),
        is_past=deadlines.is_past(point.event, clock.now()),
        takes_late=deadlines.takes_late(point.event, clock.now()),
    )


def _thanks(answered: Answered) -> str:
    if answered.proposal is not None:
        return str(gettext("Thank you. The host decides, and your list will show it."))
    return str(gettext("The answer is recorded."))


@desk_pages.route("/people/<code>/details", methods=["GET", "POST"])
@by_token
def details(token: str, code: str) -> Answer:
    """Mail address, title, badge name."""
    point = enter(token)
    place = found(point, code)
    told_here = queries.told_by(place)
    form = _completing_form(place, told_here)

    def store() -> Guest:
        given = form.given(keeps_silence=not told_here)
        return service.complete(point, place, given, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The details are saved."), "success")
        return redirect(url_for("focal_desk.person", token=token, code=code), 303)
    return shown(
        form,
        "focal/details.html",
        point=point,
        event=point.event,
        token=token,
        guest=place.guest,
        keeps_address=bool(place.guest.email) and not told_here,
    )


def _completing_form(place: FocalPlace, told_here: bool) -> CompletingForm:
    guest = place.guest
    return CompletingForm(
        data={
            "badge_name": guest.badge_name or guest.person.display_name,
            "email": guest.email if told_here else "",
        }
    )


@desk_pages.post("/people/<code>/remove")
@by_token
def remove(token: str, code: str) -> Response:
    """Take somebody off who was named here."""
    point = enter(token)
    place = found(point, code)
    name = place.guest.person.display_name
    done(
        lambda: service.remove(point, place, actor=actor(), now=clock.now()),
        gettext("%(name)s is off your list; the place can be given to somebody else.", name=name),
    )
    return back(token)
