"""The engine: data in, PDF out; what goes wrong is one sentence and never takes the caller along."""

import os
import threading
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from eventsapp.printing import engine, fonts
from eventsapp.printing.engine import PrintingFailed, compile_pdf, join_pdfs

_PAGE = "#set page(width: 50mm, height: 20mm, margin: 2mm)\n#let data = json(bytes(sys.inputs.data))\n"


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates for the test alone."""
    monkeypatch.setattr(engine, "TEMPLATES", tmp_path)
    return tmp_path


def _text(made: bytes) -> str:
    return "|".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))


def test_data_reaches_the_page_as_it_is(templates: Path) -> None:
    (templates / "plain.typ").write_text(_PAGE + "#data.name")
    name = '#eval("1") $x$ *b* \\ <a>'
    assert _text(compile_pdf("plain", {"name": name})) == name


def test_parts_are_joined_in_their_order(templates: Path) -> None:
    (templates / "plain.typ").write_text(_PAGE + "#data.name")
    parts = [compile_pdf("plain", {"name": name}, tagged=False) for name in ("one", "two", "three")]
    assert _text(join_pdfs(parts)) == "one|two|three"
    assert join_pdfs(parts[:1]) is parts[0]


def test_broken_template_is_one_sentence_without_the_data(
    templates: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (templates / "broken.typ").write_text(_PAGE + "#panic(\n\n")
    with pytest.raises(PrintingFailed, match="could not be printed"):
        compile_pdf("broken", {"name": "Ada Example"})
    assert "Ada Example" not in caplog.text


def test_document_that_never_ends_is_stopped(templates: Path) -> None:
    (templates / "endless.typ").write_text("#let x = 0\n#while true { for n in range(100000) { x += n } }")
    with pytest.raises(PrintingFailed):
        compile_pdf("endless", {}, seconds=2)


def test_templates_read_nothing_outside_their_folder(templates: Path) -> None:
    (templates / "nosy.typ").write_text('#read("/../../../../etc/hostname")')
    with pytest.raises(PrintingFailed):
        compile_pdf("nosy", {})


def test_process_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSAPP_SECRET_KEY", "hush")
    seen: list[dict[str, str]] = []

    def run(*_: Any, env: dict[str, str], **__: Any) -> Any:
        seen.append(env)
        raise engine.subprocess.CalledProcessError(1, "typst", stderr=b"stopped")

    monkeypatch.setattr(engine.subprocess, "run", run)
    with pytest.raises(PrintingFailed):
        compile_pdf("badges", {})
    assert seen[0].keys() <= {"PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR"}
    assert "hush" in os.environ.values()


def test_too_many_at_once_are_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_slots", threading.BoundedSemaphore(1))
    with engine._slots, pytest.raises(PrintingFailed, match="try again in a minute"):
        compile_pdf("badges", {}, seconds=1)
    assert engine._slots.acquire(timeout=0)


def test_missing_font_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_PACKAGES", ("no_such_fonts",))
    with pytest.raises(RuntimeError, match="no_such_fonts"):
        fonts.folders()
