"""Events that a report tells by what was counted at them: 63 Betriebe, 412 Gespräche; 58 buyers,
389 chats; 71 завод, 530 разговоров.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.counted_people import PeopleCounter
from crawler.parsers.events.candidates.near_days import find_near_days
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

_FEWEST = 10
"""Talks that are so many that they were counted."""
_EARLY = 8
"""Sentences from the top among which the report opens."""
_REACH = 3
"""Sentences before and behind that may tell the day."""


class TallyFinder:
    """Finds numbers of talks in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary
        self._people = PeopleCounter(vocabulary)

    def find(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[Candidate]:
        """The number of talks of a sentence, where the page counts who talked, too, gives one day
        near by, and names no gathering at which they were held.
        """
        masked = page.masked[sentence.part]
        if sentence.index > _EARLY:
            return
        tally = self._find(masked, sentence)
        if tally is None or any(page.names_gathering(s) for s in page.sentences):
            return
        days = find_near_days(page, sentence, _REACH)
        if not days or not self._counts_people(page):
            return
        start, head, end = tally
        yield Candidate(
            sentence,
            NounPhrase(start, end, left_words=(masked[start : head - 1],)),
            (head, end),
            masked[head:end].casefold(),
            "gathering",
            (sentence.start, sentence.end),
            told_days=days,
        )

    def _find(self, masked: str, sentence: AnnotatedSentence) -> tuple[int, int, int] | None:
        """Where the number starts, and the span of the noun behind it."""
        for number in self._people.numbers(masked, sentence):
            noun = next((w for w in number.behind if self._words.talks.match(w.group())), None)
            if noun and number.value >= _FEWEST:
                return number.start, noun.start(), noun.end()
        return None

    def _counts_people(self, page: AnnotatedPage) -> bool:
        """Whether one of the first sentences counts people or firms."""
        return any(
            number.value >= _FEWEST
            for s in page.sentences[: _EARLY + 1]
            for number, _ in self._people.find(page.masked[s.part], s)
        )
