"""The words for the closed lists about guests."""

from eventsapp.core.text import N_
from eventsapp.rsvps.enums import (
    Answer,
    Attendance,
    Channel,
    Decision,
    GuestState,
    ItemReplyState,
    Origin,
    ProposalKind,
    Recorded,
    ReplyMode,
)
from eventsapp.web.words import spell


def init_app(_app: object) -> None:
    """Announce them."""
    spell(
        {
            GuestState.DRAFT: N_("Not invited yet"),
            GuestState.APPROVED: N_("Approved, not invited yet"),
            GuestState.INVITED: N_("Invited"),
            GuestState.EXPECTED: N_("Expected"),
            GuestState.UNCONFIRMED: N_("Registration not confirmed"),
            GuestState.SUBMITTED: N_("Registration to be decided"),
            GuestState.ASKED: N_("Asked for more"),
            GuestState.REFUSED: N_("Registration declined"),
            GuestState.ACCEPTED: N_("Accepted"),
            GuestState.TENTATIVE: N_("Tentative"),
            GuestState.DECLINED: N_("Declined"),
            GuestState.WAITLISTED: N_("Waiting list"),
            GuestState.OFFERED: N_("A seat is offered"),
            GuestState.REPRESENTED: N_("Represented by somebody"),
            GuestState.WITHDRAWN: N_("Withdrawn by the host"),
        }
    )
    spell(
        {
            Answer.ACCEPTED: N_("Accepted"),
            Answer.TENTATIVE: N_("Tentative"),
            Answer.DECLINED: N_("Declined"),
        }
    )
    spell(
        {
            ItemReplyState.ACCEPTED: N_("Accepted"),
            ItemReplyState.TENTATIVE: N_("Tentative"),
            ItemReplyState.DECLINED: N_("Declined"),
            ItemReplyState.WAITLISTED: N_("Waiting list"),
        }
    )
    spell(
        {
            Recorded.WAITLISTED: N_("Waiting list"),
            Recorded.PROMOTED: N_("Given a freed seat"),
            Recorded.WITHDRAWN: N_("Withdrawn by the host"),
            Recorded.PARTY: N_("Companions changed"),
            Recorded.DETAILS: N_("Details changed"),
            Recorded.APPROVED: N_("Approved"),
            Recorded.DATE_HELD: N_("Asked to hold the date"),
            Recorded.SENT: N_("Invitation sent"),
            Recorded.BOUNCED: N_("Mail came back"),
            Recorded.REMINDED: N_("Reminded"),
            Recorded.EXPECTED: N_("Counted as coming"),
            Recorded.LATE: N_("Late answer"),
            Recorded.SUBMITTED: N_("Registration handed in"),
            Recorded.ASKED: N_("Asked for more"),
            Recorded.REFUSED: N_("Registration declined"),
            Recorded.OFFERED: N_("A seat is offered"),
            Recorded.PRIORITY: N_("Moved on the waiting list"),
            Recorded.LAPSED: N_("Offer lapsed"),
            Recorded.RELEASED: N_("Kept seat given back"),
            Recorded.REPRESENTED: N_("Represented by somebody"),
            Recorded.SUBSTITUTED: N_("Came in somebody’s place"),
            Recorded.RESTORED: N_("Put back on the list"),
            Recorded.ATTENDED: N_("Attended"),
            Recorded.NO_SHOW: N_("Did not come"),
            Recorded.EXCUSED: N_("Excused"),
        }
    )
    spell(
        {
            Channel.LINK: N_("Personal link"),
            Channel.MAIL: N_("Mail"),
            Channel.PHONE: N_("Telephone"),
            Channel.LETTER: N_("By post"),
            Channel.IN_PERSON: N_("In person"),
            Channel.DESK: N_("Organiser’s desk"),
            Channel.WAITING_LIST: N_("Waiting list"),
        }
    )
    spell(
        {
            Origin.LISTED: N_("Listed by staff"),
            Origin.REGISTERED: N_("Registered by themselves"),
            Origin.IMPORTED: N_("Imported"),
            Origin.NAMED: N_("Named by others"),
        }
    )
    spell(
        {
            Attendance.ATTENDED: N_("Attended"),
            Attendance.NO_SHOW: N_("Did not come"),
            Attendance.EXCUSED: N_("Excused"),
        }
    )
    spell(
        {
            ReplyMode.REPLY: N_("An answer is asked for"),
            ReplyMode.REGRETS_ONLY: N_("Regrets only: silence counts as coming"),
        }
    )
    spell(
        {
            ProposalKind.LATE_ANSWER: N_("Late answer"),
            ProposalKind.CHANGE: N_("Change after approval"),
            ProposalKind.SUBSTITUTE: N_("Substitute"),
        }
    )
    spell(
        {
            Decision.WAITING: N_("To be decided"),
            Decision.AGREED: N_("Agreed"),
            Decision.REFUSED: N_("Refused"),
            Decision.DROPPED: N_("Taken back"),
        }
    )
