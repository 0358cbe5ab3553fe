"""Another time or place for an item."""

from flask import redirect, request, url_for

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.places import queries as places
from eventsapp.programme import service
from eventsapp.programme.forms import MoveForm, place_of
from eventsapp.programme.models import ProgrammeItem
from eventsapp.programme.views.blueprint import programme_pages
from eventsapp.programme.views.items import known, overlaps_if, overlaps_of, tell_saved
from eventsapp.programme.views.naming import Overlap
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, saved, shown


@programme_pages.route("/<code>/move", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def move(event: Event, code: str) -> Answer:
    """The form for it; `do` is check or save."""
    item = known(event, code)
    same = {name: getattr(item, name) for name in ("starts_local", "ends_local", "timezone")}
    form = MoveForm(data={**same, "room": place_of(item)}).prepare(event, places.venues())
    checked = request.form.get("do") == "check"

    def store() -> ProgrammeItem:
        return service.move_item(item, **form.given(), actor=actor(), now=clock.now())

    if checked:
        form.validate()
    elif saved(form, store):
        tell_saved(len(overlaps_of(item)))
        return redirect(url_for("programme.show", slug=event.slug, code=code), 303)
    return shown(
        form,
        "programme/move.html",
        event=event,
        item=item,
        overlaps=_overlaps(event, item, form),
        checked=checked,
    )


def _overlaps(event: Event, item: ProgrammeItem, form: MoveForm) -> list[Overlap]:
    given = form.given()
    people = [part.person for part in item.participations]
    people += [person for group in item.groups for person in group.people]
    return overlaps_if(event, item.code, given, given["room"], given["venue"], people)
