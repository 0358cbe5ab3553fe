"""Closed lists about guests and replies."""

from collections.abc import Mapping
from enum import StrEnum


class GuestState(StrEnum):
    """Where a guest stands with the event. Which step leads where is the table of `life.py`."""

    DRAFT = "draft"  # on the list
    APPROVED = "approved"  # may be invited
    INVITED = "invited"  # and silent
    EXPECTED = "expected"  # invited and silent where silence counts as coming: has a seat
    UNCONFIRMED = "unconfirmed"  # registered; the mail was not answered yet
    SUBMITTED = "submitted"  # registered; the organiser decides
    ASKED = "asked"  # the organiser wants to know more first
    REFUSED = "refused"  # the organiser declined the registration
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"  # regrets
    WAITLISTED = "waitlisted"
    OFFERED = "offered"  # a freed seat is theirs until the offer ends
    REPRESENTED = "represented"  # somebody else comes in their place
    WITHDRAWN = "withdrawn"  # by the host


SEATED = (GuestState.ACCEPTED, GuestState.EXPECTED, GuestState.OFFERED)
"""Who stands there holds seats. Of the others only an invited guest may, for whom they are kept."""

LET_IN = (GuestState.ACCEPTED, GuestState.EXPECTED)
"""Who comes, as far as is known: has a badge that opens doors."""


class Answer(StrEnum):
    """What a guest can say to an event or an item."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


ANSWER_OF: Mapping[GuestState, Answer] = {
    GuestState.ACCEPTED: Answer.ACCEPTED,
    GuestState.OFFERED: Answer.ACCEPTED,
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
    NAMED = "named"  # by a focal point, or to come in somebody's place


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
    PARTY = "party"  # companions were named or taken off
    APPROVED = "approved"
    DATE_HELD = "date-held"
    SENT = "sent"
    BOUNCED = "bounced"
    REMINDED = "reminded"
    EXPECTED = "expected"
    LATE = "late"  # an answer after the reply-by date: the organiser decides
    SUBMITTED = "submitted"
    ASKED = "asked"
    REFUSED = "refused"
    OFFERED = "offered"
    PRIORITY = "priority"  # of somebody who waits
    LAPSED = "lapsed"  # an offered seat that nobody took in time
    RELEASED = "released"  # a seat kept for a silent guest went back at the reply-by date
    REPRESENTED = "represented"
    SUBSTITUTED = "substituted"  # came in somebody's place
    RESTORED = "restored"
    ATTENDED = "attended"
    NO_SHOW = "no-show"
    EXCUSED = "excused"
    DETAILS = "details"  # badge name, diet, access needs or note, the answer staying as it was


class Attendance(StrEnum):
    """What became of an answer on the day."""

    ATTENDED = "attended"
    NO_SHOW = "no-show"
    EXCUSED = "excused"


class ReplyMode(StrEnum):
    """What silence means."""

    REPLY = "reply"  # nothing: an answer is asked for
    REGRETS_ONLY = "regrets-only"  # coming


class ProposalKind(StrEnum):
    """What the organiser is asked to decide."""

    LATE_ANSWER = "late-answer"
    CHANGE = "change"
    SUBSTITUTE = "substitute"


class Decision(StrEnum):
    """What became of a proposal; `dropped` when whoever asked took it back or it became pointless."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"
    DROPPED = "dropped"
