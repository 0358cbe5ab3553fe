"""What staff can do next for one guest: approve, ask to hold the date, decide; on the guest's page."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.events.desk import for_event, may
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.rsvps import deciding, own_page, roll, service
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import approving
from eventsapp.rsvps.service.inviting import UNINVITED
from eventsapp.rsvps.views.blueprint import reply_pages
from eventsapp.web.current import actor
from eventsapp.web.saving import done


@reply_pages.post("/guests/<code>/approve")
@for_event(Permission.DECIDE_REPLIES)
def approve(event: Event, code: str) -> Response:
    """A name on the list may be invited."""
    guest = _guest(event, code)
    done(lambda: service.approve(guest, actor=actor(), now=clock.now()), gettext("The guest is approved."))
    return _back(event, code)


@reply_pages.post("/guests/<code>/hold-date")
@for_event(Permission.SEND_INVITATIONS)
def hold_date(event: Event, code: str) -> Response:
    """Ask one guest to keep the date free."""
    guest = _guest(event, code)
    done(lambda: service.hold_date(guest, actor=actor(), now=clock.now()), gettext("The mail is on its way."))
    return _back(event, code)


@reply_pages.post("/guests/<code>/reconsider")
@for_event(Permission.DECIDE_REPLIES)
def reconsider(event: Event, code: str) -> Response:
    """A declined registration waits for a decision again."""
    guest = _guest(event, code)
    said = gettext("The registration waits for a decision again.")
    done(lambda: approving.reconsider(guest, actor=actor(), now=clock.now()), said)
    return _back(event, code)


def _guest(event: Event, code: str) -> Guest:
    return roll.guest_of(event, code) or abort(404)


def _back(event: Event, code: str) -> Response:
    return redirect(url_for("guests.show", slug=event.slug, code=code), 303)


def _section(guest: Guest) -> Mapping[str, Any] | None:
    decides, sends = may(Permission.DECIDE_REPLIES), may(Permission.SEND_INVITATIONS)
    published = guest.event.state is EventState.PUBLISHED
    uninvited = guest.state in UNINVITED and guest.companion_of_id is None
    part = {
        "approves": decides and guest.state is GuestState.DRAFT and guest.companion_of_id is None,
        "holds_date": sends and published and uninvited and guest.email and guest.dates_held_at is None,
        "reconsiders": decides and published and guest.state is GuestState.REFUSED,
        "waiting": [proposal.kind for proposal in deciding.waiting_for(guest)],
        "registers": guest.state in approving.OPEN,
        "decides": decides,
        "bounced": guest.bounced_at,
        "reminders_off": guest.reminders_off,
        "reminders_sent": guest.reminders_sent,
    }
    return part if any(part[name] for name in part if name != "decides") else None


own_page.desk_section(5, Permission.VIEW_GUESTS, "rsvps/desk_steps.html", _section)
