"""The fields in which companions are named, in the reply and on a page of their own."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, ValidationError

from eventsapp.core.errors import DomainError
from eventsapp.printing.fonts import missing_glyphs
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service.companions import FIELD, CompanionInput
from eventsapp.web.forms import Form, LineField, TextField

MOST_SHOWN = 19


def printable(_: Any, field: LineField) -> None:
    """Refuse a name with characters that no badge can show."""
    missing = missing_glyphs(field.data or "")
    if missing:
        message = lazy_gettext(
            "These characters cannot be printed on a badge: %(characters)s",
            characters=" ".join(sorted(missing)),
        )
        raise ValidationError(str(message))


class Bringing(Form):
    """A form with room for `slots` companions; an empty name is nobody."""

    slots = 0

    @property
    def companion_rows(self) -> list[Mapping[str, Any]]:
        """The fields of each companion: name, diet, access_needs, code."""
        parts = ("name", "diet", "access_needs", "code")
        return [{part: self._fields[f"companion_{at}_{part}"] for part in parts} for at in range(self.slots)]

    @property
    def companions(self) -> list[CompanionInput] | None:
        """Who was named; None where nobody could be."""
        if not self.slots:
            return None
        return [
            CompanionInput(
                name=row["name"].data,
                code=row["code"].data or None,
                diet=row["diet"].data,
                access_needs=row["access_needs"].data,
            )
            for row in self.companion_rows
            if row["name"].data
        ]

    def refuse(self, error: DomainError) -> None:
        """A refusal about all companions stands at the last of them."""
        named = [row["name"] for row in self.companion_rows if row["name"].data]
        if error.field == FIELD and named:
            error.field = named[-1].name
        super().refuse(error)


@lru_cache(maxsize=64)
def with_companions(base: type[Bringing], slots: int) -> type[Bringing]:
    """The form with room for that many. A class costs more than a form, so it is made once."""
    fields: dict[str, Any] = {}
    for at in range(slots):
        fields[f"companion_{at}_name"] = LineField(lazy_gettext("Full name"), validators=[printable])
        fields[f"companion_{at}_diet"] = TextField(lazy_gettext("What they do not eat or drink"), limit=500)
        fields[f"companion_{at}_access_needs"] = TextField(
            lazy_gettext("What they need to take part"), limit=500
        )
        fields[f"companion_{at}_code"] = HiddenField()
    return type(base.__name__, (base,), {**fields, "slots": slots})


def slots_for(guest: Guest, *, shows: bool) -> int:
    """How many companions can be named there: none by a browser that must not read those named before."""
    if not guest.companions_allowed or (not shows and guest.companions):
        return 0
    return min(guest.companions_allowed, MOST_SHOWN)


def named_before(guest: Guest) -> dict[str, str]:
    """The companions of a guest as the form shows them."""
    told: dict[str, str] = {}
    for at, companion in enumerate(guest.companions if guest.companions_allowed else ()):
        details = companion.details
        told |= {
            f"companion_{at}_name": companion.person.display_name,
            f"companion_{at}_code": companion.code,
            f"companion_{at}_diet": details.diet if details else "",
            f"companion_{at}_access_needs": details.access_needs if details else "",
        }
    return told


class CompanionsForm(Bringing):
    """Naming companions, and nothing else."""


def companions_form(guest: Guest) -> CompanionsForm:
    """The form, filled with who was named before, or with what was sent."""
    slots = max(min(guest.companions_allowed, MOST_SHOWN), len(guest.companions))
    kind = with_companions(CompanionsForm, slots)
    made: Any = kind(data=named_before(guest))
    form: CompanionsForm = made
    return form


def names_of(guests: Sequence[Guest]) -> list[str]:
    """The names of some guests, to tell who comes along."""
    return [guest.badge_name or guest.person.display_name for guest in guests]
