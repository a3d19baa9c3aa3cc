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
    cut: bool = False
    """The page has more entries than are read."""
