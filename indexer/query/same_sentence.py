"""Queries that must hold within one sentence (`SamePassage.sentence`)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from indexer.query.compiled import (
    About,
    AllOf,
    CompiledNode,
    Everything,
    Leaf,
    Near,
    OneOf,
    Prefix,
    SamePassage,
    Without,
    Words,
)
from indexer.query.leaves import (
    WITH_EVIDENCE,
    evidence_of,
    leaf_holds,
    near_passage,
    occurrences_of,
)
from indexer.query.signs import possible
from indexer.query.view import Occurrence, PageView, WordRun

Sentence = tuple[int, int]
"""Number of a passage, and of a sentence in it."""


def passages_with_sentence(node: CompiledNode, view: PageView) -> set[int]:
    """Numbers of the passages with a sentence that, a document of its own, matches."""
    return Sentences(view).passages_with(node)


class Sentences:
    """The sentences of a document, told apart where a query asks for it."""

    def __init__(self, view: PageView) -> None:
        self._view = view

    def passages_with(self, node: CompiledNode) -> set[int]:
        """As `passages_with_sentence`."""
        found = self.matching(node)
        if found is None:
            return set(range(len(self._view.record.passages)))
        return {number for number, _ in found}

    def matching(self, node: CompiledNode) -> set[Sentence] | None:
        """The sentences that match; None: all do."""
        known = self._view.in_sentences.get(id(node))
        if known is None:
            known = self._view.in_sentences[id(node)] = node, self._matching(node)
        return known[1]

    def _matching(self, node: CompiledNode) -> set[Sentence] | None:
        match node:
            case AllOf(operands):
                return self._matching_all(operands)
            case OneOf():
                found = [self.matching(operand) for operand in possible(node, self._view)]
                some = [sentences for sentences in found if sentences is not None]
                return set().union(*some) if len(some) == len(found) else None
            case Without(operand):
                without = self.matching(operand)
                return set() if without is None else self._every() - without
            case SamePassage(operand):
                return self.matching(operand)
            case Everything():
                return None
            case _:
                return self._with_leaf(node)

    def _matching_all(self, operands: Iterable[CompiledNode]) -> set[Sentence] | None:
        found: set[Sentence] | None = None
        for operand in operands:
            here = self.matching(operand)
            if here is not None:
                found = here if found is None else found & here
            if found is not None and not found:
                break
        return found

    def _with_leaf(self, leaf: Leaf) -> set[Sentence] | None:
        view = self._view
        if isinstance(leaf, Words | Prefix):
            return self._of_words(occurrences_of(leaf, view) or ())
        if isinstance(leaf, About | Near):
            number = near_passage(leaf, view)
            return {place for place in self._every() if place[0] == number}
        if leaf.field in WITH_EVIDENCE:
            return {self._at(number, start) for number, start, _ in evidence_of(leaf, view)}
        return None if leaf_holds(leaf, view) else set()

    def _of_words(self, occurrences: Iterable[Occurrence]) -> set[Sentence]:
        words: dict[int, list[WordRun]] = {}
        for number, first, _ in occurrences:
            words.setdefault(number, []).append((first, first))
        return {
            self._at(number, start)
            for number, runs in words.items()
            for start, _ in self._view.passages.spans(number, runs)
        }

    def _at(self, number: int, place: int) -> Sentence:
        return number, bisect_right(self._view.sentence_starts(number), place)

    def _every(self) -> set[Sentence]:
        numbers = range(len(self._view.record.passages))
        return {(n, s) for n in numbers for s in range(len(self._view.sentence_starts(n)) + 1)}
