"""What templates write: texts in the reader's language, times with their zone, numbers, safe Markdown."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from markupsafe import Markup

from eventsapp.core.config import Settings
from eventsapp.web import filters, locale

TEN = dt.datetime(2023, 5, 16, 10, 0)
NOON = TEN.replace(hour=12)
NEXT_DAY = TEN.replace(day=17, hour=1)
Render = Callable[..., str]


@pytest.fixture
def site() -> Flask:
    """An application that writes texts and nothing else: no database, no session."""
    app = Flask("pages")
    app.extensions["settings"] = Settings()
    locale.init_app(app)
    filters.register(app)
    return app


@pytest.fixture
def page(site: Flask) -> Render:
    """Render a template text for a reader of `lang`."""

    def render(source: str, lang: str = "en", **values: object) -> str:
        with site.test_request_context(f"/?lang={lang}"):
            return site.jinja_env.from_string(source).render(**values)

    return render


def plain(html: str) -> str:
    """The words of a piece of HTML."""
    return filters.formats.plain(Markup(html))  # noqa: S704 -- read, not shown


def test_tx_the_readers_language_is_plain_escaped_text(page: Render) -> None:
    assert page("{{ t|tx }}", "uk", t={"uk": "Зала <1>", "en": "Hall"}) == "Зала &lt;1&gt;"


def test_tx_a_fallback_says_its_language_and_shows_it(page: Render) -> None:
    html = page("{{ t|tx }}", "zh-Hant", t={"uk": "Зала"})
    assert html.startswith('<span lang="uk" dir="ltr">Зала</span>')
    assert '<span class="lang-chip" lang="uk" dir="ltr">Українська</span>' in html


def test_tx_a_text_right_to_left_says_so(page: Render) -> None:
    assert '<span lang="ar" dir="rtl">قاعة</span>' in page("{{ t|tx }}", t={"ar": "قاعة"})


def test_tx_the_language_asked_for_wins_over_the_page_language(page: Render) -> None:
    html = page("{{ t|tx }}", "fr", t={"en": "Hall", "fr": "Salle"})
    assert html == '<span lang="fr" dir="ltr">Salle</span>'


def test_tx_of_nothing_is_nothing(page: Render) -> None:
    assert page("[{{ none_|tx }}{{ {}|tx }}{{ none_|tx_markdown }}{{ none_|tx_plain }}]", none_=None) == "[]"


def test_tx_plain_is_the_text_alone(page: Render) -> None:
    assert page("{{ t|tx_plain }}", "uk", t={"en": "A & B"}) == "A &amp; B"


def test_tx_a_script_in_a_title_stays_text(page: Render) -> None:
    assert "<script" not in page("{{ t|tx }}", "uk", t={"en": "<script>alert(1)</script>"})


def test_tx_of_a_hostile_tag_stays_inside_the_attribute(page: Render) -> None:
    assert '"><script' not in page("{{ t|tx }}", "uk", t={'"><script>': "text"})


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "10:00–12:00 Taipei"), ("zh-Hant", "10:00–12:00 台北"), ("uk", "10:00–12:00 Тайбей")],
)
def test_time_range_on_one_day_shows_hours_and_place(page: Render, lang: str, words: str) -> None:
    assert plain(page("{{ a|time_range(b, 'Asia/Taipei') }}", lang, a=TEN, b=NOON)) == words


def test_time_range_carries_instants_for_machines(page: Render) -> None:
    html = page("{{ a|time_range(b, 'Asia/Taipei') }}", a=TEN, b=NOON)
    assert 'datetime="2023-05-16T10:00+08:00"' in html
    assert 'datetime="2023-05-16T12:00+08:00"' in html


def test_time_range_over_midnight_names_both_days(page: Render) -> None:
    words = plain(page("{{ a|time_range(b, 'Europe/Kyiv') }}", a=TEN, b=NEXT_DAY))
    assert words == "16 May 2023, 10:00 – 17 May 2023, 01:00 Kyiv (UTC+3)"


def test_time_range_under_a_day_heading_names_the_other_day_only(page: Render) -> None:
    words = plain(page("{{ a|time_range(b, 'Europe/Kyiv', label=false) }}", a=TEN, b=NEXT_DAY))
    assert words == "10:00 – 17 May, 01:00"


def test_time_range_without_an_end_is_its_beginning(page: Render) -> None:
    assert plain(page("{{ a|time_range(none, 'Asia/Taipei') }}", a=TEN)) == "10:00 Taipei"


def test_time_range_with_its_day_writes_it_once(page: Render) -> None:
    words = plain(page("{{ a|time_range(b, 'Asia/Taipei', day=true) }}", a=TEN, b=NOON))
    assert words == "Tuesday, 16 May 2023, 10:00–12:00 Taipei (UTC+8)"


def test_time_of_an_instant_is_shown_in_the_zone_asked_for(page: Render) -> None:
    instant = dt.datetime(2023, 5, 16, 2, 0, tzinfo=dt.UTC)
    assert plain(page("{{ t|time('Asia/Taipei') }}", t=instant)) == "10:00 Taipei"
    assert plain(page("{{ t|time }}", t=instant)) == "02:00 UTC"


def test_time_of_a_local_time_without_its_zone_is_refused(page: Render) -> None:
    with pytest.raises(ValueError, match="zone"):
        page("{{ t|time }}", t=TEN)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Tuesday, 16 May 2023, 10:00 Kyiv (UTC+3)"),
        ("zh-Hant", "2023年5月16日 星期二 10:00 基輔 (UTC+3)"),
        ("uk", "вівторок, 16 травня 2023 р., 10:00 Київ (UTC+3)"),
    ],
)
def test_datetime_is_written_in_the_readers_language(page: Render, lang: str, words: str) -> None:
    assert page("{{ t|datetime('Europe/Kyiv', plain=true) }}", lang, t=TEN) == words


@pytest.mark.parametrize(
    ("zone", "at", "words"),
    [
        ("Asia/Kathmandu", TEN, "Kathmandu (UTC+5:45)"),
        ("America/St_Johns", TEN.replace(month=1), "St John’s (UTC−3:30)"),
        ("Europe/Kyiv", TEN.replace(month=1), "Kyiv (UTC+2)"),
        ("UTC", TEN, "UTC"),
    ],
)
def test_zone_label_has_the_distance_of_that_day(
    page: Render, zone: str, at: dt.datetime, words: str
) -> None:
    assert page("{{ z|zone_label(at) }}", z=zone, at=at).replace("&#39;", "’") == words


def test_date_of_an_instant_is_the_zones_date(page: Render) -> None:
    instant = dt.datetime(2023, 5, 16, 20, 0, tzinfo=dt.UTC)
    assert page("{{ t|date('Asia/Taipei') }}", t=instant) == '<time datetime="2023-05-17">17 May 2023</time>'
    assert page("{{ t|day(plain=true) }}", t=instant.date()) == "Tuesday, 16 May 2023"


def test_number_and_money_follow_the_reader(page: Render) -> None:
    assert page("{{ 20000|number }} {{ none|number }}") == "20,000 "
    assert page("{{ 500000|money('USD') }}") == "US$500,000"
    assert page("{{ v|money('EUR') }}", v=Decimal("1.50")) == "€1.50"
    assert "500\N{NO-BREAK SPACE}000" in page("{{ 500000|money('USD') }}", "uk")


def test_a_constant_is_written_for_each_reader_anew(site: Flask) -> None:
    with site.test_request_context("/?lang=uk"):
        template = site.jinja_env.from_string("{{ 1204|number }} {{ {'en': 'Hall', 'uk': 'Зала'}|tx }}")
        assert template.render() == "1\N{NO-BREAK SPACE}204 Зала"
    with site.test_request_context("/?lang=en"):
        assert template.render() == "1,204 Hall"


def test_markdown_keeps_structure_and_starts_headings_below_the_page(page: Render) -> None:
    html = page("{{ '# Dress\n\n- *dark* suit'|markdown }}")
    assert "<h3>Dress</h3>" in html
    assert "<li><em>dark</em> suit</li>" in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        '<img src=x onerror="alert(1)">',
        "![x](https://example.org/pixel.gif)",
        '[x](https://example.org" onmouseover="alert(1))',
        "<p style='position:fixed'>x</p>",
    ],
)
def test_markdown_nothing_hostile_becomes_markup(page: Render, hostile: str) -> None:
    html = page("{{ t|markdown }}", t=hostile)
    for forbidden in ("<script", 'href="javascript', 'href="data', "<img", "<p style"):
        assert forbidden not in html
    assert not re.search(r"<[^>]*\bon\w+=", html)


def test_markdown_links_pass_on_neither_window_nor_rank(page: Render) -> None:
    assert 'rel="noopener nofollow"' in page("{{ '[a](https://example.org)'|markdown }}")


def test_tx_markdown_says_the_language_of_its_block(page: Render) -> None:
    html = page("{{ t|tx_markdown }}", t={"uk": "**Увага**"})
    assert html.startswith('<div class="prose" lang="uk" dir="ltr">')
    assert "<strong>Увага</strong>" in html
    assert "lang-chip" in html


def test_asset_carries_the_contents_fingerprint(page: Render) -> None:
    assert page("{{ asset('css/missing.css') }}") == "/static/css/missing.css"
