"""A mail server for tests: real SMTP on a port of its own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """What the server took, and what it says instead of taking: `refusal`, or `refused_receivers`."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []
        self.senders: list[str] = []
        self.refusal = ""
        self.refused_receivers: dict[str, str] = {}

    @property
    def received(self) -> list[EmailMessage]:
        """The messages, parsed, in the order in which they came."""
        return [parsed(content) for content in self.contents]

    @property
    def ids(self) -> list[str]:
        """Their Message-IDs."""
        return [str(message["Message-ID"]) for message in self.received]

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if answer := self.refused_receivers.get(address.lower()):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.refusal:
            return self.refusal
        self.contents.append(envelope.content)
        self.senders.append(envelope.mail_from)
        return "250 OK"


def parsed(content: bytes) -> EmailMessage:
    """A message as mail programs read it."""
    message = message_from_bytes(content, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


@contextmanager
def opened() -> Iterator[tuple[Postbox, str]]:
    """A server, and its address for `EVENTSAPP_MAIL_URL`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
