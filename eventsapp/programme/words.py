"""The words for the programme's closed lists."""

from eventsapp.core.text import N_
from eventsapp.programme.enums import Audience, ItemKind, ItemState, PartRole
from eventsapp.web.words import spell


def init_app(_app: object) -> None:
    """Announce them."""
    spell(
        {
            ItemKind.CEREMONY: N_("Ceremony"),
            ItemKind.PLENARY: N_("Plenary"),
            ItemKind.SESSION: N_("Session"),
            ItemKind.SEMINAR: N_("Seminar"),
            ItemKind.BILATERAL: N_("Bilateral meeting"),
            ItemKind.SIGNING: N_("Signing"),
            ItemKind.COURTESY_CALL: N_("Courtesy call"),
            ItemKind.SITE_VISIT: N_("Site visit"),
            ItemKind.MEAL: N_("Meal"),
            ItemKind.RECEPTION: N_("Reception"),
            ItemKind.CULTURE: N_("Culture"),
            ItemKind.PRESS: N_("Press"),
            ItemKind.BRIEFING: N_("Briefing"),
            ItemKind.REHEARSAL: N_("Rehearsal"),
            ItemKind.ARRIVAL: N_("Arrival"),
            ItemKind.TRANSFER: N_("Transfer"),
            ItemKind.DEPARTURE: N_("Departure"),
            ItemKind.FREE_TIME: N_("Free time"),
        }
    )
    spell(
        {
            ItemState.SCHEDULED: N_("Scheduled"),
            ItemState.PROVISIONAL: N_("Provisional"),
            ItemState.CANCELLED: N_("Cancelled"),
        }
    )
    spell(
        {
            Audience.EVERYONE: N_("Everyone"),
            Audience.GROUPS: N_("Named groups"),
            Audience.PEOPLE: N_("Named people"),
        }
    )
    spell(
        {
            PartRole.SPEAKER: N_("Speaker"),
            PartRole.MODERATOR: N_("Moderator"),
            PartRole.HOST: N_("Host"),
            PartRole.MC: N_("Master of ceremonies"),
            PartRole.INTERPRETER: N_("Interpreter"),
            PartRole.LIAISON: N_("Liaison"),
            PartRole.PARTICIPANT: N_("Participant"),
        }
    )
