"""What reading the addresses of one shape has given: whether they show the same again and again.

Only the first reading of an address counts, and only against other addresses of the same shape. A
page repeats them if none of its passages is new among the last ones that the shape has shown. A
news section never comes near that, whatever its addresses look like: each of its articles has a
sentence of its own. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from indexer.records.document import Page
from indexer.text.passages import PARTS, fingerprint, passage_texts

FEWEST = 20
"""Addresses of a shape that must have been read before it can be rested."""
RESTED_FROM = 0.9
"""Share of repetitions from which a shape is rested: one new text in ten addresses, or fewer."""
RESTED_UNTIL = 0.8
"""Share below which it is requested as any other again."""
MEMORY = 40
"""Addresses that are remembered; the older ones weigh less and less."""
MEMORY_OF_PROBES = 10
"""The same while it is rested and only probed: three new texts in a row end the rest."""
PASSAGES = 400
"""Passages of a shape that are remembered."""

_NEUTRAL = frozenset({"consent-wall"})
"""Kinds of page that say nothing of what is behind their address."""
_WITHOUT_TEXT = frozenset({"listing", "not-an-article"})
"""Kinds without a text of their own: another title on them is nothing new."""
_WORD = re.compile(r"[^\W_]+")
"""Whole words: a pattern that asks for a digit in them takes a time that grows with the square of a
word's length, and pages hold words of megabytes.
"""


@dataclass(slots=True)
class ShapeEvidence:
    """What the addresses of a shape have shown."""

    pages: float = 0.0
    """Addresses that were read, weighed by their age."""
    repeats: float = 0.0
    """Those of them that showed nothing new."""
    passages: list[str] = field(default_factory=list)
    """Fingerprints of the last passages."""
    rested: bool = False
    """Whether next to none of its addresses are requested."""

    def record(self, said: Collection[str] | None) -> None:
        """An address was read for the first time; `said`: what its page says, None: there is no
        such page.
        """
        known = set(self.passages)
        fresh = [passage for passage in dict.fromkeys(said or ()) if passage not in known]
        self.passages = [*self.passages, *fresh][-PASSAGES:]
        self.pages += 1
        self.repeats += not fresh
        fading = min(1.0, (MEMORY_OF_PROBES if self.rested else MEMORY) / self.pages)
        self.pages *= fading
        self.repeats *= fading
        share = self.repeats / self.pages
        if self.rested:
            self.rested = share >= RESTED_UNTIL
        else:
            self.rested = self.pages >= FEWEST and share >= RESTED_FROM


@dataclass(frozen=True, slots=True)
class Trap:
    """A rested shape whose addresses keep coming."""

    shape: str
    left_out: int
    """Addresses that a run has found and not requested."""


def what_it_says(page: Page, url: str, essence: Callable[[str], str]) -> Collection[str] | None:
    """Fingerprints of what the page at an address says; None: there is no such page (soft 404).

    What it echoes of its address (the year of a calendar, a session) is left out, and so is the
    title of a page without a text of its own. `essence` gives the fingerprint of a passage without
    what changes by itself. Empty for a page that says nothing of what is behind its address: it is
    no evidence.
    """
    if page.kind == "soft-404":
        return None
    if page.kind in _NEUTRAL:
        return ()
    address = {word.lstrip("0").lower() for word in _WORD.findall(url) if _has_digit(word)}
    parts = ("text",) if page.kind in _WITHOUT_TEXT else PARTS
    texts = [text for part, _, _, text in passage_texts(page) if part in parts]

    def said(found: re.Match[str]) -> str:
        return "" if found[0].lstrip("0").lower() in address else found[0]

    fingerprints = [essence(_WORD.sub(said, text)) for text in texts]
    if page.kind not in _WITHOUT_TEXT:
        fingerprints.append(fingerprint(page.parts.get("markup", "")))
    return [passage[:12] for passage in fingerprints if passage]


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)
