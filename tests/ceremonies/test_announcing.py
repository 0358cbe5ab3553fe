"""What ceremonies and visits tell on other pages."""

from collections.abc import Callable

from eventsapp.access.permissions import Role
from tests.factories.ceremonies import (
    make_instrument,
    make_party,
    make_ready_instrument,
    make_signatory,
    make_signing,
    make_step,
    make_witness,
)
from tests.factories.people import make_person
from tests.factories.visits import make_delegation, make_member, make_visit, make_visit_event
from tests.support.clients import Client

Staff = Callable[..., Client]


def undone(client: Client, slug: str) -> int:
    return client.get(f"/organise/events/{slug}").text.count('data-done="no"')


def test_next_steps_of_a_signing_are_done_one_by_one(staff: Staff) -> None:
    event = make_signing()
    client = staff()
    left = undone(client, event.slug)
    make_ready_instrument(event)
    assert undone(client, event.slug) == left - 2
    make_step(event)
    assert undone(client, event.slug) == left - 3


def test_next_steps_of_a_visit_are_done_one_by_one(staff: Staff) -> None:
    event = make_visit_event()
    client = staff()
    left = undone(client, event.slug)
    make_visit(event)
    make_member(make_delegation(event), is_head=True)
    assert undone(client, event.slug) == left - 2


def test_persons_page_knows_where_they_sign_witness_and_belong_but_not_beyond_the_readers_events(
    staff: Staff,
) -> None:
    own, other = make_signing("Ours"), make_signing("Theirs")
    person = make_person("Ganna Example")
    make_signatory(make_party(make_instrument(own, "Signed by her"), "Kyiv"), person)
    make_signatory(make_party(make_instrument(other, "Signed elsewhere"), "Taipei"), person)
    make_witness(make_instrument(None, "Witnessed by her"), person)
    make_member(make_delegation(make_visit_event("Their visit"), "Delegation elsewhere"), person)
    page = staff(role=Role.PROTOCOL, event=own).get(f"/organise/people/{person.code}").text
    for seen in ("Signed by her", "Witnessed by her"):
        assert seen in page
    for hidden in ("Signed elsewhere", "Delegation elsewhere"):
        assert hidden not in page
    page = staff().get(f"/organise/people/{person.code}").text
    assert "Delegation elsewhere" in page
