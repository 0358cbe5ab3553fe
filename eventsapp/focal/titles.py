"""What a desk says of somebody's post: it becomes a title of theirs, never an entry in the directory."""

from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.core.maps import clean_line
from eventsapp.core.text import fold
from eventsapp.focal.models import FocalPoint
from eventsapp.people import organisations
from eventsapp.people.models import Affiliation, Organisation, Person
from eventsapp.people.organisations import AffiliationInput


def body_of(point: FocalPoint) -> Organisation | None:
    """For whom a focal point speaks: its organisation, else that of its delegation."""
    return point.organisation or (point.delegation.organisation if point.delegation else None)


def title_of(
    point: FocalPoint, person: Person, title: str, organisation: str, *, actor: Actor, now: datetime
) -> Affiliation | None:
    """A new title of a person as the desk wrote it; None where it wrote nothing.

    The focal point's own organisation is recognised by any of its names, and meant where none is named;
    another stands in the title's own words.
    """
    title = clean_line(title, field="title")
    named = clean_line(organisation, field="organisation")
    if not title and not named:
        return None
    body = body_of(point)
    is_own = body is not None and (not named or _is_called(body, named))
    words = title if is_own else ", ".join(word for word in (title, named) if word)
    given = AffiliationInput(
        title={point.language: words} if words else {}, organisation=body if is_own else None
    )
    return organisations.add_affiliation(person, given, actor=actor, now=now)


def _is_called(body: Organisation, named: str) -> bool:
    known = (*body.names.values(), *body.short_names.values())
    return fold(named) in {fold(name) for name in known}
