"""Guests and what they answered, what waits for the organiser's decision, and the terms of the reply."""

from eventsapp.rsvps.models.answers import ChoiceSeat, GuestAnswer, Upload
from eventsapp.rsvps.models.guests import Guest, GuestDetails, ItemReply, ReplyRecord
from eventsapp.rsvps.models.proposals import MailedCode, Proposal
from eventsapp.rsvps.models.terms import ReplyTerms

__all__ = [
    "ChoiceSeat",
    "Guest",
    "GuestAnswer",
    "GuestDetails",
    "ItemReply",
    "MailedCode",
    "Proposal",
    "ReplyRecord",
    "ReplyTerms",
    "Upload",
]
