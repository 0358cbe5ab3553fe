"""What somebody would answer, as JSON that waits for the organiser's decision."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from eventsapp.rsvps.enums import Answer
from eventsapp.rsvps.service.companions import CompanionInput
from eventsapp.rsvps.service.replying import ReplyInput

_TEXTS = ("badge_name", "diet", "access_needs", "note_to_host")


def to_json(given: ReplyInput) -> dict[str, Any]:
    """The reply as JSON; what it leaves as it is, is left out. New files must have been kept before."""
    told: dict[str, Any] = {"answer": given.answer.value}
    if given.items:
        told["items"] = {code: answer.value for code, answer in sorted(given.items.items())}
    told |= {name: text for name in _TEXTS if (text := getattr(given, name)) is not None}
    if given.companions is not None:
        told["companions"] = [asdict(companion) for companion in given.companions]
    if given.answers is not None:
        told["answers"] = dict(given.answers)
    return told


def from_json(told: Mapping[str, Any]) -> ReplyInput:
    """The reply again, as `to_json` wrote it."""
    named = told.get("companions")
    return ReplyInput(
        answer=Answer(told["answer"]),
        items={code: Answer(answer) for code, answer in told.get("items", {}).items()},
        answers=told.get("answers"),
        companions=None if named is None else [CompanionInput(**companion) for companion in named],
        **{name: told.get(name) for name in _TEXTS},
    )
