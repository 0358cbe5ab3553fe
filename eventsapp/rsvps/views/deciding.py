"""Decide: everything that waits for the organiser, agreed to or refused, one by one or many at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Conflict, DomainError
from eventsapp.core.text import N_
from eventsapp.events import overview
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.events.overview import Step
from eventsapp.questions.forms.wording import words_of
from eventsapp.rsvps import deciding, own_page
from eventsapp.rsvps.deciding import Line
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.rsvps.service import approving, proposals
from eventsapp.rsvps.views.blueprint import reply_pages
from eventsapp.web.current import actor
from eventsapp.web.errors import message_of
from eventsapp.web.filters import tx
from eventsapp.web.forms import Form, LineField
from eventsapp.web.words import word


class DecideForm(Form):
    """Reasons that go with a decision."""

    public_reason = LineField(lazy_gettext("What the guest is told"), limit=300)
    private_reason = LineField(lazy_gettext("Reason for the record, which staff alone see"), limit=300)


@reply_pages.get("/decide")
@for_event(Permission.DECIDE_REPLIES)
def decide(event: Event) -> str:
    """Everything that waits, who asked, and what would change."""
    return _page(event, DecideForm(formdata=None))


@reply_pages.post("/decide")
@for_event(Permission.DECIDE_REPLIES)
def decided(event: Event) -> Response | tuple[str, int]:
    """Agree to what was ticked, refuse it, or ask for more; each by itself: one holds up no other."""
    form = DecideForm()
    deed, ticks = _DEEDS.get(request.form.get("deed", "")), _ticked(event, request.form.getlist("pick"))
    if form.validate_on_submit() and (deed is None or not ticks):
        form.form_errors.append(gettext("Please tick what you decide about."))
    if form.errors or deed is None:
        return _page(event, form), 422
    for tick in ticks:
        try:
            with transaction():
                deed(tick, form)
        except DomainError as error:
            form.form_errors.append(f"{tick.name}: {message_of(error)}")
    done = len(ticks) - len(form.form_errors)
    if done:
        flash(ngettext("One decision is stored.", "%(num)s decisions are stored.", done), "success")
    if form.errors:
        return _page(event, form), 422
    return redirect(url_for("replies.decide", slug=event.slug), 303)


@dataclass(frozen=True)
class Tick:
    """One thing that was ticked: a proposal, or the guest whose registration waits."""

    name: str
    kind: type[Proposal | Guest]
    id: int

    def row(self) -> Any:
        """It, as it is now."""
        return db.session.get_one(self.kind, self.id)


def _ticked(event: Event, picks: Sequence[str]) -> list[Tick]:
    """Of what was ticked, what still waits in this event."""
    found = {
        pending.proposal.code: Tick(pending.proposal.guest.person.display_name, Proposal, pending.proposal.id)
        for pending in deciding.proposals_of(event)
    }
    found |= {
        waiting.guest.code: Tick(waiting.guest.person.display_name, Guest, waiting.guest.id)
        for waiting in deciding.registrations_of(event)
    }
    return [found[code] for code in dict.fromkeys(picks) if code in found]


def _agree(tick: Tick, form: DecideForm) -> None:
    act = proposals.agree if tick.kind is Proposal else approving.approve_registration
    act(tick.row(), private_reason=form.private_reason.data, actor=actor(), now=clock.now())


def _refuse(tick: Tick, form: DecideForm) -> None:
    act = proposals.refuse if tick.kind is Proposal else approving.refuse_registration
    act(
        tick.row(),
        public_reason=form.public_reason.data,
        private_reason=form.private_reason.data,
        actor=actor(),
        now=clock.now(),
    )


def _ask(tick: Tick, form: DecideForm) -> None:
    if tick.kind is Guest:
        approving.ask(tick.row(), form.public_reason.data, actor=actor(), now=clock.now())
    else:
        raise Conflict(N_("Only who has handed in a registration can be asked for more."))


_DEEDS: Mapping[str, Callable[[Tick, DecideForm], None]] = {"agree": _agree, "refuse": _refuse, "ask": _ask}


def _page(event: Event, form: DecideForm) -> str:
    waiting = deciding.proposals_of(event)
    return render_template(
        "rsvps/decide.html",
        event=event,
        form=form,
        proposals=waiting,
        named=own_page.focal_points(waiting[0].proposal.guest) if waiting else {},
        registrations=deciding.registrations_of(event),
        ticked=request.form.getlist("pick"),
        details=may(Permission.VIEW_GUEST_DETAILS),
        said=_said,
        label=_label,
        may=may,
    )


def _label(line: Line) -> object:
    return gettext(line.label) if isinstance(line.label, str) else tx(line.label)


def _said(line: Line, value: Any) -> object:
    """One side of a line, in the reader's words; empty for nothing."""
    if value is None or value == "":
        return ""
    if line.question is not None:
        return words_of(line.question, value)
    if isinstance(value, Enum):
        return word(value)
    return tx(value) if isinstance(value, dict) else value


@overview.steps(45, Permission.DECIDE_REPLIES)
def decisions(event: Event) -> Iterator[Step]:
    """Nothing waits for the organiser."""
    if waits := deciding.count(event):
        href = url_for("replies.decide", slug=event.slug)
        text = ngettext("Decide about one request", "Decide about %(num)s requests", waits)
        yield Step(text, done=False, href=href)
