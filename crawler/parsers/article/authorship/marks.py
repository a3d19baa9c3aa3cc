"""Places of a page that name somebody who may be its author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AuthorMark:
    """One place that names somebody, and what is known of the place."""

    name: str
    """As written there."""
    source: str
    """What names it: `json-ld.article.person`, `meta.author`, `byline` …"""
    order: int = 0
    """How many names the place gives before it."""
    listed: tuple[str, ...] = ()
    """All names that the place gives, where it gives several."""
    place: Mapping[str, float] = field(default_factory=dict)
    """Of what is shown: measures of the place; the same names for all."""
    row: tuple[str, ...] = ()
    """All names of the row of authors that the place is one of, where it has several."""

    @property
    def key(self) -> str:
        """The same for all ways of writing one name."""
        return name_key(self.name)


def marks_of(names: Sequence[str], source: str) -> Iterator[AuthorMark]:
    """The marks of a place that gives these names."""
    listed = tuple(names) if len(names) > 1 else ()
    for order, name in enumerate(names):
        yield AuthorMark(name, source, order, listed)


def name_key(name: str) -> str:
    """A name without case and signs."""
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())
