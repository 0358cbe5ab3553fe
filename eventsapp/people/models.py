"""Person, PersonName, Organisation, Affiliation, DistinctPair."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import Content, Identified, LanguageMap, Model, Stamped
from eventsapp.core.provenance import Sourced
from eventsapp.people.enums import NameKind, OrganisationKind


class Person(Identified, Stamped, Sourced, Content, Model):
    """One human being. `search_text` holds every recorded spelling, folded, and is the service's to keep.

    `display_name` and `display_language` repeat the first preferred name, so that lists need no join.
    """

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    display_name: Mapped[str] = mapped_column(String(200), default="")
    display_language: Mapped[str] = mapped_column(String(35), default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    languages: Mapped[list[str]] = mapped_column(default=list)  # spoken; BCP 47
    note: Mapped[str] = mapped_column(Text, default="")  # staff only
    names: Mapped[list["PersonName"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="PersonName.position"
    )
    affiliations: Mapped[list["Affiliation"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Affiliation.position"
    )


class PersonName(Identified, Sourced, Content, Model):
    """One way a person is named, kept as its bearer writes it.

    `full` is all that is asked for; `family` and `given` are kept only when somebody said which is which.
    """

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NameKind] = mapped_column(default=NameKind.PREFERRED)
    full: Mapped[str] = mapped_column(String(200))
    family: Mapped[str] = mapped_column(String(120), default="")
    given: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(35), default="")
    script: Mapped[str] = mapped_column(String(8), default="")  # ISO 15924
    position: Mapped[int] = mapped_column(default=0)
    person: Mapped[Person] = relationship(back_populates="names")


class Organisation(Identified, Stamped, Sourced, Content, Model):
    """A city, ministry, company or other body, with its official name in each language."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    names: Mapped[LanguageMap]
    short_names: Mapped[LanguageMap] = mapped_column(default=dict)
    kind: Mapped[OrganisationKind] = mapped_column(default=OrganisationKind.OTHER)
    country: Mapped[str] = mapped_column(String(2), default="")  # ISO 3166-1; only where stating it is agreed
    founded_on: Mapped[date | None] = mapped_column(Date)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    search_text: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    parent: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")


class Affiliation(Identified, Sourced, Content, Model):
    """A post: a person's title in an organisation, for a period. A person may hold many."""

    __table_args__ = (UniqueConstraint("code"),)

    code: Mapped[str] = mapped_column(String(16), default=public_code)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[LanguageMap] = mapped_column(default=dict)
    begins_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    position: Mapped[int] = mapped_column(default=0)
    person: Mapped[Person] = relationship(back_populates="affiliations")
    organisation: Mapped[Organisation | None] = relationship()


class DistinctPair(Model):
    """Two people somebody said are not the same, so that they are not offered for merging again."""

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
