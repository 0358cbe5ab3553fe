"""Every answer carries exactly the agreed headers: pages, refusals, static files, JSON."""

import pytest

from eventsapp.web.headers import PAGE_POLICY
from tests.factories.events import make_public_event
from tests.support.clients import Client

SECURITY = {
    "Content-Security-Policy": PAGE_POLICY,
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HTML = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
KEPT = {**HTML, "Cache-Control": "no-cache"}
STATIC = {"Content-Type": "text/css; charset=utf-8", "Content-Disposition": "inline; filename=app.css"}
JSON = {"Content-Type": "application/json", "Cache-Control": "no-store"}
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
VALIDATORS = {"ETag", "Last-Modified", "Date", "Accept-Ranges"}  # their values differ


@pytest.mark.parametrize(
    ("path", "status", "expected", "further"),
    [
        ("/", 200, KEPT, {"Vary", "ETag", "Date"}),
        ("/events/forum", 200, KEPT, {"Vary", "ETag", "Date"}),
        ("/events/none", 404, HTML, {"Vary"}),
        ("/nowhere", 404, HTML, {"Vary"}),
        ("/organise/", 302, HTML, {"Location", "Vary"}),
        ("/static/css/app.css", 200, {**STATIC, "Cache-Control": "no-cache"}, VALIDATORS),
        (
            "/static/css/app.css?v=1",
            200,
            {**STATIC, "Cache-Control": "public, max-age=31536000, immutable"},
            VALIDATORS,
        ),
        ("/static/css/none.css", 404, HTML, {"Vary"}),
        ("/api/v1/nowhere", 404, JSON, set()),
        ("/healthz", 200, PLAIN, set()),
    ],
)
def test_answer_has_exactly_the_agreed_headers(
    client: Client, db_session: object, path: str, status: int, expected: dict[str, str], further: set[str]
) -> None:
    make_public_event(slug="forum")
    answer = client.get(path, buffered=True)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in (*SECURITY, *expected)} == {**SECURITY, **expected}
    assert sorted(answer.headers.keys()) == sorted({*SECURITY, *expected, *further, "Content-Length"})


def test_refused_method_says_which_are_taken(client: Client) -> None:
    answer = client.delete("/healthz")
    assert answer.status_code == 405
    assert set(answer.headers.keys()) - set(SECURITY) == {
        "Allow",
        "Cache-Control",
        "Content-Length",
        "Content-Type",
        "Vary",
    }


def test_a_policy_lets_nothing_from_elsewhere_in() -> None:
    sources = {part.split()[0]: part.split()[1:] for part in PAGE_POLICY.split("; ")}
    assert sources["default-src"] == ["'none'"]
    assert sources["base-uri"] == ["'none'"]
    assert {source for found in sources.values() for source in found} == {"'none'", "'self'", "data:"}
