"""What was promised, and what became of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.ceremonies import service
from eventsapp.ceremonies.models import Commitment
from eventsapp.ceremonies.service import CommitmentInput
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from tests.factories.ceremonies import make_area, make_commitment, make_instrument
from tests.factories.people import make_organisation

pytestmark = pytest.mark.usefixtures("db_session")


def test_money_may_go_to_a_third_party() -> None:
    warsaw = make_organisation("City of Warsaw")
    taipei = make_organisation("Taipei")
    commitment = make_commitment(
        giver=taipei, recipient=warsaw, amount_minor=30_000_000, currency="eur", made_on="2022-04"
    )
    assert (commitment.amount_minor, commitment.currency) == (30_000_000, "EUR")
    assert commitment.recipient is warsaw


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": {}}, "text"),
        ({"amount_minor": 100}, "currency"),
        ({"amount_minor": 100, "currency": "EURO"}, "currency"),
        ({"amount_minor": -1, "currency": "EUR"}, "amount"),
        ({"amount_minor": 10**15 + 1, "currency": "EUR"}, "amount"),
        ({"made_on": "last spring"}, "made_on"),
        ({"made_on": "2022-13"}, "made_on"),
    ],
)
def test_commitment_that_cannot_be_right_is_refused_at_its_field(
    wrong: dict[str, Any], field: str, now: datetime
) -> None:
    given = replace(CommitmentInput(text={"en": "A contact"}), **wrong)
    with pytest.raises(Invalid) as refused:
        service.create_commitment(given, actor=SYSTEM, now=now)
    assert refused.value.field == field


@pytest.mark.parametrize("made_on", ["2022", "2022-04", "2022-04-07", ""])
def test_day_of_a_promise_is_as_precise_as_it_is_known(made_on: str) -> None:
    assert make_commitment(made_on=made_on).made_on == made_on


def test_currency_without_an_amount_is_forgotten() -> None:
    assert make_commitment(currency="EUR").currency == ""


def test_area_of_another_instrument_is_refused(now: datetime) -> None:
    area = make_area(make_instrument())
    for instrument in (make_instrument(), None):
        given = CommitmentInput(text={"en": "A contact"}, instrument=instrument, area=area)
        with pytest.raises(Invalid):
            service.create_commitment(given, actor=SYSTEM, now=now)


def test_commitments_of_an_instrument_stand_in_the_order_of_entry() -> None:
    instrument = make_instrument()
    made = [make_commitment(f"Promise {number}", instrument=instrument) for number in range(3)]
    db.session.expire_all()
    assert instrument.commitments == made


def test_deleted_commitment_is_gone(now: datetime) -> None:
    service.delete_commitment(make_commitment(), actor=SYSTEM, now=now)
    assert db.session.scalars(select(Commitment)).all() == []
