"""Made-up sentences with their bodies and persons marked, to train the tagger on, and texts whose
bodies are replaced by made-up ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from benchmarks.bodies.labelled_bodies import MarkedText
from benchmarks.bodies.made_up_bodies import Bodies, Words
from indexer.records.labels import Span

_SLOT = re.compile(r"\{(\w+)\}")
_WITHOUT_BODY = 0.22
"""Share of sentences that name no body."""


class SentenceMaker:
    """Fills the patterns of one language."""

    def __init__(
        self,
        language: str,
        words: Words,
        bodies: Bodies,
        first_names: Sequence[str],
        rng: random.Random,
    ) -> None:
        self._language, self._words, self._bodies = language, words, bodies
        self._first_names, self._rng = first_names, rng

    def make(self, count: int) -> Iterator[MarkedText]:
        """So many sentences."""
        for _ in range(count):
            without = self._rng.random() < _WITHOUT_BODY
            yield self._fill(self._rng.choice(self._words["negatives" if without else "sentences"]))

    def _fill(self, pattern: str) -> MarkedText:
        text = ""
        bodies: list[Span] = []
        persons: list[Span] = []
        at = 0
        for slot in _SLOT.finditer(pattern):
            text += pattern[at : slot.start()]
            at = slot.end()
            for piece, is_body in self._bodies.slot(slot[1]) or [(self._other(slot[1]), False)]:
                start = len(text)
                text += piece if text else piece[:1].upper() + piece[1:]
                if is_body:
                    bodies.append((start, len(text)))
                elif slot[1] == "person":
                    persons.append((start, len(text)))
        return MarkedText(self._language, text + pattern[at:], bodies, persons)

    def _other(self, kind: str) -> str:
        """What stands in a slot that is no body: one of the words listed under its name."""
        if kind == "person":
            surname = self._rng.choice(self._words["surnames"])
            return f"{self._rng.choice(self._first_names)} {surname}"
        if kind == "number":
            return str(self._rng.randint(3, 400))
        if kind == "year":
            return str(self._rng.randint(1990, 2027))
        return str(self._rng.choice(self._words[kind]))


def replace_bodies(
    marked: MarkedText, bodies: Bodies, rng: random.Random, share: float
) -> MarkedText:
    """The text with a share of its bodies replaced, so that their surroundings are learned and not
    the names; persons that stand within one are left out.
    """
    text, at = "", 0
    spans: list[Span] = []
    moved = [(0, 0)]
    for start, end in sorted(marked.bodies):
        if start < at:
            continue
        text += marked.text[at:start]
        name = marked.text[start:end]
        if rng.random() < share:
            before = re.search(r"(\w+)\s*$", text[-30:])
            name = bodies.plain(before[1] if before else "")
        spans.append((len(text), len(text) + len(name)))
        text, at = text + name, end
        moved.append((end, len(text) - end))
    persons = [
        (start + by, end + by)
        for start, end in marked.persons
        if not any(s < end and start < e for s, e in marked.bodies)
        for by in [next(by for since, by in reversed(moved) if since <= start)]
    ]
    return MarkedText(marked.lang, text + marked.text[at:], spans, persons)
