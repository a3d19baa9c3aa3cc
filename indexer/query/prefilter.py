"""Finds the saved queries that a document can match.

Of each query one set of the keys that it needs is inverted, so that only the keys of the document
are looked up; the other sets are then compared with them. The evaluator must verify what is left.
Queries that need no key (ranges, prefixes) are always candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from indexer.query.compiled import CompiledQuery
from indexer.query.fields import NAME_FIELDS, PASSAGE_FIELDS
from indexer.query.needs import Key, Needs, before_stream, needs_of
from indexer.query.view import PageView


class _Entry(NamedTuple):
    """A query that needs more than a key of the set by which it is found."""

    name: str
    further: tuple[frozenset[Key], ...]
    none: frozenset[Key]


class Prefilter:
    """Saved queries by the keys that they need."""

    def __init__(self, queries: Mapping[str, CompiledQuery]) -> None:
        self._of_one_key: dict[Key, list[str]] = {}
        """Names of the queries that need nothing but the key."""
        self._entries: list[_Entry] = []
        self._by_key: dict[Key, list[int]] = {}
        """Places of entries."""
        self._always: list[int] = []
        for name, query in queries.items():
            self._enter(name, needs_of(query))

    def _enter(self, name: str, needs: Needs) -> None:
        each, none, _ = needs
        if len(each) == 1 and not none:
            for key in each[0]:
                self._of_one_key.setdefault(key, []).append(name)
            return
        place = len(self._entries)
        self._entries.append(_Entry(name, each[1:], none))
        if not each:
            self._always.append(place)
            return
        for key in each[0]:
            self._by_key.setdefault(key, []).append(place)

    def candidates(self, view: PageView) -> set[str]:
        """Names of the queries that the document may match."""
        keys = set(_keys_of_document(view))
        found: set[str] = set()
        for key in keys & self._of_one_key.keys():
            found.update(self._of_one_key[key])
        places = set(self._always)
        for key in keys & self._by_key.keys():
            places.update(self._by_key[key])
        for name, further, none in map(self._entries.__getitem__, places):
            if not any(map(keys.isdisjoint, further)) and keys.isdisjoint(none):
                found.add(name)
        return found


def _keys_of_document(view: PageView) -> Iterator[Key]:
    for field, values in view.record.values.items():
        yield from [f"{field}:{value}" for value in values]
    for fields in (PASSAGE_FIELDS, *[(name,) for name in NAME_FIELDS]):
        texts, before = view.texts(fields), before_stream(fields)
        for stream, tokens in (
            ("surface", texts.surface),
            ("stem", texts.language_stems),
            ("parts", texts.parts),
        ):
            yield from [f"{before}{stream}:{token}" for token in set(tokens.split())]
