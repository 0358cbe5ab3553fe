"""One message as bytes (RFC 5322): the same row gives the same Message-ID, always."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from eventsapp.mail.rendering import WORD_JOINER, Rendered

_ENCODED = "=?"  # how an encoded word begins


def build(
    rendered: Rendered,
    *,
    sender: Address,
    to_address: str,
    to_name: str,
    message_id: str,
    language: str,
    at: datetime,
    unsubscribe: str = "",
) -> EmailMessage:
    """A message of two alternatives, plain text and HTML, marked as sent by a program.

    `unsubscribe` is the address by which a mail program ends messages of this kind at once (RFC 8058).
    """
    receiver = address(to_address, to_name)
    message = EmailMessage(policy=SMTP if receiver.addr_spec.isascii() else SMTPUTF8)
    message["From"] = sender
    message["To"] = receiver
    message["Subject"] = _undecodable(rendered.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = language  # last, for setting the content clears what begins with Content-
    return message


def address(addr_spec: str, name: str = "") -> Address:
    """An address with its name; a domain in another script becomes what the mail system understands.

    Raises `ValueError` for what can be no address.
    """
    if _ENCODED in addr_spec:
        raise ValueError("an address that mail programs would decode")
    local, _, domain = addr_spec.rpartition("@")
    return Address(_undecodable(name), local, domain.encode("idna").decode("ascii"))


def _undecodable(text: str) -> str:
    """The text in which nothing looks like an encoded word (RFC 2047).

    The library decodes those even where they were typed, line breaks included: a name could bring headers
    and a whole message of its own.
    """
    return text.replace(_ENCODED, f"={WORD_JOINER}?")


def new_message_id(code: str, sender: Address) -> str:
    """A Message-ID for the message with that public code."""
    return f"<{code.lower()}@{sender.domain or 'localhost'}>"
