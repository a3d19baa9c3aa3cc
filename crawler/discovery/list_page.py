"""The content of one page of a paged list: a listing page, or a response of a JSON API."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.frontier.port import Link


@dataclass(frozen=True, slots=True)
class ListPage:
    """Links in their order, and the next page."""

    links: tuple[Link, ...]
    next: str | None
    """Canonical address of the next page."""
    guess: str | None = None
    """Without a next page: an address that may be that of one, to be tried once."""
    ends: bool = True
    """Whether the page shows that none follows, where it names none."""
    parts: tuple[str, ...] = ()
    """Canonical addresses of its parts by year or month, the newest year first; of a page that is
    one, of all parts of its list.
    """
    cut: bool = False
    """The page has more entries than are read."""
