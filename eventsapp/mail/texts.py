"""An event's own words for its mails, and the second language below the guest's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import select

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core import languages
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, clean
from eventsapp.mail.kinds import Kind
from eventsapp.mail.models import MailManner, MailText
from eventsapp.mail.wording import PLACEHOLDER, Own

SUBJECT_LIMIT = 200
BODY_LIMIT = 10_000


@dataclass(frozen=True)
class Manner:
    """How an event writes: its own words by kind and language, and the language below the guest's."""

    words: Mapping[tuple[str, str], Own] = field(default_factory=dict)
    second: str = ""

    def own(self, key: str, language: str) -> Own | None:
        """Its words for that kind in that language."""
        return self.words.get((key, language))


OURS = Manner()
"""Our words, in the guest's language alone."""


def manner_of(event_id: int | None) -> Manner:
    """How one event writes."""
    return manners([event_id]).get(event_id or 0, OURS)


def manners(event_ids: Iterable[int | None]) -> dict[int, Manner]:
    """How some events write (two queries); those that never chose are left out."""
    ids = {event_id for event_id in event_ids if event_id}
    if not ids:
        return {}
    words: dict[int, dict[tuple[str, str], Own]] = {}
    for text in db.session.scalars(select(MailText).where(MailText.event_id.in_(ids))):
        words.setdefault(text.event_id, {})[text.template, text.language] = Own(text.subject, text.body)
    chosen = db.session.scalars(select(MailManner).where(MailManner.event_id.in_(ids)))
    second = {manner.event_id: manner.second_language for manner in chosen}
    return {id_: Manner(words.get(id_, {}), second.get(id_, "")) for id_ in words.keys() | second.keys()}


def checked(kind: Kind, subject: str, body: str) -> Own:
    """The words if they can be sent. Raises `Invalid`, naming the field and what is wrong."""
    subject = _cleaned("subject", subject, SUBJECT_LIMIT, multiline=False)
    body = _cleaned("body", body, BODY_LIMIT, multiline=True)
    for field_, text in (("subject", subject), ("body", body)):
        if not text:
            raise Invalid(N_("Please fill this in."), field=field_)
        _must_be_known(kind, text, field_)
    for link in kind.links:
        if link.name in named(subject):
            raise Invalid(N_("A link has no place in a subject."), field="subject")
    for needed in kind.needed:
        if needed not in named(body):
            raise Invalid(
                N_("Without %(placeholder)s this message is of no use to its reader. Please put it in."),
                field="body",
                placeholder=f"{{{{{needed}}}}}",
            )
    return Own(subject, body)


def _cleaned(field_: str, text: str, limit: int, *, multiline: bool) -> str:
    try:
        return clean(text, limit=limit, multiline=multiline)
    except Invalid as error:
        raise Invalid(error.message, field=field_, **error.params) from error


def named(text: str) -> set[str]:
    """The placeholders that a text names."""
    return {found[1] for found in PLACEHOLDER.finditer(text)}


def _must_be_known(kind: Kind, text: str, field_: str) -> None:
    for found in PLACEHOLDER.finditer(text):
        if found[1] in kind.placeholders:
            continue
        near = get_close_matches(found[1].lower().replace(" ", "_"), kind.placeholders, n=1, cutoff=0.5)
        if near:
            raise Invalid(
                N_("This message knows no %(placeholder)s. Did you mean %(near)s?"),
                field=field_,
                placeholder=found[0],
                near=f"{{{{{near[0]}}}}}",
            )
        raise Invalid(
            N_("This message knows no %(placeholder)s. What it knows stands below the text."),
            field=field_,
            placeholder=found[0],
        )
    if "{{" in PLACEHOLDER.sub("", text) or "}}" in PLACEHOLDER.sub("", text):
        raise Invalid(N_("A placeholder begins with {{ and ends with }} on the same line."), field=field_)


def set_words(
    event_id: int, kind: Kind, language: str, subject: str, body: str, *, actor: Actor, now: datetime
) -> MailText:
    """Let an event say this in its own words from now on. Raises `Invalid` as `checked` does."""
    own = checked(kind, subject, body)
    language = languages.normalise(language)
    text = _stored(event_id, kind.key, language)
    if text is None:
        text = MailText(event_id=event_id, template=kind.key, language=language, created_at=now)
        db.session.add(text)
    text.subject, text.body = own.subject, own.body
    db.session.flush()
    record(
        "mail.words-set", "event", event_id, actor=actor, now=now, event_id=event_id,
        template=kind.key, language=language,
    )  # fmt: skip
    return text


def back_to_ours(event_id: int, key: str, language: str, *, actor: Actor, now: datetime) -> bool:
    """Say it in our words again. False where the event had no words of its own."""
    text = _stored(event_id, key, languages.normalise(language))
    if text is None:
        return False
    db.session.delete(text)
    db.session.flush()
    record(
        "mail.words-dropped", "event", event_id, actor=actor, now=now, event_id=event_id,
        template=key, language=language,
    )  # fmt: skip
    return True


def _stored(event_id: int, key: str, language: str) -> MailText | None:
    return db.session.scalar(
        select(MailText).where(
            MailText.event_id == event_id, MailText.template == key, MailText.language == language
        )
    )


def set_second_language(event_id: int, language: str, *, actor: Actor, now: datetime) -> None:
    """Let every mail to guests be followed by the same in that language; "" ends it."""
    manner = db.session.get(MailManner, event_id)
    if manner is None:
        manner = MailManner(event_id=event_id)
        db.session.add(manner)
    manner.second_language = languages.normalise(language) if language else ""
    db.session.flush()
    record(
        "mail.second-language-set", "event", event_id, actor=actor, now=now, event_id=event_id,
        language=manner.second_language,
    )  # fmt: skip
