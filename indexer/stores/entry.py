"""What a store indexes of a document: token strings, values and numbers, the same in each engine.

Token strings hold tokens separated by blanks; a plain whitespace tokenizer indexes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.query.days import Days
from indexer.query.fields import MERGED_FIELDS, WORD_FIELDS
from indexer.query.view import PASSAGE_BREAK, PageView

SCHEMA_VERSION = 27
"""Increased when documents are indexed or stored in another way: older indexes must be rebuilt."""

PARTS_SENTINEL = "␞"
"""Token in every parts field, so that no token field is ever empty: engines average lengths over
the documents that have the field, and scores must not depend on the engine.
"""

TITLE_BOOST = 2.0
"""A word in the title counts as two in the text."""
OTHERWISE_BOOST = 0.2
"""What says the same in other words or another language counts less than the words asked for."""

SORT_FIELDS = {"relevance": "newest", "newest": "newest", "event_date": "latest_event"}
"""Sort keys of the orders that need one alone (the others: `indexer.stores.event_order`); a query
without words has no relevance and shows the newest first.
"""

STREAMS = ("surface", "stem", "parts")

_LEVELS = 22
"""All days of the calendar fit into 2**22."""
_TIE_BITS = 40
"""Bits of the id that order documents of one day; with the days they fit a signed 64-bit number."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document as an engine indexes it."""

    tokens: Mapping[str, str]
    """Name of a token field (`title_stem`) → token string."""
    values: Mapping[str, Sequence[str]]
    forms: Mapping[str, Sequence[str]]
    """Name of a field of forms → values of a merged field, each with the form of the page."""
    published: Days | None
    event_days: tuple[str, ...]
    """Tokens for the days that its events cover, see `event_tokens`."""
    sure_event_days: tuple[str, ...]
    """The same of the days that are sure."""
    first_seen: int
    """Second since 1970 (UTC)."""
    newest: int
    """Sorts by publication day, latest highest, undated lowest, then by id."""
    latest_event: int
    """Sorts by the latest first day of an event, then by id."""
    events: Sequence[Days]
    """The days of its events, as far as they are known."""


def token_field(field: str, stream: str) -> str:
    """Name of the engine's field that holds a stream of a word field."""
    return f"{field}_{stream}"


def form_field(field: str) -> str:
    """Name of the engine's field that holds the forms of a field's values."""
    return f"{field}_form"


EVENT_DAYS = {"event_date": "event_days", "sure_event_date": "sure_event_days"}
"""Field of an interval → the engine's field of tokens for days of events."""

FORM_FIELDS = tuple(form_field(field) for field in MERGED_FIELDS)

_TOKEN_FIELDS = {
    field: tuple(token_field(field, stream) for stream in STREAMS) for field in WORD_FIELDS
}


def make_entry(view: PageView) -> IndexEntry:
    """What to index of a document."""
    record, details = view.record, view.details
    tie = tie_of(record.id.encode())
    events = [days for days in details.events if days]
    return IndexEntry(
        tokens=_tokens(view),
        values=record.values,
        forms={form_field(field): found for field, found in details.forms.items()},
        published=details.published_days,
        event_days=event_tokens(events),
        sure_event_days=event_tokens([days for days in details.sure_events if days]),
        first_seen=details.first_seen,
        newest=_sort_key(details.published_days[0] if details.published_days else 0, tie),
        latest_event=_sort_key(max((first for first, _ in events), default=0), tie),
        events=events,
    )


def _tokens(view: PageView) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, (surface, stem, parts) in _TOKEN_FIELDS.items():
        analysed = view.texts((field,))
        if not analysed.texts:  # most fields with names
            found |= {surface: PASSAGE_BREAK, stem: PASSAGE_BREAK, parts: PARTS_SENTINEL}
            continue
        found[surface] = analysed.surface.strip() or PASSAGE_BREAK
        found[stem] = analysed.language_stems.strip() or PASSAGE_BREAK
        found[parts] = f"{analysed.parts.replace(PASSAGE_BREAK, '')}{PARTS_SENTINEL}"
    return found


def _sort_key(day: int, tie: int) -> int:
    return (day << _TIE_BITS) | tie


def tie_of(identity: bytes) -> int:
    """Orders documents of one day."""
    return int.from_bytes(hashlib.blake2b(identity, digest_size=_TIE_BITS // 8).digest())


def tie_of_key(key: int) -> int:
    """The tie in a sort key."""
    return key & ((1 << _TIE_BITS) - 1)


def day_of_key(key: int) -> int:
    """The day in a sort key; 0 where there is none."""
    return key >> _TIE_BITS


def keys_until(day: int) -> int:
    """Greater than the sort keys of this day and of those before, and than no other."""
    return (day + 1) << _TIE_BITS


def event_tokens(events: Sequence[Days]) -> tuple[str, ...]:
    """Tokens by which overlap with any interval is decided exactly, event by event.

    An interval is covered by the fewest blocks of 1, 2, 4, 8 … days that begin at a multiple of
    their length. Two blocks overlap only if one lies in the other, so a document carries its
    blocks (`3.17`) and, for everything above them, `<` and the block (`<4.8`).
    """
    found: dict[str, None] = {}
    for first, last in events:
        for level, block in _blocks(first, last):
            found[f"{level}.{block}"] = None
            for above in range(level, _LEVELS + 1):
                found[f"<{above}.{block >> (above - level)}"] = None
    return tuple(found)


def overlap_tokens(first: int, last: int) -> list[str]:
    """The tokens of which an event that overlaps these days has at least one."""
    found: dict[str, None] = {}
    for level, block in _blocks(first, last):
        found[f"<{level}.{block}"] = None
        for above in range(level + 1, _LEVELS + 1):
            found[f"{above}.{block >> (above - level)}"] = None
    return list(found)


def _blocks(first: int, last: int) -> Iterator[tuple[int, int]]:
    """(level, number) of the blocks of 2**level days that make up an interval."""
    while first <= last:
        level = min((first & -first).bit_length() - 1 if first else _LEVELS, _LEVELS)
        while first + (1 << level) - 1 > last:
            level -= 1
        yield level, first >> level
        first += 1 << level
