"""`/my/<token>/badge.svg` and `.pdf`: the badge on a guest's own page."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort
from flask_babel import gettext

from eventsapp.badges import faces, printing, service
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge
from eventsapp.badges.pdf import single_badge_pdf
from eventsapp.badges.queries import of_event
from eventsapp.badges.views.signing import current_key
from eventsapp.core.tokens import Purpose
from eventsapp.printing import qr
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.views import entering
from eventsapp.web.guard import by_token

blueprint = Blueprint("own_badge", __name__, url_prefix="/my/<token>")
entering.unlisted(blueprint)


@blueprint.get("/badge.svg")
@by_token
def svg(token: str) -> Response:
    """The QR symbol of the guest's badge, to be shown on a phone."""
    badge = _badge(token)
    title = gettext("Badge code %(code)s", code=faces.spaced(badge.short_code))
    return Response(qr.svg(faces.code_text(badge, current_key()), title), mimetype="image/svg+xml")


@blueprint.get("/badge.pdf")
@by_token
def pdf(token: str) -> Response:
    """The guest's badge on a page, to be printed at home."""
    badge = _badge(token)
    (face,) = printing.one(badge, current_key()).faces
    response = Response(single_badge_pdf(face), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="badge-{badge.guest.event.slug}.pdf"'
    return response


@blueprint.get("/companions/<code>/badge.pdf")
@by_token
def companion_pdf(token: str, code: str) -> Response:
    """The badge of somebody the guest brings, to be printed at home."""
    guest = entering.enter(token, Purpose.OWN_PAGE)
    theirs = any(companion.code == code for companion in guest.companions)
    badge = of_event(guest.event, code) if theirs else None
    if badge is None or badge.state is not BadgeState.ACTIVE:
        abort(404)
    (face,) = printing.one(badge, current_key()).faces
    response = Response(single_badge_pdf(face), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="badge-{badge.short_code}.pdf"'
    return response


def section(guest: Guest) -> Mapping[str, Any] | None:
    """The badge on the guest's own page: nothing before there is one, and why it is gone when it is."""
    badge = service.of_guest(guest)
    if badge is None or badge.state is BadgeState.SUSPENDED:
        return None
    return {"badge": badge, "short_code": faces.spaced(badge.short_code)}


def _badge(token: str) -> Badge:
    guest = entering.enter(token, Purpose.OWN_PAGE)
    badge = of_event(guest.event, guest.code)
    if badge is None or badge.state is not BadgeState.ACTIVE:
        abort(404)
    return badge
