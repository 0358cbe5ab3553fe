"""The organisers' pages about the door: live count, checkpoints, devices, recent attempts."""

from collections.abc import Iterator

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response as Redirect

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.core.links import absolute
from eventsapp.core.text import N_
from eventsapp.devices import queries as devices
from eventsapp.devices import service as pairing
from eventsapp.devices.service import PairingLink
from eventsapp.door import checkpoints, queries
from eventsapp.door.attempts import FLAGGED_DRIFT
from eventsapp.door.forms import CheckpointForm, DeviceForm
from eventsapp.door.models import Checkpoint
from eventsapp.events import overview
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.events.overview import Figure
from eventsapp.places import queries as places
from eventsapp.places.models import Venue
from eventsapp.printing import qr
from eventsapp.web.current import actor, settings
from eventsapp.web.errors import message_of
from eventsapp.web.filters import number
from eventsapp.web.navigation import event_entry

blueprint = Blueprint("door", __name__, url_prefix="/organise/events/<slug>/door")

event_entry(60, N_("Door"), "door.index", Permission.RUN_DOOR)

Page = str | tuple[str, int] | Redirect


@blueprint.get("")
@for_event(Permission.RUN_DOOR)
def index(event: Event) -> str:
    """Everything about the door on one page."""
    doors = queries.checkpoints(event.id)
    return render_template(
        "door/index.html",
        event=event,
        counts=queries.counts(event.id),
        checkpoints=doors,
        names={door.id: door.name for door in doors},
        devices=devices.of_event(event.id),
        recent=queries.recent(event.id),
        flagged_ms=FLAGGED_DRIFT.total_seconds() * 1000,
    )


@blueprint.get("/counts.json")
@for_event(Permission.RUN_DOOR)
def counts(event: Event) -> Response:
    """The live count as numbers, for the page that shows it; its keys are the page's."""
    return jsonify({key: number(value) for key, value in _figures(queries.counts(event.id))})


def _figures(found: queries.Counts) -> Iterator[tuple[str, int]]:
    yield "expected", found.expected
    for area in found.areas:
        yield f"inside {area.area}", area.inside
        yield f"entered {area.area}", area.entered
    for place in found.checkpoints:
        for name in ("admitted", "already_in", "left", "refused"):
            yield f"{name} {place.code}", getattr(place, name)


@blueprint.route("/checkpoints/new", methods=["GET", "POST"])
@for_event(Permission.RUN_DOOR)
def create(event: Event) -> Page:
    """One more checkpoint."""
    return _checkpoint_page(event, None)


@blueprint.route("/checkpoints/<code>", methods=["GET", "POST"])
@for_event(Permission.RUN_DOOR)
def edit(event: Event, code: str) -> Page:
    """Change a checkpoint."""
    return _checkpoint_page(event, queries.checkpoint(event.id, code) or abort(404))


def _checkpoint_page(event: Event, checkpoint: Checkpoint | None) -> Page:
    form = CheckpointForm(obj=checkpoint)
    form.offer(_venues(event), checkpoint.zone if checkpoint else None)
    if form.validate_on_submit():
        try:
            with transaction():
                if checkpoint:
                    checkpoints.edit_checkpoint(checkpoint, event, form.given, actor=actor(), now=clock.now())
                else:
                    checkpoints.create_checkpoint(event, form.given, actor=actor(), now=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            return _back(event, gettext("The checkpoint is saved."))
    page = render_template("door/checkpoint.html", event=event, form=form, checkpoint=checkpoint)
    return (page, 422) if form.is_submitted() else page


def _venues(event: Event) -> list[Venue]:
    """The event's own venue first."""
    return sorted(places.venues(), key=lambda venue: venue.id != event.venue_id)


@blueprint.post("/checkpoints/<code>/remove")
@for_event(Permission.RUN_DOOR)
def remove(event: Event, code: str) -> Redirect:
    """Strike a checkpoint that was never used."""
    checkpoint = queries.checkpoint(event.id, code) or abort(404)
    try:
        with transaction():
            checkpoints.remove_checkpoint(checkpoint, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
        return redirect(url_for("door.index", slug=event.slug), 303)
    return _back(event, gettext("The checkpoint is removed."))


@blueprint.route("/devices/new", methods=["GET", "POST"])
@for_event(Permission.RUN_DOOR)
def pair(event: Event) -> Page:
    """A new scanner: its pairing link is shown once, in answer to the form."""
    form = DeviceForm()
    form.offer(queries.checkpoints(event.id))
    if form.validate_on_submit():
        try:
            with transaction():
                link = pairing.create_pairing(
                    event.id, form.chosen, name=form.name.data, actor=actor(), now=clock.now()
                )
        except DomainError as error:
            form.refuse(error)
        else:
            return _link_page(event, link)
    page = render_template("door/device.html", event=event, form=form)
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/devices/<code>/link")
@for_event(Permission.RUN_DOOR)
def renew(event: Event, code: str) -> Page:
    """Another pairing link for a device that lost its own."""
    device = devices.by_code(event.id, code) or abort(404)
    try:
        with transaction():
            link = pairing.renew_pairing(device, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
        return redirect(url_for("door.index", slug=event.slug), 303)
    return _link_page(event, link)


def _link_page(event: Event, link: PairingLink) -> str:
    address = absolute(settings().base_url, url_for("door_app.pair", token=link.token))
    drawing = Markup(qr.svg(address, gettext("QR code of the pairing link"), millimetres=60))  # noqa: S704 -- ours
    return render_template("door/link.html", event=event, link=link, address=address, drawing=drawing)


@blueprint.post("/devices/<code>/revoke")
@for_event(Permission.RUN_DOOR)
def revoke(event: Event, code: str) -> Redirect:
    """A lost or returned device can call no more."""
    device = devices.by_code(event.id, code) or abort(404)
    with transaction():
        pairing.revoke(device, actor=actor(), now=clock.now())
    return _back(event, gettext("The device is revoked."))


def _back(event: Event, message: str) -> Redirect:
    flash(message, "success")
    return redirect(url_for("door.index", slug=event.slug), 303)


@overview.figures(60, Permission.RUN_DOOR)
def figures(event: Event) -> Iterator[Figure]:
    """How many are inside now, where there is a door."""
    found = queries.counts(event.id)
    if found.checkpoints:
        inside = sum(area.inside for area in found.areas)
        yield Figure(number(inside), gettext("inside now"), href=url_for("door.index", slug=event.slug))
