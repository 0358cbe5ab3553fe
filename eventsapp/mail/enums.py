"""The fate of a message."""

from enum import StrEnum


class MailState(StrEnum):
    """`queued` until sent; `failed` after the last attempt; `cancelled` when it became pointless."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
