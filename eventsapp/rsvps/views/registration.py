"""`/events/<slug>/register` and `/confirm/<token>`: open registration, confirmed by mail."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.core.tokens import Purpose
from eventsapp.events import openness, replayed
from eventsapp.events.models import Event
from eventsapp.questions import queries as questions
from eventsapp.rsvps import links, queries, seats, service
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.forms import RegistrationForm, registration_form
from eventsapp.rsvps.service import RegistrationInput
from eventsapp.rsvps.views import asking, entering
from eventsapp.web import limits, locale
from eventsapp.web.current import settings
from eventsapp.web.guard import by_token, public

blueprint = Blueprint("registration", __name__)
entering.unlisted(blueprint)
asking.roomy(blueprint, "register")


@blueprint.get("/events/<slug>/register")
@public
def show(slug: str) -> str:
    """The form, or a sentence that registration is closed."""
    event = _event(slug)
    return _page(event, _form(event))


@blueprint.post("/events/<slug>/register")
@public
@limits.limit("20 per hour")
def register(slug: str) -> Response | tuple[str, int]:
    """Take a registration down; a mail asks for its confirmation."""
    event = _event(slug)
    form = _form(event)
    if form.validate_on_submit():
        given = RegistrationInput(
            name=form.name.data,
            email=form.email.data,
            organisation=form.organisation.data,
            language=form.language.data,
            answers=form.answers,
        )
        try:
            with transaction():
                service.register(event, given, now=clock.now())
            return redirect(url_for("registration.sent", slug=slug), 303)
        except DomainError as error:
            form.refuse(error)
    return _page(event, form), 422


@blueprint.get("/events/<slug>/register/sent")
@public
def sent(slug: str) -> str:
    """Look into your mail."""
    return render_template("rsvps/registration_sent.html", event=_event(slug))


@blueprint.get("/confirm/<token>")
@by_token
def ask(token: str) -> str:
    """A button: programs that open every link in a mail confirm nothing."""
    guest = entering.enter(token, Purpose.CONFIRMATION)
    return render_template("rsvps/confirm.html", guest=guest, event=guest.event, token=token)


@blueprint.post("/confirm/<token>")
@by_token
def confirm(token: str) -> Response:
    """It was me: a seat, or a place on the waiting list."""
    guest = entering.enter(token, Purpose.CONFIRMATION)
    with transaction():
        state = service.confirm(guest, now=clock.now()).state
    entering.remember(guest.code)
    if state is GuestState.WAITLISTED:
        flash(gettext("Thank you. All seats are taken; you are on the waiting list."), "success")
    elif state is not GuestState.ACCEPTED:
        flash(gettext("Thank you. The organisers look at it and write to you."), "success")
    else:
        flash(gettext("Thank you. We look forward to seeing you."), "success")
    return redirect(links.path(settings(), guest, Purpose.OWN_PAGE), 303)


def _event(slug: str) -> Event:
    event = openness.open_event(slug) or abort(404)
    g.demo_note = replayed.note(event)
    return event


def _form(event: Event) -> RegistrationForm:
    asked = questions.asked(event.id)
    category = queries.category_for_registration(event) if asked else None
    form = registration_form(asked, category)
    form.offer(event.languages)
    if not form.is_submitted():
        offered = [choice.value for choice in form.language.choices]
        form.language.data = next((tag for tag in locale.wanted_languages() if tag in offered), offered[0])
    return form


def _page(event: Event, form: RegistrationForm) -> str:
    return render_template(
        "rsvps/register.html",
        event=event,
        form=form,
        is_open=service.registration_is_open(event, clock.now()),
        is_full=seats.left(event) == 0,
        address=request.path,
    )
