"""Why a document does not match a query: which of its terms are there, and what is lacking.

What is lacking is the fewest changes after which it would match; where words must stand in one
passage, of the passage that comes nearest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    Everything,
    Leaf,
    OneOf,
    SamePassage,
    Without,
)
from indexer.query.evaluator import holds
from indexer.query.last_word import LastWord
from indexer.query.same_passage import passages_with
from indexer.query.view import PageView


@dataclass(frozen=True, slots=True)
class TermState:
    """A term of a query, and whether the document has it."""

    term: str
    excluded: bool
    """It must not be there."""
    found: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """One change after which a document is nearer to a match."""

    kind: Literal["absent", "excluded", "apart", "far", "sense"]
    """One of the terms would have to be there; or all of them away; or those that belong together
    in one sentence, or close together; or what the passage says of them would have to mean what is
    wanted.
    """
    terms: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The form of `--json` output."""
        return {"kind": self.kind, "terms": list(self.terms)}


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What a document lacks."""

    lacks: tuple[Lack, ...]
    passage: str | None = None
    """The passage that lacks it; None: the document as a whole does."""


def term_states(node: CompiledNode, view: PageView) -> list[TermState]:
    """The terms of a query, those that are excluded last, each once and in its order."""
    found: dict[tuple[str, bool], bool] = {}
    for leaf, excluded in _leaves(node):
        term = leaf.term, excluded  # which several leaves may answer
        found[term] = found.get(term, False) or holds(leaf, view)
    states = [TermState(term, excluded, there) for (term, excluded), there in found.items()]
    return sorted(states, key=lambda state: state.excluded)


def nearest_miss(node: CompiledNode, view: PageView) -> NearMiss | None:
    """What the document lacks to match; None if it matches."""
    if holds(node, view):
        return None
    found = _Search(view).of_document(node)
    return NearMiss(found.lacks, found.passage)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to a match: what lacks, and how many leaves are there already."""

    lacks: tuple[Lack, ...] = ()
    there: int = 0
    passage: str | None = None

    @property
    def rank(self) -> tuple[int, int]:
        return len(self.lacks), -self.there


class _Search:
    """Looks for the shortest way to a match in one document."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._where: dict[int, set[int]] = {}
        """Node (by identity) → numbers of the passages that match it."""

    def of_document(self, node: CompiledNode) -> _Way:
        match node:
            case AllOf(operands):
                return _together([self.of_document(operand) for operand in operands])
            case OneOf(operands):
                return _shortest([self.of_document(operand) for operand in operands])
            case SamePassage():
                return self._of_passages(node)
            case _ if holds(node, self._view):
                return _Way(there=1)
            case Without(operand):
                return _Way((_excess([t for t, _ in _leaves(operand) if holds(t, self._view)]),))
            case _:
                return _Way((_absence(node),))

    def _of_passages(self, node: SamePassage) -> _Way:
        """The shortest way of a passage that has something of what is asked for."""
        asked = {n for leaf, out in _leaves(node) if not out for n in self._passages(leaf)}
        texts = self._view.record.passages
        ways = [
            _Way(way.lacks, way.there, texts[number].text)
            for number in sorted(asked)
            for way in [self._of_passage(node, number)]
        ]
        return min(ways, key=lambda way: way.rank) if ways else self._of_passage(node, -1)

    def _of_passage(self, node: CompiledNode, number: int) -> _Way:
        match node:
            case AllOf(operands):
                return _together([self._of_passage(operand, number) for operand in operands])
            case OneOf(operands):
                return _shortest([self._of_passage(operand, number) for operand in operands])
            case SamePassage():
                return self._of_sentence(node, number)
            case Without(operand):
                if number not in self._passages(operand):
                    return _Way()
                leaves = [leaf for leaf, _ in _leaves(operand)]
                return _Way((_excess([t for t in leaves if number in self._passages(t)]),))
            case _:
                there = number in self._passages(node)
                return _Way(there=1) if there else _Way((_absence(node),))

    def _of_sentence(self, node: SamePassage, number: int) -> _Way:
        """All may be there, in different sentences or too far apart."""
        way = self._of_passage(node.operand, number)
        if way.lacks or number in self._passages(node):
            return way
        there = [leaf for leaf, out in _leaves(node.operand) if not out]
        found = (leaf.term for leaf in there if number in self._passages(leaf))
        return _Way((Lack(_kind(node), tuple(dict.fromkeys(found))),), way.there)

    def _passages(self, node: CompiledNode) -> set[int]:
        found = self._where.get(id(node))
        if found is None:
            found = self._where[id(node)] = passages_with(node, self._view)
        return found


def _together(ways: list[_Way]) -> _Way:
    return _Way(
        tuple(lack for way in ways for lack in way.lacks),
        sum(way.there for way in ways),
        next((way.passage for way in ways if way.passage is not None), None),
    )


def _shortest(ways: list[_Way]) -> _Way:
    """The best way; of equal ones that lack one term each, any of the terms would do."""
    best = min(ways, key=lambda way: way.rank)
    if len(best.lacks) != 1 or best.lacks[0].kind != "absent":
        return best
    equal = [w for w in ways if w.rank == best.rank and w.lacks[0].kind == "absent"]
    terms = dict.fromkeys(term for way in equal for term in way.lacks[0].terms)
    return _Way((Lack("absent", tuple(terms)),), best.there, best.passage)


def _kind(node: SamePassage) -> Literal["apart", "far", "sense"]:
    """What is wrong with a passage that has all that is asked for."""
    if node.last_word is not None:
        return "sense"
    return "apart" if node.gap is None else "far"


def _absence(leaf: Leaf | Everything | Without | SamePassage) -> Lack:
    return Lack("absent", (getattr(leaf, "term", "*"),))


def _excess(leaves: list[Leaf]) -> Lack:
    return Lack("excluded", tuple(dict.fromkeys(leaf.term for leaf in leaves)))


def _leaves(node: CompiledNode, *, excluded: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """The leaves of a query, and whether each must not be there."""
    match node:
        case AllOf(operands) | OneOf(operands):
            for operand in operands:
                yield from _leaves(operand, excluded=excluded)
        case Without(operand):
            yield from _leaves(operand, excluded=not excluded)
        case SamePassage(last_word=LastWord(told=False, words=words)):
            yield from _leaves(words, excluded=excluded)  # not the terms, which it lacks
        case SamePassage(operand):
            yield from _leaves(operand, excluded=excluded)
        case Everything():
            pass
        case _:
            yield node, excluded
