"""Forms about people and organisations. Field names are those of the services' inputs."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup
from wtforms import DateField, Field, FieldList, FormField, SelectField, ValidationError
from wtforms import Form as Subform
from wtforms.validators import Optional
from wtforms.widgets import html_params

from eventsapp.core.codes import normal_code
from eventsapp.people.choosing import Choice, choose
from eventsapp.people.enums import NameKind, OrganisationKind
from eventsapp.people.models import Affiliation, Organisation, Person, PersonName
from eventsapp.people.organisations import AffiliationInput, OrganisationInput
from eventsapp.people.service import NameInput
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import LINE, Form, LanguageMapField, LineField, TextField
from eventsapp.web.words import choices

SPARE_NAMES = 1  # empty rows offered below the names there are


class NameForm(Subform):
    """One name of a person; a row without a full name is no name."""

    full = LineField(lazy_gettext("Full name"))
    kind = SelectField(lazy_gettext("Kind"))
    language = LineField(lazy_gettext("Language"), limit=35)
    script = LineField(lazy_gettext("Script"), limit=8)
    family = LineField(lazy_gettext("Family name"), limit=120)
    given = LineField(lazy_gettext("Given name"), limit=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(NameKind)


class PersonForm(Form):
    """A person with every name."""

    names = FieldList(FormField(NameForm), label=lazy_gettext("Names"), max_entries=30)
    languages = LineField(lazy_gettext("Languages spoken"))
    note = TextField(lazy_gettext("Note for staff"))

    def spare(self) -> "PersonForm":
        """Offer empty rows below the names there are."""
        empty = [row for row in self.names.entries if not row.form.full.data]
        for _ in range(SPARE_NAMES - len(empty)):
            self.names.append_entry({"kind": NameKind.PREFERRED.value})
        return self

    @property
    def first(self) -> str:
        """The first name as it was typed, right or not; empty for none."""
        return next((name for entry in self.names.entries if (name := entry.form.full.data)), "")

    def given(self) -> list[NameInput]:
        """The names entered, in their order; the form must be right."""
        return [
            NameInput(
                full=row.full.data,
                kind=NameKind(row.kind.data),
                language=row.language.data,
                script=row.script.data,
                family=row.family.data,
                given=row.given.data,
            )
            for row in (entry.form for entry in self.names.entries)
            if row.full.data
        ]

    def tags(self) -> list[str]:
        """The languages spoken, as tags."""
        return (self.languages.data or "").replace(",", " ").split()


def person_data(person: Person) -> dict[str, Any]:
    """A person as the form shows them."""
    return {
        "names": [_name_data(name) for name in person.names],
        "languages": " ".join(person.languages),
        "note": person.note,
    }


def _name_data(name: PersonName) -> dict[str, str]:
    return {
        "full": name.full,
        "kind": name.kind.value,
        "language": name.language,
        "script": name.script,
        "family": name.family,
        "given": name.given,
    }


class OrganisationForm(Form):
    """An organisation."""

    names = LanguageMapField(lazy_gettext("Official name"), required=True)
    short_names = LanguageMapField(lazy_gettext("Short name"), limit=60)
    kind = SelectField(lazy_gettext("Kind"))
    country = LineField(lazy_gettext("Country"), limit=2)
    founded_on = DateField(lazy_gettext("Founded on"), [Optional()])
    parent = SelectField(lazy_gettext("Part of"), default="")

    def prepare(self, others: Sequence[Organisation]) -> "OrganisationForm":
        """Fill in what can be chosen."""
        self._others = {other.code: other for other in others}
        self.kind.choices = choices(OrganisationKind)
        self.parent.choices = organisation_choices(others, gettext("Nothing"))
        return self

    def given(self) -> OrganisationInput:
        """What was entered."""
        return OrganisationInput(
            names=self.names.data,
            short_names=self.short_names.data,
            kind=OrganisationKind(self.kind.data),
            country=self.country.data,
            founded_on=self.founded_on.data,
            parent=self._others.get(self.parent.data),
        )


def organisation_choices(organisations: Sequence[Organisation], none: str) -> list[tuple[str, str]]:
    """(code, name) of organisations, for a choice; first the choice of none."""
    return [("", none), *((other.code, tx_plain(other.names)) for other in organisations)]


def organisation_data(organisation: Organisation) -> dict[str, Any]:
    """An organisation as its form shows it."""
    return {
        "names": organisation.names,
        "short_names": organisation.short_names,
        "kind": organisation.kind.value,
        "country": organisation.country,
        "founded_on": organisation.founded_on,
        "parent": organisation.parent.code if organisation.parent else "",
    }


class AffiliationForm(Form):
    """A title of a person."""

    title = LanguageMapField(lazy_gettext("Title held"))
    organisation = SelectField(lazy_gettext("Organisation"), default="")
    begins_on = DateField(lazy_gettext("Since"), [Optional()])
    ends_on = DateField(lazy_gettext("Until"), [Optional()])

    def prepare(self, organisations: Sequence[Organisation]) -> "AffiliationForm":
        """Fill in what can be chosen."""
        self._organisations = {other.code: other for other in organisations}
        self.organisation.choices = organisation_choices(organisations, gettext("None"))
        return self

    def given(self) -> AffiliationInput:
        """What was entered."""
        return AffiliationInput(
            title=self.title.data,
            organisation=self._organisations.get(self.organisation.data),
            begins_on=self.begins_on.data,
            ends_on=self.ends_on.data,
        )


def affiliation_data(affiliation: Affiliation) -> dict[str, Any]:
    """A title as its form shows it."""
    return {
        "title": affiliation.title,
        "organisation": affiliation.organisation.code if affiliation.organisation else "",
        "begins_on": affiliation.begins_on,
        "ends_on": affiliation.ends_on,
    }


class PersonWidget:
    """A search box; where several people match, a list to choose from. A script makes it a combobox."""

    input_type = "person"

    def __call__(self, field: "PersonField", **attributes: Any) -> Markup:
        person = field.data
        typed = field.typed or (person.display_name if person else "")
        html = Markup(
            '<div class="person-search" data-person-search="{}">'
            '<input id="{}" name="{}" type="search" value="{}" autocomplete="off" dir="auto" {}>'
        ).format(
            url_for("people.find"),
            field.id,
            field.name,
            typed,
            html_params(**{"class": "form-control", **attributes}),
        )
        if field.offered:
            html += self._choices(field)
        else:
            html += Markup('<input type="hidden" name="{}-code" value="{}">').format(
                field.name, person.code if person else ""
            )
        return html + Markup("</div>")

    def _choices(self, field: "PersonField") -> Markup:
        rows = Markup("").join(
            Markup('<option value="{}">{}</option>').format(person.code, described(person))
            for person in field.offered
        )
        return Markup(
            '<label class="visually-hidden" for="{0}-code">{1}</label>'
            '<select class="form-select mt-2" id="{0}-code" name="{2}-code">'
            '<option value="">{1}</option>{3}</select>'
        ).format(field.id, gettext("Which of these?"), field.name, rows)


class PersonField(Field):
    """One person, found by any spelling of their name; `data` is a Person or None.

    Works without scripts: what is typed finds the person, or offers those who match, and the form
    comes back to choose. `required` wants somebody.
    """

    widget = PersonWidget()

    def __init__(self, label: Any = None, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.required = required
        self.typed = ""
        self.offered: Sequence[Person] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data if data is not None else self.default, extra_filters)
        if formdata is None or self.name not in formdata:
            return
        self.typed = formdata.get(self.name, "").strip()[:LINE]
        code = normal_code(formdata.get(f"{self.name}-code", ""))
        if not self.typed and not code:
            self.data = None
            return
        chosen = choose(self.typed, code)
        if chosen.person is None and code:  # picked from the list that was offered
            offered = {person.code: person for person in chosen.offered}
            chosen = Choice(offered.get(code), chosen.offered)
        self.data = chosen.person
        self.offered = () if chosen.person else chosen.offered
        self.typed = chosen.person.display_name if chosen.person else self.typed

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 -- WTForms' signature
        if self.data is not None:
            return
        if self.offered:
            raise ValidationError(lazy_gettext("Several people match. Please choose one."))
        if self.typed:
            raise ValidationError(lazy_gettext("Nobody of this name is recorded."))
        if self.required:
            raise ValidationError(lazy_gettext("Please choose a person."))


def described(person: Person) -> str:
    """A person's name with their first title, to tell namesakes apart."""
    held = person.affiliations[0] if person.affiliations else None
    return f"{person.display_name} · {titled(held)}" if held else person.display_name


def titled(affiliation: Affiliation) -> str:
    """A title with its organisation, in the reader's language."""
    organisation = tx_plain(affiliation.organisation.names) if affiliation.organisation else ""
    return ", ".join(part for part in (tx_plain(affiliation.title), organisation) if part)
