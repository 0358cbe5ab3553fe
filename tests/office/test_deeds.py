"""Every deed that services record has words, and no words are kept for deeds that nobody records."""

import ast
import re
from collections.abc import Iterator

from eventsapp.core.config import ROOT
from eventsapp.office.deeds import DEEDS

ACTION = re.compile(r"[a-z_]+\.[a-z_-]+")
WHO = re.compile(r"\b(actor|how\.actor|SYSTEM)\b")


def recorded() -> Iterator[str]:
    """The texts that look like an action, in calls that say who did it; and those chosen just before one."""
    for path in (ROOT / "eventsapp").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "audit" not in source or path.name == "deeds.py":
            continue
        for node in ast.walk(ast.parse(source)):
            if _is_choice(node) or (isinstance(node, ast.Call) and WHO.search(ast.unparse(node))):
                yield from filter(ACTION.fullmatch, _texts(node))


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _is_choice(node: ast.AST) -> bool:
    """`action = … if … else …`"""
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.IfExp)


def test_every_recorded_deed_has_words_and_every_word_a_deed() -> None:
    assert set(recorded()) == set(DEEDS)
