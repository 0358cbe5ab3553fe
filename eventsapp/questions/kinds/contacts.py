"""Countries, telephone numbers, mail addresses, people."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import phonenumbers
from babel import Locale

from eventsapp.core import languages
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, clean
from eventsapp.events.service import email_address
from eventsapp.questions.asked import Asked
from eventsapp.questions.conditions import Comparison
from eventsapp.questions.kinds.kind import Control, Kind, Limit, Say, kind

# Codes of the locale data that are no country or territory where somebody may come from.
_NO_PLACES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@lru_cache(maxsize=64)
def countries(reader: str) -> Mapping[str, str]:
    """Countries and territories by their two letters, as a reader calls them, in the order of the names."""
    locale = languages.locale_of(reader) or Locale.parse("en")
    names = {
        code: str(name)
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_PLACES
    }
    return dict(sorted(names.items(), key=lambda entry: entry[1].casefold()))


def country_code(text: str) -> str:
    """A country's two letters, from them or from its name in English. Raises `Invalid`."""
    typed = text.strip()[:100]
    if typed.upper() in countries("en"):
        return typed.upper()
    named = {name.casefold(): code for code, name in countries("en").items()}
    if typed.casefold() not in named:
        raise Invalid(N_("Please give a country by its two letters, such as TW, or by its English name."))
    return named[typed.casefold()]


@kind
class Country(Kind):
    """A country or territory, kept by its two letters, named as the reader calls it."""

    key = "country"
    name = N_("A country")
    control = Control.LIST
    comparisons = (Comparison.IS, Comparison.IS_NOT, Comparison.ONE_OF, Comparison.ANSWERED)

    def clean(self, given: Any, asked: Asked) -> Any:  # noqa: ARG002
        if not given:
            return None
        if given not in countries("en"):
            raise Invalid(N_("Please choose one of these."))
        return given

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        return countries(reader).get(value, value)

    def offers(self, asked: Asked, reader: str, say: Say) -> list[tuple[str, str]]:  # noqa: ARG002
        return list(countries(reader).items())

    def compared(self, text: str, asked: Asked) -> Any:  # noqa: ARG002
        return country_code(text) if text.strip() else None


@kind
class Phone(Kind):
    """A telephone number, kept as E.164 (with an extension after `;ext=`), shown internationally."""

    key = "phone"
    name = N_("A telephone number")
    control = Control.PHONE
    limits = (Limit("region", N_("Country of numbers without a country code"), country_code),)

    def clean(self, given: Any, asked: Asked) -> Any:
        typed = clean(str(given or ""), limit=60)
        if not typed:
            return None
        try:
            number = phonenumbers.parse(typed, asked.limits.get("region"))
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise Invalid(N_("Please give a telephone number with its country code: +886 2 2345 6789."))
        plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return f"{plain};ext={number.extension}" if number.extension else plain

    def typed(self, value: Any) -> Any:
        number = phonenumbers.parse(value.replace(";ext=", " ext. "))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        return str(self.typed(value))


@kind
class MailAddress(Kind):
    """A mail address."""

    key = "email"
    name = N_("A mail address")
    control = Control.EMAIL

    def clean(self, given: Any, asked: Asked) -> Any:  # noqa: ARG002
        return email_address(str(given or ""), field="") or None


@kind
class Somebody(Kind):
    """A person's name, kept exactly, and perhaps where they belong."""

    key = "person"
    name = N_("A person")
    control = Control.PERSON

    def clean(self, given: Any, asked: Asked) -> Any:  # noqa: ARG002
        sent = given if isinstance(given, Mapping) else {"name": given}
        name = clean(str(sent.get("name") or ""), limit=200)
        organisation = clean(str(sent.get("organisation") or ""), limit=200)
        if not name:
            if organisation:
                raise Invalid(N_("Please give a name."))
            return None
        return {"name": name, "organisation": organisation} if organisation else {"name": name}

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        return ", ".join(part for part in (value["name"], value.get("organisation")) if part)
