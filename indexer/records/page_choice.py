"""Which pages a source requests: by its sites and its patterns (`include`, `exclude`). Pure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from indexer.records.source import Source
from indexer.records.urls import owns

if TYPE_CHECKING:
    from indexer.records.address_patterns import AddressPattern


class PageChoice:
    """The choice of one source; its patterns are made ready when they are needed."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def takes(self, url: str) -> bool:
        """Whether a canonical address is that of a page which the source requests."""
        return owns(self._source, url) and self.selects(url)

    def selects(self, url: str) -> bool:
        """Whether the patterns select an address."""
        include, exclude = self._patterns
        return (not include or any(p.is_in(url) for p in include)) and not any(
            p.is_in(url) for p in exclude
        )

    @cached_property
    def _patterns(self) -> tuple[list[AddressPattern], list[AddressPattern]]:
        # RE2 is an extension in C++: a run that crawls nothing does without.
        from indexer.records.address_patterns import AddressPattern  # noqa: PLC0415  # see above

        return (
            [AddressPattern(pattern) for pattern in self._source.include],
            [AddressPattern(pattern) for pattern in self._source.exclude],
        )
