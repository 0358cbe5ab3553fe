"""The way into an event's organiser pages: the event is loaded, the permission asked, then the view runs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort, g

from eventsapp.access.identity import Anonymous
from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.events import queries, replayed
from eventsapp.web import guard, navigation
from eventsapp.web.current import identity

View = TypeVar("View", bound=Callable[..., Any])


def for_event(permission: Permission) -> Callable[[View], View]:
    """Guard a view whose route has `<slug>`; it is called with `event=` instead.

    Whoever may not even see the event gets 404, as if there were none; 403 tells a colleague that
    this page needs another role.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(slug: str, **kwargs: Any) -> Any:
            if isinstance(identity(), Anonymous):
                return guard.refuse()
            event = queries.by_slug(slug)
            lineage = queries.lineage(event) if event else ()
            if event is None or not allows(identity(), Permission.VIEW_EVENT, lineage):
                abort(404)
            if not allows(identity(), permission, lineage):
                abort(403)
            g.event_links = navigation.event_links(event, lineage)
            g.lineage = lineage
            g.demo_note = replayed.note(event)
            return view(event=event, **kwargs)

        return guard.mark(guarded, permission.value)  # type: ignore[return-value]

    return decorate


def may(permission: Permission) -> bool:
    """Whether whoever is asking may do this in the event of the present page (for templates)."""
    return allows(identity(), permission, g.get("lineage", ()))
