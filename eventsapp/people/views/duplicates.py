"""People who are probably one: the list, two of them side by side, and what is decided."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.people import duplicates, merging
from eventsapp.people.engagements import engagements_of
from eventsapp.people.forms import titled
from eventsapp.people.models import Person
from eventsapp.people.views.blueprints import people_pages
from eventsapp.people.views.people import known
from eventsapp.web.current import actor
from eventsapp.web.forms import Form
from eventsapp.web.guard import require
from eventsapp.web.saving import Answer, done, saved, shown
from eventsapp.web.words import word


class MergeForm(Form):
    """Which record stays, and what of both."""

    kept = RadioField(lazy_gettext("Whose record and address stay"))
    names = SelectMultipleField(
        lazy_gettext("Names that stay"), widget=ListWidget(), option_widget=CheckboxInput()
    )
    titles = SelectMultipleField(
        lazy_gettext("Titles that stay"), widget=ListWidget(), option_widget=CheckboxInput()
    )

    def prepare(self, first: Person, second: Person) -> "MergeForm":
        """Offer everything that the two have."""
        both = (first, second)
        self.kept.choices = [SelectChoice(person.code, person.display_name) for person in both]
        self.names.choices = [
            SelectChoice(key, f"{name.full} · {word(name.kind)}")
            for key, name in _names(first, second).items()
        ]
        self.titles.choices = [
            SelectChoice(title.code, titled(title)) for person in both for title in person.affiliations
        ]
        if not self.is_submitted():
            self.kept.data = first.code
            self.names.data = [choice.value for choice in self.names.choices]
            self.titles.data = [choice.value for choice in self.titles.choices]
        return self


def _names(first: Person, second: Person) -> dict[str, Any]:
    """Both people's names by the keys of the form; row ids stay inside."""
    return {
        f"{person.code}-{number}": name
        for person in (first, second)
        for number, name in enumerate(person.names)
    }


@people_pages.get("/duplicates")
@require(Permission.EDIT_DIRECTORY)
def duplicates_index() -> str:
    """Pairs of people who are probably one."""
    return render_template("people/duplicates.html", pairs=duplicates.pairs())


@people_pages.route("/duplicates/<first>/<second>", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def compare(first: str, second: str) -> Answer:
    """Two people side by side; they become one when somebody says so."""
    one, other = _two(first, second)
    form = MergeForm().prepare(one, other)
    names = _names(one, other)

    def store() -> Person:
        kept, gone = (one, other) if form.kept.data == one.code else (other, one)
        return merging.merge(
            kept,
            gone,
            names=[names[key].id for key in form.names.data],
            titles=form.titles.data,
            actor=actor(),
            now=clock.now(),
        )

    if kept := saved(form, store):
        flash(gettext("The two records are one now."), "success")
        return redirect(url_for("people.show", code=kept.code), 303)
    both = [(person, engagements_of(person.id)) for person in (one, other)]
    return shown(form, "people/compare.html", both=both, one=one, other=other)


@people_pages.post("/duplicates/<first>/<second>/two")
@require(Permission.EDIT_DIRECTORY)
def are_two(first: str, second: str) -> Response:
    """They are two people, and are not offered again."""
    one, other = _two(first, second)
    done(
        lambda: duplicates.are_two(one, other, actor=actor(), now=clock.now()),
        gettext("These are two people; they are not shown here again."),
    )
    return redirect(url_for("people.duplicates_index"), 303)


def _two(first: str, second: str) -> tuple[Person, Person]:
    if first == second:
        abort(404)
    one, other = known(first), known(second)
    return one, other
