"""Delivery reports (RFC 3464) as mail servers send them back: pure reading of what strangers wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser, HeaderParser
from email.policy import compat32
from itertools import islice
from typing import BinaryIO

# What a report says stands at its beginning; what follows is the returned message.
READ = 128 * 1024  # bytes of each message that are looked at
DEEPEST = 20  # parts inside parts
PARTS = 200
RECIPIENTS = 100

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


@dataclass(frozen=True)
class Failure:
    """A server says that a message will not reach one of these addresses; `status` is 5.1.1 or the like."""

    message_id: str
    addresses: frozenset[str]
    status: str


def messages(stream: BinaryIO) -> Iterator[bytes]:
    """The beginning of each message of an mbox, or of the one message that this is."""
    first = stream.readline(READ)
    is_mbox = first.startswith(b"From ")
    kept, size, was_empty = ([] if is_mbox else [first]), len(first), False
    while line := stream.readline(READ):
        if is_mbox and was_empty and line.startswith(b"From "):
            yield b"".join(kept)
            kept, size = [], 0
        elif size < READ:
            kept.append(line)
            size += len(line)
        was_empty = line in (b"\n", b"\r\n")
    yield b"".join(kept)


def failures(content: bytes) -> list[Failure]:
    """What one message reports as failed for good; nothing where it is no delivery report."""
    if len(_BOUNDARY.findall(content)) > DEEPEST:
        return []  # no server nests its report like this, and taking it apart would take long
    try:
        return _failures(BytesParser(policy=compat32).parsebytes(content[:READ]))
    except Exception:  # noqa: BLE001 -- whatever breaks the library on a stranger's text: it is no report
        return []


def _failures(message: Message) -> list[Failure]:
    parts = list(islice(message.walk(), PARTS))
    ids = [found for part in parts if (found := _returned_id(part))]
    told = [fields for part in parts if _is(part, "delivery-status") for fields in _blocks(part)]
    if len(ids) != 1:
        return []  # whose failure it is must be beyond doubt
    return [
        Failure(ids[0], _addresses(fields), _status(fields))
        for fields in told[:RECIPIENTS]
        if str(fields.get("Action", "")).strip().lower() == "failed"
    ]


def _is(part: Message, kind: str) -> bool:
    return part.get_content_type() in (f"message/{kind}", f"message/global-{kind}")


def _returned_id(part: Message) -> str:
    """The Message-ID of the message that a part gives back, whole or its headers alone."""
    kind = part.get_content_type()
    if kind in ("message/rfc822", "message/global"):
        inner = part.get_payload()
        headers = inner[0] if isinstance(inner, list) and inner else None
    elif kind in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
        headers = HeaderParser(policy=compat32).parsestr(_text(part).lstrip())
    else:
        return ""
    found = _MESSAGE_ID.search(str(headers.get("Message-ID", ""))) if isinstance(headers, Message) else None
    return found.group() if found else ""


def _blocks(part: Message) -> list[Message]:
    inner = part.get_payload()
    if isinstance(inner, list):
        return [block for block in inner if isinstance(block, Message)]
    parser = HeaderParser(policy=compat32)
    return [parser.parsestr(block) for block in re.split(r"\r?\n\r?\n", _text(part))]


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _addresses(fields: Message) -> frozenset[str]:
    given = (str(fields.get(name, "")) for name in ("Final-Recipient", "Original-Recipient"))
    return frozenset(
        address for text in given if (address := text.rpartition(";")[2].strip().strip("<>").lower())
    )


def _status(fields: Message) -> str:
    for name in ("Status", "Diagnostic-Code"):
        if found := _STATUS.search(str(fields.get(name, ""))):
            return found.group(1)
    return "5.0.0"
