"""The typesetter: a process of its own whose failure is an answer, never a crash."""

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
@pytest.mark.parametrize("template", ["broken", "runaway", "outside", "missing"])
def test_a_template_that_fails_is_an_answer(template: str) -> None:
    with pytest.raises(PrintingFailed):
        compile_pdf(template, {})


@pytest.mark.usefixtures("templates")
def test_a_lone_surrogate_is_an_answer_too() -> None:
    with pytest.raises(PrintingFailed):
        compile_pdf("page", {"text": "\ud800"})


@pytest.mark.usefixtures("templates")
def test_a_failure_gives_its_place_back() -> None:
    for _ in range(3):
        with pytest.raises(PrintingFailed):
            compile_pdf("broken", {})
    assert _text(compile_pdf("page", {"text": "still here"})) == ["still here"]


def test_what_is_no_pdf_cannot_be_joined() -> None:
    with pytest.raises(PrintingFailed):
        join_pdfs([b"not a PDF", b"neither"])
