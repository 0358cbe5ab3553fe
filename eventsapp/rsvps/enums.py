"""Closed lists about guests and replies."""

from collections.abc import Mapping
from enum import StrEnum


class GuestState(StrEnum):
    """Where a guest stands with the event.

    draft → invited → accepted | tentative | declined | waitlisted; `unconfirmed` registrations wait
    for their mail to be answered; `withdrawn` by the host.
    """

    DRAFT = "draft"
    INVITED = "invited"
    UNCONFIRMED = "unconfirmed"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What a guest can say to an event or an item."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


ANSWER_OF: Mapping[GuestState, Answer] = {
    GuestState.ACCEPTED: Answer.ACCEPTED,
    GuestState.WAITLISTED: Answer.ACCEPTED,
    GuestState.TENTATIVE: Answer.TENTATIVE,
    GuestState.DECLINED: Answer.DECLINED,
}
"""What a guest said who stands there; whoever said nothing is in none of these states."""


class ItemReplyState(StrEnum):
    """Where a guest stands with one item."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    WAITLISTED = "waitlisted"


class Origin(StrEnum):
    """How a guest came onto the list."""

    LISTED = "listed"  # by staff
    REGISTERED = "registered"  # by themselves, at an open event
    IMPORTED = "imported"


class Channel(StrEnum):
    """By which way an answer came."""

    LINK = "link"
    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"
    IN_PERSON = "in-person"
    DESK = "desk"  # staff on their own account: withdrawn, party size changed
    WAITING_LIST = "waiting-list"  # a freed seat; nobody's answer


class Recorded(StrEnum):
    """What a record can say beside an answer."""

    WAITLISTED = "waitlisted"  # accepted, and no seat was free
    PROMOTED = "promoted"
    WITHDRAWN = "withdrawn"
    PARTY = "party"  # the number of seats was changed
    DETAILS = "details"  # badge name, diet, access needs or note, the answer staying as it was
