"""What of the programme follows when two people turn out to be one: parts in items, places in groups."""

from typing import Any

from eventsapp.people import merging
from eventsapp.people.merging import Merge
from eventsapp.programme.models import Participation, group_people


def _follow(merge: Merge) -> None:
    participation: Any = Participation.__table__
    merging.repoint(participation, merge, ("item_id", "role"))
    merging.repoint(group_people, merge, ("group_id",))


def init_app(_app: object) -> None:
    """Follow."""
    merging.follow(_follow)
