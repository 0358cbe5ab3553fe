"""`/f/<token>/people.csv`: a desk's own list, for the secretary's own spreadsheet."""

import csv
import io

from flask import Response
from flask_babel import gettext

from eventsapp.core.cells import guarded
from eventsapp.focal import queries
from eventsapp.focal.queries import Entry
from eventsapp.focal.views.blueprint import desk_pages, enter
from eventsapp.people.forms import titled
from eventsapp.web.filters import tx_plain
from eventsapp.web.guard import by_token
from eventsapp.web.words import word

_BOM = "\ufeff"  # by which spreadsheets know UTF-8


@desk_pages.get("/people.csv")
@by_token
def download(token: str) -> Response:
    """Name, badge name, title, category and answer of each: what the desk itself shows, and no more."""
    point = enter(token)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(
        [
            gettext("Name"),
            gettext("Name on the badge"),
            gettext("Title held"),
            gettext("Category"),
            gettext("Answer"),
        ]
    )
    writer.writerows([guarded(cell) for cell in _cells(entry)] for entry in queries.people(point))
    response = Response(_BOM + text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=people.csv"
    return response


def _cells(entry: Entry) -> list[str]:
    guest = entry.guest
    return [
        guest.person.display_name,
        guest.badge_name or guest.person.display_name,
        titled(guest.affiliation) if guest.affiliation else "",
        tx_plain(guest.category.names),
        word(guest.state),
    ]
