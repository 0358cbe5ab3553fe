"""Follow-ups across all instruments: what was promised, by whom, and what was done."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.ceremonies import queries, service
from eventsapp.ceremonies.enums import CommitmentStatus
from eventsapp.ceremonies.forms import CommitmentForm, commitment_data
from eventsapp.ceremonies.models import Commitment, Instrument
from eventsapp.ceremonies.queries import Followed
from eventsapp.ceremonies.views.blueprints import commitment_pages
from eventsapp.ceremonies.views.guarding import enter, for_commitment
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.events import queries as events
from eventsapp.events.models import Event
from eventsapp.events.sight import events_open_to
from eventsapp.people import queries as people
from eventsapp.web.current import actor, identity
from eventsapp.web.guard import require, signed_in
from eventsapp.web.saving import Answer, saved, shown


@commitment_pages.get("/")
@require(Permission.VIEW_REGISTER)
def index() -> str:
    """Those of the events that whoever asks may see and of none: by status, partner and area."""
    family = events.family()
    seen = events_open_to(identity(), family)
    editable = events_open_to(identity(), family, Permission.EDIT_CEREMONY)
    of_none = allows(identity(), Permission.EDIT_REGISTER)
    asked = request.args
    partners = queries.partners(seen)
    wanted = Followed(
        status=next((each for each in CommitmentStatus if each.value == asked.get("status")), None),
        partner=next((each for each in partners if each.code == asked.get("partner")), None),
        area=asked.get("area", "")[:100],
    )
    today = clock.now().date()
    page = queries.commitments(seen, wanted, today, asked.get("after"))
    older = None
    if page.next_cursor:
        kept = {name: value for name in ("status", "partner", "area") if (value := asked.get(name))}
        older = url_for("commitments.index", after=page.next_cursor, **kept)  # type: ignore[arg-type]
    return render_template(
        "ceremonies/commitments.html",
        page=page,
        wanted=wanted,
        partners=partners,
        statuses=list(CommitmentStatus),
        today=today,
        is_late=queries.is_late,
        older=older,
        may_add=of_none,
        may_edit=lambda row: of_none if _event_id(row) is None else _event_id(row) in editable,
    )


def _event_id(commitment: Commitment) -> int | None:
    """As `home_of`, without loading the event."""
    return commitment.instrument.event_id if commitment.instrument else commitment.event_id


@commitment_pages.route("/new", methods=["GET", "POST"])
@signed_in
def create() -> Answer:
    """One more, of an instrument (`?instrument=`), of an event (`?event=`), or of neither."""
    code, slug = request.args.get("instrument", ""), request.args.get("event", "")
    instrument = (queries.instrument_by_code(code) or abort(404)) if code else None
    event = (events.by_slug(slug) or abort(404)) if slug and not code else None
    enter(instrument.event if instrument else event, edit=True)
    return _form_page(None, instrument, event)


@commitment_pages.route("/<code>", methods=["GET", "POST"])
@for_commitment(edit=True)
def edit(commitment: Commitment) -> Answer:
    """Change one, or say what became of it."""
    return _form_page(commitment, commitment.instrument, commitment.event)


def _form_page(commitment: Commitment | None, instrument: Instrument | None, event: Event | None) -> Answer:
    form = CommitmentForm(data=commitment_data(commitment) if commitment else None)
    form.prepare(people.organisations(), instrument, event)

    def store() -> Commitment:
        if commitment:
            return service.edit_commitment(commitment, form.given(), actor=actor(), now=clock.now())
        return service.create_commitment(form.given(), actor=actor(), now=clock.now())

    back = _origin(instrument, event)
    if saved(form, store):
        flash(gettext("The commitment is saved."), "success")
        return redirect(_origin(instrument, event), 303)
    return shown(
        form,
        "ceremonies/commitment.html",
        commitment=commitment,
        instrument=instrument,
        event=instrument.event if instrument else event,
        back=back,
    )


@commitment_pages.post("/<code>/delete")
@for_commitment(edit=True)
def delete(commitment: Commitment) -> Response:
    """Strike one that was entered by mistake."""
    back = _origin(commitment.instrument, commitment.event)
    with transaction():
        service.delete_commitment(commitment, actor=actor(), now=clock.now())
    flash(gettext("The commitment is removed."), "success")
    return redirect(back, 303)


def _origin(instrument: Instrument | None, event: Event | None) -> str:
    """The page on which a commitment is seen."""
    if instrument:
        return url_for("instruments.show", code=instrument.code, _anchor="commitments")
    if event and event.kind.value == "signing":
        return url_for("ceremony.index", slug=event.slug, _anchor="commitments")
    return url_for("commitments.index")
