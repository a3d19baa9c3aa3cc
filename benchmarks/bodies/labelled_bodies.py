"""Texts with their bodies and persons marked: pages for training.

Of pages every mention is labelled (`_orgs`, `_persons`: surface, in reading order). A short form
without capitals behind its first letter ("the ministry", "Verband") names a body only together with
the page, so it is no name here, and a find of it is neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.records.labels import Span, find_mentions


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text in a language, and where its bodies and persons stand."""

    lang: str
    text: str
    bodies: Sequence[Span]
    persons: Sequence[Span] = ()
    short: frozenset[Span] = frozenset()
    """Short forms that are no name by themselves."""


def mark_page(record: Mapping[str, Any]) -> MarkedText:
    """A labelled page."""
    text = str(record["text"])
    bodies, short = [], set()
    for span, mention in find_mentions(text, record["_orgs"]):
        if mention.get("short") and not any(c.isupper() for c in mention["surface"][1:]):
            short.add(span)
        else:
            bodies.append(span)
    persons = [span for span, _ in find_mentions(text, record["_persons"])]
    return MarkedText(record["lang"], text, bodies, persons, frozenset(short))
