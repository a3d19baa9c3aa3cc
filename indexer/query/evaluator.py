"""The reference evaluator: whether a document matches, where, and with which terms.

It needs no engine. Watches use it to decide, stores to mark hits, tests to check the stores.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeAlias

from indexer.query.compiled import (
    About,
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    Leaf,
    Near,
    OneOf,
    Prefix,
    SamePassage,
    Without,
    Words,
)
from indexer.query.leaves import evidence_of, leaf_holds, near_passage, occurrences_of
from indexer.query.same_passage import MatchedLeaf, leaves_within, passages_with
from indexer.query.view import Occurrence, PageView, WordRun
from indexer.records.marked_passage import Mark, MarkedPassage, Marks
from indexer.text.folding import fold
from indexer.text.passages import fingerprint
from indexer.text.stemming import is_cyrillic, stem

__all__ = ["Explanation", "PageView", "PassageMatch", "best_passages", "holds", "matches"]


class PassageMatch(NamedTuple):
    """A passage that matches a query: where it is in the page, and what the query found in it."""

    part: str
    start: int
    end: int
    """Span in its part."""
    text: str
    marks: Marks
    """Spans in `text`, in order, not overlapping."""
    terms: int
    """Number of different terms in it."""

    @property
    def marked(self) -> MarkedPassage:
        """The passage as it is shown."""
        return MarkedPassage(self.text, self.marks)

    @property
    def fingerprint(self) -> str:
        """Hash of its folded words, as `indexer.text.passages` makes it."""
        return fingerprint(self.text)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document matches."""

    passages: tuple[PassageMatch, ...]
    """Passages with marks, in reading order; empty if the query has only values or dates."""
    terms: tuple[str, ...]
    """Terms of the query that matched, as they were written; for a topic its terms, without the
    words that only say in which sense they are meant.
    """


def matches(compiled: CompiledQuery, view: PageView) -> Explanation | None:
    """Why the document matches; None if it does not."""
    matched_leaves = _match_leaves(compiled.root, view)
    return None if matched_leaves is None else explain(matched_leaves, view)


def explain(matched_leaves: Sequence[MatchedLeaf], view: PageView) -> Explanation:
    """Why a query matches of which these leaves do."""
    which = tuple(map(id, matched_leaves))
    known = view.explanations.get(which)
    if known is None:
        finds = _collect_finds(matched_leaves, view)
        passages = tuple(_mark_passages(view, sorted(finds), finds))
        terms = _terms([found for found in matched_leaves if not found.context], view)
        known = view.explanations[which] = matched_leaves, Explanation(passages, tuple(terms))
    return known[1]


def _terms(leaves: Sequence[MatchedLeaf], view: PageView) -> Iterator[str]:
    """The terms of leaves, each once; of those that found the same words, as names of one concept
    in several languages do, the one that is most like what the page writes.
    """
    if len(leaves) == 1:  # of most watches
        yield leaves[0].leaf.term
        return
    same: dict[tuple[Occurrence, ...], list[str]] = {}
    told: dict[str, tuple[Occurrence, ...]] = {}
    for leaf, occurrences, _, _ in leaves:
        found = tuple(sorted(occurrences))
        told.setdefault(leaf.term, found)
        if found and leaf.term not in same.setdefault(found, []):
            same[found].append(leaf.term)
    for term, found in told.items():
        rivals = same.get(found, [])
        if len(rivals) < 2 or term == _most_alike(rivals, found[0], view):
            yield term


def _most_alike(terms: Sequence[str], found: Occurrence, view: PageView) -> str:
    """The term whose letters, else whose stem, else whose script is that of what was found."""
    number, first, last = found
    ((start, end),) = view.passages.spans(number, [(first, last)])
    written = fold(view.record.passages[number].text[start:end])
    lang = view.record.lang

    def unlike(term: str) -> tuple[bool, bool, bool]:
        folded = fold(term)
        same_stem = stem(folded, lang) == stem(written, lang)
        return folded not in written, not same_stem, is_cyrillic(folded) != is_cyrillic(written)

    return min(terms, key=unlike)


def best_passages(compiled: CompiledQuery, view: PageView, most: int) -> list[PassageMatch]:
    """Passages of a document that show why it matches, at most `most` of them, best first.

    A passage is better if it has more terms, then more occurrences, then if it comes earlier. The
    title comes last.
    """
    finds = _collect_finds(_match_leaves(compiled.root, view) or (), view)
    numbers = list(finds)
    if len(numbers) > 1:
        numbers.sort(key=partial(_rank, finds, view.titles))
    return _mark_passages(view, numbers[:most], finds)


