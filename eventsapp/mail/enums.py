"""The fate of a message."""

from enum import StrEnum


class MailState(StrEnum):
    """`queued` until sent; `failed` after the last attempt; `cancelled` when it became pointless.

    `bounced`: it was sent, and a mail server on the way gave it back.
    """

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    BOUNCED = "bounced"
