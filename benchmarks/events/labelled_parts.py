"""Parts of texts in labelled pages as taggers learn them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.parsers.entities.tagger.labels import BEGIN, INSIDE, OUTSIDE
from crawler.parsers.entities.tagger.tokens import Token


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where a part stands."""

    start: int
    end: int
    label: str = ""
    """Of its kind; nothing, where a tagger knows one kind only."""


def label_tokens(tokens: Sequence[Token], places: Sequence[PartPlace]) -> list[str]:
    """The label of each token: begins a part, is inside one, or outside of all."""
    labels = []
    before: PartPlace | None = None
    for token in tokens:
        place = next((p for p in places if p.start < token.end and token.start < p.end), None)
        begins = BEGIN if place is not before else INSIDE
        labels.append(OUTSIDE if place is None else begins + place.label)
        before = place
    return labels
