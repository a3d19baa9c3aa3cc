"""Finds the saved queries that a document can match, and those that it does match.

Of each query one set of the keys that it needs is inverted, so that only the keys of the document
are looked up; the other sets are then compared with them. What is not decided by that, the
evaluator must verify. Queries that need no key (ranges, prefixes) are always candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from indexer.query.compiled import CompiledQuery
from indexer.query.evaluator import holds
from indexer.query.fields import NAME_FIELDS, PASSAGE_FIELDS
from indexer.query.needs import Key, Needs, before_stream, needs_of
from indexer.query.view import PageView


class _Entry(NamedTuple):
    """A query that needs more than a key of the set by which it is found."""

    name: str
    further: tuple[frozenset[Key], ...]
    none: frozenset[Key]
    decide: bool


class Prefilter:
    """Saved queries by the keys that they need."""

    def __init__(self, queries: Mapping[str, CompiledQuery]) -> None:
        self._queries = queries
        self._decided: dict[Key, list[str]] = {}
        """Names of the queries that match because of the key alone."""
        self._entries: list[_Entry] = []
        self._by_key: dict[Key, list[int]] = {}
        """Places of entries."""
        self._always: list[int] = []
        for name, query in queries.items():
            self._enter(name, needs_of(query))

    def _enter(self, name: str, needs: Needs) -> None:
        each, none, decide = needs
        if needs.is_one_set:
            for key in each[0]:
                self._decided.setdefault(key, []).append(name)
            return
        place = len(self._entries)
        self._entries.append(_Entry(name, each[1:], none, decide))
        if not each:
            self._always.append(place)
            return
        for key in each[0]:
            self._by_key.setdefault(key, []).append(place)

    def candidates(self, view: PageView) -> set[str]:
        """Names of the queries that the document may match."""
        matching, others = self._select(view)
        return matching.union(others)

    def matching(self, view: PageView) -> set[str]:
        """Names of the queries that the document matches."""
        matching, others = self._select(view)
        return matching.union(
            [name for name in others if holds(self._queries[name].root, view)],
        )

    def _select(self, view: PageView) -> tuple[set[str], list[str]]:
        """Names of the queries that the document matches, and of those that it may match."""
        keys = set(_keys_of_document(view))
        matching: set[str] = set()
        for key in keys & self._decided.keys():
            matching.update(self._decided[key])
        places = set(self._always)
        for key in keys & self._by_key.keys():
            places.update(self._by_key[key])
        others = []
        for name, further, none, decide in map(self._entries.__getitem__, places):
            if any(map(keys.isdisjoint, further)) or not keys.isdisjoint(none):
                continue
            if decide:
                matching.add(name)
            else:
                others.append(name)
        return matching, others


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
