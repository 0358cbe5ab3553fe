"""Which events a member of staff sees."""

from eventsapp.access.identity import Anonymous, StaffIdentity
from eventsapp.access.permissions import Permission, Role
from eventsapp.events.sight import events_open_to

FAMILY = {1: None, 2: 1, 3: 2, 4: None}


def colleague(role: Role, event_id: int) -> StaffIdentity:
    return StaffIdentity(7, "a@b.example", roles={event_id: frozenset({role})})


def test_a_role_opens_the_event_and_what_stands_inside_it() -> None:
    assert events_open_to(colleague(Role.VIEWER, 1), FAMILY) == {1, 2, 3}


def test_a_role_inside_does_not_open_what_is_around() -> None:
    assert events_open_to(colleague(Role.ORGANISER, 2), FAMILY) == {2, 3}


def test_a_viewer_may_edit_nothing() -> None:
    assert events_open_to(colleague(Role.VIEWER, 1), FAMILY, Permission.EDIT_EVENT) == frozenset()


def test_an_administrator_sees_all_and_a_visitor_nothing() -> None:
    assert events_open_to(StaffIdentity(1, "a@b.example", administrator=True), FAMILY) == {1, 2, 3, 4}
    assert events_open_to(Anonymous(), FAMILY) == frozenset()


def test_a_circle_of_parents_ends() -> None:
    assert events_open_to(colleague(Role.VIEWER, 1), {1: 2, 2: 1}) == {1, 2}
