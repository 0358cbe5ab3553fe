"""Where a fact comes from, so that demonstration and source are never mistaken for each other."""

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class Source(StrEnum):
    """`entered` by staff; `seed` the source document; `external` a public source; `demo` invented."""

    ENTERED = "entered"
    SEED = "seed"
    EXTERNAL = "external"
    DEMO = "demo"


class Sourced:
    """Rows that say where they come from; `source_reference` names the public source."""

    source: Mapped[Source] = mapped_column(default=Source.ENTERED)
    source_reference: Mapped[str] = mapped_column(String(300), default="")
