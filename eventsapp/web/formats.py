"""Times, numbers and texts written out in a reader's language: pure functions, remembered.

Every function takes the reader's locale as a BCP 47 tag. A time is a naive local `datetime` with
the name of its zone; the hour is written in 24 hours everywhere, so that a programme read in two
languages shows the same figures.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

import nh3
from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_currency, format_decimal, parse_pattern
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from eventsapp.core.languages import locale_of
from eventsapp.core.zones import zone

# English without a country is written for readers of every country: day before month.
_ENGLISH = "en_GB"
# A dash after which no line breaks.
_SEPARATOR = Markup("–\N{WORD JOINER}")
_APART = Markup("\N{NO-BREAK SPACE}– ")
_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "hr",
    "h3",
    "h4",
    "h5",
    "h6",
}


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    return locale_of(_ENGLISH if tag == "en" else tag) or Locale.parse(_ENGLISH)


@lru_cache(maxsize=512)
def city(zone_name: str, reader: str) -> str:
    """The place a zone is named after, in the reader's language ("Kyiv", "Київ")."""
    names = _locale(reader).time_zones
    for key in (zone_name, *_former_names(zone_name)):
        if found := names.get(key, {}).get("city"):
            return str(found)
    return zone_name.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=512)
def _former_names(zone_name: str) -> tuple[str, ...]:
    """Names the zone had before (`Europe/Kiev`), under which the locale data may still keep it."""
    aliases: Mapping[str, str] = get_global("zone_aliases")
    return tuple(old for old, new in aliases.items() if new == zone_name)


