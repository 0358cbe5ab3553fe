"""The security headers of every answer; the exact set is held by a test."""

from flask import Flask, Response, g
from flask import current_app as app

_CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def _policy(changes: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in {**_CSP, **changes}.items())


PAGE_POLICY = _policy({})
# The scanner alone decodes camera pictures by WebAssembly.
SCANNER_POLICY = _policy({"script-src": "'self' 'wasm-unsafe-eval'"})


# What strangers sent is handed out to be kept, not to be run.
DOWNLOAD_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def for_scanner() -> None:
    """Allow the camera and WebAssembly on the page being made."""
    g.headers = _SCANNER


def for_download() -> None:
    """Shut the answer being made, a file of somebody's, into a sandbox."""
    g.headers = _DOWNLOAD


def _always(policy: str, camera: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Content-Security-Policy", policy),
        ("Permissions-Policy", f"camera={camera}, microphone=(), geolocation=()"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    )


_PAGE = _always(PAGE_POLICY, "()")
_SCANNER = _always(SCANNER_POLICY, "(self)")
_DOWNLOAD = _always(DOWNLOAD_POLICY, "()")


def _add(response: Response) -> Response:
    headers = response.headers
    headers.extend(g.get("headers", _PAGE))  # no view sets one of these
    headers.setdefault("Cache-Control", "no-store")
    if app.config["SESSION_COOKIE_SECURE"]:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def init_app(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_add)
