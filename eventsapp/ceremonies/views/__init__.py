"""Organisers' pages about ceremonies, the register of instruments and follow-ups."""

from eventsapp.ceremonies import queries
from eventsapp.ceremonies.views import announcing, ceremony, commitments, instruments, parties, signers
from eventsapp.ceremonies.views.blueprints import ceremony_pages, commitment_pages, instrument_pages
from eventsapp.events import public_sections
from eventsapp.events.enums import EventKind

__all__ = ["announcing", "ceremony", "commitments", "instruments", "parties", "signers"]

blueprints = (ceremony_pages, instrument_pages, commitment_pages)

public_sections.section(
    20,
    "ceremonies/_public.html",
    queries.for_public_page,
    kinds=frozenset({EventKind.SIGNING, EventKind.VISIT}),
)
