"""The refusal of a choice of which no place is left."""

from collections.abc import Sequence

from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.questions.asked import Asked, Option


class ChoiceFull(Conflict):
    """Somebody was quicker. `free` are the choices of the question that have places left."""

    def __init__(self, asked: Asked, option: Option, free: Sequence[Option]) -> None:
        super().__init__(N_("No place of this choice is left."), field=asked.field)
        self.option = option
        self.free = free
