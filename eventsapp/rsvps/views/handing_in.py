"""`/i/<token>/registration`: a registration that the organisers decide, to complete and to hand in again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.core.tokens import Purpose
from eventsapp.questions import queries as questions
from eventsapp.rsvps import deciding, queries
from eventsapp.rsvps.enums import Answer
from eventsapp.rsvps.forms import ReplyForm, reply_form
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import ReplyInput, approving
from eventsapp.rsvps.views import asking, entering
from eventsapp.web.current import actor
from eventsapp.web.guard import by_token

blueprint = Blueprint("handing_in", __name__)
entering.unlisted(blueprint)
asking.roomy(blueprint, "complete")


class HandInForm(ReplyForm):
    """What a registrant tells beside their name and address; whether they would come is said already."""

    answer = None
    wants_answers = True
    must_answer = True

    def given(self, *, keeps_silence: bool) -> ReplyInput:
        """What was filled in."""
        details = {name: self._fields[name].data for name in ("diet", "access_needs", "note_to_host")}
        if keeps_silence and not self.forget_details.data:
            details = {name: text or None for name, text in details.items()}
        return ReplyInput(Answer.ACCEPTED, badge_name=self.badge_name.data, answers=self.answers, **details)


@blueprint.get("/i/<token>/registration")
@by_token
def show(token: str) -> str:
    """Where the registration stands, and the form that completes it."""
    guest = entering.enter(token, Purpose.INVITATION)
    return _page(guest, token, _form(guest))


@blueprint.post("/i/<token>/registration")
@by_token
def complete(token: str) -> Response | tuple[str, int]:
    """Keep what was changed; who was asked for more hands in again by it."""
    guest = entering.enter(token, Purpose.INVITATION)
    form = _form(guest)
    if form.validate_on_submit():
        try:
            with transaction():
                approving.complete(guest, form.given(keeps_silence=True), actor=actor(), now=clock.now())
            flash(gettext("Thank you. The organisers look at it and write to you."), "success")
            return redirect(url_for("handing_in.show", token=token), 303)
        except DomainError as error:
            form.refuse(error)
    asking.keep_files(form, guest)
    return _page(guest, token, form), 422


def _form(guest: Guest) -> HandInForm:
    asked = questions.asked(guest.event_id)
    return reply_form(HandInForm, guest, (), asked, shows=entering.answered_here(guest))


def _page(guest: Guest, token: str, form: HandInForm) -> str:
    return render_template(
        "rsvps/registration.html",
        guest=guest,
        event=guest.event,
        form=form,
        token=token,
        is_open=guest.state in approving.OPEN,
        question=deciding.question_to(guest),
        told_before=queries.has_details(guest),
    )
