"""The program's source, read as source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "eventsapp"


@dataclass(frozen=True)
class Import:
    """One imported name, as the module that it comes from, and where it stands."""

    module: str
    line: int


@dataclass(frozen=True)
class Module:
    """One file of the package."""

    path: Path

    @property
    def name(self) -> str:
        """Dotted: `eventsapp.door.service`."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def place(self) -> str:
        """For messages: `eventsapp/door/service.py`."""
        return str(self.path.relative_to(ROOT))

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"), self.place)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """All that run, inside functions too; those for type checkers alone are left out."""
        return tuple(_imports(self.tree))


def _imports(node: ast.AST) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            for other in child.orelse:
                yield from _imports(other)
        elif isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno)
        elif isinstance(child, ast.ImportFrom):
            for alias in child.names:
                yield Import(f"{child.module}.{alias.name}", child.lineno)
        else:
            yield from _imports(child)


@cache
def modules() -> tuple[Module, ...]:
    """Every file of the package but the migrations, which are history."""
    found = sorted(PACKAGE.rglob("*.py"))
    return tuple(Module(path) for path in found if "migrations" not in path.parts)


def wing_of(name: str) -> str:
    """`door` for `eventsapp.door.service.scan`; the file's own name for what stands beside the wings."""
    parts = name.split(".")
    return "app" if name == "eventsapp.create_app" else parts[1] if len(parts) > 1 else ""


def room_of(name: str) -> str:
    """`service` for `eventsapp.door.service.scan`."""
    parts = name.split(".")
    return parts[2] if len(parts) > 2 else ""
