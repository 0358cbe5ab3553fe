"""The tracks and groups of an event."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.programme import queries, strands
from eventsapp.programme.forms import GroupForm, Part, TrackForm
from eventsapp.programme.models import ParticipantGroup, Track
from eventsapp.programme.views.blueprint import programme_pages
from eventsapp.programme.views.overview import may_edit
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, done, saved, shown


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


def _back(event: Event) -> Response:
    return redirect(url_for("programme.strands_page", slug=event.slug), 303)


@programme_pages.route("/tracks/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def create_track(event: Event) -> Answer:
    """One more track."""
    return _track_page(event, None)


@programme_pages.route("/tracks/<code>", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def edit_track(event: Event, code: str) -> Answer:
    """Change a track."""
    return _track_page(event, queries.track_of(event, code) or abort(404))


def _track_page(event: Event, track: Track | None) -> Answer:
    form = TrackForm(data={"names": track.names, "colour": track.colour} if track else None)
    form.names.offer(event.languages)

    def store() -> Track:
        given = {"names": form.names.data, "colour": form.colour.data}
        if track:
            return strands.edit_track(track, **given, actor=actor(), now=clock.now())
        return strands.create_track(event, **given, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The track is saved."), "success")
        return _back(event)
    return shown(form, "programme/track.html", event=event, track=track)


@programme_pages.post("/tracks/<code>/delete")
@for_event(Permission.EDIT_PROGRAMME)
def delete_track(event: Event, code: str) -> Response:
    """Strike a track; its items stay."""
    return _delete(event, queries.track_of(event, code) or abort(404))


@programme_pages.route("/groups/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def create_group(event: Event) -> Answer:
    """One more group."""
    return _group_page(event, None)


@programme_pages.route("/groups/<code>", methods=["GET", "POST"])
@for_event(Permission.EDIT_PROGRAMME)
def edit_group(event: Event, code: str) -> Answer:
    """Change a group."""
    return _group_page(event, queries.group_of(event, code) or abort(404))


def _group_page(event: Event, group: ParticipantGroup | None) -> Answer:
    people = [Part(person) for person in group.people] if group else []
    form = GroupForm(data={"names": group.names if group else {}, "people": people})
    form.names.offer(event.languages)
    form.offer_roles()
    if form.is_submitted() and request.form.get("do") == "add":
        form.person.validate(form)
        form.take_in()
        return shown(form, "programme/group.html", event=event, group=group)

    def store() -> ParticipantGroup:
        form.take_in()
        names, people = form.names.data, [part.person for part in form.people.data]
        if group:
            return strands.edit_group(group, names=names, people=people, actor=actor(), now=clock.now())
        return strands.create_group(event, names=names, people=people, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The group is saved."), "success")
        return _back(event)
    return shown(form, "programme/group.html", event=event, group=group)


@programme_pages.post("/groups/<code>/delete")
@for_event(Permission.EDIT_PROGRAMME)
def delete_group(event: Event, code: str) -> Response:
    """Strike a group."""
    return _delete(event, queries.group_of(event, code) or abort(404))


def _delete(event: Event, strand: Track | ParticipantGroup) -> Response:
    def delete() -> None:
        if isinstance(strand, Track):
            strands.delete_track(strand, actor=actor(), now=clock.now())
        else:
            strands.delete_group(strand, actor=actor(), now=clock.now())

    done(delete, gettext("It is removed."))
    return _back(event)
