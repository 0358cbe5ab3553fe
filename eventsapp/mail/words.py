"""What kinds of mail, placeholders and fates are called: catalogue entries."""

from collections.abc import Mapping

from flask import Flask
from flask_babel import gettext

from eventsapp.core.text import N_
from eventsapp.mail import bounces
from eventsapp.mail.enums import MailState
from eventsapp.web.words import spell

KINDS: Mapping[str, str] = {
    "already-listed": N_("Registered, and on the list already"),
    "cancellation": N_("Cancellation"),
    "code": N_("Code for another browser"),
    "companion-badge": N_("A companion’s badge"),
    "confirmation": N_("Confirmation"),
    "confirmation.accepted": N_("Confirmation: accepted"),
    "confirmation.declined": N_("Confirmation: declined"),
    "confirmation.tentative": N_("Confirmation: tentative"),
    "confirmation.waitlisted": N_("Confirmation: waiting list"),
    "focal-point": N_("Link for a focal point"),
    "hold-the-date": N_("Hold the date"),
    "invitation": N_("Invitation"),
    "item-promotion": N_("A freed seat at an item"),
    "late-refused": N_("A late answer is not taken"),
    "more-asked": N_("More is asked of a registration"),
    "offer": N_("A seat is offered"),
    "offer-lapsed": N_("An offer has ended"),
    "own-page": N_("Own page"),
    "promotion": N_("A freed seat"),
    "refused": N_("A registration is declined"),
    "registration": N_("Registration"),
    "reminder": N_("Reminder"),
    "submitted": N_("A registration is handed in"),
    "substitute": N_("To a substitute"),
    "substitute-agreed": N_("A substitute is agreed"),
    "substitute-refused": N_("A substitute is declined"),
    "withdrawal": N_("Withdrawal"),
}

PLACEHOLDERS: Mapping[str, str] = {
    "name": N_("The reader’s name"),
    "event": N_("The event’s title"),
    "subtitle": N_("The event’s subtitle"),
    "host": N_("The host"),
    "when": N_("Day and time, with the time zone"),
    "where": N_("The venue and its address"),
    "reply_by": N_("The reply-by date"),
    "contact": N_("The organisers’ mail address"),
    "practical": N_("The event’s practical hints"),
    "reason": N_("The reason that was given"),
    "question": N_("What is asked"),
    "items": N_("The items and the answers to them, as a list"),
    "item": N_("The item’s title"),
    "digits": N_("The code"),
    "until": N_("Until when the offer holds"),
    "substitute": N_("The substitute’s name"),
    "represented": N_("The name of whom the reader represents"),
    "delegation": N_("The delegation’s name"),
    "quotas": N_("How many may be named, as a list"),
    "invitation_link": N_("The reader’s link to the invitation"),
    "own_page_link": N_("The reader’s link to the own page"),
    "confirmation_link": N_("The reader’s link to confirm the registration"),
    "reminders_link": N_("The link that ends reminders"),
    "focal_link": N_("The focal point’s link"),
}


def kind_word(key: str) -> str:
    """What a kind of mail is called, in the reader's language; its folder's name where it has no word yet."""
    entry = KINDS.get(key)
    return str(gettext(entry)) if entry else key.replace("-", " ").replace(".", ": ")


def placeholder_word(name: str) -> str:
    """What a placeholder stands for, in the reader's language."""
    entry = PLACEHOLDERS.get(name)
    return str(gettext(entry)) if entry else name.replace("_", " ")


def bounce_word(status: str) -> str:
    """Why a message came back, in the reader's language, with the code that the server gave."""
    return f"{gettext(bounces.reason_of(status))} ({status})" if status else ""


def init_app(app: Flask) -> None:
    """Offer the words to templates."""
    spell(
        {
            MailState.QUEUED: N_("Queued"),
            MailState.SENT: N_("Sent"),
            MailState.FAILED: N_("Failed"),
            MailState.CANCELLED: N_("Withdrawn"),
            MailState.BOUNCED: N_("Came back"),
        }
    )
    app.jinja_env.filters["mail_kind"] = kind_word
    app.jinja_env.filters["bounce_word"] = bounce_word
    app.jinja_env.filters["placeholder_word"] = placeholder_word
