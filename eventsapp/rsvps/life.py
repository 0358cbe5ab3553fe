"""The life of an invitation: which step leads from which state to which, as one table.

`move` is the only way in which a guest's state changes; what the table does not know is refused.
docs/rsvp.md draws the same table, and a test compares the two.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from sqlalchemy.orm import object_session

from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.rsvps.enums import Answer, GuestState
from eventsapp.rsvps.enums import GuestState as S
from eventsapp.rsvps.models import Guest


class Step(StrEnum):
    """Something that happens to a guest's place at an event."""

    APPROVE = "approve"
    INVITE = "invite"
    EXPECT = "expect"  # silence counts as coming
    REGISTER = "register"
    CONFIRM = "confirm"  # the mail address is theirs
    HAND_IN = "hand in"  # a registration that the organiser decides
    ASK = "ask"
    REFUSE = "refuse"
    RECONSIDER = "reconsider"
    ADMIT = "admit"  # a seat is theirs
    QUEUE = "queue"  # they would come, and no seat is free
    OFFER = "offer"
    LAPSE = "lapse"  # the offered seat was not taken in time
    HESITATE = "hesitate"  # perhaps
    REGRET = "regret"
    REPRESENT = "represent"  # somebody else comes in their place
    RETURN = "return"  # nobody does any more
    WITHDRAW = "withdraw"
    RESTORE = "restore"


_ANSWERING = {
    Step.ADMIT: S.ACCEPTED,
    Step.QUEUE: S.WAITLISTED,
    Step.HESITATE: S.TENTATIVE,
    Step.REGRET: S.DECLINED,
}
_LEAVING = {Step.REPRESENT: S.REPRESENTED, Step.WITHDRAW: S.WITHDRAWN}
_DECIDING = {
    Step.APPROVE: S.APPROVED,
    Step.REFUSE: S.REFUSED,
    Step.REGRET: S.DECLINED,
    Step.WITHDRAW: S.WITHDRAWN,
}


def _but(steps: Mapping[Step, GuestState], *left_out: Step) -> dict[Step, GuestState]:
    return {step: state for step, state in steps.items() if step not in left_out}


TABLE: Mapping[GuestState, Mapping[Step, GuestState]] = {
    S.DRAFT: {
        **_ANSWERING,  # somebody telephones before the invitation has gone out
        **_LEAVING,
        Step.APPROVE: S.APPROVED,
        Step.INVITE: S.INVITED,
        Step.REGISTER: S.UNCONFIRMED,
    },
    S.APPROVED: {**_ANSWERING, **_LEAVING, Step.INVITE: S.INVITED},
    S.INVITED: {**_ANSWERING, **_LEAVING, Step.EXPECT: S.EXPECTED},
    S.EXPECTED: {**_but(_ANSWERING, Step.QUEUE), **_LEAVING},
    S.UNCONFIRMED: {Step.CONFIRM: S.INVITED, Step.HAND_IN: S.SUBMITTED, Step.WITHDRAW: S.WITHDRAWN},
    S.SUBMITTED: {**_DECIDING, Step.ASK: S.ASKED},
    S.ASKED: {**_DECIDING, Step.HAND_IN: S.SUBMITTED},
    S.REFUSED: {Step.RECONSIDER: S.SUBMITTED, Step.WITHDRAW: S.WITHDRAWN},
    S.ACCEPTED: {**_but(_ANSWERING, Step.ADMIT, Step.QUEUE), **_LEAVING},
    S.TENTATIVE: {**_but(_ANSWERING, Step.HESITATE), **_LEAVING},
    S.DECLINED: {**_but(_ANSWERING, Step.REGRET), **_LEAVING},
    S.WAITLISTED: {**_but(_ANSWERING, Step.QUEUE), **_LEAVING, Step.OFFER: S.OFFERED},
    S.OFFERED: {**_but(_ANSWERING, Step.QUEUE), **_LEAVING, Step.LAPSE: S.WAITLISTED},
    S.REPRESENTED: {Step.RETURN: S.INVITED, Step.WITHDRAW: S.WITHDRAWN},
    S.WITHDRAWN: {Step.RESTORE: S.DRAFT},
}
"""From a state, by a step, to the next state. A step that is not there is refused there."""

