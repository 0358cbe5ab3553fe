"""`/my/<token>`: a guest's own page: where they stand, their programme, badge and calendar."""

from itertools import groupby

from flask import Blueprint, render_template

from eventsapp.core.tokens import Purpose
from eventsapp.events.enums import EventState
from eventsapp.rsvps import links, own_page, queries
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.views import entering
from eventsapp.web.current import settings
from eventsapp.web.guard import by_token

blueprint = Blueprint("own", __name__)
entering.unlisted(blueprint)

_AWAY = (
    GuestState.DECLINED,
    GuestState.REPRESENTED,
    GuestState.WITHDRAWN,
    GuestState.UNCONFIRMED,
    GuestState.SUBMITTED,
    GuestState.ASKED,
    GuestState.REFUSED,
)


@blueprint.get("/my/<token>")
@by_token
def show(token: str) -> str:
    """The page. Opening it lets this browser in from the invitation, too; nothing is stored about it."""
    guest = entering.enter(token, Purpose.OWN_PAGE)
    entering.remember(guest.code)
    comes = guest.event.state is not EventState.CANCELLED and guest.state not in _AWAY
    programme = queries.own_programme(guest) if comes else []
    days = [
        ((day, zone), list(entries))
        for (day, zone), entries in groupby(
            programme, key=lambda entry: (entry.item.starts_local.date(), entry.item.timezone)
        )
    ]
    return render_template(
        "rsvps/own_page.html",
        guest=guest,
        event=guest.event,
        token=token,
        days=days,
        sections=own_page.sections(guest, comes=comes),
        place_in_line=queries.place_in_line(guest),
        invitation=links.path(settings(), guest, Purpose.INVITATION),
    )
