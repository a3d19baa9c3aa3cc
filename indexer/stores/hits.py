"""Makes a hit with its passages from a stored search record, the same way in every store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from indexer.query.compiled import CompiledQuery
from indexer.query.days import Days, event_days
from indexer.query.evaluator import PassageMatch, best_passages
from indexer.query.record import EventSummary, SearchRecord
from indexer.query.view import PageView
from indexer.records.document import DocumentId, Role
from indexer.records.marked_passage import MarkedPassage, Marks
from indexer.stores.base import Hit, SearchRequest
from indexer.stores.event_order import EVENT_ORDERS

MOST_PASSAGES = 3
_ENDS = ".!?"
"""Ends of a sentence, which stand apart from the sign that there is more."""
PASSAGE_LENGTH = 300
"""Characters of a passage that a reader takes in at a glance."""
_ROLES = get_args(Role)
"""From the event that a page is about to those that it only mentions."""
_BEFORE = 80
"""Characters shown before the first mark of a passage that is cut."""


def make_hit(
    view: PageView, compiled: CompiledQuery, score: float | None, request: SearchRequest
) -> Hit:
    """The hit for a document that is known to match."""
    record = view.record
    if not request.marked:
        return bare_hit(record.id, score)
    marked = _without_repeats(best_passages(compiled, view, MOST_PASSAGES))
    is_told_below = any(passage.part != "title" for passage in marked)
    return unmarked_hit(record)._replace(
        score=score,
        passages=(
            *[excerpt(p.text, p.marks) for p in marked],
            *(() if is_told_below else _beginning(record)),
        ),
        event=_event_of(record.events, request),
    )


def bare_hit(identity: DocumentId, score: float | None) -> Hit:
    """A hit of which nothing else is asked."""
    return Hit(identity, "", None, "", None, "", None, score)


def unmarked_hit(record: SearchRecord) -> Hit:
    """The hit for a document without what the search says of it."""
    return Hit(
        id=record.id,
        url=record.url,
        title=record.title,
        source=record.source,
        lang=record.lang,
        kind=record.kind,
        published=record.published,
        score=None,
        story=next(iter(record.values.get("story", ())), None),
        commodities=tuple(record.values.get("commodity", ())),
    )


def main_event(events: Sequence[EventSummary]) -> EventSummary | None:
    """The event that the page is about: the first with a date among those of the first role."""
    ranked = sorted(events, key=lambda event: (_ROLES.index(event.role), not _first_day(event)))
    return ranked[0] if ranked else None


def _event_of(events: Sequence[EventSummary], request: SearchRequest) -> EventSummary | None:
    """The event that gives a document its place in the order of a request; where none does, the
    main one.
    """
    if request.sort not in ("event_date", *EVENT_ORDERS):
        return main_event(events)
    today = request.today.toordinal()
    dated = [event for event in events if _first_day(event)]
    to_come = [event for event in dated if _days(event)[1] >= today]
    over = [event for event in dated if _days(event)[1] < today]
    following = min(to_come, key=_first_day, default=None)
    last = max(over, key=_first_day, default=None)
    match request.sort:
        case "upcoming":
            shown = following or last
        case "past":
            shown = last or following
        case _:
            shown = max(dated, key=_first_day, default=None)
    return shown or main_event(events)


def _first_day(event: EventSummary) -> int:
    return _days(event)[0]


def _days(event: EventSummary) -> Days:
    return event_days(event.start, event.end) or (0, 0)


def excerpt(text: str, marks: Marks) -> MarkedPassage:
    """A passage, cut to the part with most marks."""
    if len(text) <= PASSAGE_LENGTH:
        return MarkedPassage(text, marks)
    start = max(0, min(_find_densest(marks) - _BEFORE, len(text) - PASSAGE_LENGTH))
    start, end = _cut_at_words(text, start, start + PASSAGE_LENGTH, marks)
    before = "…" if start else ""
    after = "" if end == len(text) else " …" if text[end - 1] in _ENDS else "…"
    shift = len(before) - start
    kept = [(max(a, start) + shift, min(b, end) + shift) for a, b in marks if a < end and b > start]
    return MarkedPassage(f"{before}{text[start:end]}{after}", tuple(kept))


def _without_repeats(marked: Sequence[PassageMatch]) -> Sequence[PassageMatch]:
    """Leave out the title, which is shown anyway, and a teaser that repeats a paragraph."""
    if len(marked) < 2:
        return marked
    below = [passage for passage in marked if passage.part != "title"] or marked
    return list({passage.text: passage for passage in below}.values())


def _beginning(record: SearchRecord) -> tuple[MarkedPassage, ...]:
    first = next((p for p in record.passages if p.part != "title"), None)
    return (excerpt(first.text, ()),) if first else ()


def _find_densest(marks: Marks) -> int:
    """Start of the mark from which most marks fit into an excerpt."""
    if len(marks) < 2:
        return marks[0][0] if marks else 0
    window = PASSAGE_LENGTH - _BEFORE
    best, most = 0, 0
    last = 0
    for index, (start, _) in enumerate(marks):
        while last < len(marks) and marks[last][1] <= start + window:
            last += 1
        if last - index > most:
            best, most = start, last - index
    return best if most else marks[0][0]


def _cut_at_words(text: str, start: int, end: int, marks: Marks) -> tuple[int, int]:
    """Move the cuts to blanks, but not into a mark, unless it is longer than an excerpt."""
    if start:
        blank = text.find(" ", start, start + 30)
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", end - 30, end)
        end = blank if blank > start else end
    for first, last in marks:
        if last - first > PASSAGE_LENGTH:  # encoded data that a prefix or a hyphen matches
            continue
        if first < start < last:
            start = first
        if first < end < last:
            end = last
    return start, end
