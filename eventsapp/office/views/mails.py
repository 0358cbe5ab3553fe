"""`/organise/events/<slug>/mails`: what an event's mails say, in its own words or in ours."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.identity import StaffIdentity
from eventsapp.access.permissions import Permission
from eventsapp.audit.service import record
from eventsapp.core import clock, languages
from eventsapp.core.codes import normal_code
from eventsapp.core.errors import DomainError
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.mail import kinds, service, texts
from eventsapp.mail.beginnings import our_words
from eventsapp.mail.kinds import Kind
from eventsapp.mail.rendering import Rendered, render
from eventsapp.mail.texts import Manner
from eventsapp.mail.wording import Own
from eventsapp.office import queries, showing
from eventsapp.office.forms import SecondLanguageForm, WordsForm
from eventsapp.office.views.blueprints import mail_pages
from eventsapp.rsvps import examples
from eventsapp.rsvps.models import Guest
from eventsapp.web.current import actor, identity
from eventsapp.web.saving import Answer, done, saved, shown


@mail_pages.get("/events/<slug>/mails")
@for_event(Permission.EDIT_EVENT)
def words(event: Event) -> str:
    """Every kind of mail and in which languages the event has words of its own."""
    return _index(event, _second_language_form(event))


def _index(event: Event, form: SecondLanguageForm) -> str:
    return render_template(
        "office/mails.html",
        event=event,
        kinds=kinds.all_kinds(current_app.jinja_env),
        manner=texts.manner_of(event.id),
        form=form,
        may=may,
    )


def _second_language_form(event: Event) -> SecondLanguageForm:
    form = SecondLanguageForm(language=texts.manner_of(event.id).second)
    names = [(tag, languages.own_name(tag)) for tag in event.languages]
    form.language.choices = [("", gettext("None: the guest’s language alone")), *names]
    return form


@mail_pages.post("/events/<slug>/mails/second-language")
@for_event(Permission.EDIT_EVENT)
def second_language(event: Event) -> Answer:
    """Which language follows below the guest's own."""
    form = _second_language_form(event)
    event_id, slug = event.id, event.slug

    def store() -> bool:
        chosen = form.language.data or ""
        texts.set_second_language(event_id, chosen, actor=actor(), now=clock.now())
        return True

    if saved(form, store):
        flash(gettext("Saved."), "success")
        return redirect(url_for("mail.words", slug=slug), 303)
    return _index(event, form), form.http_status


@dataclass(frozen=True)
class Page:
    """A kind of mail in one language, and the guest it is shown with."""

    event: Event
    kind: Kind
    language: str
    guest: Guest | None

    @property
    def address(self) -> str:
        code = self.guest.code if self.guest else None
        return url_for(
            "mail.edit_words", slug=self.event.slug, key=self.kind.key, language=self.language, guest=code
        )

    @property
    def stored(self) -> Own | None:
        return texts.manner_of(self.event.id).own(self.kind.key, self.language)

    def ours(self) -> Own:
        """Our words, without what this event has nothing to say about."""
        if self.guest is None:
            return our_words(_app(), self.kind, self.language)
        known = examples.context(self.kind, self.guest, self.language, "")
        return our_words(_app(), self.kind, self.language, examples.without(self.kind, known))

    def context(self) -> dict[str, object] | None:
        if self.guest is None:
            return None
        return examples.context(self.kind, self.guest, self.language, gettext(examples.OTHER))

    def silent(self, own: Own | None) -> list[str]:
        """The placeholders of the words that stand for nothing in this event."""
        if self.guest is None or own is None:
            return []
        empty = examples.without(self.kind, examples.context(self.kind, self.guest, self.language, "…"))
        return sorted(name for name in empty & texts.named(own.subject + own.body))

    def preview(self, own: Own | None) -> Rendered | None:
        """The message as the worker would write it, its links leading nowhere."""
        context = self.context()
        if context is None or self.guest is None:
            return None
        words = {(self.kind.key, self.language): own} if own else {}
        manner = Manner(
            {**texts.manner_of(self.event.id).words, **words}, texts.manner_of(self.event.id).second
        )
        name = self.guest.person.display_name
        return render(_app(), self.kind.template, self.language, name, context, manner, inert=True)


def _page(event: Event, key: str, language: str) -> Page:
    try:
        kind = kinds.kind_of(current_app.jinja_env, key)
    except LookupError:
        abort(404)
    if language not in event.languages and texts.manner_of(event.id).own(key, language) is None:
        abort(404)
    code = normal_code(request.values.get("guest", ""))
    found = queries.guests_to_show(event.id, language, code=code)
    return Page(event, kind, language, found[0] if found else None)


def _app() -> Flask:
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]


@mail_pages.route("/events/<slug>/mails/<key>/<language>", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def edit_words(event: Event, key: str, language: str) -> Answer:
    """The words, and beside them how they read for a guest."""
    page = _page(event, key, language)
    begun = page.stored or page.ours()
    form = WordsForm(subject=begun.subject, body=begun.body)
    typed: Own | None = page.stored
    if form.validate_on_submit():
        if "preview" in request.form:
            typed = _checked(form, page.kind)
        elif answer := _save(form, page):
            return answer
    return shown(
        form,
        "office/words.html",
        event=event,
        page=page,
        found=queries.guests_to_show(event.id, language, text=request.args.get("q", "")[:100]),
        preview=page.preview(typed),
        silent=page.silent(typed),
        showing=showing,
        may=may,
    )


def _checked(form: WordsForm, kind: Kind) -> Own | None:
    try:
        return texts.checked(kind, form.subject.data, form.body.data)
    except DomainError as error:
        form.refuse(error)
        return None


def _save(form: WordsForm, page: Page) -> Response | None:
    event_id, address = page.event.id, page.address

    def store() -> bool:
        subject, body = form.subject.data, form.body.data
        texts.set_words(event_id, page.kind, page.language, subject, body, actor=actor(), now=clock.now())
        return True

    if not saved(form, store):
        return None
    flash(gettext("Saved. From now on these words are sent."), "success")
    return redirect(address, 303)


@mail_pages.post("/events/<slug>/mails/<key>/<language>/ours")
@for_event(Permission.EDIT_EVENT)
def back_to_ours(event: Event, key: str, language: str) -> Response:
    """Our words again."""
    page = _page(event, key, language)
    event_id, address = event.id, page.address
    done(
        lambda: texts.back_to_ours(event_id, page.kind.key, language, actor=actor(), now=clock.now()),
        gettext("Our words are sent again."),
    )
    return redirect(address, 303)


@mail_pages.post("/events/<slug>/mails/<key>/<language>/test")
@for_event(Permission.EDIT_EVENT)
def send_test(event: Event, key: str, language: str) -> Response:
    """The stored words to whoever asks, with links that lead nowhere."""
    page = _page(event, key, language)
    me, context, address, now = identity(), page.context(), page.address, clock.now()
    if context is None or page.guest is None or not isinstance(me, StaffIdentity):
        abort(409)
    event_id, name = event.id, page.guest.person.display_name

    def queue() -> None:
        service.queue(
            page.kind.template,
            to_address=me.email,
            to_name=name,
            language=language,
            context={**context, "inert": True},
            dedupe_key=f"test:{event_id}:{me.user_id}:{page.kind.key}:{language}:{now:%Y%m%dT%H%M%S}",
            event_id=event_id,
            actor=actor(),
            now=now,
        )
        record("mail.test-sent", "event", event_id, actor=actor(), now=now, event_id=event_id)

    done(queue, gettext("A test is on its way to %(address)s.", address=me.email))
    return redirect(address, 303)
