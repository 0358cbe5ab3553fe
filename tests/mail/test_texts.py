"""An event's own words: what they may name, how they read, and that a name stays a name."""

from typing import Any

import pytest
from flask import Flask

from eventsapp.core.errors import Invalid
from eventsapp.mail import kinds, rendering, texts
from eventsapp.mail.beginnings import our_words
from eventsapp.mail.rendering import Rendered
from eventsapp.mail.texts import Manner
from eventsapp.mail.wording import Own

CONTEXT = {
    "title": {"en": "A summit", "uk": "Саміт"},
    "host": {"en": "The mayor"},
    "when": "Tuesday",
    "place": {"en": "City hall"},
    "street": {"en": "1 Main Street"},
    "reply_by": "Monday",
    "code": "ABC",
    "generation": 1,
    "state": "invited",
    "party_size": 1,
    "spans": {"when": ["2026-05-16T09:00", "2026-05-16T17:00", "Asia/Taipei"]},
}
BODY = "Dear **{{name}}**,\n\ncome to {{event}} at {{where}}.\n\n{{invitation_link}}\n\nThe *office*"


@pytest.fixture
def app() -> Flask:
    """Words need no database."""
    from eventsapp import create_app

    return create_app()


def written(app: Flask, body: str, name: str = "Ada", key: str = "invitation", **changes: Any) -> Rendered:
    manner = Manner({(key, "en"): Own("For {{name}}: {{event}}", body)})
    template = key.partition(".")[0]
    return rendering.render(app, template, "en", name, CONTEXT | changes, manner)


def test_own_words_are_sent_as_text_and_as_html(app: Flask) -> None:
    sent = written(app, BODY)
    assert sent.subject == "For Ada: A summit"
    assert sent.text.startswith("Dear Ada,\n\ncome to A summit at City hall, 1 Main Street.\n\nhttp")
    assert "The *office*" in sent.text
    assert "<p>Dear <strong>Ada</strong>,</p>" in sent.html
    assert '<a class="call" href="http' in sent.html
    assert "<em>office</em>" in sent.html
    assert "{{" not in sent.text + sent.html


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "[click](https://evil.example)",
        "https://evil.example",
        "evil.example",
        "**bold** {{invitation_link}}",
        "Zq0qZ",
        '"><a href="https://evil.example">x</a>',
    ],
)
def test_name_is_text_whatever_it_holds(app: Flask, name: str) -> None:
    sent = written(
        app, "Dear {{name}},\n\n[read]({{invitation_link}}) [x](https://ours.example/{{name}})", name
    )
    assert sent.html.count("<a ") == 2
    assert "<script" not in sent.html
    assert "<strong>" not in sent.html
    assert 'href="https://ours.example/"' in sent.html, "no name inside a link"
    assert "https://evil" not in sent.text
    assert "evil.example" not in sent.text


@pytest.mark.parametrize("name", ["Zq0qZ", "Zq1qZ", "Zq99qZ", "ZZq1qZq1qZ"])
def test_name_that_looks_like_our_stand_in_stays_a_name(app: Flask, name: str) -> None:
    sent = written(app, "{{name}}\n\n{{invitation_link}}\n\nYours, {{name}}", name)
    assert f"<p>{name}</p>" in sent.html
    assert f"Yours, {name}" in sent.html
    assert "ZZq" not in written(app, BODY + " ZZq1qZq1qZ").html


def test_raw_html_and_pictures_are_text(app: Flask) -> None:
    sent = written(
        app, "<img src=x onerror=alert(1)> ![x](https://x.example/p.png) [j](javascript:x)\n\n{{name}}"
    )
    assert "<img" not in sent.html
    assert "javascript:" not in sent.html.partition("<body>")[2].replace("(javascript:x)", "")


