"""Files and photos of guests. `questions/uploads.py` wrote anew what comes here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from eventsapp.core.db import db
from eventsapp.questions import kinds
from eventsapp.questions.asked import Asked
from eventsapp.questions.uploads import NewUpload
from eventsapp.rsvps.enums import Decision
from eventsapp.rsvps.models import Guest, GuestAnswer, Proposal, Upload


def keep(guest: Guest, question_id: int, given: NewUpload, *, now: datetime) -> Upload:
    """A file for a guest's answer; one that was sent before and is not the answer goes."""
    _drop(guest.id, question_id)
    upload = Upload(
        guest_id=guest.id,
        question_id=question_id,
        name=given.name,
        media_type=given.media_type,
        size=len(given.content),
        sha256=given.sha256,
        content=given.content,
        created_at=now,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def is_theirs(guest: Guest, question_id: int, code: Any) -> bool:
    """Whether a code names a file that this guest sent for this question."""
    if not isinstance(code, str):
        return False
    query = select(Upload.id).where(
        Upload.code == code, Upload.guest_id == guest.id, Upload.question_id == question_id
    )
    return db.session.scalar(query) is not None


def drop_unused(guest: Guest, asked: Iterable[Asked]) -> None:
    """Delete a guest's files that are no answer (any more)."""
    for question in asked:
        if kinds.kind_of(question).takes_upload:
            _drop(guest.id, question.id)


def _drop(guest_id: int, question_id: int) -> None:
    answer = db.session.scalar(
        select(GuestAnswer).where(GuestAnswer.guest_id == guest_id, GuestAnswer.question_id == question_id)
    )
    kept = [answer.value["is"]] if answer else []
    waiting = select(Proposal.wanted).where(
        Proposal.guest_id == guest_id, Proposal.decision == Decision.WAITING
    )
    for wanted in db.session.scalars(waiting):  # what the host may still agree to
        kept += [told for told in (wanted.get("answers") or {}).values() if isinstance(told, str)]
    db.session.execute(
        delete(Upload).where(
            Upload.guest_id == guest_id, Upload.question_id == question_id, Upload.code.not_in(kept)
        )
    )


def of_guest(guest_id: int, code: str) -> Upload | None:
    """A guest's file by its code."""
    return db.session.scalar(select(Upload).where(Upload.guest_id == guest_id, Upload.code == code))
