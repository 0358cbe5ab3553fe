"""The typesetter: a process of its own whose failure is an answer, never a crash."""

import threading
from pathlib import Path

import pypdfium2
import pytest

from eventsapp.printing import engine
from eventsapp.printing.engine import PrintingFailed, compile_pdf, join_pdfs

PAGE = """#set document(date: none)
#let data = json(bytes(sys.inputs.data))
#set text(font: json(bytes(sys.inputs.fonts)).at("TC"), fallback: false)
#data.text
"""


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "page.typ").write_text(PAGE, encoding="utf-8")
    (tmp_path / "broken.typ").write_text("#nothing-of-that-name", encoding="utf-8")
    (tmp_path / "endless.typ").write_text("#while true { let x = 1 }", encoding="utf-8")
    (tmp_path / "runaway.typ").write_text("#let f(n) = f(n + 1) + f(n + 2)\n#f(1)", encoding="utf-8")
    (tmp_path / "outside.typ").write_text('#read("/../../../../../../etc/passwd")', encoding="utf-8")
    monkeypatch.setattr(engine, "TEMPLATES", tmp_path)
    return tmp_path


def _text(document: bytes) -> list[str]:
    with pypdfium2.PdfDocument(document) as opened:
        return [page.get_textpage().get_text_range().strip() for page in opened]


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize("text", ["#1 + 1", "李四川", '"); #panic(', "a\\nb", "@x <y> $z$ `w` *v* _u_"])
def test_data_is_set_as_it_is_and_never_as_markup(text: str) -> None:
    assert _text(compile_pdf("page", {"text": text})) == [text]


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize("template", ["broken", "runaway", "outside", "missing"])
def test_a_template_that_fails_is_an_answer(template: str) -> None:
    with pytest.raises(PrintingFailed):
        compile_pdf(template, {})


@pytest.mark.usefixtures("templates")
def test_a_lone_surrogate_is_an_answer_too() -> None:
    with pytest.raises(PrintingFailed):
        compile_pdf("page", {"text": "\ud800"})


@pytest.mark.usefixtures("templates")
def test_a_document_that_never_ends_is_ended() -> None:
    with pytest.raises(PrintingFailed):
        compile_pdf("endless", {}, seconds=1)


@pytest.mark.usefixtures("templates")
def test_who_finds_every_place_taken_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_slots", threading.BoundedSemaphore(1))
    with engine._slots, pytest.raises(PrintingFailed):
        compile_pdf("page", {"text": "late"}, seconds=1)
    assert _text(compile_pdf("page", {"text": "now"})) == ["now"]


@pytest.mark.usefixtures("templates")
def test_a_failure_gives_its_place_back() -> None:
    for _ in range(3):
        with pytest.raises(PrintingFailed):
            compile_pdf("broken", {})
    assert _text(compile_pdf("page", {"text": "still here"})) == ["still here"]


@pytest.mark.usefixtures("templates")
def test_nothing_of_what_was_printed_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(PrintingFailed):
        compile_pdf("broken", {"text": "Ms Secret"})
    assert "printing failed" in caplog.text
    assert "Secret" not in caplog.text


@pytest.mark.usefixtures("templates")
def test_the_process_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, templates: Path) -> None:
    monkeypatch.setenv("EVENTSAPP_SECRET_KEY", "x" * 40)
    show = templates / "worker.py"
    show.write_text("import os, sys; sys.stdin.read(); print(sorted(os.environ))", encoding="utf-8")
    monkeypatch.setattr(engine, "_WORKER", show)
    assert b"SECRET" not in compile_pdf("page", {})


@pytest.mark.usefixtures("templates")
def test_parts_are_joined_in_order() -> None:
    parts = [compile_pdf("page", {"text": text}) for text in ("one", "二", "three")]
    assert _text(join_pdfs(parts)) == ["one", "二", "three"]
    assert join_pdfs(parts[:1]) == parts[0]


def test_what_is_no_pdf_cannot_be_joined() -> None:
    with pytest.raises(PrintingFailed):
        join_pdfs([b"not a PDF", b"neither"])