Finds: TypeAlias = dict[int, tuple[set[str], set[WordRun], list[Mark]]]
"""Number of a passage in the record → terms in it, their words, and marks for evidence of values.
Tuples, not objects, which are slower: a search makes dozens of them.
"""


def _collect_finds(matched_leaves: Iterable[MatchedLeaf], view: PageView) -> Finds:
    """The passages of the document in which the leaves matched. Words that only say which sense is
    meant ("measures" beside a cluster) are no find: a passage has them as terms, without marks.
    """
    finds: Finds = {}
    for leaf, occurrences, only, context in matched_leaves:
        term = leaf.term
        for number, first, last in occurrences:
            run = () if context else ((first, last),)
            found = finds.get(number)
            if found is None:
                finds[number] = {term}, set(run), []
            else:
                terms, runs, _ = found
                terms.add(term)
                runs.update(run)
        if not occurrences:
            _collect_evidence(leaf, view, finds, only, context=context)
    return finds


def _rank(finds: Finds, titles: int, number: int) -> tuple[bool, int, int, int]:
    terms, runs, evidence = finds[number]
    return number < titles, -len(terms), -len(runs) - len(evidence), number


def _mark_passages(view: PageView, numbers: Iterable[int], finds: Finds) -> list[PassageMatch]:
    """Passages by their numbers in the record."""
    passages, texts = view.record.passages, view.passages
    marked = []
    for number in numbers:
        terms, runs, evidence = finds[number]
        spans = texts.spans(number, runs) if runs else []
        marks = _merge(spans + evidence if evidence else spans)
        marked.append(PassageMatch(*passages[number], marks, len(terms)))
    return marked


def holds(node: CompiledNode, view: PageView) -> bool:
    """Whether the document matches, without an explanation."""
    match node:
        case AllOf(operands):
            return all(holds(operand, view) for operand in operands)
        case OneOf(operands):
            return any(holds(operand, view) for operand in operands)
        case Without(operand):
            return not holds(operand, view)
        case Everything():
            return True
        case SamePassage():
            return bool(passages_with(node, view))
        case _:
            return leaf_holds(node, view)


def _match_leaves(node: CompiledNode, view: PageView) -> Sequence[MatchedLeaf] | None:
    """The leaves that make the document match; None if it does not."""
    match node:
        case AllOf(operands):
            return _match_all(operands, view)
        case OneOf(operands):
            held = [f for o in operands if (f := _match_leaves(o, view)) is not None]
            return [leaf for leaves in held for leaf in leaves] if held else None
        case Without() | Everything():
            return () if holds(node, view) else None
        case _:
            return match_leaf(node, view)


def match_leaf(node: Leaf | SamePassage, view: PageView) -> Sequence[MatchedLeaf] | None:
    """The leaf, or those of what must hold within a passage; None if the document has it not."""
    known = view.matched_leaves.get(id(node))
    if known is None:
        known = view.matched_leaves[id(node)] = node, _match_leaf(node, view)
    return known[1]


def _match_leaf(node: Leaf | SamePassage, view: PageView) -> Sequence[MatchedLeaf] | None:
    match node:
        case Words() | Prefix():
            occurrences = occurrences_of(node, view)
            return None if occurrences is None else (MatchedLeaf(node, occurrences),)
        case SamePassage():
            numbers = passages_with(node, view)
            return tuple(leaves_within(node, view, numbers)) if numbers else None
        case _:
            return (MatchedLeaf(node),) if leaf_holds(node, view) else None


def _match_all(operands: Iterable[CompiledNode], view: PageView) -> list[MatchedLeaf] | None:
    found: list[MatchedLeaf] = []
    for operand in operands:
        leaves = _match_leaves(operand, view)
        if leaves is None:
            return None
        found += leaves
    return found


def _collect_evidence(
    leaf: Leaf, view: PageView, finds: Finds, only: Collection[int] | None, *, context: bool
) -> None:
    """Add the evidence of a value or an event to each passage (of `only`, if there are some); a
    passage that is near in meaning has no marks.
    """
    if isinstance(leaf, About | Near):
        number = near_passage(leaf, view)
        if number is not None:
            finds.setdefault(number, (set(), set(), []))[0].add(leaf.term)
        return
    for number, start, end in evidence_of(leaf, view):
        if only is None or number in only:
            terms, _, marks = finds.setdefault(number, (set(), set(), []))
            terms.add(leaf.term)
            if not context:
                marks.append((start, end))


def _merge(spans: list[Mark]) -> Marks:
    """Spans in order; overlapping ones are merged."""
    if len(spans) == 1:  # most are
        return (spans[0],)
    merged: list[Mark] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
