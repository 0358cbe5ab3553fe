"""The table of states and steps, its picture in the documentation, and that nothing goes past it."""

import ast
import re
from collections.abc import Iterator

import pytest

from eventsapp.core import clock
from eventsapp.core.errors import Conflict
from eventsapp.rsvps import life
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.life import TABLE, Step
from eventsapp.rsvps.models import Guest
from tests.house.source import ROOT, modules

DIAGRAM = re.compile(r"^```mermaid\nstateDiagram-v2\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ARROW = re.compile(r"^\s*([\w*\[\]]+) --> (\w+)(?:: (.+))?$")

Arrow = tuple[str, str, str]


def drawn() -> list[Arrow]:
    """Every arrow of the diagrams in the document; what is no arrow there fails."""
    arrows = []
    for diagram in DIAGRAM.findall((ROOT / "docs/rsvp.md").read_text(encoding="utf-8")):
        for line in diagram.splitlines():
            found = ARROW.match(line)
            assert found, line
            arrows.append((found[1], found[2], found[3] or ""))
    return arrows


def tabled() -> Iterator[Arrow]:
    """The same of the table."""
    for state, steps in TABLE.items():
        for step, after in steps.items():
            yield state.value, after.value, step.value


def test_the_diagrams_draw_exactly_the_table() -> None:
    arrows = [arrow for arrow in drawn() if arrow[0] != "[*]"]
    assert set(arrows) - set(tabled()) == set(), "drawn, and not in the table"
    assert set(tabled()) - set(arrows) == set(), "in the table, and not drawn"
    assert len(arrows) == len(set(arrows)), "drawn twice"


def test_a_life_begins_on_the_list() -> None:
    assert {arrow for arrow in drawn() if arrow[0] == "[*]"} == {("[*]", "draft", "")}


def test_every_state_and_every_step_is_in_the_table() -> None:
    assert set(TABLE) == set(GuestState)
    assert {step for steps in TABLE.values() for step in steps} == set(Step)


def test_every_state_can_be_reached_and_none_is_a_trap() -> None:
    reached, waiting = {GuestState.DRAFT}, [GuestState.DRAFT]
    while waiting:
        following = set(TABLE[waiting.pop()].values()) - reached
        reached |= following
        waiting += following
    assert reached == set(GuestState)
    assert all(TABLE.values())


def test_one_step_leads_to_one_state_wherever_it_is_taken() -> None:
    leads: dict[Step, set[GuestState]] = {}
    for steps in TABLE.values():
        for step, after in steps.items():
            leads.setdefault(step, set()).add(after)
    assert {step for step, states in leads.items() if len(states) > 1} == set()


@pytest.mark.parametrize("state", list(GuestState))
@pytest.mark.parametrize("step", list(Step))
def test_a_step_goes_where_the_table_says_or_is_refused_in_a_sentence(state: GuestState, step: Step) -> None:
    guest = Guest(state=state)
    if step in TABLE[state]:
        assert life.move(guest, step) is guest.state is TABLE[state][step]
    else:
        with pytest.raises(Conflict) as refused:
            life.move(guest, step)
        assert str(refused.value).endswith(".")
        assert guest.state is state


def test_what_belongs_to_a_state_ends_with_it() -> None:
    waiting = Guest(state=GuestState.WAITLISTED, waiting_since=clock.now())
    life.move(waiting, Step.OFFER)
    waiting.offer_until = clock.now()
    assert waiting.waiting_since is None
    life.move(waiting, Step.ADMIT)
    assert waiting.offer_until is None


def test_no_module_sets_a_guests_state_past_the_table() -> None:
    past = [
        f"{module.place}:{node.lineno}"
        for module in modules()
        if module.place.startswith("eventsapp/") and module.place != "eventsapp/rsvps/life.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if node.attr == "state" and ast.unparse(node.value).split(".")[-1].endswith("guest")
    ]
    assert not past
