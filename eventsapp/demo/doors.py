"""Writes the checkpoints: two gates into the exhibition hall, the lobby of City Hall, the door of the signing."""

from datetime import datetime

from eventsapp.access.identity import SYSTEM
from eventsapp.demo.data import DEMO
from eventsapp.demo.directory import Directory
from eventsapp.demo.occasions import SIGNING, SUMMIT, VISIT, Occasions
from eventsapp.door import checkpoints
from eventsapp.door.models import Checkpoint

_HALL = "TaiNEX Hall 2"

# event, name, area into which it leads, letter of the zone it asks for ("" for every valid badge)
_DOORS = (
    (SUMMIT, "TaiNEX Gate A", _HALL, ""),
    (SUMMIT, "TaiNEX Gate B", _HALL, ""),
    (SUMMIT, "Leaders’ lounge", "", "L"),
    (SUMMIT, "Press centre", "", "M"),
    (VISIT, "City Hall lobby", "", ""),
    (SIGNING, "Signing hall", "", "S"),
)


def write(directory: Directory, made: Occasions, now: datetime) -> list[Checkpoint]:
    """The checkpoints, in the order above."""
    return [
        checkpoints.create_checkpoint(
            made.events[slug],
            checkpoints.CheckpointInput(name=name, area=area, zone=directory.zones[zone] if zone else None),
            source=DEMO,
            actor=SYSTEM,
            now=now,
        )
        for slug, name, area, zone in _DOORS
    ]
