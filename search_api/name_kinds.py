"""The kinds of names that have lists of their own, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class NameKind:
    """A kind of names."""

    path: str
    """Below `/` and `/api/`."""
    field: str
    """The facet (`indexer.query.fields`) of which they are values."""
    title: str
    """Message: what the page of the list is called."""
    one: str
    """Message: what one of them is called."""

    def entry(self, identity: str) -> str:
        """The path of an entry's page."""
        return f"/{self.path}/{quote(identity, safe='')}"


KINDS: tuple[NameKind, ...] = (
    NameKind("people", "person", "People", "Person"),
    NameKind("organisations", "organisation", "Organisations", "Organisation"),
    NameKind("strategies", "strategy", "Strategies and programmes", "Strategy"),
    NameKind("series", "series", "Event series", "Series of events"),
    NameKind("places", "place", "Places", "Place"),
)
KIND: Mapping[str, NameKind] = MappingProxyType({kind.field: kind for kind in KINDS})
