"""All values of a facet, kept in a few pieces of memory: as objects 130,000 names take 45 MiB."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import overload

from indexer.stores.base import FacetValue
from indexer.stores.short_texts import ShortTexts


class EveryValue(Sequence[FacetValue]):
    """The values in their order; each is made when it is asked for. Two are never the same."""

    def __init__(self, values: Iterable[FacetValue]) -> None:
        self._texts, self._counts = ShortTexts(), array("q")
        self._languages: dict[int, Mapping[str, frozenset[str]]] = {}
        """Of the few that have some."""
        self._of_others: Mapping[str, frozenset[str]] | None = None
        for number, value in enumerate(values):
            # No form has the end of a line: each is words with a blank in between.
            self._texts.append("\n".join((value.value, value.label, *value.forms)))
            self._counts.append(value.count)
            if value.languages:
                self._languages[number] = value.languages
            else:
                self._of_others = value.languages

    def __len__(self) -> int:
        """How many there are."""
        return len(self._counts)

    @overload
    def __getitem__(self, number: int) -> FacetValue: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[FacetValue, ...]: ...

    def __getitem__(self, number: int | slice) -> FacetValue | tuple[FacetValue, ...]:
        """One of them, or a stretch."""
        if isinstance(number, slice):
            return tuple([self[each] for each in range(len(self))[number]])
        number = range(len(self))[number]
        value, label, *forms = self._texts[number].split("\n")
        languages = self._languages.get(number, self._of_others)
        return FacetValue(value, label, self._counts[number], tuple(forms), languages)
