"""Sections: parts of a form with a heading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.maps import clean_map
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.questions import queries
from eventsapp.questions.models import Section
from eventsapp.questions.service.holding import hold


@dataclass(frozen=True, kw_only=True)
class SectionInput:
    """A section as entered."""

    title: Mapping[str, str]
    intro: Mapping[str, str] = field(default_factory=dict)


def create_section(
    event: Event, given: SectionInput, *, source: Source = Source.ENTERED, actor: Actor, now: datetime
) -> Section:
    """A section after the others."""
    hold(event)
    last = max((section.position for section in queries.sections(event)), default=-1)
    section = Section(event=event, source=source, position=last + 1)
    db.session.add(section)
    return _filled(section, given, "section.created", actor, now)


def edit_section(section: Section, given: SectionInput, *, actor: Actor, now: datetime) -> Section:
    """Change what stands above the section's questions."""
    hold(section.event, section)
    return _filled(section, given, "section.edited", actor, now)


def remove_section(section: Section, *, actor: Actor, now: datetime) -> None:
    """Strike a section; refused (`Conflict`) while it has questions, retired ones among them."""
    hold(section.event, section)
    event = section.event
    if any(question.section_id == section.id for question in queries.questions(event)):
        raise Conflict(N_("Move this section’s questions to another one first."))
    section_id = section.id
    db.session.delete(section)
    db.session.flush()
    record("section.removed", "section", section_id, actor=actor, now=now, event_id=event.id)


def _filled(section: Section, given: SectionInput, action: str, actor: Actor, now: datetime) -> Section:
    section.title = clean_map(given.title, field="title", required=True)
    section.intro = clean_map(given.intro, field="intro", limit=2000, multiline=True)
    db.session.flush()
    record(action, "section", section.id, actor=actor, now=now, event_id=section.event_id)
    return section
