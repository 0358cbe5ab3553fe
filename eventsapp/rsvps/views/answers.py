"""What a guest answered, on their own page and on staff's page about them; and the files among it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.core.tokens import Purpose
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.questions import kinds
from eventsapp.questions.forms import words_of
from eventsapp.rsvps import answers, own_page, roll
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import uploading
from eventsapp.rsvps.views import asking, entering, own
from eventsapp.rsvps.views.blueprint import guest_pages
from eventsapp.web.filters import reader
from eventsapp.web.guard import by_token


@own.blueprint.get("/my/<token>/files/<code>")
@by_token
def own_file(token: str, code: str) -> Response:
    """A file that the guest sent, for themselves."""
    guest = entering.enter(token, Purpose.OWN_PAGE)
    return asking.download(uploading.of_guest(guest.id, code) or abort(404))


@guest_pages.get("/<code>/files/<upload>")
@for_event(Permission.VIEW_GUEST_DETAILS)
def file(event: Event, code: str, upload: str) -> Response:
    """A file that a guest sent, for staff."""
    guest = roll.guest_of(event, code) or abort(404)
    return asking.download(uploading.of_guest(guest.id, upload) or abort(404))


@dataclass(frozen=True)
class Choice:
    """How often something was chosen: by all, by guests who come, and in answers that were deleted."""

    label: str
    number: int
    coming: int
    deleted: int


def choices_of(counted: answers.Counted) -> list[Choice]:
    """The choices of a question with their counts; none where its answers cannot be counted."""
    kind = kinds.kind_of(counted.asked)
    if not kind.is_counted:
        return []
    deleted = counted.tally.get("choices", {})
    return [
        Choice(label, *counted.choices.get(key, (0, 0)), deleted.get(key, 0))
        for key, label in kind.offers(counted.asked, reader(), gettext)
    ]


def _own(guest: Guest) -> Mapping[str, Any] | None:
    told = answers.of_guest(guest)
    missing = answers.missing(guest, guest.event)
    return {"told": told, "missing": missing, "words_of": words_of} if told or missing else None


def _desk(guest: Guest) -> Mapping[str, Any] | None:
    told = answers.of_guest(guest)
    return {"told": told, "words_of": words_of} if told else None


own_page.section(15, "rsvps/own_answers.html", _own)
own_page.desk_section(5, Permission.VIEW_GUEST_DETAILS, "rsvps/desk_answers.html", _desk)
