"""What one page of any paged list holds: a listing page, or an answer of a JSON API."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.frontier.port import Link


@dataclass(frozen=True, slots=True)
class ListContent:
    """Links in their order, and the way on."""

    links: tuple[Link, ...]
    next: str | None
    """Canonical address of the next page."""
    cut: bool = False
    """There are more entries than are read of one page."""
