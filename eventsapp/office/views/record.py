"""Who did what, when."""

from flask import render_template, request

from eventsapp.access.permissions import Permission
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.office import queries
from eventsapp.office.deeds import DEEDS
from eventsapp.office.views.blueprints import record_pages
from eventsapp.web.guard import require


@record_pages.get("/record")
@require(Permission.VIEW_RECORD)
def index() -> str:
    """The whole installation's record."""
    return _page(None)


@record_pages.get("/events/<slug>/record")
@for_event(Permission.VIEW_EVENT_RECORD)
def of_event(event: Event) -> str:
    """One event's record."""
    return _page(event)


def _page(event: Event | None) -> str:
    page = queries.record_page(event.id if event else None, request.args.get("before", ""))
    return render_template(
        "office/record.html",
        event=event,
        page=page,
        names=queries.names_in(page.items),
        titles={} if event else queries.titles(entry.chain for entry in page.items if entry.chain),
        deeds=DEEDS,
    )
