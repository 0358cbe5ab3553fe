"""`/reminders/<token>`: no more reminders, or reminders again; the link stands in each of them."""

from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.tokens import Purpose
from eventsapp.rsvps import service
from eventsapp.rsvps.views import entering
from eventsapp.web.current import actor
from eventsapp.web.forms import csrf
from eventsapp.web.guard import by_token

blueprint = Blueprint("reminders", __name__)
entering.unlisted(blueprint)


@blueprint.get("/reminders/<token>")
@by_token
def show(token: str) -> str:
    """A button: programs that open every link in a mail switch nothing off."""
    guest = entering.enter(token, Purpose.REMINDERS)
    return render_template("rsvps/reminders.html", guest=guest, event=guest.event, token=token)


@blueprint.post("/reminders/<token>")
@by_token
def switch(token: str) -> Response:
    """Off, or with `on` in the form on again. A mail program's own button is answered without a page."""
    if not _is_one_click() and current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()
    guest = entering.enter(token, Purpose.REMINDERS)
    off = "on" not in request.form
    with transaction():
        service.switch_reminders(guest, off=off, actor=actor(), now=clock.now())
    if _is_one_click():
        return Response(status=HTTPStatus.NO_CONTENT)  # RFC 8058 wants no redirect
    off_said = gettext("You get no more reminders of this invitation.")
    flash(off_said if off else gettext("You get reminders again."), "success")
    return redirect(url_for("reminders.show", token=token), 303)


def _is_one_click() -> bool:
    """Whether a mail program asks (RFC 8058): it has no page with a form token, and the link is its right."""
    return request.form.get("List-Unsubscribe") == "One-Click"


csrf.exempt(switch)
