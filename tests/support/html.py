"""Pages read strictly: one mistake in the markup fails the test."""

import html5lib


def strict(page: str) -> None:
    """Fails with the first error of the HTML standard's parser."""
    html5lib.HTMLParser(strict=True).parse(page)
