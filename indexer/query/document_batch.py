"""Which documents of a batch match each of many saved queries.

A set of documents is an integer with a bit for each: what a query makes of the words and values of
its leaves is a few operations on integers, whatever the number of documents, and what queries share
is done once. Words and values tell of most documents whether they match; of the rest the reference
evaluator does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from indexer.garbage_collection import collect_later
from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    ExactValue,
    OneOf,
    SamePassage,
    Without,
    Words,
)
from indexer.query.evaluator import Explanation, explain, holds, match_leaf
from indexer.query.same_passage import MatchedLeaf
from indexer.query.view import PageView

DocumentSet: TypeAlias = int
"""Bit n: document number n of the batch."""

MOST_DOCUMENTS = 200
"""In a batch: their analysed texts are in memory together."""
MOST_CHARACTERS = 400_000
"""A batch ends with the document by which its texts have more: 850,000 took 90 MiB, with what they
matched of 2,000 watches.
"""

T = TypeVar("T")


class _Told(NamedTuple):
    """What words and values tell of a query."""

    sure: DocumentSet
    """Documents that match."""
    possible: DocumentSet
    """Those, and all others that may."""


class DocumentBatch:
    """Documents that many queries are asked of."""

    def __init__(self, views: Sequence[PageView]) -> None:
        self._views = views
        self._every: DocumentSet = (1 << len(views)) - 1
        self._words: dict[tuple[str, ...], dict[str, Mapping[str, DocumentSet]]] = {}
        """Fields → stream → token → documents that have it there."""
        self._values: dict[str, Mapping[str, DocumentSet]] = {}
        """Field → value → documents that have it."""
        self._told: dict[int, tuple[CompiledNode, _Told]] = {}
        """By identity (the node is kept, that no other gets the same): queries share words and
        topics.
        """

    def matching(self, query: CompiledQuery) -> list[int]:
        """Numbers of the documents that match, in order."""
        found = self._holding(query.root, self._every)
        return list(_numbers_in(found)) if found else []

    def candidates(self, query: CompiledQuery) -> list[int]:
        """Numbers of the documents that may match, by their words and values alone."""
        return list(_numbers_in(self._tell(query.root).possible))

    def explain(
        self, query: CompiledQuery, numbers: Sequence[int]
    ) -> Iterator[tuple[int, Explanation]]:
        """Why each of these documents, which match, does."""
        leaves: dict[int, list[MatchedLeaf]] = {number: [] for number in numbers}
        self._collect_leaves(query.root, _union(1 << number for number in numbers), leaves)
        for number, matched in leaves.items():
            yield number, explain(matched, self._views[number])

    def _collect_leaves(
        self, node: CompiledNode, among: DocumentSet, leaves: Mapping[int, list[MatchedLeaf]]
    ) -> None:
        """Add to the leaves of each of these documents, of which the node holds, those that make
        it hold.
        """
        match node:
            case AllOf(operands):
                for operand in operands:
                    self._collect_leaves(operand, among, leaves)
            case OneOf(operands):
                for operand in operands:
                    holding = self._holding(operand, among)
                    if holding:
                        self._collect_leaves(operand, holding, leaves)
            case Without() | Everything():
                pass
            case _:
                for number in _numbers_in(among):
                    leaves[number] += match_leaf(node, self._views[number]) or ()

    def _holding(self, node: CompiledNode, among: DocumentSet) -> DocumentSet:
        """Those of some documents of which a node holds."""
        sure, possible = self._tell(node)
        found = sure & among
        for number in _numbers_in(possible & ~sure & among):
            if holds(node, self._views[number]):
                found |= 1 << number
        return found

    def _tell(self, node: CompiledNode) -> _Told:
        known = self._told.get(id(node))
        if known is None:
            known = self._told[id(node)] = node, self._tell_anew(node)
        return known[1]

    def _tell_anew(self, node: CompiledNode) -> _Told:
        match node:
            case Words():
                found = self._tell_words(node)
            case ExactValue(field, values):
                having = self._having_value(field)
                documents = _union([having.get(value, 0) for value in values])
                found = _Told(documents, documents)
            case AllOf(operands):
                told = [self._tell(operand) for operand in operands]
                found = _Told(
                    _common(self._every, [each.sure for each in told]),
                    _common(self._every, [each.possible for each in told]),
                )
            case OneOf(operands):
                told = [self._tell(operand) for operand in operands]
                found = _Told(
                    _union([each.sure for each in told]), _union([each.possible for each in told])
                )
            case Without(operand):
                sure, possible = self._tell(operand)
                found = _Told(self._every & ~possible, self._every & ~sure)
            case SamePassage(operand):
                found = _Told(0, self._possible_within(operand))
            case Everything():
                found = _Told(self._every, self._every)
            case _:
                found = _Told(0, self._every)
        return found

    def _possible_within(self, node: CompiledNode) -> DocumentSet:
        """Documents of which a passage may match: what it must not have, others may."""
        match node:
            case AllOf(operands):
                return _common(self._every, map(self._possible_within, operands))
            case OneOf(operands):
                return _union(map(self._possible_within, operands))
            case Without():
                return self._every
            case _:
                return self._tell(node).possible

    def _tell_words(self, words: Words) -> _Told:
        """Of adjacent words a document must have all; whether they are adjacent is not told."""
        having = self._having_words(words.fields)
        sure = possible = 0
        for stream, tokens in words.alternatives:
            found = having[stream].get(tokens[0], 0)
            if len(tokens) == 1:
                sure |= found
                continue
            for token in tokens[1:]:
                found &= having[stream].get(token, 0)
            possible |= found
        return _Told(sure, sure | possible)

    def _having_words(self, fields: tuple[str, ...]) -> Mapping[str, Mapping[str, DocumentSet]]:
        found = self._words.get(fields)
        if found is None:
            texts = [view.texts(fields) for view in self._views]
            found = self._words[fields] = {
                "surface": _documents_by_key(each.surface.split() for each in texts),
                "stem": _documents_by_key(each.language_stems.split() for each in texts),
                "parts": _documents_by_key(each.parts.split() for each in texts),
            }
        return found

    def _having_value(self, field: str) -> Mapping[str, DocumentSet]:
        found = self._values.get(field)
        if found is None:
            of_each = (view.record.values.get(field, ()) for view in self._views)
            found = self._values[field] = _documents_by_key(of_each)
        return found


def explain_each(
    queries: Mapping[str, CompiledQuery],
    views: Sequence[PageView],
    wanted: Callable[[str, int], bool] = lambda name, number: True,
) -> list[dict[str, Explanation]]:
    """Of each document which queries it matches, in their order, and why; `wanted`: whether it is
    of interest that a query matches a document, by its number.
    """
    explained: list[dict[str, Explanation]] = [{} for _ in views]
    with collect_later():
        batch = DocumentBatch(views)
        for name, query in queries.items():
            numbers = [number for number in batch.matching(query) if wanted(name, number)]
            for number, explanation in batch.explain(query, numbers) if numbers else ():
                explained[number][name] = explanation
    return explained


def in_batches(found: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """What is found, in order, in lists of which the documents can be in memory together; `size`:
    how many characters the document of one has.
    """
    batch: list[T] = []
    characters = 0
    for each in found:
        batch.append(each)
        characters += size(each)
        if len(batch) >= MOST_DOCUMENTS or characters > MOST_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _documents_by_key(keys_of_each: Iterable[Iterable[str]]) -> Mapping[str, DocumentSet]:
    found: dict[str, DocumentSet] = {}
    for number, keys in enumerate(keys_of_each):
        document = 1 << number
        for key in set(keys):
            found[key] = found.get(key, 0) | document
    return found


def _union(sets: Iterable[DocumentSet]) -> DocumentSet:
    found = 0
    for each in sets:
        found |= each
    return found


def _common(every: DocumentSet, sets: Iterable[DocumentSet]) -> DocumentSet:
    for each in sets:
        every &= each
    return every


def _numbers_in(documents: DocumentSet) -> Iterator[int]:
    while documents:
        lowest = documents & -documents
        yield lowest.bit_length() - 1
        documents ^= lowest
