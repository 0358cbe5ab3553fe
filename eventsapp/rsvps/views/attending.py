"""What became of the answers on the day: taken over from the doors, entered for single guests."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.rsvps import own_page, roll
from eventsapp.rsvps.enums import LET_IN, Attendance
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import attending
from eventsapp.rsvps.views.blueprint import reply_pages
from eventsapp.web.current import actor
from eventsapp.web.forms import Form, LineField
from eventsapp.web.saving import Answer, saved, shown
from eventsapp.web.words import choices


class AttendanceForm(Form):
    """What became of one guest."""

    attendance = RadioField(
        lazy_gettext("Attendance"), validators=[InputRequired(lazy_gettext("Please choose one."))]
    )
    reason = LineField(lazy_gettext("Reason"), limit=300)


@reply_pages.post("/attendance")
@for_event(Permission.EDIT_GUESTS)
def take_over(event: Event) -> Response:
    """Mark whoever came through a door."""
    with transaction():
        more = attending.take_over(event, actor=actor(), now=clock.now())
    flash(gettext("Guests newly marked as attended: %(number)s", number=more), "success")
    return redirect(url_for("replies.index", slug=event.slug), 303)


@reply_pages.route("/guests/<code>/attendance", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def attendance(event: Event, code: str) -> Answer:
    """Enter that a guest came, did not, or is excused."""
    guest = roll.guest_of(event, code) or abort(404)
    form = AttendanceForm(data={"attendance": guest.attendance.value if guest.attendance else None})
    form.attendance.choices = choices(Attendance)

    def store() -> Guest:
        said, reason = Attendance(form.attendance.data), form.reason.data
        return attending.mark(guest, said, reason=reason, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The attendance is entered."), "success")
        return redirect(url_for("guests.show", slug=event.slug, code=code), 303)
    return shown(form, "rsvps/attendance.html", event=event, guest=guest)


def _section(guest: Guest) -> Mapping[str, Any] | None:
    """On the guest's page, once the event has begun, of whoever was to come or is marked."""
    if clock.now() < guest.event.starts_at or not (guest.attendance or guest.state in LET_IN):
        return None
    return {"attendance": guest.attendance}


own_page.desk_section(8, Permission.EDIT_GUESTS, "rsvps/desk_attendance.html", _section)
