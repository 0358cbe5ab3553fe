"""Which language the reader gets: asked for (`?lang=`), remembered, the guest's, the browser's, default."""

from typing import cast

from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale

from eventsapp.core import languages
from eventsapp.web.current import identity, settings

# Interface languages: BCP 47 tag → the catalogue's name.
CATALOGUES = {"en": "en", "zh-Hant": "zh_Hant", "uk": "uk"}
COOKIE = "lang"
YEAR = 365 * 24 * 3600


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
    g.pop("tag", None)
    g.pop("wanted_languages", None)


def tag() -> str:
    """The interface language of this page, as a BCP 47 tag."""
    if "tag" not in g:
        wanted = [asked(), g.get("preferred_language"), request.accept_languages.best_match(_accepted())]
        found = next((known for known in (catalogue(t) for t in wanted if t) if known), None)
        g.tag = found or catalogue(settings().default_locale) or "en"
    return str(g.tag)


def wanted_languages() -> tuple[str, ...]:
    """The languages in which to look for a text of a language map, best first."""
    if "wanted_languages" not in g:
        ordered = [asked(), g.get("preferred_language"), tag()]
        g.wanted_languages = tuple(dict.fromkeys(t for t in ordered if t))
    return cast(tuple[str, ...], g.wanted_languages)


def _accepted() -> list[str]:
    return ["en", "zh-Hant", "zh-TW", "zh-HK", "zh", "uk"]


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
