"""The organisers' pages about badges: how they stand, printing, revoking, reissuing."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from eventsapp.access.permissions import Permission
from eventsapp.badges import faces, printing, queries, service
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.forms import PrintForm, ReasonForm
from eventsapp.badges.models import Badge
from eventsapp.badges.pdf import SheetName, badges_pdf
from eventsapp.badges.printing import ToPrint
from eventsapp.badges.views.signing import current_key
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.text import N_
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.rsvps.models import Guest
from eventsapp.web.current import actor
from eventsapp.web.navigation import event_entry
from eventsapp.web.saving import Answer, saved, shown, tried

PAGE = 50
SINGLE: SheetName = "a6"
REVOKE, REISSUE = "revoke", "reissue"  # both forms stand on one page

blueprint = Blueprint("badges", __name__, url_prefix="/organise/events/<slug>/badges")
event_entry(50, N_("Badges"), "badges.index", Permission.ISSUE_BADGES)


@blueprint.get("")
@for_event(Permission.ISSUE_BADGES)
def index(event: Event) -> str:
    """How the event's badges stand, and what was printed of them."""
    return _index(event, PrintForm(formdata=None))


def _index(event: Event, form: PrintForm) -> str:
    wanted = request.args.get("state", "")
    state = BadgeState(wanted) if wanted in set(BadgeState) else None
    page = queries.page(event, state, request.args.get("after", "")[:300], PAGE)
    return render_template(
        "badges/index.html",
        event=event,
        form=form,
        page=page,
        state=state,
        states=list(BadgeState),
        counts=queries.counts(event),
        printed=queries.printed(event, [badge.id for badge in page.items]),
        spaced=faces.spaced,
    )


@blueprint.post("/issue")
@for_event(Permission.ISSUE_BADGES)
def issue(event: Event) -> AnyResponse:
    """Badges for every accepted guest who has none."""
    with transaction():
        made = service.issue_missing(event, actor=actor(), now=clock.now())
    flash(ngettext("%(num)s badge was issued.", "%(num)s badges were issued.", made), "success")
    return _back(event)


@blueprint.post("/print")
@for_event(Permission.ISSUE_BADGES)
def print_(event: Event) -> Answer:
    """The PDF; what is on it is remembered as printed."""
    form = PrintForm()

    def choose() -> ToPrint:
        return printing.to_print(event, current_key(), only_new=form.only_new.data)

    if chosen := tried(form, choose):
        return _printed(event, chosen, form.sheet.data)
    return _index(event, form), form.http_status


@blueprint.post("/<code>/print")
@for_event(Permission.ISSUE_BADGES)
def print_one(event: Event, code: str) -> AnyResponse:
    """One badge, whatever was printed before."""
    badge = _badge(event, code)
    if badge.state is not BadgeState.ACTIVE:
        abort(409)
    return _printed(event, printing.one(badge, current_key()), SINGLE)


def _printed(event: Event, chosen: ToPrint, sheet: SheetName) -> AnyResponse:
    event_id, slug = event.id, event.slug
    made = badges_pdf(chosen.faces, sheet)
    with transaction():
        service.note_printed(chosen.prints, sheet, event_id=event_id, actor=actor(), now=clock.now())
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="badges-{slug}-{sheet}.pdf"'
    return response


@blueprint.post("/<code>/revoke")
@for_event(Permission.ISSUE_BADGES)
def revoke(event: Event, code: str) -> Answer:
    """No door opens to this badge any more."""
    badge, form = _badge(event, code), ReasonForm(prefix=REVOKE)
    if saved(form, lambda: service.revoke(badge, **_by(form))):
        return _changed(badge, gettext("The badge was revoked."))
    return shown(form, "badges/change.html", event=event, guest=badge.guest, deed=REVOKE)


@blueprint.post("/<code>/reissue")
@for_event(Permission.ISSUE_BADGES)
def reissue(event: Event, code: str) -> Answer:
    """A new badge; the old one opens nothing any more."""
    badge, form = _badge(event, code), ReasonForm(prefix=REISSUE)
    if saved(form, lambda: service.reissue(badge, **_by(form))):
        return _changed(badge, gettext("The badge was reissued; the old one opens no door any more."))
    return shown(form, "badges/change.html", event=event, guest=badge.guest, deed=REISSUE)


def _by(form: ReasonForm) -> dict[str, Any]:
    return {"reason": form.reason.data or "", "actor": actor(), "now": clock.now()}


def _changed(badge: Badge, message: str) -> AnyResponse:
    flash(message, "success")
    return redirect(url_for("guests.show", slug=badge.guest.event.slug, code=badge.guest.code), 303)


def section(guest: Guest) -> Mapping[str, Any] | None:
    """The badge on the guest's page for staff."""
    badge = service.of_guest(guest)
    if badge is None:
        return None
    return {
        "badge": badge,
        "short_code": faces.spaced(badge.short_code),
        "printed": queries.printed(guest.event, [badge.id]).get(badge.id),
        "revoking": ReasonForm(formdata=None, prefix=REVOKE),
        "reissuing": ReasonForm(formdata=None, prefix=REISSUE),
    }


def _badge(event: Event, code: str) -> Badge:
    return queries.of_event(event, code) or abort(404)


def _back(event: Event) -> AnyResponse:
    return redirect(url_for("badges.index", slug=event.slug), 303)
