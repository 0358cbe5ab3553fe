"""People and organisations for tests."""

from datetime import UTC, datetime
from typing import Any

from eventsapp.access.identity import SYSTEM
from eventsapp.people import organisations, service
from eventsapp.people.models import Affiliation, Organisation, Person
from eventsapp.people.organisations import AffiliationInput, OrganisationInput
from eventsapp.people.service import NameInput

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def make_person(*names: str | NameInput, **given: Any) -> Person:
    """A person with these names ("Ada Example" unless any is given)."""
    inputs = [NameInput(name) if isinstance(name, str) else name for name in names or ("Ada Example",)]
    return service.create_person(names=inputs, actor=SYSTEM, now=NOW, **given)


def make_organisation(name: str = "City of Northport", **given: Any) -> Organisation:
    """An organisation with an English name."""
    return organisations.create_organisation(
        OrganisationInput(names={"en": name}, **given), actor=SYSTEM, now=NOW
    )


def make_affiliation(
    person: Person, title: str = "Deputy Mayor", organisation: Organisation | None = None
) -> Affiliation:
    """A title of a person."""
    return organisations.add_affiliation(
        person, AffiliationInput(title={"en": title}, organisation=organisation), actor=SYSTEM, now=NOW
    )
