"""Instrument, Party, Signatory, Witness, Area, Proceeding, Commitment."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.ceremonies.enums import AuthorityBasis, CommitmentStatus, InstrumentKind, InstrumentStatus
from eventsapp.core.codes import public_code
from eventsapp.core.db import Content, Identified, LanguageMap, Model, Stamped
from eventsapp.core.provenance import Sourced
from eventsapp.events.models import Event
from eventsapp.people.models import Affiliation, Organisation, Person


class Instrument(Identified, Stamped, Sourced, Content, Model):
    """What is signed. None means "not stated", and pages say so."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[InstrumentKind]
    status: Mapped[InstrumentStatus] = mapped_column(default=InstrumentStatus.IDEA)
    title: Mapped[LanguageMap]
    number: Mapped[str] = mapped_column(String(60), default="")
    signed_on: Mapped[date | None] = mapped_column(Date)
    place: Mapped[LanguageMap] = mapped_column(default=dict)
    languages: Mapped[list[str] | None]
    originals: Mapped[int | None]
    duration: Mapped[LanguageMap] = mapped_column(default=dict)
    expires_on: Mapped[date | None] = mapped_column(Date)
    is_public: Mapped[bool] = mapped_column(default=True)  # shown on the public page of its event
    note: Mapped[str] = mapped_column(Text, default="")  # staff only
    event: Mapped[Event | None] = relationship()
    parties: Mapped[list["Party"]] = relationship(
        back_populates="instrument", cascade="all, delete-orphan", order_by="Party.position"
    )
    witnesses: Mapped[list["Witness"]] = relationship(
        cascade="all, delete-orphan", order_by="Witness.position"
    )
    areas: Mapped[list["Area"]] = relationship(cascade="all, delete-orphan", order_by="Area.position")
    commitments: Mapped[list["Commitment"]] = relationship(
        back_populates="instrument", order_by="Commitment.position"
    )


class Party(Identified, Content, Model):
    """A party to an instrument, with the style it approved for itself in each language."""

    __table_args__ = (UniqueConstraint("instrument_id", "organisation_id"),)

    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    style: Mapped[LanguageMap]
    style_approval: Mapped[str] = mapped_column(
        String(300), default=""
    )  # who approved it, when, where it is filed
    position: Mapped[int] = mapped_column(default=0)
    instrument: Mapped[Instrument] = relationship(back_populates="parties")
    organisation: Mapped[Organisation] = relationship()
    signatories: Mapped[list["Signatory"]] = relationship(
        back_populates="party", cascade="all, delete-orphan", order_by="Signatory.position"
    )


class Signatory(Identified, Sourced, Content, Model):
    """Who signs for a party, in which capacity, by what authority."""

    __table_args__ = (UniqueConstraint("party_id", "person_id"),)

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    affiliation_id: Mapped[int | None] = mapped_column(ForeignKey("affiliation.id", ondelete="SET NULL"))
    capacity: Mapped[LanguageMap] = mapped_column(default=dict)
    authority: Mapped[AuthorityBasis | None]
    authority_reference: Mapped[str] = mapped_column(String(300), default="")  # the paper that says so
    authority_verified_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)
    party: Mapped[Party] = relationship(back_populates="signatories")
    person: Mapped[Person] = relationship()
    affiliation: Mapped[Affiliation | None] = relationship()


class Witness(Identified, Sourced, Content, Model):
    """Who stands behind the signatories."""

    __table_args__ = (UniqueConstraint("instrument_id", "person_id"),)

    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    affiliation_id: Mapped[int | None] = mapped_column(ForeignKey("affiliation.id", ondelete="SET NULL"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    person: Mapped[Person] = relationship()
    affiliation: Mapped[Affiliation | None] = relationship()
    party: Mapped[Party | None] = relationship()


class Area(Identified, Sourced, Content, Model):
    """An area of cooperation, in the instrument's own words and order."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id", ondelete="CASCADE"), index=True)
    text: Mapped[LanguageMap]
    search_text: Mapped[str] = mapped_column(Text, default="")  # every language's words, folded
    position: Mapped[int] = mapped_column(default=0)


class Proceeding(Identified, Sourced, Content, Model):
    """One step in a ceremony's order of proceedings; minutes from its beginning (negative: before)."""

    __table_args__ = (CheckConstraint("duration_minutes >= 0", name="duration"),)

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    offset_minutes: Mapped[int]
    duration_minutes: Mapped[int] = mapped_column(default=0)
    text: Mapped[LanguageMap]
    who: Mapped[LanguageMap] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)


class Commitment(Identified, Stamped, Sourced, Content, Model):
    """A promise and what became of it. `amount_minor` is in hundredths of `currency` (ISO 4217).

    The recipient may be a third party: who promised what to whom need not be who signed.
    """

    __table_args__ = (
        CheckConstraint("(amount_minor IS NULL) = (currency = '')", name="amount_has_currency"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)
    instrument_id: Mapped[int | None] = mapped_column(
        ForeignKey("instrument.id", ondelete="CASCADE"), index=True
    )
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id", ondelete="SET NULL"))
    text: Mapped[LanguageMap]
    giver_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), default="")
    status: Mapped[CommitmentStatus] = mapped_column(default=CommitmentStatus.OPEN)
    due_on: Mapped[date | None] = mapped_column(Date)
    made_on: Mapped[str] = mapped_column(String(40), default="")  # as precisely as it is known: "2022-04"
    evidence: Mapped[str] = mapped_column(Text, default="")
    is_public: Mapped[bool] = mapped_column(default=False)  # a public fact, shown on public pages
    position: Mapped[int] = mapped_column(default=0)
    event: Mapped[Event | None] = relationship()
    instrument: Mapped[Instrument | None] = relationship(back_populates="commitments")
    area: Mapped[Area | None] = relationship()
    giver: Mapped[Organisation | None] = relationship(foreign_keys=[giver_id])
    recipient: Mapped[Organisation | None] = relationship(foreign_keys=[recipient_id])
