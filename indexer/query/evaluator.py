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
    Tokens,
    Value,
    Without,
    Words,
)
from indexer.query.record import PassageText
from indexer.query.view import AnalysedText, PageView
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
    if not holds(compiled.root, view):
        return None
    return explain(compiled, view)


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
        case Words(fields, alternatives):
            return any(
                _occurs(alternative, text)
                for text in _texts(fields, view)
                for alternative in alternatives
            )
        case Prefix(fields, prefix):
            return any(
                token.startswith(prefix) for text in _texts(fields, view) for token in text.surface
            )
        case Value(field, values):
            return not set(values).isdisjoint(view.record.values.get(field, ()))
        case Interval():
            return any(True for _ in _overlapping(leaf, view))


def explain(compiled: CompiledQuery, view: PageView) -> Explanation:
    """Terms and marks of a document that is known to match."""
    marks: dict[int, list[tuple[int, int]]] = {}
    hits: dict[int, set[str]] = {}
    terms: dict[str, None] = {}
    for leaf in _satisfied(compiled.root, view):
        terms[leaf.term] = None
        for index, span in _leaf_marks(leaf, view):
            marks.setdefault(index, []).append(span)
            hits.setdefault(index, set()).add(leaf.term)
    return Explanation(
        tuple(
            _marked(view.record.passages[index], marks[index], len(hits[index]))
            for index in sorted(marks)
        ),
        tuple(terms),
    )


def _marked(passage: PassageText, spans: list[tuple[int, int]], terms: int) -> MarkedPassage:
    return MarkedPassage(
        passage.part, passage.start, passage.end, passage.text, _merged(spans), terms
    )


def _texts(fields: Sequence[str], view: PageView) -> Iterator[AnalysedText]:
    for field in fields:
        yield from view.texts(field)


def _occurs(alternative: Tokens, text: AnalysedText) -> bool:
    tokens = alternative.tokens
    if alternative.stream == "parts":
        return tokens[0] in text.parts
    places = text.surface if alternative.stream == "surface" else text.stem
    if len(tokens) == 1:
        return tokens[0] in places
    return any(True for _ in _runs(alternative, text))


def _runs(alternative: Tokens, text: AnalysedText) -> Iterator[tuple[int, int]]:
    """(first word, last word) of every place where the alternative stands."""
    tokens = alternative.tokens
    if alternative.stream == "parts":
        yield from text.parts.get(tokens[0], ())
        return
    surface = alternative.stream == "surface"
    places = text.surface if surface else text.stem
    sequence = text.analysis.surface if surface else text.analysis.stems
    for first in places.get(tokens[0], ()):
        if tuple(sequence[first : first + len(tokens)]) == tokens:
            yield first, first + len(tokens) - 1


def _overlapping(node: Interval, view: PageView) -> Iterator[int]:
    """Indexes of the events that overlap; 0 for a publication date that does."""
    days = [view.record.published_days] if node.field == "published" else view.record.events
    for index, found in enumerate(days):
        if found and found[0] <= node.last and node.first <= found[1]:
            yield index


def _satisfied(node: CompiledNode, view: PageView) -> Iterator[Leaf]:
    """The leaves that make the document match."""
    match node:
        case AllOf(operands) | OneOf(operands):
            for operand in operands:
                if holds(operand, view):
                    yield from _satisfied(operand, view)
        case Words() | Prefix() | Value() | Interval():
            yield node


def _leaf_marks(leaf: Leaf, view: PageView) -> Iterator[tuple[int, tuple[int, int]]]:
    """(index of the passage, span in it) of everything that the leaf found."""
    match leaf:
        case Value(field, values):
            yield from _evidence(view, field, set(values))
        case Interval("event_date"):
            yield from _evidence(view, "event_date", {str(i) for i in _overlapping(leaf, view)})
        case Words(fields) | Prefix(fields):
            # Names (person:, event: …) are shown where the text has them.
            by_name = not {"title", "text"}.intersection(fields)
            for index, passage in enumerate(view.passages):
                part = "title" if passage.passage.part == "title" else "text"
                if part not in fields and not by_name:
                    continue
                analysis = passage.analysis
                for first, last in _found(leaf, passage):
                    yield index, (analysis.starts[first], analysis.ends[last])


def _found(leaf: Words | Prefix, text: AnalysedText) -> Iterator[tuple[int, int]]:
    if isinstance(leaf, Prefix):
        for token, places in text.surface.items():
            if token.startswith(leaf.prefix):
                yield from ((place, place) for place in places)
        return
    for alternative in leaf.alternatives:
        yield from _runs(alternative, text)


def _evidence(
    view: PageView, field: str, values: set[str]
) -> Iterator[tuple[int, tuple[int, int]]]:
    for span in view.record.spans:
        if span.field != field or span.value not in values:
            continue
        for index, passage in enumerate(view.record.passages):
            if (
                passage.part == span.part
                and passage.start <= span.start
                and span.end <= passage.end
            ):
                yield index, (span.start - passage.start, span.end - passage.start)


def _merged(spans: list[tuple[int, int]]) -> Marks:
    """Spans in order; overlapping ones become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
