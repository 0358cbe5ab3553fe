"""The guest list as a file to take away. A POST: that it left the house is recorded."""

import io

from flask import Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.lists import exporting
from eventsapp.lists.forms import ExportForm
from eventsapp.lists.views.blueprint import list_pages
from eventsapp.web.current import actor
from eventsapp.web.locale import tag

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@list_pages.post("/export")
@for_event(Permission.VIEW_GUESTS)
def export(event: Event) -> AnyResponse:
    """The guest list with what whoever asks may see of it."""
    form = ExportForm()
    if not form.validate_on_submit():
        flash(gettext("Please choose one of these."), "error")
        return redirect(url_for("guests.index", slug=event.slug), 303)
    kind, details, slug = form.format.data, may(Permission.VIEW_GUEST_DETAILS), event.slug
    made, file = exporting.guest_list(event, details=details, reader=tag()), io.BytesIO()
    (exporting.write_csv if kind == "csv" else exporting.write_xlsx)(file, made)
    with transaction():
        exporting.note(event, made.length, details=details, actor=actor(), now=clock.now())
    response = Response(file.getvalue(), mimetype=_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="guests-{slug}.{kind}"'
    return response
