"""Which language the reader gets: asked for (`?lang=`), remembered, the guest's, the browser's, default."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import cast

from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale, refresh
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from eventsapp.core import languages
from eventsapp.web.current import identity, settings

# Interface languages: BCP 47 tag → the catalogue's name.
CATALOGUES = {"en": "en", "zh-Hant": "zh_Hant", "uk": "uk"}
COOKIE = "lang"
YEAR = 365 * 24 * 3600
_OFFERED = ("en", "zh-Hant", "zh-TW", "zh-HK", "zh", "uk")
_LONGEST = 200  # characters of a browser's wishes that are read


def catalogue(tag: str) -> str | None:
    """The interface language that serves a reader of `tag`; None if none does."""
    lowered = tag.lower().replace("_", "-")
    if lowered.startswith("zh"):
        return "zh-Hant"
    return next((known for known in CATALOGUES if lowered.split("-")[0] == known.lower()), None)


def asked() -> str | None:
    """The language asked for in the address or remembered from before."""
    for tag in (request.args.get(COOKIE), request.cookies.get(COOKIE)):
        if tag and languages.is_tag(tag):
            return tag
    return None


def prefer(tag: str) -> None:
    """Use a guest's own language for this page unless they asked for another."""
    g.preferred_language = tag
    g.pop("language", None)


@contextmanager
def read_in(tag: str) -> Iterator[None]:
    """Write a part of a page as a reader of that language sees it."""
    before = _choice()
    served = catalogue(tag) or before[0]
    g.language = (served, tuple(dict.fromkeys((tag, served))))
    refresh()
    try:
        yield
    finally:
        g.language = before
        refresh()


def tag() -> str:
    """The interface language of this page, as a BCP 47 tag."""
    return _choice()[0]


def wanted_languages() -> tuple[str, ...]:
    """The languages in which to look for a text of a language map, best first."""
    return _choice()[1]


def _choice() -> tuple[str, tuple[str, ...]]:
    if "language" not in g:
        accepted = request.headers.get("Accept-Language", "")[:_LONGEST]
        g.language = _chosen(asked(), g.get("preferred_language"), accepted, settings().default_locale)
    return cast("tuple[str, tuple[str, ...]]", g.language)


@lru_cache(maxsize=1024)  # nearly all readers' browsers say one of a few things
def _chosen(
    asked: str | None, preferred: str | None, accepted: str, default: str
) -> tuple[str, tuple[str, ...]]:
    """The interface language and the languages for texts, by what is known of the reader."""
    best = parse_accept_header(accepted, LanguageAccept).best_match(_OFFERED)
    served = (catalogue(given) for given in (asked, preferred, best, default) if given)
    tag = next((known for known in served if known), "en")
    return tag, tuple(dict.fromkeys(given for given in (asked, preferred, tag) if given))


def _select() -> str:
    return CATALOGUES[tag()] if request else "en"


def _remember(response: Response) -> Response:
    tag = request.args.get(COOKIE)
    if tag and languages.is_tag(tag) and request.cookies.get(COOKIE) != tag:
        response.set_cookie(
            COOKIE, tag, max_age=YEAR, httponly=True, samesite="Lax", secure=settings().is_https
        )
    return response


def init_app(app: Flask) -> None:
    """Install the catalogues and offer the reader's language to templates."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.root_path) + "/translations"
    Babel(app, locale_selector=_select, default_locale="en", default_timezone="UTC")
    app.after_request(_remember)

    @app.context_processor
    def _context() -> dict[str, object]:
        return {
            "locale": tag(),
            "text_direction": "rtl" if get_locale().text_direction == "rtl" else "ltr",
            "locales": [(known, languages.own_name(known)) for known in CATALOGUES],
            "identity": identity(),
            "settings": settings(),
        }
