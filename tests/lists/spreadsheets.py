"""Lists for tests, as files."""

import io
from collections.abc import Sequence

from werkzeug.test import TestResponse
from xlsxwriter import Workbook

from eventsapp.events.models import Event
from eventsapp.lists import columns, reading
from eventsapp.lists.planning import Choice
from eventsapp.lists.reading import Table
from eventsapp.questions import queries as questions
from tests.support.clients import Client


def csv_of(*rows: Sequence[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Rows as CSV; cells must need no quotation marks."""
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def xlsx_of(*rows: Sequence[object], sheets: Sequence[str] = ("Guests",)) -> bytes:
    """Rows on the first of the sheets; the others are empty but for a heading."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows if name == sheets[0] else [("Nothing",)]):
                for place, cell in enumerate(row):
                    sheet.write(number, place, cell)
    return file.getvalue()


def upload(client: Client, event: Event, content: bytes, name: str = "list.csv") -> TestResponse:
    """Send a file as a browser does; encoded here, because the client would keep a large one open."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return client.post(
        f"/organise/events/{event.slug}/import",
        data=head.encode() + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )


def table_of(*rows: Sequence[str]) -> Table:
    """Rows as they are read, the first one holding the headings."""
    return reading.read(csv_of(*rows, delimiter="\t"))


def guessed(event: Event, table: Table, **given: object) -> Choice:
    """The choice of somebody who takes what is guessed; the event's first category where none is named."""
    meanings = columns.guess(table.heading.cells, questions.asked(event.id))
    category = event.categories[0].id if event.categories else 0
    return Choice(tuple(meanings), **{"category_id": category, **given})  # type: ignore[arg-type]
