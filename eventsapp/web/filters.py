"""What templates call to write texts, times and numbers in the reader's language.

A time is given either aware, or naive with the name of its zone; it is always shown with the zone.
Turn that label off (`label=false`) only beneath a heading or caption that names the zone.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from eventsapp.core import languages
from eventsapp.core.zones import to_local
from eventsapp.web import assets, formats, locale

Texts = Mapping[str, str] | None


def register(app: Flask) -> None:
    """Install the filters and globals on the application's templates."""
    by_reader: dict[str, Callable[..., object]] = {
        "tx": tx,
        "tx_plain": tx_plain,
        "tx_markdown": tx_markdown,
        "date": date,
        "day": day,
        "date_range": date_range,
        "short_day": short_day,
        "time": time,
        "datetime": datetime_,
        "time_range": time_range,
        "number": number,
        "money": money,
        "zone_label": zone_label,
        "language_name": language_name,
    }
    app.jinja_env.filters.update({name: _at_each_rendering(filter_) for name, filter_ in by_reader.items()})
    app.jinja_env.filters.update(
        markdown=markdown,
        own_name=languages.own_name,
        direction=languages.direction,
        plain=formats.plain,
        paragraphs=formats.paragraphs_html,
    )
    app.jinja_env.globals.update(pick=languages.pick)
    assets.init_app(app)


def _at_each_rendering(filter_: Callable[..., object]) -> Callable[..., object]:
    """Keep Jinja from working out `{{ 5|number }}` once, for whoever reads the page first."""

    @pass_context
    def call(_: Context, *args: object, **kwargs: object) -> object:
        return filter_(*args, **kwargs)

    return call


def reader() -> str:
    """The language of the page, a BCP 47 tag: dates and numbers are written in it."""
    return locale.tag()


def tx(texts: Texts, default: str | None = None) -> Markup:
    """The text for this reader; where it is in another language it says so, in that language."""
    picked = _pick(texts, default)
    if picked.tag == reader():
        return escape(picked.text)
    return _marked(picked)


def _pick(texts: Texts, default: str | None) -> languages.Picked:
    """The text in the first language the reader wants that has one; else a fallback."""
    first, *others = locale.wanted_languages()
    picked = languages.pick(texts, first, default)
    for wanted in others if picked.is_fallback else ():
        nearer = languages.pick(texts, wanted, default)
        if not nearer.is_fallback:
            return nearer
    return picked


def _marked(picked: languages.Picked) -> Markup:
    direction = languages.direction(picked.tag)
    text = Markup('<span lang="{}" dir="{}">{}</span>').format(picked.tag, direction, picked.text)
    return text + _chip(picked.tag) if picked.is_fallback else text


@lru_cache(maxsize=256)
def _chip(tag: str) -> Markup:
    name = languages.own_name(tag)
    return Markup(' <span class="lang-chip" lang="{}" dir="{}">{}</span>').format(
        tag, languages.direction(tag), name
    )


def tx_plain(texts: Texts, default: str | None = None) -> str:
    """The same text alone, for a title, an option or an attribute."""
    return _pick(texts, default).text


def tx_markdown(texts: Texts, default: str | None = None) -> Markup:
    """A longer text, written in Markdown, in a block that says its language."""
    picked = _pick(texts, default)
    if not picked.text:
        return Markup("")
    chip = Markup("<p>{}</p>").format(_chip(picked.tag)) if picked.is_fallback else Markup("")
    return Markup('<div class="prose" lang="{}" dir="{}">{}{}</div>').format(
        picked.tag, languages.direction(picked.tag), chip, formats.markdown_html(picked.text)
    )


def markdown(text: str | None) -> Markup:
    """Markdown as safe HTML."""
    return formats.markdown_html(text or "")


def date(value: dt.date | dt.datetime, zone: str | None = None, *, plain: bool = False) -> Markup | str:
    """A date: "16 May 2023". An instant needs the zone whose date is meant."""
    return _date(value, zone, weekday=False, plain=plain)


def day(value: dt.date | dt.datetime, zone: str | None = None, *, plain: bool = False) -> Markup | str:
    """A date with its weekday: "Tuesday, 16 May 2023"."""
    return _date(value, zone, weekday=True, plain=plain)


def date_range(first: dt.datetime, last: dt.datetime) -> Markup:
    """From the day of a local time to the day of another: "22–26 Nov 2026"."""
    words = formats.date_range_text(first.date(), last.date(), reader())
    return Markup('<span class="date-range">{}</span>').format(words)


def short_day(value: dt.date) -> str:
    """A date without its year, for a link under a heading that tells the year: "17 May"."""
    return formats.short_date_text(value, reader())


def _date(value: dt.date | dt.datetime, zone: str | None, *, weekday: bool, plain: bool) -> Markup | str:
    that_day = value
    if isinstance(value, dt.datetime):
        that_day = (to_local(value, zone) if value.tzinfo and zone else value).date()
    words = formats.date_text(that_day, reader(), weekday=weekday)
    return words if plain else Markup('<time datetime="{}">{}</time>').format(that_day.isoformat(), words)


def time(
    value: dt.datetime, zone: str | None = None, *, label: bool = True, plain: bool = False
) -> Markup | str:
    """An hour with its zone: "09:30 Taipei"."""
    html = formats.time_html(*local(value, zone), reader(), label=label)
    return formats.plain(html) if plain else html


def datetime_(
    value: dt.datetime, zone: str | None = None, *, label: bool = True, plain: bool = False
) -> Markup | str:
    """Day, hour and zone: "Tuesday, 16 May 2023, 09:30 Taipei (UTC+8)"."""
    html = formats.time_html(*local(value, zone), reader(), label=label, day=True)
    return formats.plain(html) if plain else html


def time_range(
    start: dt.datetime,
    end: dt.datetime | None,
    zone: str | None = None,
    *,
    day: bool = False,
    label: bool = True,
    plain: bool = False,
) -> Markup | str:
    """From an hour to another: "09:30–10:45 Taipei"; with the dates where they differ or `day` asks."""
    first, name = local(start, zone)
    if end is None or end == start:
        html = formats.time_html(first, name, reader(), label=label, day=day)
    else:
        html = formats.range_html(first, local(end, zone)[0], name, reader(), label=label, day=day)
    return formats.plain(html) if plain else html


def local(value: dt.datetime, zone: str | None) -> tuple[dt.datetime, str]:
    """The naive local time and its zone's name.

    An instant without a zone is shown in UTC; a local time without one is a mistake (`ValueError`),
    because nobody could tell when it is.
    """
    if value.tzinfo is not None:
        name = zone or getattr(value.tzinfo, "key", None) or "UTC"
        return to_local(value, name), name
    if zone is None:
        raise ValueError("a local time needs the name of its zone")
    return value, zone


def zone_label(zone: str, at: dt.datetime | dt.date | None = None) -> str:
    """A zone in words, "Taipei (UTC+8)"; without a time to measure the distance at, its city."""
    if at is None:
        return formats.city(zone, reader())
    moment = at if isinstance(at, dt.datetime) else dt.datetime.combine(at, dt.time(12))
    return formats.zone_text(local(moment, zone)[0], zone, reader())


def number(value: float | Decimal | None) -> str:
    """A number as the reader writes it."""
    return "" if value is None else formats.number_text(value, reader())


def money(amount: float | Decimal | None, currency: str) -> str:
    """An amount with its currency: "US$500,000"."""
    return "" if amount is None else formats.money_text(amount, currency, reader())


def language_name(tag: str) -> str:
    """What this reader calls a language."""
    return languages.language_name(tag, reader())
