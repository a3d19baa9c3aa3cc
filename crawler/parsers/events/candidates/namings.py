"""Names in quotes that a page gives to what it tells of: Hüttenblick nennt das „Glut und Schlacke“,
they call it "Night Shift", называется это «Рудный берег».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.entities.tagger.finder import RULE as TAGGER
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.counted_people import PeopleCounter
from crawler.parsers.events.candidates.near_days import find_near_days
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.candidates.quoted_names import quoted_names
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import AND, CAPITAL, OF
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

_CAPITALS = re.compile(
    rf"\s([{CAPITAL}][\w&’'-]+(?:\s(?:(?:{OF}|{AND})\s)?[{CAPITAL}\d][\w&’'-]*){{1,4}})"
)
"""Two to five words with capitals."""
_REACH = 2
"""Sentences before and behind that tell the day and the people."""
_TO_NAME = 24
"""Characters between the word for calling and the name."""


class NamingFinder:
    """Finds such names in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary
        self._people = PeopleCounter(vocabulary)

    def find(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, here: Sequence[Candidate]
    ) -> list[Candidate]:
        """The name that a sentence gives, where the sentences around tell one day and people who
        came, and name no gathering.
        """
        cues = sentence.cue("called")
        if not cues:
            return []
        masked = page.masked[sentence.part]
        around = page.sentences[max(0, sentence.index - _REACH) : sentence.index + _REACH + 1]
        days = find_near_days(page, sentence, _REACH)
        if not days or any(page.names_gathering(s) for s in around):
            return []
        if not any(self._tells_people(page, s) for s in around):
            return []
        for m in self._names(masked, sentence, cues):
            start, end = m.span(1)
            beside = any(0 <= max(start - c.end, c.start - end) <= _TO_NAME for c in cues)
            taken = any(c.name.start < end and start < c.name.end for c in here)
            known = any(
                o.start < end and start < o.end and o.extractor != TAGGER
                for o in sentence.of("organisations", "persons", "strategies", "programmes")
            )
            if beside and not taken and not known:
                words = m.group(1).split()
                return [
                    Candidate(
                        sentence,
                        NounPhrase(start, end, left_words=tuple(words[:-1])),
                        (end - len(words[-1]), end),
                        words[-1].casefold(),
                        "gathering",
                        (sentence.start, sentence.end),
                        told_days=days,
                    )
                ]
        return []

    def _names(
        self, masked: str, sentence: AnnotatedSentence, cues: Sequence[CueHit]
    ) -> Iterator[re.Match[str]]:
        """Names in quotes, and where a capital tells a name, words with capitals right behind the
        word for calling (What drew them was Copper Coast Youth).
        """
        yield from quoted_names(masked, sentence.start, sentence.end)
        if not self._words.grammar.capitalises_nouns:
            found = (_CAPITALS.match(masked, cue.end, sentence.end) for cue in cues)
            yield from (m for m in found if m)

    def _tells_people(self, page: AnnotatedPage, s: AnnotatedSentence) -> bool:
        """Whether a sentence says that people came, how many, or that it was not the first time."""
        masked = page.masked[s.part]
        if s.cue("gathered") or self._words.ordinal_phrases(masked, s.start, s.end):
            return True
        return any(self._people.find(masked, s))
