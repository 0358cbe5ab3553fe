"""The guest list, the waiting list, the answers by item, and a new guest."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.events import queries as events
from eventsapp.events.desk import for_event, may
from eventsapp.events.enums import EventState
from eventsapp.events.models import Category, Event
from eventsapp.jobs.service import enqueue
from eventsapp.people import queries as people
from eventsapp.people.forms import titled
from eventsapp.people.models import Person
from eventsapp.people.service import NameInput
from eventsapp.rsvps import answers as answered
from eventsapp.rsvps import jobs, queries, roll, seats, service, terms
from eventsapp.rsvps.enums import GuestState, ReplyMode
from eventsapp.rsvps.forms import NewGuestForm, language_options, options
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service.waiting import HIGHEST
from eventsapp.rsvps.views.answers import choices_of
from eventsapp.rsvps.views.blueprint import guest_pages
from eventsapp.web.current import actor
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form, LineField
from eventsapp.web.saving import Answer, saved, shown


@guest_pages.get("/")
@for_event(Permission.VIEW_GUESTS)
def index(event: Event) -> str:
    """The guests in the order of their names, searched and filtered."""
    categories = events.categories(event)
    asked = request.args
    state = next((known for known in GuestState if known.value == asked.get("state")), None)
    category = next((known for known in categories if known.code == asked.get("category")), None)
    found = roll.page(
        event,
        text=asked.get("q", "")[:200],
        state=state,
        category=category,
        bounced=bool(asked.get("bounced")),
        after=asked.get("after"),
    )
    return render_template(
        "rsvps/guests.html",
        event=event,
        page=found,
        states=list(GuestState),
        state=state,
        categories=categories,
        category=category,
        counts=roll.counts(event),
        older=_next_page(event, found.next_cursor),
        may=may,
    )


def _next_page(event: Event, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    kept = {key: value for key in ("q", "state", "category", "bounced") if (value := request.args.get(key))}
    return url_for("guests.index", slug=event.slug, after=cursor, **kept)  # type: ignore[arg-type]


@guest_pages.get("/waiting")
@for_event(Permission.VIEW_GUESTS)
def waiting(event: Event) -> str:
    """Whoever waits, in order."""
    return render_template(
        "rsvps/waiting.html",
        event=event,
        guests=roll.waiting(event),
        replies=roll.waiting_for_items(event),
        offered=roll.offered(event),
        unseated=roll.without_kept_seat(event) if _keeps_seats(event) else (),
        left=seats.left(event),
        counts=roll.counts(event),
        may=may,
    )


def _keeps_seats(event: Event) -> bool:
    held = terms.of(event.id)
    return held.mode is ReplyMode.REGRETS_ONLY or (held.holds_seats and held.holds_released_at is None)


class PriorityForm(Form):
    """Who comes before whom on the waiting list, and why."""

    priority = IntegerField(lazy_gettext("Precedence"), validators=[InputRequired()])
    reason = LineField(lazy_gettext("Reason, for the record"), limit=300)


@guest_pages.route("/<code>/priority", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def prioritise(event: Event, code: str) -> Answer:
    """Let a waiting guest come before others, or after them, for a stated reason."""
    guest = roll.guest_of(event, code) or abort(404)
    form = PriorityForm(data={"priority": guest.waiting_priority, "reason": guest.waiting_reason})

    def store() -> Guest:
        return service.prioritise(guest, form.priority.data, form.reason.data, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The waiting list is ordered anew."), "success")
        return redirect(url_for("guests.waiting", slug=event.slug), 303)
    place = queries.place_in_line(guest)
    return shown(form, "rsvps/priority.html", event=event, guest=guest, place_in_line=place, most=HIGHEST)


@guest_pages.get("/answers")
@for_event(Permission.VIEW_GUESTS)
def answers(event: Event) -> str:
    """How many answered what, for the event and for each item."""
    return render_template(
        "rsvps/answers.html",
        event=event,
        items=roll.item_counts(event),
        counts=roll.counts(event),
        questions=answered.counts(event) if may(Permission.VIEW_GUEST_DETAILS) else [],
        choices_of=choices_of,
        may=may,
    )


@guest_pages.post("/waiting/offer")
@for_event(Permission.EDIT_GUESTS)
def offer(event: Event) -> Response:
    """Give free seats to whoever waits."""
    with transaction():
        given = service.offer_free_seats(event, now=clock.now())
    flash(gettext("Seats given from the waiting list: %(number)s", number=given), "success")
    return redirect(url_for("guests.waiting", slug=event.slug), 303)


@guest_pages.post("/invite-all")
@for_event(Permission.SEND_INVITATIONS)
def invite_all(event: Event) -> Response:
    """Invite everybody who is only on the list; the worker does it, a portion at a time."""
    if event.state is EventState.PUBLISHED:
        with transaction():
            enqueue(jobs.INVITE_ALL, now=clock.now(), event_id=event.id, staff_id=actor().id)
        flash(
            gettext("The invitations are on their way. Reload this page to see how far they are."), "success"
        )
    else:
        flash(gettext("Publish this event before you invite guests to it."), "error")
    return redirect(url_for("guests.index", slug=event.slug), 303)


@guest_pages.route("/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def create(event: Event) -> Answer:
    """Somebody from the directory, or a new name."""
    person = people.person_by_code(request.args.get("person", ""))
    form = _new_guest_form(event, person)
    invites = form.invite.data and may(Permission.SEND_INVITATIONS)

    def store() -> Guest:
        guest = _add(event, person, form)
        if invites:
            service.invite(guest, actor=actor(), now=clock.now())
        return guest

    if guest := saved(form, store):
        flash(
            gettext("The guest is invited.") if invites else gettext("The guest is on the list."), "success"
        )
        return redirect(url_for("guests.show", slug=event.slug, code=guest.code), 303)
    text = request.args.get("q", "")[:200]
    return shown(
        form,
        "rsvps/new_guest.html",
        event=event,
        person=person,
        text=text,
        found=people.search_people(text) if text else [],
        may=may,
    )


def _new_guest_form(event: Event, person: Person | None) -> NewGuestForm:
    form = NewGuestForm()
    categories = events.categories(event)
    if not categories:
        abort(409)
    form.category.choices = category_options(categories)
    form.language.choices = language_options(event.languages)
    form.name_language.choices = [SelectChoice("", gettext("Not stated")), *form.language.choices]
    form.affiliation.choices = affiliation_options(person)
    if person is None:
        form.name.validators = [InputRequired(gettext("Please give a name.")), *form.name.validators]
        form.name.flags.required = True
    if not form.is_submitted() and person is not None and person.languages:
        offered = {choice.value for choice in form.language.choices}
        form.language.data = next((tag for tag in person.languages if tag in offered), None)
    return form


def category_options(categories: Sequence[Category]) -> list[SelectChoice]:
    """An event's categories, to choose one."""
    return options((known.code, tx_plain(known.names)) for known in categories)


def affiliation_options(person: Person | None) -> list[SelectChoice]:
    """A person's titles, to choose the one that applies."""
    held = person.affiliations if person else []
    return options([("", gettext("None")), *((title.code, titled(title)) for title in held)])


def _add(event: Event, person: Person | None, form: NewGuestForm) -> Guest:
    category = next(known for known in events.categories(event) if known.code == form.category.data)
    common = {
        "category": category,
        "email": form.email.data or "",
        "language": form.language.data,
        "companions_allowed": form.companions_allowed.data,
        "actor": actor(),
        "now": clock.now(),
    }
    if person is None:
        name = NameInput(form.name.data, language=form.name_language.data or "")
        return service.add_new_guest(event, [name], **common)
    chosen = next((held for held in person.affiliations if held.code == form.affiliation.data), None)
    return service.add_guest(event, person, affiliation=chosen, **common)
