"""Which badges to print, and the PDF of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsapp.badges import faces, queries
from eventsapp.badges.face import BadgeFace
from eventsapp.badges.keys import CurrentKey
from eventsapp.badges.models import Badge
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.events.models import Event


@dataclass(frozen=True)
class ToPrint:
    """Faces in their order, and what to remember once they are printed."""

    faces: Sequence[BadgeFace]
    prints: Sequence[tuple[int, int, str]]  # badge id, revision, digest of the face


def to_print(event: Event, key: CurrentKey, *, only_new: bool = False) -> ToPrint:
    """The event's badges; with `only_new` those never printed, or changed since.

    Raises `Conflict` when there is nothing to print.
    """
    badges = queries.active(event)
    before = queries.printed(event) if only_new else {}
    chosen = [
        (badge, face, mark)
        for badge in badges
        for face in (faces.face(badge, key),)
        for mark in (faces.digest(face),)
        if not (known := before.get(badge.id)) or known.face_digest != mark
    ]
    if not chosen:
        raise Conflict(
            N_("Every badge was printed already, and none has changed since.")
            if badges
            else N_("There is no badge to print yet: nobody has accepted.")
        )
    return ToPrint([face for _, face, _ in chosen], [_mark(badge, mark) for badge, _, mark in chosen])


def one(badge: Badge, key: CurrentKey) -> ToPrint:
    """One badge, whatever was printed before."""
    face = faces.face(badge, key)
    return ToPrint([face], [_mark(badge, faces.digest(face))])


def _mark(badge: Badge, digest: str) -> tuple[int, int, str]:
    return badge.id, badge.revision, digest
