"""What every page that asks an event's questions has in common: room for files, and none of them lost."""

from typing import Any

from flask import Blueprint, Response, make_response, request

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.questions.forms import Asking
from eventsapp.questions.uploads import LARGEST, MEBIBYTE, NewUpload
from eventsapp.rsvps.models import Guest, Upload
from eventsapp.rsvps.service import uploading
from eventsapp.web import headers

ROOM = 4 * LARGEST + MEBIBYTE  # bytes of a form with its files


def roomy(blueprint: Blueprint, *views: str) -> None:
    """Let these views take files; everywhere else forms stay small."""
    endpoints = {f"{blueprint.name}.{view}" for view in views}

    @blueprint.url_value_preprocessor
    def _widen(endpoint: str | None, _: dict[str, Any] | None) -> None:
        # Before anything reads the form: the token against forgery stands in it.
        if endpoint in endpoints:
            request.max_content_length = ROOM


def keep_files(form: Asking, guest: Guest) -> None:
    """Keep what was sent with a refused form, so that nobody has to choose it once more."""
    new = [field for field in form.upload_fields if isinstance(field.value, NewUpload)]
    if not new:
        return
    with transaction():
        for field in new:
            field.kept = uploading.keep(guest, field.asked.id, field.value, now=clock.now()).code


def download(upload: Upload) -> Response:
    """A guest's file: never shown in the page's own place, never run."""
    headers.for_download()
    answer = make_response(upload.content)
    answer.headers["Content-Type"] = upload.media_type
    answer.headers.set("Content-Disposition", "attachment", filename=upload.name)
    return answer
