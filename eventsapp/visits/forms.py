"""Forms about visits and delegations. Field names are those of the services' inputs."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.people.forms import PersonField, organisation_choices, titled
from eventsapp.people.models import Organisation, Person
from eventsapp.visits.enums import MemberFunction, VisitCategory
from eventsapp.visits.models import Delegation, Member, Visit
from eventsapp.visits.service import DelegationInput, MemberInput, VisitInput
from eventsapp.web.forms import Form, LanguageMapField
from eventsapp.web.words import choices

BODIES = ("inviting", "host", "programme_owner", "payer")


class VisitForm(Form):
    """The bodies, category and purpose of a visit."""

    category = SelectField(lazy_gettext("Kind of visit"))
    purpose = LanguageMapField(lazy_gettext("Purpose"), limit=2000, multiline=True)
    inviting = SelectField(lazy_gettext("Invited by"))
    host = SelectField(lazy_gettext("Host"))
    programme_owner = SelectField(lazy_gettext("Programme by"))
    payer = SelectField(lazy_gettext("Paid by"))

    def prepare(self, organisations: Sequence[Organisation]) -> "VisitForm":
        """Fill in what can be chosen."""
        self._organisations = {known.code: known for known in organisations}
        self.category.choices = choices(VisitCategory)
        for name in BODIES:
            self._fields[name].choices = organisation_choices(organisations, gettext("Not stated"))
        return self

    def given(self) -> VisitInput:
        """What was entered."""
        bodies = {name: self._organisations.get(self._fields[name].data) for name in BODIES}
        return VisitInput(category=VisitCategory(self.category.data), purpose=self.purpose.data, **bodies)


def visit_data(visit: Visit | None) -> dict[str, Any] | None:
    """A visit as its form shows it."""
    if visit is None:
        return None
    bodies = {name: getattr(visit, name) for name in BODIES}
    return {
        "category": visit.category.value,
        "purpose": visit.purpose,
        **{name: body.code if body else "" for name, body in bodies.items()},
    }


class DelegationForm(Form):
    """A delegation."""

    names = LanguageMapField(lazy_gettext("Name of the delegation"), required=True)
    organisation = SelectField(lazy_gettext("Comes from"))
    liaison = PersonField(lazy_gettext("Our liaison"))

    def prepare(self, organisations: Sequence[Organisation]) -> "DelegationForm":
        """Fill in what can be chosen."""
        self._organisations = {known.code: known for known in organisations}
        self.organisation.choices = organisation_choices(organisations, gettext("Not stated"))
        return self

    def given(self) -> DelegationInput:
        """What was entered."""
        return DelegationInput(
            names=self.names.data,
            organisation=self._organisations.get(self.organisation.data),
            liaison=self.liaison.data,
        )


def delegation_data(delegation: Delegation) -> dict[str, Any]:
    """A delegation as its form shows it."""
    return {
        "names": delegation.names,
        "organisation": delegation.organisation.code if delegation.organisation else "",
        "liaison": delegation.liaison,
    }


class NewMemberForm(Form):
    """Who comes, and in which function; the title is asked next, where the person's titles are known."""

    person = PersonField(lazy_gettext("Name"), required=True)
    function = SelectField(lazy_gettext("Function"), default=MemberFunction.OFFICIAL.value)
    is_head = BooleanField(lazy_gettext("Head of the delegation"))

    def prepare(self) -> "NewMemberForm":
        """Fill in what can be chosen."""
        self.function.choices = choices(MemberFunction)
        return self

    def given(self) -> MemberInput:
        """What was entered; whoever has one title alone comes under it."""
        person = self.person.data
        if person is None:
            raise Invalid(N_("Please choose a person."), field="person")
        titles = person.affiliations
        return MemberInput(
            person=person,
            function=MemberFunction(self.function.data),
            affiliation=titles[0] if len(titles) == 1 else None,
            is_head=self.is_head.data,
        )


class MemberForm(Form):
    """A member's function and title."""

    affiliation = RadioField(lazy_gettext("Title that applies here"), [Optional()])
    function = SelectField(lazy_gettext("Function"))
    is_head = BooleanField(lazy_gettext("Head of the delegation"))

    def prepare(self, person: Person) -> "MemberForm":
        """Fill in what can be chosen."""
        self._titles = {held.code: held for held in person.affiliations}
        self.function.choices = choices(MemberFunction)
        self.affiliation.choices = [
            *((code, titled(held)) for code, held in self._titles.items()),
            ("", gettext("None")),
        ]
        return self

    def given(self, person: Person) -> MemberInput:
        """What was entered."""
        return MemberInput(
            person=person,
            function=MemberFunction(self.function.data),
            affiliation=self._titles.get(self.affiliation.data or ""),
            is_head=self.is_head.data,
        )


def member_data(member: Member) -> dict[str, Any]:
    """A member as the form shows them."""
    return {
        "affiliation": member.affiliation.code if member.affiliation else "",
        "function": member.function.value,
        "is_head": member.is_head,
    }
