"""What can be done with guests. Every function belongs inside one `transaction()`.

Locks, in one order for all of them: first the event's row, then the guest's, then the items that want an
answer by id, last the records' chains. The event's row is the one door through which every change of a
seat or of the waiting list goes, so that a promotion, which touches other guests' rows, can neither
deadlock nor overtake. (On SQLite the writer lock does the same.)
"""

from eventsapp.rsvps.service.companions import CompanionInput, change_companions
from eventsapp.rsvps.service.inviting import (
    approve,
    approve_many,
    hold_date,
    hold_dates,
    invite,
    invite_many,
    mail_own_page,
    remind,
    renew_feed,
    renew_links,
)
from eventsapp.rsvps.service.late import Answered, answer
from eventsapp.rsvps.service.listing import (
    GuestInput,
    add_guest,
    add_new_guest,
    change_guest,
    restore,
    withdraw,
)
from eventsapp.rsvps.service.registering import RegistrationInput, confirm, register, registration_is_open
from eventsapp.rsvps.service.reminding import switch_reminders
from eventsapp.rsvps.service.replying import ReplyInput, ReplyResult, reply
from eventsapp.rsvps.service.seating import offer_free_seats
from eventsapp.rsvps.service.terms import TermsInput, set_terms
from eventsapp.rsvps.service.waiting import prioritise

__all__ = [
    "Answered",
    "CompanionInput",
    "GuestInput",
    "RegistrationInput",
    "ReplyInput",
    "ReplyResult",
    "TermsInput",
    "add_guest",
    "add_new_guest",
    "answer",
    "approve",
    "approve_many",
    "change_companions",
    "change_guest",
    "confirm",
    "hold_date",
    "hold_dates",
    "invite",
    "invite_many",
    "mail_own_page",
    "offer_free_seats",
    "prioritise",
    "register",
    "registration_is_open",
    "remind",
    "renew_feed",
    "renew_links",
    "reply",
    "restore",
    "set_terms",
    "switch_reminders",
    "withdraw",
]
