"""Writing and verifying the record."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import MappingResult, Select, Table, Update, bindparam, func, insert, select, union, update

from eventsapp.access.identity import Actor
from eventsapp.audit.models import AuditEntry, AuditHead
from eventsapp.core import bulk
from eventsapp.core.db import at_end, db, insert_new

BEGINNING = bytes(32)
_PLACE = "{}"  # for what differs from entry to entry; no action or detail holds it

# Every deed writes here: past the ORM, and with statements that are made once.
_ENTRIES = cast(Table, AuditEntry.__table__)
_HEADS = cast(Table, AuditHead.__table__)


def record(
    action: str,
    subject_kind: str,
    subject_id: int | None,
    *,
    actor: Actor,
    now: datetime,
    event_id: int | None = None,
    on_behalf: Actor | None = None,
    **detail: Any,
) -> None:
    """Append one deed to the event's chain (the installation's when `event_id` is None).

    `action` is `thing.verb` in the past tense ("badge.issued"); `detail` holds ids, states and
    counts, never names, addresses or answers. Belongs in the transaction of the deed, at whose end
    all its deeds are appended together: the chain, where others queue, is held for no longer.
    """
    deed = {
        "at": now,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "on_behalf_kind": on_behalf.kind if on_behalf else None,
        "on_behalf_id": on_behalf.id if on_behalf else None,
        "action": action,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "detail": detail,
    }
    deeds = at_end(_Deeds)
    if deeds is None:
        _append(event_id or 0, [deed])
    else:
        deeds.add(event_id or 0, deed)


class _Deeds:
    """What one transaction records; appended in the order of chains, so that no two wait for each other."""

    def __init__(self) -> None:
        self._by_chain: dict[int, list[dict[str, Any]]] = {}

    def add(self, chain: int, deed: dict[str, Any]) -> None:
        """Keep a deed until the end."""
        self._by_chain.setdefault(chain, []).append(deed)

    def __call__(self) -> None:
        """Append them."""
        for chain, deeds in sorted(self._by_chain.items()):
            _append(chain, deeds)


def record_many(
    action: str,
    subject_kind: str,
    subject_ids: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
    event_id: int | None = None,
    **detail: Any,
) -> None:
    """Append the same deed on many subjects, an entry each in the order given, by one statement.

    Hashing is all it costs: a fiftieth of a second for a thousand entries.
    """
    if not subject_ids:
        return
    chain = event_id or 0
    last, previous = _end_of(chain)
    entry: dict[str, Any] = {
        "chain": chain,
        "position": 0,
        "at": now,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "on_behalf_kind": None,
        "on_behalf_id": None,
        "action": action,
        "subject_kind": subject_kind,
        "subject_id": 0,
        "detail": detail,
    }
    told_once = _text({**entry, "position": _PLACE, "subject_id": _PLACE})
    before, between, after = (part.encode() for part in told_once.split(f'"{_PLACE}"'))
    rows = bulk.Rows(AuditEntry, (*entry, "hash"))
    same = {name: rows.bound(name, value) for name, value in entry.items()}
    entries = []
    for position, subject_id in enumerate(subject_ids, last + 1):
        text = before + str(position).encode() + between + str(subject_id).encode() + after
        previous = hashlib.sha256(previous + text).digest()
        told = {**same, "position": position, "subject_id": subject_id}
        entries.append((*told.values(), previous))
    rows.write(entries)
    db.session.connection().execute(
        _new_end(), {"of": chain, "last": last + len(entries), "digest": previous}
    )


def _append(chain: int, deeds: Sequence[Mapping[str, Any]]) -> None:
    last, previous = _end_of(chain)
    entries: list[dict[str, Any]] = []
    for position, deed in enumerate(deeds, last + 1):
        entry = {**deed, "chain": chain, "position": position}
        previous = entry_hash(previous, entry)
        entries.append({**entry, "hash": previous})
    connection = db.session.connection()
    connection.execute(insert(_ENTRIES), entries)
    connection.execute(_new_end(), {"of": chain, "last": last + len(entries), "digest": previous})


def _end_of(chain: int) -> tuple[int, bytes]:
    """The position and hash of a chain's last entry; the chain is held."""
    head = db.session.connection().execute(_end(), {"of": chain}).first()
    if head is None:
        _begin_chain(chain)
        return _end_of(chain)
    return head.position, head.hash


def _begin_chain(chain: int) -> None:
    beginning = insert_new(db.engine, _HEADS)
    db.session.connection().execute(beginning.values(chain=chain, position=0, hash=BEGINNING))


@cache
def _end() -> Select[int, bytes]:
    heads = _HEADS.c
    return select(heads.position, heads.hash).where(heads.chain == bindparam("of")).with_for_update()


@cache
def _new_end() -> Update:
    this = update(_HEADS).where(_HEADS.c.chain == bindparam("of"))
    return this.values(position=bindparam("last"), hash=bindparam("digest"))


def entry_hash(previous: bytes, entry: Mapping[Any, Any]) -> bytes:
    """SHA-256 over the previous hash and every field of the entry, in a fixed form."""
    return hashlib.sha256(previous + _text(entry).encode()).digest()


def _text(entry: Mapping[Any, Any]) -> str:
    fields = [
        entry["chain"],
        entry["position"],
        entry["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        entry["actor_kind"],
        entry["actor_id"],
        entry["on_behalf_kind"],
        entry["on_behalf_id"],
        entry["action"],
        entry["subject_kind"],
        entry["subject_id"],
        entry["detail"],
    ]
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def first_broken(chain: int) -> int | None:
    """The position of the first entry of a chain that was altered, removed or slipped in; None if whole.

    Deeds that are recorded meanwhile do not disturb it.
    """
    head = db.session.execute(
        select(AuditHead.position, AuditHead.hash).where(AuditHead.chain == chain)
    ).first()
    last, last_hash = (head.position, head.hash) if head else (0, BEGINNING)
    previous, expected = BEGINNING, 1
    with closing(_entries(chain, last)) as entries:
        for entry in entries:
            if entry["position"] != expected or entry["hash"] != entry_hash(previous, entry):
                return expected
            previous, expected = entry["hash"], expected + 1
    if (expected - 1, previous) != (last, last_hash):
        return expected
    return None if _ends_at_its_head(chain) else last + 1


def _entries(chain: int, last: int) -> MappingResult:
    return db.session.execute(
        select(_ENTRIES)
        .where(_ENTRIES.c.chain == chain, _ENTRIES.c.position <= last)
        .order_by(_ENTRIES.c.position)
        .execution_options(yield_per=1000)
    ).mappings()


def _ends_at_its_head(chain: int) -> bool:
    """Whether nothing stands behind the chain's head: one statement, so one moment."""
    newest = select(func.max(AuditEntry.position)).where(AuditEntry.chain == chain).scalar_subquery()
    head = select(AuditHead.position).where(AuditHead.chain == chain).scalar_subquery()
    row = db.session.execute(select(func.coalesce(newest, 0), func.coalesce(head, 0))).one()
    return bool(row[0] == row[1])


@dataclass(frozen=True)
class Verdict:
    """What a verification found; `broken` is chain → position of the first entry that is not right."""

    chains: int
    entries: int
    broken: dict[int, int]


def verify() -> Verdict:
    """Every chain of the record, worked out anew."""
    chains = sorted(db.session.scalars(union(select(AuditHead.chain), select(AuditEntry.chain))).all())
    found = {chain: first_broken(chain) for chain in chains}
    entries = db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    return Verdict(len(chains), entries, {chain: at for chain, at in found.items() if at is not None})