@lru_cache(maxsize=4096)
def offset(local: dt.datetime, zone_name: str) -> str:
    """The zone's distance from UTC at a local time: `UTC+8`, `UTC−3:30`, `UTC`."""
    distance = local.replace(tzinfo=zone(zone_name)).utcoffset() or dt.timedelta()
    minutes = round(distance.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


@lru_cache(maxsize=4096)
def zone_text(local: dt.datetime, zone_name: str, reader: str) -> str:
    """A zone in full: "Taipei (UTC+8)"; `UTC` alone for UTC itself."""
    distance = offset(local, zone_name)
    return "UTC" if zone_name in ("UTC", "Etc/UTC") else f"{city(zone_name, reader)} ({distance})"


@lru_cache(maxsize=4096)
def date_text(day: dt.date, reader: str, *, weekday: bool = False) -> str:
    """A date in words: "16 May 2023", with its weekday "Tuesday, 16 May 2023"."""
    return format_date(day, "full" if weekday else "long", locale=_locale(reader))


@lru_cache(maxsize=4096)
def short_date_text(day: dt.date, reader: str) -> str:
    """A date without its year, in short: "17 May"."""
    return str(format_skeleton("MMMd", dt.datetime.combine(day, dt.time()), locale=_locale(reader)))


@lru_cache(maxsize=4096)
def date_range_text(first: dt.date, last: dt.date, reader: str) -> str:
    """From a date to another, each part once: "22–26 Nov 2026"; one date where they are the same."""
    return str(format_interval(first, last, "yMMMd", locale=_locale(reader)))


@lru_cache(maxsize=4096)
def clock_text(local: dt.datetime, reader: str) -> str:
    """Hours and minutes: "09:30"."""
    return str(format_skeleton("Hm", local, locale=_locale(reader)))


def _joined(day: str, clock: str, reader: str) -> str:
    """A date and an hour, joined as the language does."""
    pattern = str(_locale(reader).datetime_formats["medium"])
    return pattern.replace("{1}", day).replace("{0}", clock)


def machine(local: dt.datetime, zone_name: str) -> str:
    """The `datetime` attribute of a time: ISO 8601 to the minute, with its distance from UTC."""
    return local.replace(tzinfo=zone(zone_name)).isoformat(timespec="minutes")


@lru_cache(maxsize=8192)
def time_html(
    local: dt.datetime, zone_name: str, reader: str, *, label: bool = True, day: bool = False
) -> Markup:
    """A `<time>` with its zone beside it; with `day`, the date stands before the hour."""
    clock = clock_text(local, reader)
    words = _joined(date_text(local.date(), reader, weekday=True), clock, reader) if day else clock
    return _time(words, local, zone_name) + _zone_label(local, zone_name, reader, label=label, full=day)


@lru_cache(maxsize=8192)
def range_html(
    start: dt.datetime,
    end: dt.datetime,
    zone_name: str,
    reader: str,
    *,
    label: bool = True,
    day: bool = False,
) -> Markup:
    """From a time to another; on one day the date, if wanted, is written once, else for both.

    Without `label` and `day` it stands under a heading that names the first day and the zone: then
    only another day is named, in short ("22:00 – 17 May, 01:00").
    """
    apart = start.date() != end.date()
    if apart and not (label or day):
        first = clock_text(start, reader)
        last = _joined(short_date_text(end.date(), reader), clock_text(end, reader), reader)
        separator = _APART
    elif apart:
        first = _joined(date_text(start.date(), reader), clock_text(start, reader), reader)
        last = _joined(date_text(end.date(), reader), clock_text(end, reader), reader)
        separator = _APART
    else:
        first, last = clock_text(start, reader), clock_text(end, reader)
        if day:
            first = _joined(date_text(start.date(), reader, weekday=True), first, reader)
        separator = _SEPARATOR
    times = _time(first, start, zone_name) + separator + _time(last, end, zone_name)
    return times + _zone_label(start, zone_name, reader, label=label, full=day or apart)


def _time(words: str, local: dt.datetime, zone_name: str) -> Markup:
    look = "time" if len(words) <= len("00:00") else "moment"
    return Markup('<time class="{}" datetime="{}">{}</time>').format(look, machine(local, zone_name), words)


def _zone_label(local: dt.datetime, zone_name: str, reader: str, *, label: bool, full: bool) -> Markup:
    if not label:
        return Markup("")
    words = zone_text(local, zone_name, reader) if full else city(zone_name, reader)
    return Markup(' <span class="zone">{}</span>').format(words)


def plain(markup: Markup) -> str:
    """The same words without tags, for a subject line or a title."""
    return str(markup.striptags()).replace(str(_SEPARATOR), "–")


def span_text(start: str, end: str | None, zone_name: str, reader: str) -> str:
    """The same words from ISO texts of local times, as mails keep them; without an `end`, one moment."""
    begins = dt.datetime.fromisoformat(start)
    if end is None:
        return plain(time_html(begins, zone_name, reader, day=True))
    return plain(range_html(begins, dt.datetime.fromisoformat(end), zone_name, reader, day=True))


def number_text(value: float | Decimal, reader: str) -> str:
    """A number grouped and pointed as the reader is used to."""
    return format_decimal(value, locale=_locale(reader))


def money_text(amount: float | Decimal, currency: str, reader: str) -> str:
    """An amount with its currency; whole amounts are written without a fraction."""
    locale = _locale(reader)
    if amount == int(amount):
        pattern = parse_pattern(locale.currency_formats["standard"].pattern.replace(".00", ""))
        return format_currency(amount, currency, pattern.pattern, locale=locale, currency_digits=False)
    return format_currency(amount, currency, locale=locale)


class _Markdown(MarkdownIt):
    """CommonMark without raw HTML or images; its headings begin below the page's own."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable("image")
        self.core.ruler.push("headings_below_the_page", self._lower_headings)

    @staticmethod
    def _lower_headings(state: "object") -> None:
        tokens: list[Token] = state.tokens  # type: ignore[attr-defined]
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


_markdown = _Markdown()


@lru_cache(maxsize=1024)
def markdown_html(text: str) -> Markup:
    """Markdown as safe HTML: a short list of tags, links that pass on neither window nor rank."""
    html = nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow",
    )
    return Markup(html)  # noqa: S704 -- cleaned by nh3 just above


def paragraphs_html(text: str) -> Markup:
    """Plain text with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())
