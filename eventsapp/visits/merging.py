"""What of visits follows when two people turn out to be one: members and liaisons of delegations."""

from typing import Any

from sqlalchemy import select, update

from eventsapp.core.db import db
from eventsapp.people import merging
from eventsapp.people.merging import Merge
from eventsapp.visits.models import Delegation, Member


def _follow(merge: Merge) -> None:
    members: Any = Member.__table__
    led = select(Member.delegation_id).where(Member.person_id == merge.gone.id, Member.is_head.is_(True))
    headed = db.session.scalars(led).all()
    merging.repoint(members, merge, ("delegation_id",))
    db.session.execute(
        update(members)
        .where(members.c.person_id == merge.kept.id, members.c.delegation_id.in_(headed))
        .values(is_head=True)
    )
    merging.repoint(Delegation.__table__, merge, column="liaison_id")


def init_app(_app: object) -> None:
    """Follow."""
    merging.follow(_follow)