def test_answer_has_words_of_its_own(app: Flask) -> None:
    sent = written(
        app, "Only for who comes: {{items}}", key="confirmation.accepted", state="declined", items=[]
    )
    assert "Only for who comes" not in sent.text
    items = [{"title": {"en": "Dinner"}, "when": "at eight", "state": "accepted"}]
    sent = written(app, "You come:\n\n{{items}}", key="confirmation.accepted", state="accepted", items=items)
    assert "- Dinner, at eight: Accepted" in sent.text
    assert "<ul><li>Dinner, at eight: Accepted</li></ul>" in sent.html


def test_second_language_stands_below_the_first(app: Flask) -> None:
    manner = Manner({("invitation", "uk"): Own("Тема", "Слова {{when}}\n\n{{invitation_link}}")}, "uk")
    sent = rendering.render(app, "invitation", "en", "Ada", CONTEXT, manner)
    first, second = sent.text.split("* * *")
    assert "invit" in first
    assert "Слова субота, 16 травня 2026" in second
    assert sent.html.count("<!doctype html>") == 1
    assert '<div lang="uk" dir="ltr">' in sent.html
    assert sent.html.index("City hall") < sent.html.index("Слова")
    assert "<!--" not in sent.html
    alone = rendering.render(app, "invitation", "uk", "Ada", CONTEXT, manner)
    assert "* * *" not in alone.text


def test_reader_of_a_language_without_words_gets_those_that_ours_would_fall_back_to(app: Flask) -> None:
    manner = Manner({("invitation", "en"): Own("Own", "{{invitation_link}}")})
    subjects = [
        rendering.render(app, "invitation", tag, "Ada", CONTEXT, manner).subject for tag in ("he", "uk")
    ]
    assert subjects == ["Own", "Запрошення: Саміт"]


def test_personal_links_can_lead_nowhere(app: Flask) -> None:
    live = rendering.render(app, "invitation", "en", "Ada", CONTEXT)
    inert = rendering.render(app, "invitation", "en", "Ada", CONTEXT, inert=True)
    assert "/i/" in live.text
    assert "/i/" not in inert.text + inert.html


def test_our_words_of_every_kind_are_a_right_beginning(app: Flask) -> None:
    """Also of those that other wings add: they join by being in the folder."""
    found = kinds.all_kinds(app.jinja_env)
    assert {"invitation", "reminder", "code", "focal-point"} <= {kind.template for kind in found}
    for kind in found:
        for language in ("en", "zh-Hant", "uk"):
            ours = our_words(app, kind, language)
            texts.checked(kind, ours.subject, ours.body)


def test_our_words_leave_out_what_the_event_has_not(app: Flask) -> None:
    kind = kinds.kind_of(app.jinja_env, "invitation")
    assert "{{host}}" in our_words(app, kind, "en").body
    assert "{{host}}" not in our_words(app, kind, "en", without=("host",)).body


@pytest.mark.parametrize("key", ["nothing", "own", "confirmation", "confirmation.perhaps", "../layout", ""])
def test_what_is_no_kind_is_told(app: Flask, key: str) -> None:
    with pytest.raises(LookupError):
        kinds.kind_of(app.jinja_env, key)


@pytest.mark.parametrize(
    ("subject", "body", "field", "sentence"),
    [
        ("Come", "Dear {{nane}} {{invitation_link}}", "body", "knows no {{nane}}. Did you mean {{name}}?"),
        ("{{Event}}", "{{invitation_link}}", "subject", "Did you mean {{event}}?"),
        ("Come", "{{passport number}} {{invitation_link}}", "body", "What it knows stands below"),
        ("Come", "Come.", "body", "Without {{invitation_link}}"),
        ("{{invitation_link}}", "{{invitation_link}}", "subject", "no place in a subject"),
        ("Come", "{{name {{invitation_link}}", "body", "begins with"),
        ("", "{{invitation_link}}", "subject", "fill this in"),
        ("Come", "x" * 10_001, "body", "10000"),
    ],
)
def test_words_that_cannot_be_sent_are_refused(
    app: Flask, subject: str, body: str, field: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=r".") as refused:
        texts.checked(kinds.kind_of(app.jinja_env, "invitation"), subject, body)
    assert refused.value.field == field
    assert sentence in str(refused.value)
