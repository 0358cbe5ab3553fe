"""The words for the closed lists about imports."""

from eventsapp.core.text import N_
from eventsapp.lists.enums import Fate, ImportState
from eventsapp.web.words import spell


def init_app(_app: object) -> None:
    """Announce them."""
    spell(
        {
            ImportState.UPLOADED: N_("Columns to be looked at"),
            ImportState.CHECKED: N_("Tried, not imported"),
            ImportState.QUEUED: N_("Waiting for its turn"),
            ImportState.RUNNING: N_("Being worked on"),
            ImportState.DONE: N_("Imported"),
            ImportState.REFUSED: N_("Not imported"),
        }
    )
    spell(
        {
            Fate.ADDED: N_("Added"),
            Fate.CHANGED: N_("Changed"),
            Fate.UNCHANGED: N_("Unchanged"),
            Fate.DUPLICATE: N_("Possible duplicates"),
            Fate.REFUSED: N_("Cannot be taken"),
            Fate.LEFT_OUT: N_("Left out"),
        }
    )
