"""Forms about lists: the file, what its columns mean, and the file to take away."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, FieldList, SelectField

from eventsapp.core.languages import pick
from eventsapp.events import queries as events
from eventsapp.events.models import Event
from eventsapp.lists import columns, encodings, exporting
from eventsapp.lists.models import GuestImport
from eventsapp.questions import queries as questions
from eventsapp.questions.asked import Asked
from eventsapp.rsvps.forms import options
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form
from eventsapp.web.locale import tag


class UploadForm(Form):
    """A list that comes in."""

    file = FileField(
        lazy_gettext("Guest list, CSV or XLSX"), [FileRequired(lazy_gettext("Please choose a file."))]
    )


class ReadingForm(Form):
    """How a file is to be read."""

    encoding = SelectField(lazy_gettext("Encoding of the text"))
    sheet = SelectField(lazy_gettext("Sheet"))

    def prepare(self, found: GuestImport) -> "ReadingForm":
        """Offer what there is; only one of the two concerns a file."""
        sheets = found.mapping.get("sheets", [])
        if sheets:
            del self.encoding
            self.sheet.choices = options((name, name) for name in sheets)
        else:
            del self.sheet
            self.encoding.choices = options((name, name.upper()) for name in encodings.CODECS)
        return self


class ColumnsForm(Form):
    """What columns mean."""

    columns = FieldList(SelectField(lazy_gettext("Meaning")), max_entries=200)
    category = SelectField(lazy_gettext("Category where the list names none"))
    matches = BooleanField(lazy_gettext("A row is the one person of the directory who is spelled like that"))

    def prepare(self, event: Event, found: GuestImport) -> "ColumnsForm":
        """Offer meanings for as many columns as the file has."""
        asked = questions.asked(event.id)
        guessed = found.mapping.get("columns", [])
        offered = options(_offered(event, guessed, asked))
        while len(self.columns.entries) < len(found.mapping["headings"]) and not self.is_submitted():
            self.columns.append_entry(guessed[len(self.columns.entries)])
        for entry, heading in zip(self.columns.entries, found.mapping["headings"], strict=False):
            entry.choices = offered
            entry.label.text = heading or gettext("Column without a heading")
        known = [(category.code, tx_plain(category.names)) for category in events.categories(event)]
        self.category.choices = options([("", gettext("None: such rows cannot be taken")), *known])
        return self


class ExportForm(Form):
    """A list that goes out."""

    format = SelectField(
        lazy_gettext("Kind of file"), choices=options((kind, kind.upper()) for kind in exporting.FORMATS)
    )


def _offered(event: Event, guessed: Sequence[str], asked: Sequence[Asked]) -> list[tuple[str, Any]]:
    """Every meaning in the reader's words; languages are the event's and those that were guessed."""
    reader = tag()
    found = [("", gettext("Leave this column out"))]
    for meaning in columns.HEADINGS:
        found.append((meaning, columns.heading_of(meaning, reader)))
        if meaning in columns.IN_LANGUAGES:
            told = [other.partition(".")[2] for other in guessed if other.startswith(f"{meaning}.")]
            named = [f"{meaning}.{language}" for language in dict.fromkeys([*event.languages, *told])]
            found += [(other, columns.heading_of(other, reader)) for other in named]
    for question in asked:
        label = pick(question.label, reader).text
        found.append((f"{columns.ANSWER}.{question.code}", gettext("Answer: %(question)s", question=label)))
    return found
