"""What a badge shows is checked when it is put together."""

from dataclasses import replace
from typing import Any

import pytest

from eventsapp.badges.face import BadgeFace, ink_on

FACE = BadgeFace(
    event_title="Harbour Cities Forum",
    name="Ms O",
    code="CODE",
    short_code="4F7K 9QRT",
    category_name="Delegate",
    category_letter="D",
    category_colour="#1d5fbf",
)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"code": ""},
        {"category_colour": "blue"},
        {"category_colour": "#1d5fbf;"},
    ],
)
def test_a_face_that_could_not_be_printed_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"badge needs|not a"):
        replace(FACE, **wrong)


@pytest.mark.parametrize(
    ("ground", "ink"),
    [("#ffffff", "#101820"), ("#f2c200", "#101820"), ("#14254a", "#ffffff"), ("#b3261e", "#ffffff")],
)
def test_ink_stands_out_from_its_ground(ground: str, ink: str) -> None:
    assert ink_on(ground) == ink
