"""Instruments: the register, one of them, and its status."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.ceremonies import life, queries, service
from eventsapp.ceremonies.enums import InstrumentStatus
from eventsapp.ceremonies.forms import InstrumentForm, StatusForm, instrument_data
from eventsapp.ceremonies.models import Instrument
from eventsapp.ceremonies.queries import Wanted
from eventsapp.ceremonies.readiness import points
from eventsapp.ceremonies.views.blueprints import instrument_pages
from eventsapp.ceremonies.views.guarding import enter, for_instrument
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.events import queries as events
from eventsapp.events.models import Event
from eventsapp.events.sight import events_open_to
from eventsapp.web.current import actor, identity
from eventsapp.web.errors import message_of
from eventsapp.web.guard import require, signed_in
from eventsapp.web.saving import Answer, saved, shown


@instrument_pages.get("/")
@require(Permission.VIEW_REGISTER)
def index() -> str:
    """The register: instruments of the events that whoever asks may see, and those of none."""
    seen = events_open_to(identity(), events.family())
    partners = queries.partners(seen)
    wanted = Wanted(
        status=next((each for each in InstrumentStatus if each.value == request.args.get("status")), None),
        partner=next((each for each in partners if each.code == request.args.get("partner")), None),
    )
    page = queries.register(seen, wanted, request.args.get("after"))
    older = None
    if page.next_cursor:
        kept = {name: value for name in ("status", "partner") if (value := request.args.get(name))}
        older = url_for("instruments.index", after=page.next_cursor, **kept)  # type: ignore[arg-type]
    return render_template(
        "ceremonies/register.html",
        page=page,
        open_commitments=queries.open_commitments([row.id for row in page.items]),
        partners=partners,
        wanted=wanted,
        statuses=list(InstrumentStatus),
        older=older,
        may_add=allows(identity(), Permission.EDIT_REGISTER),
    )


@instrument_pages.route("/new", methods=["GET", "POST"])
@signed_in
def create() -> Answer:
    """A new instrument, of an event (`?event=`) or of none."""
    slug = request.args.get("event", "")
    event = (events.by_slug(slug) or abort(404)) if slug else None
    enter(event, edit=True)
    form = _form(None, event)
    if made := saved(form, lambda: service.create_instrument(form.given(), actor=actor(), now=clock.now())):
        flash(gettext("The instrument is entered. Add its parties next."), "success")
        return redirect(url_for("instruments.show", code=made.code), 303)
    return shown(form, "ceremonies/instrument_edit.html", instrument=None, event=event)


def _form(instrument: Instrument | None, event: Event | None) -> InstrumentForm:
    """The form with the events whose ceremony whoever asks may edit; the present one can always stay."""
    family = events.family()
    editable = events_open_to(identity(), family, Permission.EDIT_CEREMONY)
    offered = list(events.choosable(editable))
    if event and event not in offered:
        offered.insert(0, event)
    data = instrument_data(instrument) if instrument else {"event": event.slug if event else ""}
    without = allows(identity(), Permission.EDIT_REGISTER) or event is None
    signed = instrument is not None and life.is_signed(instrument.status)
    form = InstrumentForm(data=data).prepare(offered, without=without, signed=signed)
    if event:
        for field in (form.title, form.place, form.duration):
            field.offer(event.languages)
    return form


@instrument_pages.get("/<code>")
@for_instrument()
def show(instrument: Instrument) -> str:
    """One, with all that belongs to it."""
    return render_template(
        "ceremonies/instrument.html",
        instrument=instrument,
        event=instrument.event,
        points=points(instrument),
        today=clock.now().date(),
        is_late=queries.is_late,
        following=life.following(instrument.status),
        is_signed=life.is_signed(instrument.status),
    )


@instrument_pages.route("/<code>/edit", methods=["GET", "POST"])
@for_instrument(edit=True)
def edit(instrument: Instrument) -> Answer:
    """Change what is said of it."""
    form = _form(instrument, instrument.event)
    if saved(form, lambda: service.edit_instrument(instrument, form.given(), actor=actor(), now=clock.now())):
        flash(gettext("The instrument is saved."), "success")
        return _shown(instrument)
    return shown(form, "ceremonies/instrument_edit.html", instrument=instrument, event=instrument.event)


@instrument_pages.route("/<code>/status", methods=["GET", "POST"])
@for_instrument(edit=True)
def status(instrument: Instrument) -> Answer:
    """Pass it on to another status."""
    form = StatusForm().prepare(instrument.status)

    def store() -> Instrument:
        return service.change_status(instrument, **form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The status is changed."), "success")
        return _shown(instrument)
    return shown(
        form,
        "ceremonies/status.html",
        instrument=instrument,
        event=instrument.event,
        points=points(instrument),
    )


@instrument_pages.post("/<code>/delete")
@for_instrument(edit=True)
def delete(instrument: Instrument) -> Response:
    """Strike one that was never signed."""
    slug = instrument.event.slug if instrument.event else None
    try:
        with transaction():
            service.delete_instrument(instrument, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
        return _shown(instrument)
    flash(gettext("The instrument is removed."), "success")
    where = url_for("ceremony.index", slug=slug) if slug else url_for("instruments.index")
    return redirect(where, 303)


def _shown(instrument: Instrument) -> Response:
    return redirect(url_for("instruments.show", code=instrument.code), 303)
