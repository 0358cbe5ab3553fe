"""Organisations, and the titles that people hold in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.languages import pick
from eventsapp.core.maps import clean_map, searchable
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_, fold
from eventsapp.people.enums import OrganisationKind
from eventsapp.people.models import Affiliation, Organisation, Person

SORT_LIMIT = 200


@dataclass(frozen=True, kw_only=True)
class OrganisationInput:
    """An organisation as entered; `country` is an ISO 3166-1 code, and only where stating it is agreed."""

    names: Mapping[str, str]
    short_names: Mapping[str, str] = field(default_factory=dict)
    kind: OrganisationKind = OrganisationKind.OTHER
    country: str = ""
    founded_on: date | None = None
    parent: Organisation | None = None


@dataclass(frozen=True, kw_only=True)
class AffiliationInput:
    """A title in an organisation, for a period; either may be missing, not both."""

    title: Mapping[str, str] = field(default_factory=dict)
    organisation: Organisation | None = None
    begins_on: date | None = None
    ends_on: date | None = None


def create_organisation(
    given: OrganisationInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Organisation:
    """A new organisation with its official name in one language at least."""
    organisation = Organisation(source=source, source_reference=source_reference, created_at=now)
    _fill(organisation, given)
    db.session.add(organisation)
    db.session.flush()
    audit.record("organisation.created", "organisation", organisation.id, actor=actor, now=now)
    return organisation


def edit_organisation(
    organisation: Organisation, given: OrganisationInput, *, actor: Actor, now: datetime
) -> Organisation:
    """Change an organisation. Refuses (`Invalid`) to make it a part of itself."""
    _fill(organisation, given)
    db.session.flush()
    audit.record("organisation.edited", "organisation", organisation.id, actor=actor, now=now)
    return organisation


def _fill(organisation: Organisation, given: OrganisationInput) -> None:
    country = given.country.strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise Invalid(N_("A country is named by two letters, such as TW or UA."), field="country")
    _refuse_circle(organisation, given.parent)
    organisation.names = clean_map(given.names, field="names", required=True)
    organisation.short_names = clean_map(given.short_names, field="short_names", limit=60)
    organisation.kind = given.kind
    organisation.country = country
    organisation.founded_on = given.founded_on
    organisation.parent = given.parent
    organisation.search_text = searchable([*organisation.names.values(), *organisation.short_names.values()])
    name = pick(organisation.names, "en").text
    organisation.sort_key = (fold(name) or name.casefold())[:SORT_LIMIT]


def _refuse_circle(organisation: Organisation, parent: Organisation | None) -> None:
    step = parent
    while step is not None:
        if step is organisation:
            raise Invalid(N_("An organisation cannot be part of itself."), field="parent")
        step = step.parent


def add_affiliation(
    person: Person,
    given: AffiliationInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Affiliation:
    """One more title of a person, after the others."""
    position = max((held.position for held in person.affiliations), default=-1) + 1
    affiliation = Affiliation(position=position, source=source, source_reference=source_reference)
    _fill_affiliation(affiliation, given)
    person.affiliations.append(affiliation)
    db.session.flush()
    _record("affiliation.added", affiliation, actor, now)
    return affiliation


def edit_affiliation(
    affiliation: Affiliation, given: AffiliationInput, *, actor: Actor, now: datetime
) -> Affiliation:
    """Correct a title: every place where it was chosen shows the correction."""
    _fill_affiliation(affiliation, given)
    db.session.flush()
    _record("affiliation.edited", affiliation, actor, now)
    return affiliation


def remove_affiliation(affiliation: Affiliation, *, actor: Actor, now: datetime) -> None:
    """Strike a title; where it was chosen the person stands without one."""
    _record("affiliation.removed", affiliation, actor, now)
    affiliation.person.affiliations.remove(affiliation)
    db.session.flush()


def _fill_affiliation(affiliation: Affiliation, given: AffiliationInput) -> None:
    title = clean_map(given.title, field="title")
    if not title and given.organisation is None:
        raise Invalid(N_("Please give a title or an organisation."), field="title")
    if given.begins_on and given.ends_on and given.ends_on < given.begins_on:
        raise Invalid(N_("This ends before it begins."), field="ends_on")
    affiliation.title = title
    affiliation.organisation = given.organisation
    affiliation.begins_on = given.begins_on
    affiliation.ends_on = given.ends_on


def _record(action: str, affiliation: Affiliation, actor: Actor, now: datetime) -> None:
    audit.record(action, "affiliation", affiliation.id, actor=actor, now=now, person=affiliation.person_id)
