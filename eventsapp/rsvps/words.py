"""The words for the closed lists about guests."""

from eventsapp.core.text import N_
from eventsapp.rsvps.enums import Answer, Channel, GuestState, ItemReplyState, Origin, Recorded
from eventsapp.web.words import spell


def init_app(_app: object) -> None:
    """Announce them."""
    spell(
        {
            GuestState.DRAFT: N_("Not invited yet"),
            GuestState.INVITED: N_("Invited"),
            GuestState.UNCONFIRMED: N_("Registration not confirmed"),
            GuestState.ACCEPTED: N_("Accepted"),
            GuestState.TENTATIVE: N_("Tentative"),
            GuestState.DECLINED: N_("Declined"),
            GuestState.WAITLISTED: N_("Waiting list"),
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
            Recorded.PARTY: N_("Number of seats changed"),
            Recorded.DETAILS: N_("Details changed"),
        }
    )
    spell(
        {
            Channel.LINK: N_("Personal link"),
            Channel.MAIL: N_("Mail"),
            Channel.PHONE: N_("Telephone"),
            Channel.LETTER: N_("Letter"),
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
        }
    )
