"""The words for the closed lists about instruments, and how imprecise dates are written."""

from typing import Any

from eventsapp.ceremonies.dates import imprecise_date
from eventsapp.ceremonies.enums import AuthorityBasis, CommitmentStatus, InstrumentKind, InstrumentStatus
from eventsapp.ceremonies.readiness import Lack
from eventsapp.core.text import N_
from eventsapp.web.filters import reader
from eventsapp.web.words import spell


def init_app(app: Any) -> None:
    """Announce them."""
    app.jinja_env.filters["imprecise_date"] = lambda text: imprecise_date(text, reader())
    spell(
        {
            InstrumentKind.TREATY: N_("Treaty"),
            InstrumentKind.AGREEMENT: N_("Agreement"),
            InstrumentKind.MEMORANDUM_OF_UNDERSTANDING: N_("Memorandum of understanding"),
            InstrumentKind.MEMORANDUM_OF_COOPERATION: N_("Memorandum of cooperation"),
            InstrumentKind.LETTER_OF_INTENT: N_("Letter of intent"),
            InstrumentKind.JOINT_DECLARATION: N_("Joint declaration"),
            InstrumentKind.SISTER_CITY_AGREEMENT: N_("Sister-city agreement"),
            InstrumentKind.FRIENDSHIP_CITY_AGREEMENT: N_("Friendship-city agreement"),
            InstrumentKind.EXCHANGE_OF_LETTERS: N_("Exchange of letters"),
            InstrumentKind.AGREED_MINUTES: N_("Agreed minutes"),
            InstrumentKind.ANNEX: N_("Annex"),
        }
    )
    spell(
        {
            InstrumentStatus.IDEA: N_("Idea"),
            InstrumentStatus.NEGOTIATING: N_("Negotiating"),
            InstrumentStatus.TEXT_AGREED: N_("Text agreed"),
            InstrumentStatus.TRANSLATED: N_("Translated and compared"),
            InstrumentStatus.CLEARED: N_("Cleared for signing"),
            InstrumentStatus.INITIALLED: N_("Initialled"),
            InstrumentStatus.PRINTED: N_("Printed and bound"),
            InstrumentStatus.SIGNED: N_("Signed"),
            InstrumentStatus.IN_EFFECT: N_("In effect"),
            InstrumentStatus.AMENDED: N_("Amended"),
            InstrumentStatus.RENEWED: N_("Renewed"),
            InstrumentStatus.EXPIRED: N_("Expired"),
            InstrumentStatus.TERMINATED: N_("Terminated"),
            InstrumentStatus.SUPERSEDED: N_("Superseded"),
            InstrumentStatus.DORMANT: N_("Dormant"),
        }
    )
    spell(
        {
            AuthorityBasis.EX_OFFICIO: N_("By office"),
            AuthorityBasis.FULL_POWERS: N_("Full powers"),
            AuthorityBasis.COUNCIL_RESOLUTION: N_("Resolution of the council"),
            AuthorityBasis.MAYORAL_DELEGATION: N_("Delegation by the mayor"),
            AuthorityBasis.MINISTRY_CLEARANCE: N_("Clearance by the ministry"),
        }
    )
    spell(
        {
            CommitmentStatus.OPEN: N_("To be done"),
            CommitmentStatus.DONE: N_("Done"),
            CommitmentStatus.LATE: N_("Late"),
            CommitmentStatus.DROPPED: N_("Given up"),
        }
    )
    spell(
        {
            Lack.PARTIES: N_("There are fewer than two parties."),
            Lack.SIGNATORY: N_("Nobody is named who signs."),
            Lack.AUTHORITY: N_("By what authority is not stated."),
            Lack.UNVERIFIED: N_("The authority is not verified yet."),
            Lack.STYLE_APPROVAL: N_("Who approved the style is not recorded."),
            Lack.LANGUAGES: N_("The languages are not stated."),
            Lack.ORIGINALS: N_("The number of originals is not stated."),
            Lack.ONE_EACH: N_("There are fewer originals than parties."),
        }
    )
