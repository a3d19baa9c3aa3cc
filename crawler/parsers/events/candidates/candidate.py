"""The record of something that may be an event, as one place of a page mentions it."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.page.date_mention import DateMention

JOURNEYS = frozenset({"trip", "verb"})
"""Kinds of candidates for which people travel."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention of something that may be an event."""

    sentence: AnnotatedSentence
    name: NounPhrase
    head: tuple[int, int]
    word: str
    """The head as written, case folded."""
    kind: str
    """gathering, weak, trip, body, brand, verb, or open: may be anything."""
    clause: tuple[int, int]
    score: float = 0.0
    next_cue: bool = False
    previous_cue: bool = False
    plural: bool = False
    indefinite: bool = False
    """An article says that it is told for the first time (ein Treffen, a meeting)."""
    owned: bool = False
    """A possessive stands before it (its 14th session)."""
    is_occasion: bool = False
    """It is only the occasion of another one in its sentence (im Rahmen der Messe)."""
    dates: tuple[DateMention, ...] = ()
    """Dates of its clause."""
    told_days: tuple[DateMention, ...] = ()
    """Days of sentences around it, where its own tells none."""
    reasons: tuple[str, ...] = field(default=())
    head_tail_words: tuple[str, ...] = ()
    """Words of the name behind the head."""

    titles_line: bool = False
    """Only its place in a line with a day speaks for it."""
    stands_for: str = ""
    """The noun that an edition told without one means (the next one: forum)."""

    @property
    def is_bare(self) -> bool:
        """Nothing but a definite head: "die Sitzung", "the forum"."""
        name = self.name
        return not (name.ordinal or name.year or name.quote or name.tail or name.left_words)

    @property
    def is_generic(self) -> bool:
        """A head that says nothing, with nothing behind it: "the annual event"."""
        return "generic head" in self.reasons and not (self.name.quote or self.name.tail)

    @property
    def is_journey(self) -> bool:
        """Whether people travel for it."""
        return self.kind in JOURNEYS

    def covers(self, at: int) -> bool:
        """Whether an offset of its part lies in its clause."""
        return self.clause[0] <= at < self.clause[1]
