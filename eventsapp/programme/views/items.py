"""One item: what it is, its form, and what can be done with it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.core import clock
from eventsapp.core.errors import DomainError
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.events.times import span
from eventsapp.people.models import Person
from eventsapp.places import queries as places
from eventsapp.places.models import Room, Venue
from eventsapp.programme import queries, service
from eventsapp.programme.conflicts import Slot
from eventsapp.programme.forms import ItemForm, item_data
from eventsapp.programme.models import ProgrammeItem
from eventsapp.programme.occupied import clashes_with
from eventsapp.programme.views.blueprint import programme_pages
from eventsapp.programme.views.naming import Overlap, overlaps
from eventsapp.programme.views.overview import may_edit
from eventsapp.web.current import actor, identity
from eventsapp.web.saving import Answer, done, saved, shown

NEW = ""  # the key of an item that is only thought of


def known(event: Event, code: str) -> ProgrammeItem:
    """The event's item at that address, or 404."""
    return queries.item_of(event, code) or abort(404)


@programme_pages.get("/<code>")
@for_event(Permission.VIEW_EVENT)
def show(event: Event, code: str) -> str:
    """All that is set, and what overlaps."""
    item = known(event, code)
    return render_template(
        "programme/item.html",
        event=event,
        item=item,
        overlaps=overlaps_of(item),
        may_edit=may_edit(event),
        may_see_people=may(Permission.VIEW_GUESTS),
        may_open_people=allows(identity(), Permission.VIEW_DIRECTORY),
    )


def overlaps_of(item: ProgrammeItem) -> list[Overlap]:
    """What a stored item overlaps with."""
    people = [part.person for part in item.participations]
    people += [person for group in item.groups for person in group.people]
    return found_for(
        item.event,
        item.code,
        item.timezone,
        Slot(
            item.code,
            item.event_id,
            item.starts_at,
            item.ends_at,
            item.room_id,
            timedelta(minutes=item.room.reset_minutes if item.room else 0),
            frozenset(person.id for person in people),
        ),
    )


def found_for(event: Event, key: str, timezone: str, slot: Slot) -> list[Overlap]:
    """What a slot overlaps with, in words."""
    return overlaps(key, event.id, timezone, clashes_with(slot))


def overlaps_if(
    event: Event,
    key: str,
    when: dict[str, Any],
    room: Room | None,
    venue: Venue | None,
    people: Sequence[Person],
) -> list[Overlap]:
    """What an item would overlap with, were it stored so; nothing while its times cannot be right."""
    place = room.venue if room else venue
    timezone = when["timezone"] or (place.timezone if place else event.timezone)
    try:
        times = span(when["starts_local"], when["ends_local"], timezone)
    except (DomainError, TypeError, AttributeError):
        return []
    slot = Slot(
        key,
        event.id,
        times.starts_at,
        times.ends_at,
        room.id if room else None,
        timedelta(minutes=room.reset_minutes if room else 0),
        frozenset(person.id for person in people),
    )
    return found_for(event, key, timezone, slot)


@programme_pages.route("/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def create(event: Event) -> Answer:
    """A new item."""
    starts = event.starts_local
    data = {
        "starts_local": starts,
        "ends_local": starts + timedelta(hours=1),
        "room": f"venue:{event.venue.code}" if event.venue else "",
        "kind": "session",
        "audience": "everyone",
        "is_public": True,
    }
    return _form_page(event, None, data)


@programme_pages.route("/<code>/edit", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def edit(event: Event, code: str) -> Answer:
    """Change an item."""
    item = known(event, code)
    return _form_page(event, item, item_data(item))


def _form_page(event: Event, item: ProgrammeItem | None, data: dict[str, Any]) -> Answer:
    """The form. `do` says what its button is for: save, check for overlaps, or add the person found."""
    form = ItemForm(data=data).prepare(event, places.venues(), queries.tracks(event), queries.groups(event))
    step = request.form.get("do", "save")
    if form.is_submitted() and step == "add":
        form.person.validate(form)
        form.take_in()
        return _page(event, item, form)
    if form.is_submitted() and step == "check":
        fine = form.validate()
        form.take_in()
        return _page(event, item, form, checked=fine)

    def store() -> ProgrammeItem:
        form.take_in()
        if item:
            return service.edit_item(item, form.given(), actor=actor(), now=clock.now())
        return service.create_item(event, form.given(), actor=actor(), now=clock.now())

    if kept := saved(form, store):
        tell_saved(len(overlaps_of(kept)))
        return redirect(url_for("programme.show", slug=event.slug, code=kept.code), 303)
    return _page(event, item, form)


def _page(event: Event, item: ProgrammeItem | None, form: ItemForm, *, checked: bool = False) -> Answer:
    found = overlaps_if(event, item.code if item else NEW, form.when, *form.where, form.needed)
    return shown(form, "programme/edit.html", event=event, item=item, overlaps=found, checked=checked)


def tell_saved(count: int) -> None:
    """Say that an item is saved, and that it overlaps where it does."""
    if not count:
        flash(gettext("The item is saved."), "success")
        return
    warning = ngettext(
        "The item is saved. It overlaps with something else: see below.",
        "The item is saved. It overlaps %(num)d times: see below.",
        count,
    )
    flash(warning, "warning")


def _act(event: Event, code: str, deed: Callable[..., object], said: str) -> Response:
    item = known(event, code)
    done(lambda: deed(item, actor=actor(), now=clock.now()), said)
    return redirect(url_for("programme.show", slug=event.slug, code=code), 303)


@programme_pages.post("/<code>/cancel")
@for_event(Permission.EDIT_PROGRAMME)
def cancel(event: Event, code: str) -> Response:
    """Call an item off."""
    return _act(event, code, service.cancel_item, gettext("The item is cancelled."))


@programme_pages.post("/<code>/restore")
@for_event(Permission.EDIT_PROGRAMME)
def restore(event: Event, code: str) -> Response:
    """Let it take place after all."""
    return _act(event, code, service.restore_item, gettext("The item takes place after all."))


@programme_pages.post("/<code>/delete")
@for_event(Permission.EDIT_PROGRAMME)
def delete(event: Event, code: str) -> Response:
    """Strike an item of a draft."""
    item = known(event, code)
    said = gettext("The item is removed.")
    if done(lambda: service.delete_item(item, actor=actor(), now=clock.now()), said):
        return redirect(url_for("programme.index", slug=event.slug), 303)
    return redirect(url_for("programme.show", slug=event.slug, code=code), 303)
