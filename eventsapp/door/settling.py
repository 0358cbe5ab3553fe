"""Settling scans inside one transaction: look up, decide one after the other, store everything at once.

The first try takes every attempt for a new one, which nearly all are. Where the database says otherwise
(the same attempt was stored before, or another server admitted the same badge at this very moment) it
raises `LostRaceError`; the transaction is rolled back and `careful` settles again, with the answers given
before looked up first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, bindparam, update
from sqlalchemy.exc import IntegrityError

from eventsapp.core.bulk import Rows
from eventsapp.core.db import insert_new
from eventsapp.devices import service as devices
from eventsapp.door import lookups
from eventsapp.door.attempts import Batch, FirstAdmission, ReadAttempt, ScanResult
from eventsapp.door.decision import Place, Verdict, decide
from eventsapp.door.enums import Cause, Outcome
from eventsapp.door.lookups import Answered, Badges, Doors, KnownBadge, KnownDoor, Stay
from eventsapp.door.models import Admission, Scan

_ADMISSION = cast(Table, Admission.__table__)
_LEAVE = (
    update(_ADMISSION)
    .where(_ADMISSION.c.id == bindparam("stay"), _ADMISSION.c.left_at.is_(None))
    .values(left_at=bindparam("at"))
)


class LostRaceError(Exception):
    """Something was stored meanwhile that this decision did not know of."""


def settle(
    connection: Connection, batches: Sequence[Batch], *, careful: bool
) -> list[list[ScanResult] | None]:
    """The answers to the batches' attempts, in order, everything stored in the open transaction.

    None in place of answers tells that the device is not paired any more; nothing of it is stored.
    Raises `LostRaceError` where another transaction was quicker; the caller rolls back and tries anew.
    """
    present = _present(connection, batches)
    ledger = _open(connection, [batch for batch in present if batch is not None], careful)
    answers = [
        None if batch is None else [ledger.answer(batch, attempt) for attempt in batch.attempts]
        for batch in present
    ]
    ledger.store(connection)
    return answers


def _present(connection: Connection, batches: Sequence[Batch]) -> list[Batch | None]:
    """The batches with their devices as they are now; None where a device was revoked meanwhile."""
    shown = {batch.token for batch in batches if batch.token is not None}
    if not shown:
        return list(batches)
    now = batches[0].now
    known = devices.recognise(connection, shown, now=now)
    for device in known.values():
        if device.is_due:
            devices.note_seen(connection, device.identity.device_id, now=now)
    return [
        batch
        if batch.token is None
        else replace(batch, device=known[batch.token].identity)
        if batch.token in known
        else None
        for batch in batches
    ]


def _open(connection: Connection, batches: Sequence[Batch], careful: bool) -> "_Ledger":
    attempts = [(batch, read) for batch in batches for read in batch.attempts]
    doors = lookups.doors(connection, (batch.device.event_id for batch in batches))
    keys = [(batch.device.device_id, read.attempt.id) for batch, read in attempts]
    answered = dict(lookups.answered(connection, keys)) if careful else {}
    badges = lookups.badges(
        connection,
        sorted({read.number for _, read in attempts if read.number is not None}),
        sorted({read.short_code for _, read in attempts if read.short_code is not None}),
        sorted({known.badge_id for known in answered.values() if known.badge_id is not None}),
    )
    asked = (doors.find(batch.device.event_id, read.attempt.checkpoint) for batch, read in attempts)
    limited = {(d.rules.event, d.area) for d in asked if d is not None and d.rules.capacity is not None}
    inside = lookups.inside(connection, sorted(limited)) if limited else {}
    return _Ledger(doors, badges, inside, answered)


@dataclass(slots=True)
class _Ledger:
    """What is known, and what has been decided and is still to be stored."""

    doors: Doors
    badges: Badges
    inside: dict[tuple[int, str], int]
    answered: dict[tuple[int, str], Answered]
    results: dict[tuple[int, str], ScanResult] = field(default_factory=dict)
    scans: list[dict[str, Any]] = field(default_factory=list)
    admissions: list[dict[str, Any]] = field(default_factory=list)
    departures: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, batch: Batch, read: ReadAttempt) -> ScanResult:
        """The answer to one attempt: the one given before, or a new one."""
        key = (batch.device.device_id, read.attempt.id)
        given = self.results.get(key)
        if given is None:
            before = self.answered.get(key)
            given = self._recall(read, before) if before else self._decide(batch, read)
            self.results[key] = given
        return given

    def store(self, connection: Connection) -> None:
        """Write what was decided."""
        if self.admissions:
            self.admissions.sort(key=lambda row: (row["badge_id"], row["area"], row["cycle"]))
            new = insert_new(connection, _ADMISSION).returning(_ADMISSION.c.id)
            if len(connection.execute(new, self.admissions).all()) < len(self.admissions):
                raise LostRaceError
        for departure in sorted(self.departures, key=lambda row: int(row["stay"])):
            if connection.execute(_LEAVE, departure).rowcount != 1:
                raise LostRaceError
        if self.scans:
            try:
                _scans(connection.engine).write_all(connection, self.scans)
            except IntegrityError as error:
                raise LostRaceError from error

    def _decide(self, batch: Batch, read: ReadAttempt) -> ScanResult:
        device, attempt = batch.device, read.attempt
        door = self.doors.find(device.event_id, attempt.checkpoint)
        badge = self._badge(read)
        stay = badge.stays.get(door.area) if badge and door else None
        verdict = decide(
            read.reading,
            badge.rules if badge else None,
            door.rules if door and door.id in device.checkpoint_ids else None,
            Place(
                stay is not None and stay.left_at is None,
                self.inside.get((device.event_id, door.area), 0) if door else 0,
            ),
            attempt.direction,
            read.at,
        )
        result = self._result(attempt.id, verdict, read, door, badge, stay)
        self._note(batch, read, verdict, door, badge, stay)
        return result

    def _badge(self, read: ReadAttempt) -> KnownBadge | None:
        if read.number is not None:
            return self.badges.by_number.get(read.number)
        return self.badges.by_short_code.get(read.short_code or "")

    def _note(
        self,
        batch: Batch,
        read: ReadAttempt,
        verdict: Verdict,
        door: KnownDoor | None,
        badge: KnownBadge | None,
        stay: Stay | None,
    ) -> None:
        if badge and door and verdict.outcome is Outcome.ADMITTED:
            self._admit(batch, read, door, badge, stay)
        elif stay and door and verdict.outcome is Outcome.LEFT:
            self._let_out(read, door, stay)
        attempt = read.attempt
        self.scans.append(
            {
                "id": attempt.id,
                "device_id": batch.device.device_id,
                "event_id": batch.device.event_id,
                "checkpoint_id": door.id if door else None,
                "badge_id": badge.id if badge else None,
                "direction": attempt.direction,
                "method": attempt.method,
                "code_digest": read.digest,
                "scanned_at": attempt.scanned_at,
                "corrected_at": read.at,
                "received_at": batch.now,
                "offline": attempt.offline,
                "outcome": verdict.outcome,
                "cause": verdict.cause,
                "first_scan_id": stay.scan_id if stay and verdict.outcome is Outcome.ALREADY_IN else None,
                "clock_drift_ms": int(batch.drift.total_seconds() * 1000),
            }
        )

    def _admit(
        self, batch: Batch, read: ReadAttempt, door: KnownDoor, badge: KnownBadge, stay: Stay | None
    ) -> None:
        cycle = stay.cycle + 1 if stay else 1
        row = {
            "event_id": batch.device.event_id,
            "badge_id": badge.id,
            "area": door.area,
            "cycle": cycle,
            "checkpoint_id": door.id,
            "device_id": batch.device.device_id,
            "scan_id": read.attempt.id,
            "admitted_at": read.at,
            "left_at": None,
        }
        self.admissions.append(row)
        badge.note(
            door.area, Stay(None, cycle, door.id, batch.device.name, read.attempt.id, read.at, left_at=None)
        )
        place = (batch.device.event_id, door.area)
        self.inside[place] = self.inside.get(place, 0) + 1

    def _let_out(self, read: ReadAttempt, door: KnownDoor, stay: Stay) -> None:
        stay.left_at = max(read.at, stay.admitted_at)
        if stay.id is None:  # came in by the same upload
            row = next(row for row in reversed(self.admissions) if row["scan_id"] == stay.scan_id)
            row["left_at"] = stay.left_at
        else:
            self.departures.append({"stay": stay.id, "at": stay.left_at})
        place = (door.rules.event, door.area)
        self.inside[place] = max(0, self.inside.get(place, 0) - 1)

    def _result(
        self,
        scan_id: str,
        verdict: Verdict,
        read: ReadAttempt,
        door: KnownDoor | None,
        badge: KnownBadge | None,
        stay: Stay | None,
    ) -> ScanResult:
        ours = badge is not None and door is not None and badge.rules.event == door.rules.event
        return ScanResult(
            scan_id,
            verdict.outcome,
            verdict.cause,
            read.at,
            holder=badge.shown if badge and ours else None,
            first=self._first(stay) if stay and verdict.outcome is Outcome.ALREADY_IN else None,
            opens_at=_opening(verdict.cause, door, badge),
            closed_at=_closing(verdict.cause, door, badge),
            allowed_at=self.doors.open_to(badge.rules.event, badge.rules.category)
            if badge and verdict.cause is Cause.ZONE_NOT_GRANTED
            else (),
        )

    def _first(self, stay: Stay) -> FirstAdmission:
        door = self.doors.by_id.get(stay.checkpoint_id)
        return FirstAdmission(door.name if door else "", stay.device, stay.admitted_at)

    def _recall(self, read: ReadAttempt, before: Answered) -> ScanResult:
        door = self.doors.by_id.get(before.checkpoint_id or 0)
        badge = self.badges.by_id.get(before.badge_id or 0)
        stay = badge.by_scan.get(before.first_scan_id or "") if badge else None
        result = self._result(read.attempt.id, Verdict(before.outcome, before.cause), read, door, badge, stay)
        return replace(result, at=before.at)


@lru_cache(maxsize=8)
def _scans(engine: Engine) -> Rows:  # noqa: ARG001 -- one a database
    return Rows(Scan, Scan.__table__.columns.keys())


def _opening(cause: Cause | None, door: KnownDoor | None, badge: KnownBadge | None) -> Any:
    if cause is Cause.NOT_YET_OPEN and door:
        return door.rules.opens_at
    return badge.rules.valid_from if cause is Cause.NOT_YET_VALID and badge else None


def _closing(cause: Cause | None, door: KnownDoor | None, badge: KnownBadge | None) -> Any:
    if cause is Cause.CLOSED and door:
        return door.rules.closes_at
    return badge.rules.valid_until if cause is Cause.EXPIRED and badge else None
