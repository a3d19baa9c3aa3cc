"""What changed between two revisions, word by word. Pure.

A passage that was added is compared with the removed one that it is most like; one that is like
none is new, and a removed one that none is like is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]

ALIKE = 0.5
"""Share of common words from which two passages are one that was changed."""
MOST_WORDS = 2_000
"""Words of a passage that are compared one by one: the time grows with their square."""
MOST_PAIRS = 400
"""Pairs of passages that are compared; with more the pages have little in common."""
_PIECE = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words."""

    text: str
    kind: Kind


Difference = tuple[Piece, ...]
"""A passage with what was added to it and what was removed from it."""


def differences(removed: Sequence[str], added: Sequence[str]) -> list[Difference]:
    """The passages that changed: those of the new revision in their order, then those that are
    gone.
    """
    partners = _partners(removed, added)
    found: list[Difference] = [
        tuple(_changes(removed[partners[number]], text))
        if number in partners
        else (Piece(text, "added"),)
        for number, text in enumerate(added)
    ]
    gone = set(range(len(removed))) - set(partners.values())
    return found + [(Piece(removed[number], "removed"),) for number in sorted(gone)]


def _partners(removed: Sequence[str], added: Sequence[str]) -> dict[int, int]:
    """Number of an added passage → number of the removed one; the likest pairs first."""
    if len(removed) * len(added) > MOST_PAIRS:
        return {}
    before, after = ([text.split()[:MOST_WORDS] for text in texts] for texts in (removed, added))
    pairs = sorted(
        (-ratio, new, old)
        for new, words in enumerate(after)
        for old, others in enumerate(before)
        if (ratio := _likeness(others, words)) >= ALIKE
    )
    found: dict[int, int] = {}
    for _, new, old in pairs:
        if new not in found and old not in found.values():
            found[new] = old
    return found


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick bound spares most pairs the slow one.
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE <= matcher.quick_ratio() else 0.0


def _changes(before: str, after: str) -> Iterator[Piece]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > 2 * MOST_WORDS:
        yield from (Piece(before, "removed"), Piece(after, "added"))
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("".join(new[k:m]), "same")
            continue
        if i < j:
            yield Piece("".join(old[i:j]), "removed")
        if k < m:
            yield Piece("".join(new[k:m]), "added")
