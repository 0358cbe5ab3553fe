"""What lists tell of guests beside their names: needs, answers to questions, the reply's record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventsapp.access.identity import Actor
from eventsapp.core.bulk import Rows
from eventsapp.lists.preparing import SAID, Prepared
from eventsapp.rsvps.enums import Channel
from eventsapp.rsvps.models import GuestAnswer, GuestDetails, ReplyRecord


def write_records(prepared: Prepared, guests: Sequence[int], actor: Actor) -> None:
    """A line in the record of each guest whose reply the list told."""
    rows = Rows(
        ReplyRecord,
        ("guest_id", "answer", "at", "channel", "actor_kind", "actor_id", "on_behalf", "reason"),
    )
    at, channel = rows.bound("at", prepared.now), rows.bound("channel", Channel.DESK)
    kind, on_behalf = rows.bound("actor_kind", actor.kind), rows.bound("on_behalf", True)
    said = (
        (id_, addition.draft.reply) for id_, addition in zip(guests, prepared.plan.additions, strict=True)
    )
    rows.write(
        (id_, SAID[state], at, channel, kind, actor.id, on_behalf, "") for id_, state in said if state in SAID
    )


def write_details(told: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    Rows(GuestDetails, ("guest_id", "diet", "access_needs", "note_to_host")).write(
        (id_, given.get("diet", ""), given.get("access_needs", ""), given.get("note_to_host", ""))
        for id_, given in told
    )


def write_answers(prepared: Prepared, told: Iterable[tuple[int, Mapping[int, Any]]]) -> None:
    rows = Rows(GuestAnswer, ("guest_id", "question_id", "version", "value", "at"))
    at = rows.bound("at", prepared.now)
    rows.write(
        (id_, question_id, prepared.plan.versions[question_id], rows.bound("value", {"is": value}), at)
        for id_, given in told
        for question_id, value in given.items()
        if value is not None
    )
