"""Forms from elsewhere are refused, our own are taken, over TLS too."""

import re

import pytest

from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("csrf")

SITE = "https://events.example.org"


def sent(client: Client, token: str) -> int:
    given = {"csrf_token": token, "email": "nobody@example.org", "password": "three wet otters"}
    return client.post("/organise/sign-in", data=given, base_url=SITE).status_code


def test_a_form_is_taken_over_tls_though_our_pages_send_no_referrer(client: Client) -> None:
    page = client.get("/organise/sign-in", base_url=SITE)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert 'name="referrer"' not in page.text  # it would overrule the header
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found
    assert sent(client, found.group(1)) == 422  # the form was read: nobody has this account


def test_a_form_from_elsewhere_is_refused_over_tls(client: Client) -> None:
    client.get("/organise/sign-in", base_url=SITE)
    assert sent(client, "of another site") == 400
