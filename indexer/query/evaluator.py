"""The reference evaluator: whether a document matches, where, and by which terms.

It needs no engine. Watches use it to decide, stores to make highlights, tests to check the stores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    Interval,
    OneOf,
    Prefix,
    Value,
    Without,
    Words,
)
from indexer.query.view import AnalysedPassage, AnalysedText, PageView
from indexer.text.passages import fingerprint

__all__ = ["Explanation", "MarkedPassage", "PageView", "explain", "holds", "matches"]

Marks: TypeAlias = tuple[tuple[int, int], ...]
Leaf: TypeAlias = Words | Prefix | Value | Interval


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage and the spans in it that the query found."""

    part: str
    start: int
    end: int
    """Span in its part."""
    text: str
    marks: Marks
    """Spans in `text`, in order, not overlapping."""
    terms: int
    """How many different terms hit it."""

    @property
    def fingerprint(self) -> str:
        """Hash of its folded words, as `indexer.text.passages` makes it."""
        return fingerprint(self.text)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document matches."""

    passages: tuple[MarkedPassage, ...]
    """Passages with marks, in reading order; empty where only values or dates were asked for."""
    terms: tuple[str, ...]
    """Terms of the query that hit, as they were written (for a topic: the topic's terms)."""


def matches(compiled: CompiledQuery, view: PageView) -> Explanation | None:
    """Why the document matches; None if it does not."""
    return explain(compiled, view)


def explain(
    compiled: CompiledQuery, view: PageView, *, best: int | None = None
) -> Explanation | None:
    """As `matches`; with `best` only so many passages, best first.

    Better is a passage that more terms hit, then more often, then earlier; the title comes last.
    """
    leaves = _satisfied(compiled.root, view)
    if leaves is None:
        return None
    finds = [_Finds(passage) for passage in view.passages]
    for leaf in leaves:
        _collect(leaf, view, finds)
    hit = [find for find in finds if find.terms]
    if best is not None:
        hit = sorted(hit, key=_rank)[:best]
    return Explanation(
        tuple(find.marked() for find in hit), tuple(dict.fromkeys(leaf.term for leaf in leaves))
    )


class _Finds:
    """What was found in a passage."""

    def __init__(self, passage: AnalysedPassage) -> None:
        self.passage = passage
        self.terms: set[str] = set()
        self.runs: set[tuple[int, int]] = set()
        self.spans: list[tuple[int, int]] = []

    def marked(self) -> MarkedPassage:
        passage = self.passage.passage
        marks = _merged([*self.spans, *self.passage.spans(self.runs)])
        return MarkedPassage(
            passage.part, passage.start, passage.end, passage.text, marks, len(self.terms)
        )


def _rank(find: _Finds) -> tuple[bool, int, int]:
    return find.passage.field == "title", -len(find.terms), -len(find.runs) - len(find.spans)


def holds(node: CompiledNode, view: PageView) -> bool:
    """Whether the document matches, without the reasons."""
    match node:
        case AllOf(operands):
            return all(holds(operand, view) for operand in operands)
        case OneOf(operands):
            return any(holds(operand, view) for operand in operands)
        case Without(operand):
            return not holds(operand, view)
        case Everything():
            return True
        case _:
            return _leaf_holds(node, view)


def _leaf_holds(leaf: Leaf, view: PageView) -> bool:
    match leaf:
        case Words(fields):
            return any(text.standing(leaf) for text in _texts(fields, view))
        case Prefix(fields, prefix):
            return any(f" {prefix}" in text.surface for text in _texts(fields, view))
        case Value(field, values):
            return not set(values).isdisjoint(view.record.values.get(field, ()))
        case Interval():
            return any(True for _ in _overlapping(leaf, view))


def _texts(fields: Sequence[str], view: PageView) -> Iterator[AnalysedText]:
    for field in fields:
        yield from view.texts(field)


def _overlapping(node: Interval, view: PageView) -> Iterator[int]:
    """Indexes of the events that overlap; 0 for a publication date that does."""
    days = [view.record.published_days] if node.field == "published" else view.record.events
    for index, found in enumerate(days):
        if found and found[0] <= node.last and node.first <= found[1]:
            yield index


def _satisfied(node: CompiledNode, view: PageView) -> list[Leaf] | None:
    """The leaves that make the document match; None if it does not."""
    match node:
        case AllOf(operands):
            found: list[Leaf] = []
            for operand in operands:
                leaves = _satisfied(operand, view)
                if leaves is None:
                    return None
                found += leaves
            return found
        case OneOf(operands):
            several = [_satisfied(operand, view) for operand in operands]
            held = [leaves for leaves in several if leaves is not None]
            return [leaf for leaves in held for leaf in leaves] if held else None
        case Without(operand):
            return None if holds(operand, view) else []
        case Everything():
            return []
        case _:
            return [node] if _leaf_holds(node, view) else None


def _collect(leaf: Leaf, view: PageView, finds: list[_Finds]) -> None:
    """Add to each passage what the leaf found in it."""
    match leaf:
        case Value(field, values):
            _collect_evidence(view, field, set(values), leaf.term, finds)
        case Interval("event_date"):
            events = {str(index) for index in _overlapping(leaf, view)}
            _collect_evidence(view, "event_date", events, leaf.term, finds)
        case Words(fields) | Prefix(fields):
            # Names (person:, event: …) are shown where the text has them.
            by_name = "title" not in fields and "text" not in fields
            for find in finds:
                if by_name or find.passage.field in fields:
                    runs = _runs(leaf, find.passage)
                    if runs:
                        find.runs.update(runs)
                        find.terms.add(leaf.term)


def _runs(leaf: Words | Prefix, text: AnalysedText) -> list[tuple[int, int]]:
    """First and last word of everything that the leaf found."""
    if isinstance(leaf, Prefix):
        return text.runs_of_prefix(leaf.prefix)
    return [run for tokens in text.standing(leaf) for run in text.runs(tokens)]


def _collect_evidence(
    view: PageView, field: str, values: set[str], term: str, finds: list[_Finds]
) -> None:
    for span in view.record.spans:
        if span.field != field or span.value not in values:
            continue
        for find in finds:
            passage = find.passage.passage
            if (
                passage.part == span.part
                and passage.start <= span.start
                and span.end <= passage.end
            ):
                find.spans.append((span.start - passage.start, span.end - passage.start))
                find.terms.add(term)


def _merged(spans: list[tuple[int, int]]) -> Marks:
    """Spans in order; overlapping ones become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
