"""Absolute addresses, built from the configured base and never from a request's Host header."""

from urllib.parse import quote


def absolute(base_url: str, path: str) -> str:
    """`path` (beginning with `/`) under the installation's public address."""
    return base_url + quote(path, safe="/:?=&.-_~%#")


def webcal(url: str) -> str:
    """The same address with the scheme at which calendar programs offer to subscribe."""
    return "webcal://" + url.partition("://")[2]
