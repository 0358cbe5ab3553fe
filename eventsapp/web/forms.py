"""Forms: one base that cleans what is typed, fields for our own kinds of value, refusals at the field."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, request
from flask_babel import get_locale, lazy_gettext
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import DateTimeLocalField, Field, StringField, TextAreaField, ValidationError

from eventsapp.core import languages, text
from eventsapp.core.errors import DomainError, Invalid
from eventsapp.web.errors import message_of

csrf = CSRFProtect()

_LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)  # the form is right
LINE = 200  # characters of a one-line text unless a field says otherwise
PARAGRAPHS = 10_000


class Form(FlaskForm):
    """The base of every form. A refusal by a service is shown at its field with `refuse`."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            # WTForms keeps its Traditional Chinese under the territory's name.
            self.locales = [{"zh_Hant": "zh_TW"}.get(str(get_locale()), str(get_locale()))]
            return super().get_translations(form)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            # Pages send forms. A body that says it is JSON would be parsed however deep it is.
            return super().wrap_formdata(form, None if request.is_json else formdata)

    http_status = HTTPStatus.UNPROCESSABLE_ENTITY
    """With which a refused form comes back: it is to be mended, unless a refusal said to try later."""

    def refuse(self, error: DomainError) -> None:
        """Show a service's refusal: at the field it names, else above the form."""
        message = message_of(error)
        if error.status in _LATER:
            self.http_status = error.status
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


def _cleaned(value: str | None, limit: int, multiline: bool) -> str:
    try:
        return text.clean(value or "", limit=limit, multiline=multiline)
    except Invalid as error:
        raise ValidationError(message_of(error)) from error


class LineField(StringField):
    """One line of text, cleaned; empty text is "" and never None."""

    data: Any

    def __init__(self, *args: Any, limit: int = LINE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = limit

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 -- WTForms' signature
        self.data = _cleaned(self.data, self.limit, multiline=False)


class TextField(TextAreaField):
    """Paragraphs of text, cleaned; empty text is "" and never None."""

    data: Any

    def __init__(self, *args: Any, limit: int = PARAGRAPHS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = limit

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 -- WTForms' signature
        self.data = _cleaned(self.data, self.limit, multiline=True)


class LocalDateTimeField(DateTimeLocalField):
    """A wall-clock time without a zone, to the minute."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        super().__init__(*args, format=formats, **kwargs)


@dataclass(frozen=True)
class LanguageInput:
    """One language's input of a language map."""

    tag: str
    own_name: str
    direction: str
    id: str
    name: str
    value: str


class LanguageMapField(Field):
    """A text in several languages; `data` is a language map without empty entries.

    The languages offered are set on the form's instance (`offer`); texts in others are kept. Where none
    were set, a text in any other language can be added beside the usual ones. `required` wants at least
    one language.
    """

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Callable[..., Any]] | None = None,
        *,
        limit: int = LINE,
        multiline: bool = False,
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators or (), **kwargs)
        self.limit = limit
        self.multiline = multiline
        self.required = required
        self.tags: tuple[str, ...] = ("en", "zh-Hant", "uk")
        self.takes_another = True
        self.another_tag, self.another_text = "", ""  # as typed, while it cannot be told what language it is

    def offer(self, tags: Sequence[str]) -> None:
        """Show inputs for these languages (and for those that already have a text)."""
        self.tags = tuple(dict.fromkeys(tags)) or self.tags
        self.takes_another = False

    def process_data(self, value: dict[str, str] | None) -> None:
        self.data = dict(value or {})

    def process_formdata(self, valuelist: list[str]) -> None:
        """Values come under names of their own; see `process`."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data if data is not None else self.default, extra_filters)
        if formdata is None:
            return
        prefix = f"{self.name}-"
        sent = {key[len(prefix) :]: formdata.get(key) for key in formdata if key.startswith(prefix)}
        if sent:
            kept = {tag: given for tag, given in (self.data or {}).items() if tag not in sent}
            self.data = {**kept, **{tag: given for tag, given in sent.items() if given}}
        self._take_another(formdata.get(f"{self.name}:tag", ""), formdata.get(f"{self.name}:text", ""))

    def _take_another(self, tag: str, given: str) -> None:
        if given.strip() and languages.is_tag(tag):
            self.data = {**(self.data or {}), languages.normalise(tag): given}
        elif given.strip():
            self.another_tag, self.another_text = tag, given

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 -- WTForms' signature
        if self.another_text or any(not languages.is_tag(tag) for tag in self.data):
            raise ValidationError(lazy_gettext("This is not a language."))
        cleaned = {tag: _cleaned(given, self.limit, self.multiline) for tag, given in self.data.items()}
        self.data = {tag: given for tag, given in cleaned.items() if given}
        if self.required and not self.data:
            raise ValidationError(lazy_gettext("Please fill this in, in one language at least."))

    @property
    def inputs(self) -> Iterator[LanguageInput]:
        """The inputs to draw, one a language."""
        for tag in dict.fromkeys((*self.tags, *(self.data or {}))):
            yield LanguageInput(
                tag,
                languages.own_name(tag),
                languages.direction(tag),
                f"{self.id}-{tag}",
                f"{self.name}-{tag}",
                (self.data or {}).get(tag, ""),
            )


def init_app(app: Flask) -> None:
    """Protect every form against requests forged elsewhere."""
    csrf.init_app(app)
