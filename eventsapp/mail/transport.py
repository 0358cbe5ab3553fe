"""Handing a message over: to an SMTP server, or into a folder as an `.eml` file."""

import os
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from eventsapp.core.config import LOOPBACK, Settings

_GONE = (550, 551, 553)
_STATUS = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
TIMEOUT = 20.0  # seconds for each answer of the server


class Refused(Exception):
    """The server will never take this message; trying again is useless."""


class NoSuchAddress(Refused):
    """It will never take any message to this address; `status` is the server's code (RFC 3463)."""

    def __init__(self, text: str, status: str) -> None:
        super().__init__(text)
        self.status = status


class Delivery(Protocol):
    """An open way out."""

    def send(self, code: str, message: EmailMessage) -> None:
        """Hand one message over. Raises `Refused`, or any other error when it may work later."""


@dataclass(frozen=True)
class Server:
    """`smtp://user:password@host:port` (STARTTLS where offered; `?tls=required` or `?tls=off`), or `smtps://`."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    tls: str

    @classmethod
    def from_url(cls, url: str) -> "Server":
        """Raises `ValueError` for an address that is none of these."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("EVENTSAPP_MAIL_URL must begin with smtp:// or smtps:// and name a server")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        safe_by_default = "required" if user and parts.hostname not in LOOPBACK else "offered"
        tls = parse_qs(parts.query).get("tls", [safe_by_default])[0]
        port = parts.port or (465 if parts.scheme == "smtps" else 587 if user else 25)
        return cls(parts.scheme, parts.hostname, port, user, password, tls)


class Smtp:
    """A connection to a server, kept for a batch of messages."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection

    def send(self, code: str, message: EmailMessage) -> None:  # noqa: ARG002 -- the file's name elsewhere
        try:
            self._connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            _raise_if_gone(error)
            _raise_if_final([code for code, _ in error.recipients.values()], error)
            raise
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            _raise_if_final([error.smtp_code], error)
            raise
        except (smtplib.SMTPNotSupportedError, ValueError) as error:
            raise Refused(str(error)) from error


def _raise_if_gone(error: smtplib.SMTPRecipientsRefused) -> None:
    """The one receiver is refused because of the address, and not by a rule or for now."""
    for code, answer in error.recipients.values():
        told = _STATUS.search(answer.decode("ascii", "replace"))
        status = told.group() if told else "5.1.1"
        if code in _GONE and not status.startswith("5.7."):
            raise NoSuchAddress(str(error), status) from error


def _raise_if_final(codes: list[int], error: Exception) -> None:
    if all(code >= 500 for code in codes):
        raise Refused(str(error)) from error


class Folder:
    """A folder of `.eml` files, whole or absent, named by the messages' public codes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def send(self, code: str, message: EmailMessage) -> None:
        path = self._folder / f"{code}.eml"
        partial = path.with_suffix(".part")
        partial.touch(mode=0o600)  # the messages carry personal links
        with partial.open("wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)


@contextmanager
def open_way(settings: Settings) -> Iterator[Delivery]:
    """The way out that the settings name. Raises `OSError` (SMTP's errors are) when it is closed."""
    if not settings.mail_url:
        yield Folder(settings.outbox)
        return
    server = Server.from_url(settings.mail_url)
    connection = _connect(server)
    try:
        _secure(connection, server)
        if server.user:
            connection.login(server.user, server.password)
        yield Smtp(connection)
    finally:
        with suppress(OSError):  # what was handed over stays so, however the goodbye goes
            connection.quit()
        connection.close()


def _connect(server: Server) -> smtplib.SMTP:
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)


def _secure(connection: smtplib.SMTP, server: Server) -> None:
    if server.scheme == "smtps" or server.tls == "off":
        return
    connection.ehlo()
    if connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
    elif server.tls == "required":
        raise smtplib.SMTPNotSupportedError(
            "the mail server offers no TLS, and a password must not go in the clear"
        )
