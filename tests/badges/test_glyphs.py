"""No box on any badge: the typesetter is asked under PDF/UA, which forbids a missing shape."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
import typst

from eventsapp.badges import pdf
from eventsapp.badges.face import BadgeFace
from eventsapp.badges.pdf import SHEETS, SheetName
from eventsapp.printing import engine, fonts
from tests.factories.badges import demonstration_faces, make_face, make_faces

Strictly = Callable[[Sequence[BadgeFace], SheetName], None]


def _compiled_strictly(template: str, data: Mapping[str, Any], **_: Any) -> bytes:
    inputs = {"data": json.dumps(data), "fonts": json.dumps(fonts.families())}
    made = typst.compile(
        str(engine.TEMPLATES / f"{template}.typ"),
        root=str(engine.TEMPLATES),
        font_paths=[str(folder) for folder in fonts.folders()],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards="ua-1",
    )
    assert isinstance(made, bytes)
    return made


@pytest.fixture
def strictly(monkeypatch: pytest.MonkeyPatch) -> Strictly:
    """Print badges as the product does; fails where a character has no shape."""
    monkeypatch.setattr(pdf, "compile_pdf", _compiled_strictly)
    return lambda faces, sheet: list(pdf.badges_pdf_parts(faces, sheet)) and None


@pytest.mark.parametrize("sheet", list(SHEETS))
def test_every_script_has_its_shapes_on_every_sheet(strictly: Strictly, sheet: SheetName) -> None:
    strictly(make_faces(), sheet)


def test_everybody_in_the_demonstration_has_their_shapes(strictly: Strictly) -> None:
    strictly(demonstration_faces(), "a6")
    for face in demonstration_faces():
        assert not fonts.missing_glyphs(face.name)


@pytest.mark.parametrize("name", ["Ada 😀", "\U00013000"])
def test_character_without_a_shape_is_noticed(strictly: Strictly, name: str) -> None:
    assert fonts.missing_glyphs(name)
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        strictly([make_face(name)], "a6")
