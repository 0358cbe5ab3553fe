"""`/i/<token>`: read the invitation, answer, change the answer."""

from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError, Unavailable
from eventsapp.core.tokens import Purpose
from eventsapp.events.enums import EventState
from eventsapp.questions import queries as questions
from eventsapp.rsvps import deadlines, links, queries, service
from eventsapp.rsvps.enums import Channel, GuestState
from eventsapp.rsvps.forms import ReplyForm, reply_form
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.views import asking, entering
from eventsapp.web.current import actor, settings
from eventsapp.web.guard import by_token

blueprint = Blueprint("invitation", __name__)
entering.unlisted(blueprint)
asking.roomy(blueprint, "answer")

REPEATED_WITHIN = timedelta(minutes=10)


@blueprint.get("/i/<token>")
@by_token
def show(token: str) -> str:
    """The invitation and the form that answers it."""
    guest = entering.enter(token, Purpose.INVITATION)
    return _page(guest, token, _form(guest))


@blueprint.post("/i/<token>")
@by_token
def answer(token: str) -> Response | tuple[str, int]:
    """Store the answer; a repeat of it gets the same response."""
    guest = entering.enter(token, Purpose.INVITATION, brief=True)
    form = _form(guest)
    code, own_page = guest.code, links.path(settings(), guest, Purpose.OWN_PAGE)
    if form.validate_on_submit():
        given, now = form.given(keeps_silence=True), clock.now()
        try:
            with transaction():
                result = service.reply(guest, given, channel=Channel.LINK, actor=actor(), now=now)
                state, was_given_here = result.state, result.answered or _answered_just_now(result.guest, now)
                stays = state is GuestState.DECLINED or not (was_given_here or _knows(result.guest))
            if was_given_here:
                entering.remember(code)
            flash(_thanks(state), "success")
            return redirect(url_for("invitation.show", token=token) if stays else own_page, 303)
        except DomainError as error:
            form.refuse(error)
            if isinstance(error, Unavailable):
                return _page(entering.enter(token, Purpose.INVITATION), token, form), error.status
    asking.keep_files(form, guest)
    return _page(entering.enter(token, Purpose.INVITATION), token, form), 422


@blueprint.post("/i/<token>/own-page")
@by_token
def mail_own_page(token: str) -> Response:
    """Mail the link of the guest's own page to the address on the list, once an hour at most."""
    guest = entering.enter(token, Purpose.INVITATION)
    with transaction():
        service.mail_own_page(guest, actor=actor(), now=clock.now())
    flash(gettext("If we have your mail address, the link to your page is on its way to you."), "success")
    return redirect(url_for("invitation.show", token=token), 303)


def _form(guest: Guest) -> ReplyForm:
    """The reply form. Who gave the answers, in this browser, reads them in it; nobody else does."""
    return reply_form(
        ReplyForm,
        guest,
        queries.items_to_answer(guest),
        questions.asked(guest.event_id),
        shows=entering.answered_here(guest),
    )


def _answered_just_now(guest: Guest, now: datetime) -> bool:
    """Whether the same answer once more may be a repeat by the browser that gave it.

    Later on it tells nothing: the form comes filled in, to whomever the link was forwarded.
    """
    return guest.replied_at is not None and now - guest.replied_at <= REPEATED_WITHIN


def _knows(guest: Guest) -> bool:
    """Whether this browser may be led to the guest's own page.

    Without an address there is nowhere to mail the link to; the letter that holds this one holds both.
    """
    return entering.answered_here(guest) or not guest.email


def _thanks(state: GuestState) -> str:
    match state:
        case GuestState.ACCEPTED:
            return str(gettext("Thank you. We look forward to seeing you."))
        case GuestState.WAITLISTED:
            return str(gettext("Thank you. All seats are taken; you are on the waiting list."))
        case GuestState.TENTATIVE:
            return str(gettext("Thank you. Please accept as soon as you know."))
        case _:
            return str(gettext("Thank you for telling us. We are sorry that you cannot come."))


def _page(guest: Guest, token: str, form: ReplyForm) -> str:
    event = guest.event
    shut = event.state is not EventState.PUBLISHED or guest.state in (
        GuestState.WITHDRAWN,
        GuestState.UNCONFIRMED,
    )
    return render_template(
        "rsvps/invitation.html",
        guest=guest,
        event=event,
        form=form,
        token=token,
        shut=shut,
        closes_at=deadlines.closes_at(event),
        is_past=deadlines.is_past(event, clock.now()),
        place_in_line=queries.place_in_line(guest),
        own_page=links.path(settings(), guest, Purpose.OWN_PAGE) if _knows(guest) else None,
        told_before=queries.has_details(guest),
    )
