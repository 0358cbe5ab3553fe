"""The tracks and groups of an event."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.programme import queries, strands
from eventsapp.programme.forms import GroupForm, Part, TrackForm
from eventsapp.programme.models import ParticipantGroup, Track
from eventsapp.programme.views.blueprint import programme_pages
from eventsapp.programme.views.overview import may_edit
from eventsapp.web.current import actor
from eventsapp.web.errors import message_of


@programme_pages.get("/strands")
@for_event(Permission.VIEW_EVENT)
def strands_page(event: Event) -> str:
    """All tracks and groups."""
    return render_template(
        "programme/strands.html",
        event=event,
        tracks=queries.tracks(event),
        groups=queries.groups(event),
        may_edit=may_edit(event),
    )


def _done(event: Event, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("programme.strands_page", slug=event.slug), 303)


@programme_pages.route("/tracks/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def create_track(event: Event) -> str | Response | tuple[str, int]:
    """One more track."""
    return _track_page(event, None)


@programme_pages.route("/tracks/<code>", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def edit_track(event: Event, code: str) -> str | Response | tuple[str, int]:
    """Change a track."""
    return _track_page(event, queries.track_of(event, code) or abort(404))


def _track_page(event: Event, track: Track | None) -> str | Response | tuple[str, int]:
    form = TrackForm(data={"names": track.names, "colour": track.colour} if track else None)
    form.names.offer(event.languages)
    if form.validate_on_submit():
        given = {"names": form.names.data, "colour": form.colour.data}
        try:
            with transaction():
                if track:
                    strands.edit_track(track, **given, actor=actor(), now=clock.now())
                else:
                    strands.create_track(event, **given, actor=actor(), now=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            return _done(event, gettext("The track is saved."))
    page = render_template("programme/track.html", event=event, form=form, track=track)
    return (page, 422) if form.is_submitted() else page


@programme_pages.post("/tracks/<code>/delete")
@for_event(Permission.EDIT_PROGRAMME)
def delete_track(event: Event, code: str) -> Response:
    """Strike a track; its items stay."""
    return _delete(event, queries.track_of(event, code) or abort(404))


@programme_pages.route("/groups/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def create_group(event: Event) -> str | Response | tuple[str, int]:
    """One more group."""
    return _group_page(event, None)


@programme_pages.route("/groups/<code>", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def edit_group(event: Event, code: str) -> str | Response | tuple[str, int]:
    """Change a group."""
    return _group_page(event, queries.group_of(event, code) or abort(404))


def _group_page(event: Event, group: ParticipantGroup | None) -> str | Response | tuple[str, int]:
    people = [Part(person) for person in group.people] if group else []
    form = GroupForm(data={"names": group.names if group else {}, "people": people})
    form.names.offer(event.languages)
    form.offer_roles()
    if form.is_submitted() and request.form.get("do") == "add":
        fine = form.person.validate(form)
        form.take_in()
        return _group_form(event, group, form), 200 if fine else 422
    if form.validate_on_submit():
        form.take_in()
        try:
            _save_group(event, group, form)
        except DomainError as error:
            form.refuse(error)
        else:
            return _done(event, gettext("The group is saved."))
    page = _group_form(event, group, form)
    return (page, 422) if form.is_submitted() else page


def _group_form(event: Event, group: ParticipantGroup | None, form: GroupForm) -> str:
    return render_template("programme/group.html", event=event, form=form, group=group)


def _save_group(event: Event, group: ParticipantGroup | None, form: GroupForm) -> None:
    people = [part.person for part in form.people.data]
    with transaction():
        if group:
            strands.edit_group(group, names=form.names.data, people=people, actor=actor(), now=clock.now())
        else:
            strands.create_group(event, names=form.names.data, people=people, actor=actor(), now=clock.now())


@programme_pages.post("/groups/<code>/delete")
@for_event(Permission.EDIT_PROGRAMME)
def delete_group(event: Event, code: str) -> Response:
    """Strike a group."""
    return _delete(event, queries.group_of(event, code) or abort(404))


def _delete(event: Event, strand: Track | ParticipantGroup) -> Response:
    try:
        with transaction():
            if isinstance(strand, Track):
                strands.delete_track(strand, actor=actor(), now=clock.now())
            else:
                strands.delete_group(strand, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
        return redirect(url_for("programme.strands_page", slug=event.slug), 303)
    return _done(event, gettext("It is removed."))
