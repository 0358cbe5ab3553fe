"""The mail that brings a focal point its link, as data; the template makes the link when it is sent."""

from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.core.zones import to_local
from eventsapp.events.models import Event
from eventsapp.focal.models import FocalPoint
from eventsapp.mail import service as mail
from eventsapp.rsvps import deadlines
from eventsapp.web import formats


def link(point: FocalPoint, *, actor: Actor, now: datetime) -> None:
    """Here is your desk; sent again at most once a minute. Nothing for a focal point without an address."""
    if not point.email:
        return
    mail.queue(
        "focal-point",
        to_address=point.email,
        to_name=point.name,
        language=point.language,
        context={
            **_event(point.event, point.language),
            "code": point.code,
            "generation": point.link_generation,
            "delegation": point.delegation.names if point.delegation else {},
            "quotas": [
                {"category": quota.category.names, "number": quota.number}
                for quota in sorted(point.quotas, key=lambda quota: quota.category.position)
                if quota.number
            ],
        },
        dedupe_key=f"focal-point:{point.code}:{point.link_generation}:{now:%Y%m%dT%H%M}",
        event_id=point.event_id,
        actor=actor,
        now=now,
    )


def _event(event: Event, language: str) -> dict[str, object]:
    closes = to_local(deadlines.closes_at(event), event.timezone)
    return {
        "title": event.title,
        "host": event.host.names if event.host else {},
        "when": formats.plain(
            formats.range_html(event.starts_local, event.ends_local, event.timezone, language, day=True)
        ),
        "place": event.venue.names if event.venue else {},
        "reply_by": formats.plain(formats.time_html(closes, event.timezone, language, day=True)),
        "contact_email": event.contact_email,
    }
