"""What of ceremonies follows when two people turn out to be one: signatures and witnesses."""

from typing import Any

from sqlalchemy import func, select

from eventsapp.ceremonies.models import Signatory, Witness
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.people import merging
from eventsapp.people.merging import Merge


def _follow(merge: Merge) -> None:
    """Nobody signs twice for one party: which signature stays is for a person to say."""
    both = (
        select(Signatory.party_id)
        .where(Signatory.person_id.in_((merge.kept.id, merge.gone.id)))
        .group_by(Signatory.party_id)
        .having(func.count() > 1)
    )
    if db.session.execute(both).first():
        raise Conflict(N_("Both sign for the same party. Please remove one of the two signatories first."))
    signatories: Any = Signatory.__table__
    witnesses: Any = Witness.__table__
    merging.repoint(signatories, merge)
    merging.repoint(witnesses, merge, ("instrument_id",))


def init_app(_app: object) -> None:
    """Follow."""
    merging.follow(_follow)
