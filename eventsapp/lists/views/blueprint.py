"""The blueprint of the pages about lists. Whole files come in here, so larger bodies are let in."""

from typing import Any

from flask import Blueprint, request, session

from eventsapp.lists.reading import MOST_BYTES
from eventsapp.web.current import STAFF_SESSION

list_pages = Blueprint("imports", __name__, url_prefix="/organise/events/<slug>/import")

_AROUND = 64 * 1024  # bytes of a form around the file


@list_pages.url_value_preprocessor
def _let_files_in(endpoint: str | None, _: dict[str, Any] | None) -> None:
    """Before anything reads the body; only for whoever has signed in."""
    if endpoint == "imports.index" and request.method == "POST" and STAFF_SESSION in session:
        request.max_content_length = MOST_BYTES + _AROUND
