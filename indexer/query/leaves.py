"""The leaves of a compiled query in a document: whether they hold, and where."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.query.compiled import About, ExactValue, Interval, Leaf, Near, Prefix, Words
from indexer.query.fields import FIELDS, PASSAGE_FIELDS, sure_field
from indexer.query.record import passage_around
from indexer.query.view import Occurrence, PageView

WITH_EVIDENCE = frozenset(
    name
    for field in FIELDS
    if field.lists or field.name == "event_date"
    for name in (field.name, sure_field(field.name))
)
"""Fields whose values stand somewhere in the text. Others (lang, source …) are the document's."""


def leaf_holds(leaf: Leaf, view: PageView) -> bool:
    """Whether the document has the leaf."""
    match leaf:
        case Words(fields) | Prefix(fields):
            return view.texts(fields).contains(leaf)
        case ExactValue(field, values):
            return not set(values).isdisjoint(view.record.values.get(field, ()))
        case Interval():
            return any(True for _ in _overlapping_days(leaf, view))
        case About() | Near():
            return near_passage(leaf, view) is not None


def occurrences_of(words: Words | Prefix, view: PageView) -> list[Occurrence] | None:
    """Occurrences of words in title and text; None if their fields don't contain them."""
    if words.fields[0] in PASSAGE_FIELDS:
        return view.texts(words.fields).occurrences(words) or None
    # Names (person:, event: …) are marked where title and text contain them.
    return view.passages.occurrences(words) if view.texts(words.fields).contains(words) else None


def near_passage(leaf: About | Near, view: PageView) -> int | None:
    """Number of the passage by whose meaning the document matches; None if it does not."""
    if isinstance(leaf, About):
        # numpy, which most commands don't need
        from indexer.meaning.nearness import is_about, nearest_passage  # noqa: PLC0415

        found = nearest_passage(leaf.vector, view.vectors(leaf.encoder))
        if found and not is_about(found.cosine, 0) and not is_about(found.cosine, leaf.share(view)):
            return None
    else:
        found = leaf.found.get(view.record.id)
    # What a store has found may be of another revision than the one that it shows.
    return min(found.passage, len(view.record.passages) - 1) if found else None


def evidence_of(leaf: Leaf, view: PageView) -> Iterator[tuple[int, int, int]]:
    """Where a value or the days of an event stand: number of a passage, start and end in it."""
    match leaf:
        case ExactValue(field):
            values = set(leaf.values)
        case Interval("event_date" | "sure_event_date"):
            field = "event_date"
            values = {str(index) for index in _overlapping_days(leaf, view)}
        case _:
            return
    passages = view.record.passages
    for of_field, value, part, start, end in view.details.spans:
        if of_field != field or value not in values:
            continue
        number = passage_around(passages, part, start, end)
        if number is not None:
            before = passages[number].start
            yield number, start - before, end - before


def _overlapping_days(node: Interval, view: PageView) -> Iterator[int]:
    """Indexes of the events that overlap; 0 for a publication date, or a first look, that does."""
    details = view.details
    match node.field:
        case "published":
            days = [details.published_days]
        case "event_date":
            days = [*details.events]
        case "sure_event_date":
            days = [*details.sure_events]
        case "new":
            days = [(details.first_seen, details.first_seen)]
    for index, found in enumerate(days):
        if found and found[0] <= node.last and node.first <= found[1]:
            yield index
