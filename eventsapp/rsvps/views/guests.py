"""One guest, for staff: answers, record, links, mails, and what can be done."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.tokens import Purpose
from eventsapp.events import queries as events
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.questions import queries as questions
from eventsapp.rsvps import links, messages, own_page, queries, roll, service
from eventsapp.rsvps.enums import Channel
from eventsapp.rsvps.forms import (
    AllowanceForm,
    GuestForm,
    StaffReplyForm,
    WithdrawForm,
    language_options,
    staff_reply_form,
)
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import Answered, GuestInput, companions
from eventsapp.rsvps.views import asking
from eventsapp.rsvps.views.blueprint import guest_pages
from eventsapp.rsvps.views.listing import affiliation_options, category_options
from eventsapp.web.current import actor, settings
from eventsapp.web.forms import Form
from eventsapp.web.saving import Answer, done, saved, shown

asking.roomy(guest_pages, "enter_reply")


@guest_pages.get("/<code>")
@for_event(Permission.VIEW_GUESTS)
def show(event: Event, code: str) -> str:
    """Everything about a guest that whoever asks may see."""
    return _show(event, _guest(event, code))


def _guest(event: Event, code: str) -> Guest:
    return roll.guest_of(event, code) or abort(404)


def _show(event: Event, guest: Guest, refused: Form | None = None) -> str:
    sends = may(Permission.SEND_INVITATIONS)
    return render_template(
        "rsvps/guest.html",
        event=event,
        guest=guest,
        may=may,
        records=roll.records(guest),
        named=own_page.focal_points(guest),
        mails=roll.mails(guest) if may(Permission.VIEW_GUEST_DETAILS) else [],
        place_in_line=queries.place_in_line(guest),
        item_replies=messages.in_order(guest),
        invitation=links.address(settings(), guest, Purpose.INVITATION) if sends else None,
        own_page=links.address(settings(), guest, Purpose.OWN_PAGE) if sends else None,
        sections=own_page.desk_sections(guest, may),
        allowance_form=refused if isinstance(refused, AllowanceForm) else AllowanceForm(obj=guest),
        withdraw_form=refused if isinstance(refused, WithdrawForm) else WithdrawForm(formdata=None),
    )


@guest_pages.route("/<code>/edit", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def edit(event: Event, code: str) -> Answer:
    """Category, title, address, language, badge name."""
    guest = _guest(event, code)
    form = _guest_form(event, guest)

    def store() -> Guest:
        return service.change_guest(guest, _given(event, guest, form), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The guest is saved."), "success")
        return _back(event, code)
    return shown(form, "rsvps/edit_guest.html", event=event, guest=guest)


def _guest_form(event: Event, guest: Guest) -> GuestForm:
    form = GuestForm(
        data={
            "category": guest.category.code,
            "affiliation": guest.affiliation.code if guest.affiliation else "",
            "email": guest.email,
            "language": guest.language,
            "badge_name": guest.badge_name,
        }
    )
    form.category.choices = category_options(events.categories(event))
    form.language.choices = language_options((guest.language, *event.languages))
    form.affiliation.choices = affiliation_options(guest.person)
    return form


def _given(event: Event, guest: Guest, form: GuestForm) -> GuestInput:
    held = guest.person.affiliations
    return GuestInput(
        category=next(known for known in events.categories(event) if known.code == form.category.data),
        affiliation=next((title for title in held if title.code == form.affiliation.data), None),
        email=form.email.data or "",
        language=form.language.data,
        badge_name=form.badge_name.data,
    )


@guest_pages.route("/<code>/reply", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def enter_reply(event: Event, code: str) -> Answer:
    """Enter what a guest, or somebody for them, told staff."""
    guest = _guest(event, code)
    details = may(Permission.VIEW_GUEST_DETAILS)
    asked = questions.asked(event.id)
    form = staff_reply_form(guest, queries.items_to_answer(guest), asked, details=details)
    if saved(form, lambda: _reply(guest, form, details)):
        flash(gettext("The answer is entered."), "success")
        return _back(event, code)
    asking.keep_files(form, guest)
    told = queries.has_details(guest) and not details
    return shown(form, "rsvps/enter_reply.html", event=event, guest=guest, told_before=told)


def _reply(guest: Guest, form: StaffReplyForm, details: bool) -> Answered:
    return service.answer(
        guest,
        form.given(keeps_silence=not details),
        channel=Channel(form.channel.data),
        actor=actor(),
        on_behalf=True,
        reason=form.reason.data,
        now=clock.now(),
    )


@guest_pages.post("/<code>/allowance")
@for_event(Permission.EDIT_GUESTS)
def allow_companions(event: Event, code: str) -> Response | tuple[str, int]:
    """How many companions the guest may name."""
    guest = _guest(event, code)
    form = AllowanceForm()

    def store() -> Guest:
        return companions.allow(guest, form.companions_allowed.data, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The guest is saved."), "success")
        return _back(event, code)
    return _show(event, guest, form), 422


@guest_pages.post("/<code>/withdraw")
@for_event(Permission.EDIT_GUESTS)
def withdraw(event: Event, code: str) -> Response | tuple[str, int]:
    """Take the invitation back."""
    guest = _guest(event, code)
    form = WithdrawForm()

    def store() -> Guest:
        return service.withdraw(
            guest, reason=form.reason.data, notify=form.notify.data, actor=actor(), now=clock.now()
        )

    if saved(form, store):
        flash(gettext("The invitation is withdrawn."), "success")
        return _back(event, code)
    return _show(event, guest, form), 422


@guest_pages.post("/<code>/restore")
@for_event(Permission.EDIT_GUESTS)
def restore(event: Event, code: str) -> Response:
    """Put a withdrawn guest back on the list."""
    guest = _guest(event, code)
    done(
        lambda: service.restore(guest, actor=actor(), now=clock.now()),
        gettext("The guest is on the list again."),
    )
    return _back(event, code)


@guest_pages.post("/<code>/invite")
@for_event(Permission.SEND_INVITATIONS)
def invite(event: Event, code: str) -> Response:
    """Invite, or send the invitation once more."""
    guest = _guest(event, code)

    def send() -> None:
        if not service.invite(guest, actor=actor(), now=clock.now()):
            service.remind(guest, actor=actor(), now=clock.now())

    done(send, gettext("The guest is invited."))
    return _back(event, code)


@guest_pages.post("/<code>/renew-links")
@for_event(Permission.SEND_INVITATIONS)
def renew_links(event: Event, code: str) -> Response:
    """New personal links; the old ones open nothing any more."""
    guest = _guest(event, code)
    said = gettext("The guest has new links. Send them, the old ones open nothing any more.")
    done(lambda: service.renew_links(guest, actor=actor(), now=clock.now()), said)
    return _back(event, code)


def _back(event: Event, code: str) -> Response:
    return redirect(url_for("guests.show", slug=event.slug, code=code), 303)
