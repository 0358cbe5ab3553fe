"""`/i/<token>`: read the invitation, answer, change the answer."""

from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError, Unavailable
from eventsapp.core.tokens import Purpose
from eventsapp.events.enums import EventState
from eventsapp.questions import queries as questions
from eventsapp.rsvps import deadlines, deciding, life, links, queries, service
from eventsapp.rsvps.enums import Answer, Channel, GuestState
from eventsapp.rsvps.forms import ReplyForm, reply_form
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import Answered, ReplyInput, proving
from eventsapp.rsvps.views import asking, entering
from eventsapp.web import limits
from eventsapp.web.current import actor, settings
from eventsapp.web.errors import message_of
from eventsapp.web.forms import Form, LineField
from eventsapp.web.guard import by_token
from eventsapp.web.saving import done

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
        may_change = guest.replied_at is None or _knows(guest)
        try:
            with transaction():
                taken = service.answer(guest, given, channel=Channel.LINK, actor=actor(), now=now)
                result = taken.result
                _refuse_unproved(taken, may_change)
                if result is None:
                    return _waits(token, known=taken.proposal is not None)
                state, was_given_here = result.state, result.answered or _answered_just_now(result.guest, now)
                stays = state is GuestState.DECLINED or not (was_given_here or _knows(result.guest))
            if was_given_here:
                entering.remember(code)
            flash(_thanks(state), "success")
            if taken.proposal is not None:
                flash(gettext("Some of your changes count once the host agrees."), "info")
            return redirect(url_for("invitation.show", token=token) if stays else own_page, 303)
        except entering.NotProved:
            flash(gettext("To change the answer from this browser, please prove that it is yours."), "error")
            return redirect(url_for("invitation.show", token=token), 303)
        except DomainError as error:
            form.refuse(error)
            if isinstance(error, Unavailable):
                return _page(entering.enter(token, Purpose.INVITATION), token, form), error.status
    asking.keep_files(form, guest)
    return _page(entering.enter(token, Purpose.INVITATION), token, form), 422


@blueprint.post("/i/<token>/offer")
@by_token
def take_offer(token: str) -> Response:
    """Accept an offered seat by one click; everything else stays as it was answered."""
    return _settle(token, Answer.ACCEPTED)


@blueprint.post("/i/<token>/leave")
@by_token
def leave_line(token: str) -> Response:
    """Leave the waiting list, or let an offered seat go, by one click."""
    return _settle(token, Answer.DECLINED)


def _settle(token: str, said: Answer) -> Response:
    guest = entering.enter(token, Purpose.INVITATION)
    if guest.replied_at is not None and not _knows(guest):
        flash(gettext("To change the answer from this browser, please prove that it is yours."), "error")
    elif guest.state in (GuestState.WAITLISTED, GuestState.OFFERED):
        given, now = ReplyInput(said), clock.now()
        try:
            with transaction():
                result = service.reply(guest, given, channel=Channel.LINK, actor=actor(), now=now)
                state = result.state
            flash(_thanks(state), "success")
        except DomainError as error:
            flash(message_of(error), "error")
    return redirect(url_for("invitation.show", token=token), 303)


@blueprint.post("/i/<token>/own-page")
@by_token
def mail_own_page(token: str) -> Response:
    """Mail the link of the guest's own page to the address on the list, once an hour at most."""
    guest = entering.enter(token, Purpose.INVITATION)
    with transaction():
        service.mail_own_page(guest, actor=actor(), now=clock.now())
    flash(gettext("If we have your mail address, the link to your page is on its way to you."), "success")
    return redirect(url_for("invitation.show", token=token), 303)


class CodeForm(Form):
    """The code that was mailed."""

    digits = LineField(
        lazy_gettext("The code from the mail"),
        validators=[InputRequired(lazy_gettext("Please type the six digits of the mail."))],
        limit=20,
    )


@blueprint.post("/i/<token>/code")
@by_token
@limits.limit("30 per hour")
def mail_code(token: str) -> Response:
    """Mail a code to the address on the list, so that this browser may change the answer."""
    guest = entering.enter(token, Purpose.INVITATION)
    said = gettext("A code is on its way to the address to which we wrote before.")
    done(lambda: proving.send_code(guest, actor=actor(), now=clock.now()), said)
    return redirect(url_for("invitation.show", token=token), 303)


@blueprint.post("/i/<token>/prove")
@by_token
@limits.limit("60 per hour")
def prove(token: str) -> Response | tuple[str, int]:
    """Let this browser in with the code that was mailed."""
    guest = entering.enter(token, Purpose.INVITATION)
    form, code = CodeForm(), guest.code
    if form.validate_on_submit():
        with transaction():
            proved = proving.prove(guest, form.digits.data, actor=actor(), now=clock.now())
        if proved:
            entering.remember(code)
            flash(gettext("Thank you. You can change your answer now."), "success")
            return redirect(url_for("invitation.show", token=token), 303)
        form.digits.errors = [
            gettext("This is not the code, or it is too old or used. Have a new one mailed.")
        ]
    guest = entering.enter(token, Purpose.INVITATION)
    return _page(guest, token, _form(guest), form), 422


def _form(guest: Guest) -> ReplyForm:
    """The reply form. Who gave the answers, in this browser, reads them in it; nobody else does."""
    return reply_form(
        ReplyForm,
        guest,
        queries.items_to_answer(guest),
        questions.asked(guest.event_id),
        shows=entering.answered_here(guest),
    )


def _refuse_unproved(taken: Answered, may_change: bool) -> None:
    """Nothing is changed by a browser that neither gave the answer nor proved that it may."""
    changes = taken.proposal is not None or (taken.result is not None and taken.result.changed)
    if changes and not may_change:
        raise entering.NotProved


def _waits(token: str, *, known: bool) -> Response:
    """The answer came late: the host decides, or it says what stands already."""
    if known:
        flash(gettext("Thank you. You answered after the reply-by date: the host decides."), "success")
    else:
        flash(gettext("Thank you. This is your answer already."), "success")
    return redirect(url_for("invitation.show", token=token), 303)


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


def _page(guest: Guest, token: str, form: ReplyForm, code_form: CodeForm | None = None) -> str:
    event = guest.event
    now = clock.now()
    shut = event.state is not EventState.PUBLISHED or not life.can_answer(guest)
    return render_template(
        "rsvps/invitation.html",
        guest=guest,
        event=event,
        form=form,
        token=token,
        shut=shut,
        closes_at=deadlines.closes_at(event),
        is_past=deadlines.is_past(event, now) and not deadlines.takes_late(event, now),
        is_late=deadlines.takes_late(event, now),
        is_waiting=deciding.waiting_for(guest) if guest.replied_at is None or _knows(guest) else (),
        must_prove=guest.replied_at is not None and not _knows(guest),
        code_form=code_form or CodeForm(formdata=None),
        place_in_line=queries.place_in_line(guest),
        own_page=links.path(settings(), guest, Purpose.OWN_PAGE) if _knows(guest) else None,
        told_before=queries.has_details(guest),
    )
