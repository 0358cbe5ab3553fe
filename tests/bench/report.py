"""Figures of a run, as a Markdown table and as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

HEAD = ("what", "callers", "per s", "× hello", "CPU ms", "CPU × hello", "p50 ms", "p99 ms", "errors", "aim")


@dataclass(frozen=True)
class Figure:
    """One row at one number of callers. Rates and CPU are per thing done, times per request.

    What begins with `least`, `half` or `most` is an aim, None where there is none.
    """

    name: str
    guests: int
    callers: int
    rate: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    errors: int
    megabytes: float = 0.0
    hello_rate: float = 0.0
    hello_cpu_ms: float = 0.0
    times_theirs: float = 0.0
    least_share: float | None = None
    half_ms: float | None = None
    most_ms: float | None = None
    most_cpu_ms: float | None = None
    most_megabytes: float | None = None
    most_times: float | None = None
    first_error: str = ""

    @property
    def share(self) -> float:
        """Its rate as a share of hello's."""
        return self.rate / self.hello_rate if self.hello_rate else 0.0

    @property
    def cost(self) -> float:
        """Its CPU as a multiple of hello's."""
        return self.cpu_ms / self.hello_cpu_ms if self.hello_cpu_ms else 0.0

    def aims(self) -> Iterator[tuple[str, bool]]:
        """Each aim in words, and whether it is met."""
        if self.least_share is not None:
            yield f"share ≥ {self.least_share:g}", self.share >= self.least_share
        limits = (
            ("p50 ≤ {:g} ms", self.p50_ms, self.half_ms),
            ("p99 ≤ {:g} ms", self.p99_ms, self.most_ms),
            ("CPU ≤ {:g} ms", self.cpu_ms, self.most_cpu_ms),
            ("memory ≤ {:g} MB", self.megabytes, self.most_megabytes),
            ("≤ {:g} × the bare library", self.times_theirs, self.most_times),
        )
        for words, found, most in limits:
            if most is not None:
                yield words.format(most), found <= most

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
            ", ".join([*(words if met else f"{words} MISSED" for words, met in self.aims()), *self._more()]),
        )

    def _more(self) -> Iterator[str]:
        """What the columns don't say of work without a server."""
        if self.most_megabytes is not None:
            yield f"{self.megabytes:.0f} MB"
        if self.times_theirs:
            yield f"{self.times_theirs:.2f} × the bare library"


def row_text(cells: Sequence[str]) -> str:
    """One line of the table."""
    return "| " + " | ".join(cells) + " |"


def head_text() -> str:
    """The table's head."""
    return row_text(HEAD) + "\n" + row_text(["---"] + ["---:"] * (len(HEAD) - 2) + ["---"])


def growth_text(figures: Sequence[Figure]) -> str:
    """How the CPU of one request grows from the smallest site to the largest."""
    sizes = sorted({figure.guests for figure in figures})
    costs = {(figure.name, figure.callers, figure.guests): figure.cpu_ms for figure in figures}
    head = ("growth", "callers", *(f"CPU ms, {size:,} guests" for size in sizes), "×")
    lines = [row_text(head), row_text(["---"] + ["---:"] * (len(head) - 1))]
    for name, callers in dict.fromkeys((figure.name, figure.callers) for figure in figures):
        row = [costs.get((name, callers, size)) for size in sizes]
        if None not in row and callers:
            found = [cost for cost in row if cost is not None]
            times = f"{found[-1] / found[0]:.2f}"
            lines.append(row_text([name, str(callers), *(f"{cost:.2f}" for cost in found), times]))
    return "\n".join(lines)


def as_json(figures: Sequence[Figure], **about: object) -> str:
    """All figures, and what is worth knowing about the run."""
    return json.dumps({**about, "figures": [asdict(figure) for figure in figures]}, indent=1)
