"""The words for the closed lists about badges."""

from eventsapp.badges.enums import BadgeState
from eventsapp.core.text import N_
from eventsapp.web.words import spell


def init_app(_app: object) -> None:
    """Announce them."""
    spell(
        {
            BadgeState.ACTIVE: N_("Valid"),
            BadgeState.SUSPENDED: N_("Suspended"),
            BadgeState.REVOKED: N_("Revoked"),
        }
    )
