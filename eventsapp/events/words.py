"""The words for events' closed lists."""

from eventsapp.core.text import N_
from eventsapp.events.enums import EventKind, EventState, Pattern, Visibility
from eventsapp.web.words import spell


def init_app(_app: object) -> None:
    """Announce them."""
    spell(
        {
            EventKind.SUMMIT: N_("Summit"),
            EventKind.SIGNING: N_("Signing ceremony"),
            EventKind.VISIT: N_("Delegation visit"),
        }
    )
    spell(
        {
            EventState.DRAFT: N_("Draft"),
            EventState.PUBLISHED: N_("Published"),
            EventState.CANCELLED: N_("Cancelled"),
            EventState.CLOSED: N_("Closed"),
        }
    )
    spell(
        {
            Visibility.PUBLIC: N_("Public"),
            Visibility.UNLISTED: N_("Unlisted"),
            Visibility.INVITATION: N_("By invitation"),
        }
    )
    spell(
        {
            Pattern.PLAIN: N_("Plain"),
            Pattern.STRIPES: N_("Stripes"),
            Pattern.DOTS: N_("Dots"),
            Pattern.GRID: N_("Grid"),
            Pattern.WAVES: N_("Waves"),
            Pattern.DIAGONAL: N_("Diagonal"),
        }
    )
