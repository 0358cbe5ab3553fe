"""Reading devices."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.devices.models import Device, device_checkpoints


@dataclass(frozen=True)
class DeviceRow:
    """A device and the ids of its checkpoints."""

    device: Device
    checkpoint_ids: tuple[int, ...]


def of_event(event_id: int) -> list[DeviceRow]:
    """The event's devices, those in use before the revoked ones (two queries)."""
    devices = db.session.scalars(
        select(Device).where(Device.event_id == event_id).order_by(Device.revoked_at.is_not(None), Device.id)
    ).all()
    placed = _checkpoints([device.id for device in devices])
    return [DeviceRow(device, tuple(placed.get(device.id, ()))) for device in devices]


def by_code(event_id: int, code: str) -> Device | None:
    """The event's device with that public code."""
    return db.session.scalar(select(Device).where(Device.event_id == event_id, Device.code == code))


def _checkpoints(device_ids: Sequence[int]) -> dict[int, list[int]]:
    placed: dict[int, list[int]] = {}
    if device_ids:
        rows = db.session.execute(
            select(device_checkpoints).where(device_checkpoints.c.device_id.in_(device_ids))
        )
        for device_id, checkpoint_id in rows:
            placed.setdefault(device_id, []).append(checkpoint_id)
    return placed
