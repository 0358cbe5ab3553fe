"""Messages that became pointless before they left: asked of whoever knows, just before sending.

A wing says once for a kind of mail which guests it is pointless for; the transaction that makes it so has
nothing to do for it.
"""

from collections.abc import Callable, Collection, Iterable

from eventsapp.mail.models import Mail

Ask = Callable[[Collection[int]], Iterable[int]]
"""Of those guests (row ids), the ones for whom the message is pointless; in one query."""

_asked: dict[str, Ask] = {}


def when(template: str, ask: Ask) -> None:
    """Let messages of that kind be withdrawn where `ask` says so."""
    _asked[template] = ask


def among(mails: Iterable[Mail]) -> list[Mail]:
    """Those of the messages that nobody needs any more."""
    by_kind: dict[str, dict[int, list[Mail]]] = {}
    for mail in mails:
        if mail.template in _asked and mail.guest_id is not None:
            by_kind.setdefault(mail.template, {}).setdefault(mail.guest_id, []).append(mail)
    return [
        mail
        for template, guests in by_kind.items()
        for guest_id in _asked[template](list(guests))
        for mail in guests.get(guest_id, [])
    ]
