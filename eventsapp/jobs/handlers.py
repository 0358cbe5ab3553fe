"""Who answers to a job's name, and which rounds of work the worker makes.

Wings register here in their `init_app` (see `HOOKS` in `registry.py`), so that the worker knows none of
them and an unknown name is refused when the job is written, not when it is due.
"""

from collections.abc import Callable

Handler = Callable[..., None]
Round = Callable[[], int]

_handlers: dict[str, Handler] = {}
_rounds: list[Round] = []


def register(name: str, handler: Handler) -> None:
    """Let `handler` do the jobs called `name`.

    It is called with the job's arguments as keywords, opens its own transactions, and may be called
    again for the same job (after a crash), so doing it twice must be the same as doing it once.
    """
    if _handlers.setdefault(name, handler) is not handler:
        raise ValueError(f"two handlers for the job {name}")


def handler_of(name: str) -> Handler:
    """The function that does jobs of that name. Raises `LookupError` where nobody answers."""
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"no handler for the job {name}") from None


def names() -> frozenset[str]:
    """Every job that somebody answers to."""
    return frozenset(_handlers)


def register_round(work: Round) -> None:
    """Let the worker call `work` again and again; it does a batch and returns how much it did."""
    if work not in _rounds:
        _rounds.append(work)


def rounds() -> tuple[Round, ...]:
    """The rounds of work, in the order in which they were registered."""
    return tuple(_rounds)
