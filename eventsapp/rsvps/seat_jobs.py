"""What happens to seats at a set time: offers end, kept seats are given back."""

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.jobs import handlers
from eventsapp.rsvps.service import holding, offering, waiting


def lapse_offers(event_id: int) -> None:
    """End the offers whose time is over. Repeating it ends nothing twice."""
    with transaction():
        waiting.lapse_offers(event_id, now=clock.now())


def release_holds(event_id: int) -> None:
    """Give back the seats kept for the silent, a portion at a time, then offer them to whoever waits."""
    with transaction():
        if not holding.are_due(event_id, now=clock.now()):
            return
    more = holding.PORTION
    while more:
        with transaction():
            more = holding.release(event_id, limit=holding.PORTION, now=clock.now())


def init() -> None:
    """Answer for the jobs."""
    handlers.register(offering.LAPSE_OFFERS, lapse_offers)
    handlers.register(holding.RELEASE_HOLDS, release_holds)
