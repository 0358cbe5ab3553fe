"""Figures of a run, as a Markdown table and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

HEAD = ("what", "callers", "per s", "× hello", "CPU ms", "CPU × hello", "p50 ms", "p99 ms", "errors", "aim")


@dataclass(frozen=True)
class Figure:
    """One row at one number of callers. Rates and CPU are per thing done, times per request."""

    name: str
    callers: int
    rate: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    errors: int
    megabytes: float = 0.0
    hello_rate: float = 0.0
    hello_cpu_ms: float = 0.0
    aim: str = ""
    first_error: str = ""

    @property
    def share(self) -> float:
        """Its rate as a share of hello's."""
        return self.rate / self.hello_rate if self.hello_rate else 0.0

    @property
    def cost(self) -> float:
        """Its CPU as a multiple of hello's."""
        return self.cpu_ms / self.hello_cpu_ms if self.hello_cpu_ms else 0.0

    def cells(self) -> tuple[str, ...]:
        return (
            self.name,
            str(self.callers or "–"),
            f"{self.rate:,.1f}" if self.rate < 100 else f"{self.rate:,.0f}",
            f"{self.share:.3f}" if self.share else "–",
            f"{self.cpu_ms:.2f}",
            f"{self.cost:.1f}" if self.cost else "–",
            f"{self.p50_ms:.1f}",
            f"{self.p99_ms:.1f}",
            str(self.errors),
            self.aim,
        )


def row_text(cells: Sequence[str]) -> str:
    """One line of the table."""
    return "| " + " | ".join(cells) + " |"


def head_text() -> str:
    """The table's head."""
    return row_text(HEAD) + "\n" + row_text(["---"] + ["---:"] * (len(HEAD) - 2) + ["---"])


def as_json(figures: Sequence[Figure], **about: object) -> str:
    """All figures, and what is worth knowing about the run."""
    return json.dumps({**about, "figures": [asdict(figure) for figure in figures]}, indent=1)
