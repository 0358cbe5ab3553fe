"""Reading people and organisations."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from eventsapp.core.db import db
from eventsapp.core.paging import Page, cut
from eventsapp.core.text import fold, like
from eventsapp.people.models import Affiliation, Organisation, Person

Row = TypeVar("Row", Person, Organisation)

PAGE = 50
TERMS = 8  # of a search; more say nothing more


def matches(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool] | None:
    """That every word of `text` occurs in a folded column; None when `text` has no word."""
    terms = fold(text).split()[:TERMS]
    return and_(*(column.like(like(term), escape="\\") for term in terms)) if terms else None


def search_people(text: str, limit: int = 20) -> Sequence[Person]:
    """People one of whose recorded names holds every word of `text`, with their titles.

    Case, diacritics and hyphens make no difference; words may come in any order. None for no word.
    """
    found = matches(Person.search_text, text)
    if found is None:
        return []
    return db.session.scalars(
        select(Person).where(found).order_by(Person.sort_key, Person.id).limit(limit).options(_titles())
    ).all()


def people_page(text: str = "", after: str | None = None, size: int = PAGE) -> Page[Person]:
    """A page of people in the order of their names, with their titles; `after` is a cursor."""
    query = select(Person).options(_titles())
    found = matches(Person.search_text, text)
    if found is not None:
        query = query.where(found)
    rows = _after(query, Person, after, size)
    return cut(rows, size, [person.code for person in rows])


def organisations_page(text: str = "", after: str | None = None, size: int = PAGE) -> Page[Organisation]:
    """A page of organisations in the order of their names; `after` is a cursor."""
    query = select(Organisation).options(joinedload(Organisation.parent))
    found = matches(Organisation.search_text, text)
    if found is not None:
        query = query.where(found)
    rows = _after(query, Organisation, after, size)
    return cut(rows, size, [organisation.code for organisation in rows])


def _after(query: Select[Row], table: type[Row], after: str | None, size: int) -> Sequence[Row]:
    """Rows beyond the one with the code `after`, one more than `size` to tell whether more follow."""
    if after:
        last = db.session.execute(select(table.sort_key, table.id).where(table.code == after)).first()
        if last:
            query = query.where(tuple_(table.sort_key, table.id) > tuple_(*last))
    return db.session.scalars(query.order_by(table.sort_key, table.id).limit(size + 1)).all()


def person_by_code(code: str) -> Person | None:
    """The person with that public code, with names and titles."""
    return db.session.scalar(
        select(Person).where(Person.code == code).options(selectinload(Person.names), _titles())
    )


def people_by_codes(codes: Sequence[str]) -> dict[str, Person]:
    """People by their public codes, with their titles; unknown codes are left out."""
    found = db.session.scalars(select(Person).where(Person.code.in_(codes)).options(_titles())).all()
    return {person.code: person for person in found}


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation with that public code, with what it is part of."""
    return db.session.scalar(
        select(Organisation).where(Organisation.code == code).options(joinedload(Organisation.parent))
    )


def organisations() -> Sequence[Organisation]:
    """Every organisation in the order of names, for a choice."""
    return db.session.scalars(select(Organisation).order_by(Organisation.sort_key, Organisation.id)).all()


def members(organisation: Organisation, limit: int = 200) -> Sequence[Affiliation]:
    """The titles held in an organisation, with who holds them."""
    return db.session.scalars(
        select(Affiliation)
        .join(Affiliation.person)
        .where(Affiliation.organisation_id == organisation.id)
        .order_by(Person.sort_key, Affiliation.position)
        .limit(limit)
        .options(joinedload(Affiliation.person))
    ).all()


def _titles() -> _AbstractLoad:
    return selectinload(Person.affiliations).joinedload(Affiliation.organisation)