_REFUSALS: Mapping[Step, str] = {
    Step.APPROVE: N_("Only who is on the list, or has handed in a registration, can be approved."),
    Step.INVITE: N_("This guest was invited before, or has answered."),
    Step.EXPECT: N_("Only a guest who was invited and is silent can be counted as coming."),
    Step.REGISTER: N_("This guest is on the list already."),
    Step.CONFIRM: N_("This registration was confirmed, answered or withdrawn since."),
    Step.HAND_IN: N_("This registration cannot be handed in any more."),
    Step.ASK: N_("Only who has handed in a registration can be asked for more."),
    Step.REFUSE: N_("Only a registration that waits for a decision can be declined."),
    Step.RECONSIDER: N_("Only a declined registration can be looked at again."),
    Step.OFFER: N_("A seat is offered only to who is on the waiting list."),
    Step.LAPSE: N_("No seat is offered to this guest."),
    Step.REPRESENT: N_("Nobody can come in the place of this guest now."),
    Step.RETURN: N_("Nobody comes in the place of this guest."),
    Step.WITHDRAW: N_("This invitation is withdrawn already."),
    Step.RESTORE: N_("Only a withdrawn guest can be put back on the list."),
}
_NO_ANSWER: Mapping[GuestState, str] = {
    S.WITHDRAWN: N_("The host has withdrawn this invitation."),
    S.REPRESENTED: N_("Somebody else comes in the place of this guest. Please write to the host."),
    S.UNCONFIRMED: N_("Please confirm your registration first, with the link in our mail."),
    S.SUBMITTED: N_("The host decides about this registration first."),
    S.ASKED: N_("The host decides about this registration first."),
    S.REFUSED: N_("The host has declined this registration."),
}

ANSWERS: Mapping[GuestState, Step] = {state: step for step, state in _ANSWERING.items()}
"""The step that leads to where an answer stands."""


def knows(state: GuestState, step: Step) -> bool:
    """Whether the step can be taken from that state."""
    return step in TABLE[state]


def before(step: Step) -> tuple[GuestState, ...]:
    """The states from which the step can be taken."""
    return tuple(state for state, steps in TABLE.items() if step in steps)


def move(guest: Guest, step: Step) -> GuestState:
    """Take one step in a guest's life; the state it leads to, which the guest now has.

    Companions go along. What belongs to the state left ends with it: the place in the line, the offer's
    end. Seats are `service/seating.py`'s. Raises `Conflict` for a step that cannot be taken from where the
    guest stands, and changes nothing then.
    """
    state = TABLE[guest.state].get(step)
    if state is None:
        raise Conflict(_refusal(guest.state, step))
    for companion in _companions(guest):
        companion.state = state
    guest.state = state
    if state is not S.WAITLISTED:
        guest.waiting_since = None
        if guest.waiting_priority or guest.waiting_reason:
            guest.waiting_priority, guest.waiting_reason = 0, ""
    if state is not S.OFFERED:
        guest.offer_until = None
    return state


def _companions(guest: Guest) -> Sequence[Guest]:
    session = object_session(guest) if (guest.party_size or 1) > 1 else None
    if session is None:
        return ()
    with session.no_autoflush:  # nobody is written half-way between two states
        return guest.companions


def must_answer(guest: Guest, answer: Answer | None = None) -> None:
    """Raises `Conflict` where this guest, standing where they stand, cannot answer so (or at all)."""
    step = ANSWERS[GuestState(answer.value)] if answer else None
    if not can_answer(guest) and step not in TABLE[guest.state]:
        raise Conflict(_NO_ANSWER[guest.state])


def can_answer(guest: Guest) -> bool:
    """Whether a guest who stands there can answer the invitation."""
    return guest.state not in _NO_ANSWER


def _refusal(state: GuestState, step: Step) -> str:
    if step in _REFUSALS:
        return _REFUSALS[step]
    return _NO_ANSWER.get(state, N_("This answer stands already."))
