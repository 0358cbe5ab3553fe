"""The way into an instrument's and a commitment's pages.

Whoever sees the event that an instrument belongs to sees the instrument, and whoever may edit its ceremony
may edit it; one of no event is the register's. Others get 404, as if there were none; 403 tells a colleague
that this needs another role.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort, g

from eventsapp.access.identity import Anonymous
from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.ceremonies import queries
from eventsapp.ceremonies.models import Commitment
from eventsapp.events import queries as events
from eventsapp.events import replayed
from eventsapp.events.models import Event
from eventsapp.web import guard, navigation
from eventsapp.web.current import identity

View = TypeVar("View", bound=Callable[..., Any])


def for_instrument(*, edit: bool = False) -> Callable[[View], View]:
    """Guard a view whose route has `<code>`; it is called with `instrument=` instead."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(code: str, **kwargs: Any) -> Any:
            if isinstance(identity(), Anonymous):
                return guard.refuse()
            instrument = queries.instrument_by_code(code) or abort(404)
            enter(instrument.event, edit=edit)
            return view(instrument=instrument, **kwargs)

        return guard.mark(guarded, _mark(edit))  # type: ignore[return-value]

    return decorate


def for_commitment(*, edit: bool = False) -> Callable[[View], View]:
    """Guard a view whose route has `<code>`; it is called with `commitment=` instead."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(code: str, **kwargs: Any) -> Any:
            if isinstance(identity(), Anonymous):
                return guard.refuse()
            commitment = queries.commitment_by_code(code) or abort(404)
            enter(home_of(commitment), edit=edit)
            return view(commitment=commitment, **kwargs)

        return guard.mark(guarded, _mark(edit))  # type: ignore[return-value]

    return decorate


def home_of(commitment: Commitment) -> Event | None:
    """The event by whose roles a commitment is seen: its instrument's, else its own."""
    return commitment.instrument.event if commitment.instrument else commitment.event


def enter(event: Event | None, *, edit: bool) -> None:
    """Refuse whoever may not; else know what else they may do here (`may_edit`)."""
    lineage = events.lineage(event) if event else ()
    viewing = Permission.VIEW_EVENT if event else Permission.VIEW_REGISTER
    editing = Permission.EDIT_CEREMONY if event else Permission.EDIT_REGISTER
    if not allows(identity(), viewing, lineage):
        abort(404)
    g.may_edit = allows(identity(), editing, lineage)
    if edit and not g.may_edit:
        abort(403)
    g.lineage = lineage
    g.demo_note = replayed.note(event) if event else None
    g.event_links = navigation.event_links(event, lineage) if event else None


def _mark(edit: bool) -> str:
    return (Permission.EDIT_CEREMONY if edit else Permission.VIEW_EVENT).value
