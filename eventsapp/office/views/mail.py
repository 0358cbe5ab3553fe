"""The mail that went out, waits or failed; each message as its receiver sees it."""

from email.utils import parseaddr
from http import HTTPStatus

from flask import Response as FlaskResponse
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.audit import service as audit
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.events import queries as events
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.mail import message, service, texts
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.rendering import Rendered, render
from eventsapp.office import queries, showing
from eventsapp.office.views.blueprints import mail_pages
from eventsapp.web.current import actor, settings
from eventsapp.web.guard import require


@mail_pages.get("/mail")
@require(Permission.VIEW_MAIL)
def index() -> str:
    """Every message of the installation, or of the event that is asked for."""
    chosen = request.args.get("event", "")
    event = events.by_slug(chosen) if chosen else None
    return _list(None, event)


@mail_pages.get("/events/<slug>/mail")
@for_event(Permission.VIEW_MAIL)
def of_event(event: Event) -> str:
    """One event's messages."""
    return _list(event)


def _list(event: Event | None, only: Event | None = None) -> str:
    state = next((state for state in MailState if state.value == request.args.get("state")), None)
    shown = event or only
    page = queries.mail_page(shown.id if shown else None, state, request.args.get("before", ""))
    return render_template(
        "office/mail.html",
        event=event,
        page=page,
        state=state,
        states=tuple(MailState),
        to_files=_to_files(),
        may=may,
        only=only,
        events=() if event else queries.events_with_mail(),
    )


@mail_pages.get("/mail/<code>")
@require(Permission.VIEW_MAIL)
def show(code: str) -> str:
    """One message."""
    return _message(None, _known(code, None))


@mail_pages.get("/events/<slug>/mail/<code>")
@for_event(Permission.VIEW_MAIL)
def show_of_event(event: Event, code: str) -> str:
    """One message of an event."""
    return _message(event, _known(code, event))


def _message(event: Event | None, mail: Mail) -> str:
    rendered = _rendered(mail)
    return render_template(
        "office/message.html",
        event=event,
        mail=mail,
        rendered=rendered,
        html=showing.safe(rendered.html),
        text=showing.with_links(rendered.text),
        to_files=_to_files(),
    )


def _rendered(mail: Mail) -> Rendered:
    """What was sent, or what would be sent now."""
    if mail.sent_at:
        return Rendered(mail.subject, mail.text, mail.html)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    manner = texts.manner_of(mail.event_id)
    return render(app, mail.template, mail.language, mail.to_name, dict(mail.context), manner)


@mail_pages.get("/mail/<code>.eml")
@require(Permission.VIEW_MAIL)
def file(code: str) -> FlaskResponse:
    """A sent message as the file that a mail program opens."""
    return _file(_known(code, None))


@mail_pages.get("/events/<slug>/mail/<code>.eml")
@for_event(Permission.VIEW_MAIL)
def file_of_event(event: Event, code: str) -> FlaskResponse:
    """The same, of an event's message."""
    return _file(_known(code, event))


def _file(mail: Mail) -> FlaskResponse:
    if mail.sent_at is None:
        abort(404)
    built = message.build(
        _rendered(mail),
        sender=message.address(*reversed(parseaddr(settings().mail_sender))),
        to_address=mail.to_address,
        to_name=mail.to_name,
        message_id=mail.message_id,
        language=mail.language,
        at=mail.sent_at,
    )
    answer = FlaskResponse(built.as_bytes(), mimetype="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="{mail.code}.eml"'
    return answer


@mail_pages.post("/mail/<code>/again")
@require(Permission.VIEW_MAIL)
def again(code: str) -> Response:
    """Try a failed message once more."""
    _try_again(_known(code, None))
    return redirect(url_for("mail.show", code=code), HTTPStatus.SEE_OTHER)


@mail_pages.post("/events/<slug>/mail/<code>/again")
@for_event(Permission.SEND_INVITATIONS)
def again_of_event(event: Event, code: str) -> Response:
    """Try an event's failed message once more."""
    slug = event.slug
    _try_again(_known(code, event))
    return redirect(url_for("mail.show_of_event", slug=slug, code=code), HTTPStatus.SEE_OTHER)


def _try_again(mail: Mail) -> None:
    mail_id, now = mail.id, clock.now()
    with transaction() as session:
        known = session.get_one(Mail, mail_id)
        if known.state not in (MailState.FAILED, MailState.CANCELLED):
            return
        service.try_again(known, now=now)
        audit.record("mail.queued-again", "mail", mail_id, actor=actor(), now=now, event_id=known.event_id)
    flash(gettext("The message will be tried again."), "success")


@mail_pages.post("/mail/<code>/hold")
@require(Permission.VIEW_MAIL)
def hold(code: str) -> Response:
    """Hold a waiting message back."""
    _hold_back(_known(code, None))
    return redirect(url_for("mail.show", code=code), HTTPStatus.SEE_OTHER)


@mail_pages.post("/events/<slug>/mail/<code>/hold")
@for_event(Permission.SEND_INVITATIONS)
def hold_of_event(event: Event, code: str) -> Response:
    """Hold an event's waiting message back."""
    slug = event.slug
    _hold_back(_known(code, event))
    return redirect(url_for("mail.show_of_event", slug=slug, code=code), HTTPStatus.SEE_OTHER)


def _hold_back(mail: Mail) -> None:
    mail_id, now = mail.id, clock.now()
    with transaction() as session:
        known = session.get_one(Mail, mail_id)
        held = service.hold_back(known, now=now)
        if held:
            audit.record("mail.held-back", "mail", mail_id, actor=actor(), now=now, event_id=known.event_id)
    if held:
        flash(gettext("The message is held back."), "success")
    else:
        flash(gettext("The message has left, or is leaving at this moment."), "error")


def _known(code: str, event: Event | None) -> Mail:
    return queries.mail_by_code(code, event.id if event else None) or abort(404)


def _to_files() -> bool:
    return not settings().mail_url
