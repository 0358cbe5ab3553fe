"""What an event still needs, and what looks odd: pure, warned, never forbidden."""

from dataclasses import dataclass

from eventsapp.core.text import N_
from eventsapp.events.models import Event


@dataclass(frozen=True)
class Concern:
    """Something odd, as a catalogue entry."""

    message: str


def concerns(event: Event) -> list[Concern]:
    """What an organiser should look at again."""
    found: list[Concern] = []
    parent = event.parent
    if parent is not None and not (parent.starts_at <= event.starts_at and event.ends_at <= parent.ends_at):
        found.append(Concern(N_("This event begins before or ends after the event it stands inside.")))
    if event.venue is not None and event.venue.timezone != event.timezone:
        found.append(Concern(N_("The venue lies in another time zone than the times of this event.")))
    if event.reply_by_at is not None and event.reply_by_at > event.starts_at:
        found.append(Concern(N_("Guests may reply after the event has begun.")))
    return found


def untranslated(event: Event) -> list[str]:
    """The languages of the event in which its title is missing."""
    return [tag for tag in event.languages if not event.title.get(tag)]
