"""Visit, Delegation, Member."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import Content, Identified, LanguageMap, Model
from eventsapp.core.provenance import Sourced
from eventsapp.events.models import Event
from eventsapp.people.models import Affiliation, Organisation, Person
from eventsapp.visits.enums import MemberFunction, VisitCategory


class Visit(Sourced, Content, Model):
    """What a visit has beside being an event. The four bodies are often four different ones."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    category: Mapped[VisitCategory] = mapped_column(default=VisitCategory.WORKING)
    purpose: Mapped[LanguageMap] = mapped_column(default=dict)
    inviting_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    programme_owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    event: Mapped[Event] = relationship()
    inviting: Mapped[Organisation | None] = relationship(foreign_keys=[inviting_id])
    host: Mapped[Organisation | None] = relationship(foreign_keys=[host_id])
    programme_owner: Mapped[Organisation | None] = relationship(foreign_keys=[programme_owner_id])
    payer: Mapped[Organisation | None] = relationship(foreign_keys=[payer_id])


class Delegation(Identified, Sourced, Content, Model):
    """A party's delegation to an event (a visit's guests, or one of a summit's many)."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    names: Mapped[LanguageMap]
    liaison_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int] = mapped_column(default=0)
    event: Mapped[Event] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    liaison: Mapped[Person | None] = relationship()
    members: Mapped[list["Member"]] = relationship(
        back_populates="delegation", cascade="all, delete-orphan", order_by="Member.position"
    )


class Member(Identified, Sourced, Content, Model):
    """A person in a delegation, in order of precedence (`position`), under the title that applies here."""

    __table_args__ = (
        UniqueConstraint("delegation_id", "person_id"),
        Index(
            "uq_member_head",
            "delegation_id",
            unique=True,
            sqlite_where=text("is_head"),
            postgresql_where=text("is_head"),
        ),
    )

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    affiliation_id: Mapped[int | None] = mapped_column(ForeignKey("affiliation.id", ondelete="SET NULL"))
    function: Mapped[MemberFunction] = mapped_column(default=MemberFunction.OFFICIAL)
    is_head: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    delegation: Mapped[Delegation] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()
    affiliation: Mapped[Affiliation | None] = relationship()
