"""Whatever a name or a title holds, it stays one value in one header."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from eventsapp.mail import message
from eventsapp.mail.rendering import Rendered

HOSTILE = [
    "=?utf-8?q?x=0d=0aBcc=3a_v@other.example=0d=0a=0d=0aAnother_body?=",
    "=?utf-8?q?x=0aBcc=3a_v=40other.example?=",
    "=?utf-8?b?eA0KQmNjOiB2QG90aGVyLmV4YW1wbGUNCg==?=",
    "Ada =?utf-8?q?=0d=0aBcc:_v@other.example?= Example",
    "==?utf-8?q?=0d=0aBcc:_v@other.example?=?=",
    '"Ada" <v@other.example>, Ben',
]


def built(subject: str = "Invitation", name: str = "Ada", to: str = "ada@example.org") -> EmailMessage:
    return message.build(
        Rendered(subject, "Come.", "<p>Come.</p>"),
        sender=Address("Office", "office", "example.org"),
        to_address=to,
        to_name=name,
        message_id="<a@example.org>",
        language="en",
        at=datetime(2026, 5, 12, tzinfo=UTC),
    )


def checked(sent: EmailMessage, given: str) -> None:
    """What a mail program reads: our headers alone, one receiver, our text, and `given` as it was typed."""
    read = message_from_bytes(sent.as_bytes(), policy=SMTP)
    assert isinstance(read, EmailMessage)
    assert read.keys() == built().keys()
    assert [known.addr_spec for known in read["To"].addresses] == ["ada@example.org"]
    text = read.get_body(("plain",))
    assert text is not None
    assert text.get_content().strip() == "Come."
    shown = f"{read['To'].addresses[0].display_name} {read['Subject']}".replace("\u2060", "")
    assert given.replace(" ", "") in shown.replace(" ", "")  # a long one is folded where it has no space


@pytest.mark.parametrize("given", HOSTILE)
def test_a_name_stays_a_name(given: str) -> None:
    checked(built(name=given), given)


@pytest.mark.parametrize("given", HOSTILE)
def test_a_title_stays_in_the_subject(given: str) -> None:
    checked(built(subject=f"Invitation: {given}"), given)


def test_an_address_that_would_be_decoded_is_refused() -> None:
    with pytest.raises(ValueError, match="address"):
        built(to="=?utf-8?q?x=0d=0aBcc:_v?=@example.org")


@pytest.mark.parametrize("given", ["Ada\r\nBcc: v@other.example", "Ada\nBcc: v@other.example"])
def test_a_line_break_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        built(name=given)
