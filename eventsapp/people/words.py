"""The words for people's closed lists."""

from eventsapp.core.text import N_
from eventsapp.people.duplicates import Reason
from eventsapp.people.enums import NameKind, OrganisationKind
from eventsapp.web.words import spell


def init_app(_app: object) -> None:
    """Announce them."""
    spell(
        {
            NameKind.PREFERRED: N_("Preferred name"),
            NameKind.NATIVE: N_("Name in its own script"),
            NameKind.BADGE: N_("Name for the badge"),
            NameKind.PASSPORT: N_("Name in the passport"),
            NameKind.TRANSCRIPTION: N_("Transcription"),
            NameKind.VARIANT: N_("Other spelling"),
        }
    )
    spell(
        {
            Reason.SPELLING: N_("The same spelling"),
            Reason.ROMANISATION: N_("The same name, romanised otherwise"),
            Reason.MAIL: N_("The same mail address"),
        }
    )
    spell(
        {
            OrganisationKind.CITY: N_("City"),
            OrganisationKind.MINISTRY: N_("Ministry"),
            OrganisationKind.COUNCIL: N_("Council"),
            OrganisationKind.OFFICE: N_("Office"),
            OrganisationKind.COMPANY: N_("Company"),
            OrganisationKind.ASSOCIATION: N_("Association"),
            OrganisationKind.MEDIA: N_("Media"),
            OrganisationKind.OTHER: N_("Other body"),
        }
    )
