"""New people on a desk's list: one by a form, or many from a spreadsheet, looked at before they are named."""

from collections.abc import Sequence
from dataclasses import replace

from flask import flash, request
from flask_babel import gettext, ngettext

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import Conflict, DomainError
from eventsapp.core.text import N_
from eventsapp.focal import pasting, queries, service
from eventsapp.focal.forms import NamingForm, PastingForm
from eventsapp.focal.models import FocalPoint
from eventsapp.focal.names import NewName
from eventsapp.focal.pasting import Pasted, Row
from eventsapp.focal.service import LineRefused
from eventsapp.focal.views.blueprint import desk_pages, enter
from eventsapp.focal.views.person import back
from eventsapp.printing.fonts import missing_glyphs
from eventsapp.web.current import actor
from eventsapp.web.errors import message_of
from eventsapp.web.forms import Form
from eventsapp.web.guard import by_token
from eventsapp.web.saving import Answer, saved, shown


@desk_pages.route("/name", methods=["GET", "POST"])
@by_token
def name_one(token: str) -> Answer:
    """One person."""
    point = enter(token)
    form = NamingForm()
    form.offer(queries.quotas(point))
    if saved(form, lambda: _name_one(point, form)):
        flash(gettext("%(name)s is on your list.", name=form.name.data), "success")
        return back(token)
    return shown(form, "focal/name.html", point=point, event=point.event, token=token)


def _name_one(point: FocalPoint, form: NamingForm) -> bool:
    try:
        named = _named(point, form, [form.given()])
    except LineRefused as error:  # there is one line only: what is wrong stands at its field
        raise error.cause from error
    if not named:
        raise Conflict(N_("Somebody of this name or address is on your list already."), field="name")
    return True


@desk_pages.route("/paste", methods=["GET", "POST"])
@by_token
def paste(token: str) -> Answer:
    """Many: first shown as they were understood, then named, all or nobody."""
    point = enter(token)
    form = PastingForm()
    form.offer(queries.quotas(point))
    if not form.validate_on_submit():
        return shown(form, "focal/paste.html", point=point, event=point.event, token=token)
    pasted = pasting.read(form.text.data, queries.listed_names(point))
    if not pasted.rows:
        form.text.errors = [gettext("No name was found in what you pasted.")]
        return shown(form, "focal/paste.html", point=point, event=point.event, token=token)
    ticked = request.form.getlist("line")
    if "named" in request.form and _store(point, form, _chosen(pasted, ticked)):
        return back(token)
    return shown(
        form,
        "focal/preview.html",
        point=point,
        event=point.event,
        token=token,
        pasted=pasted,
        ticked=_ticked(pasted, ticked) if "named" in request.form else _proposed(pasted),
        unprintable={row.given.line: _unprintable(row) for row in pasted.rows if _unprintable(row)},
    )


def _store(point: FocalPoint, form: PastingForm, people: Sequence[NewName]) -> bool:
    try:
        with transaction():
            _named(point, form, people)
    except DomainError as error:
        _refuse(form, error)
        return False
    number = len(people)
    flash(ngettext("One person is on your list.", "%(num)s people are on your list.", number), "success")
    return True


def _named(point: FocalPoint, form: NamingForm | PastingForm, people: Sequence[NewName]) -> int:
    named = service.name_people(
        point, form.chosen, people, accept=form.accept.data, actor=actor(), now=clock.now()
    )
    return len(named)


def _refuse(form: Form, error: DomainError) -> None:
    """A refused line is named with its reason, both in the reader's language."""
    if isinstance(error, LineRefused):
        cause = message_of(error.cause)
        said = gettext("Line %(line)s (%(who)s): %(cause)s", line=error.line, who=error.who, cause=cause)
        form.form_errors.append(said)
        form.form_errors.append(gettext("Nobody was named."))
    else:
        form.refuse(error)


def _chosen(pasted: Pasted, ticked: Sequence[str]) -> list[NewName]:
    lines, again = _ticked(pasted, ticked), request.form.getlist("again")
    return [
        replace(row.given, again=str(row.given.line) in again)
        for row in pasted.rows
        if row.given.line in lines
    ]


def _ticked(pasted: Pasted, ticked: Sequence[str]) -> set[int]:
    return {row.given.line for row in pasted.rows if str(row.given.line) in ticked}


def _proposed(pasted: Pasted) -> set[int]:
    """At first everybody who is not named already."""
    return {row.given.line for row in pasted.rows if not row.is_doubtful}


def _unprintable(row: Row) -> str:
    return " ".join(sorted(missing_glyphs(row.given.name)))
