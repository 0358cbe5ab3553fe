"""The life of an instrument: from which status it may pass to which."""

from collections.abc import Mapping
from types import MappingProxyType

from eventsapp.ceremonies.enums import InstrumentStatus as S

BEFORE_SIGNING = (S.IDEA, S.NEGOTIATING, S.TEXT_AGREED, S.TRANSLATED, S.CLEARED, S.INITIALLED, S.PRINTED)
_ENDS = frozenset({S.EXPIRED, S.TERMINATED, S.SUPERSEDED})
_ALIVE = frozenset({S.IN_EFFECT, S.AMENDED, S.RENEWED, S.DORMANT}) | _ENDS


def _table() -> Mapping[S, frozenset[S]]:
    # A text that was agreed may be opened again, and a small office skips stages: free until it is signed.
    table = {status: frozenset({*BEFORE_SIGNING, S.SIGNED}) - {status} for status in BEFORE_SIGNING}
    # Back to the printed text is for a signing that was recorded by mistake; the record keeps both.
    table[S.SIGNED] = _ALIVE | {S.PRINTED}
    for status in (S.IN_EFFECT, S.AMENDED, S.RENEWED, S.DORMANT):
        table[status] = _ALIVE - {status}
    table[S.EXPIRED] = frozenset({S.RENEWED, S.SUPERSEDED})
    table[S.TERMINATED] = table[S.SUPERSEDED] = frozenset()
    return MappingProxyType(table)


NEXT = _table()


def is_signed(status: S) -> bool:
    """Whether an instrument in that status has been signed."""
    return status not in BEFORE_SIGNING


def following(status: S) -> list[S]:
    """The statuses that may come next: onwards in the order of an instrument's life, then back."""
    order = list(S)
    at = order.index(status)
    return [each for each in order[at:] + order[:at] if each in NEXT[status]]
