"""Navigation that needs no wing to know another: each view module announces its own place in it."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.web.current import identity


@dataclass(frozen=True)
class Entry:
    """One link: shown to whoever holds `permission`; `label` is a catalogue entry."""

    position: int
    label: str
    endpoint: str
    permission: Permission
    kinds: frozenset[str] | None = None  # event kinds it is for; None: all


@dataclass(frozen=True)
class Link:
    """An entry as a template wants it."""

    label: str
    href: str
    active: bool


_desk: dict[str, Entry] = {}
_event: dict[str, Entry] = {}


def desk_entry(position: int, label: str, endpoint: str, permission: Permission) -> None:
    """Announce a page of the organisers' desk (no event in its address)."""
    _desk[endpoint] = Entry(position, label, endpoint, permission)


def event_entry(
    position: int, label: str, endpoint: str, permission: Permission, kinds: frozenset[str] | None = None
) -> None:
    """Announce a page of one event (its route takes `slug`)."""
    _event[endpoint] = Entry(position, label, endpoint, permission, kinds)


def desk_links() -> list[Link]:
    """The desk's navigation for whoever is asking."""
    return [
        Link(gettext(entry.label), url_for(entry.endpoint), _same_wing(entry.endpoint))
        for entry in sorted(_desk.values(), key=lambda entry: entry.position)
        if allows(identity(), entry.permission)
    ]


def event_links(event: Any, event_ids: tuple[int, ...]) -> list[Link]:
    """One event's navigation for whoever is asking."""
    return [
        Link(gettext(entry.label), url_for(entry.endpoint, slug=event.slug), _same_wing(entry.endpoint))
        for entry in sorted(_event.values(), key=lambda entry: entry.position)
        if allows(identity(), entry.permission, event_ids)
        and (entry.kinds is None or event.kind in entry.kinds)
    ]


def _same_wing(endpoint: str) -> bool:
    return bool(request.endpoint) and str(request.endpoint).split(".")[0] == endpoint.split(".")[0]


def init_app(app: Flask) -> None:
    """Offer the desk's navigation to templates."""
    app.jinja_env.globals["desk_links"] = desk_links
