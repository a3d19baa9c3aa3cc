"""Numbers of a sentence, and the people or firms that they count: forty founders, siebzehn von uns,
девять наших.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.parsers.events.grammar.cue_phrases import WORD
from crawler.parsers.events.grammar.numerals import figures
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedSentence

_BEHIND_NUMBER = 2
"""Words behind a number among which what it counts is: an adjective, and the noun."""
_REACH = 80
"""Characters behind a number in which those words are."""
_MARK = re.compile(r"[,.;:()\d]")
"""What a number counts doesn't stand behind it."""


class Number(NamedTuple):
    """A number of a sentence, and the words behind it among which what it counts is; its value is 0
    where it is vague (dozens).
    """

    start: int
    end: int
    value: int
    behind: list[re.Match[str]]


class PeopleCounter:
    """Finds numbers, and those that count people or firms, in one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary

    def find(self, masked: str, sentence: AnnotatedSentence) -> Iterator[tuple[Number, int]]:
        """The numbers that count people or firms, each with the end of these."""
        for number in self.numbers(masked, sentence):
            end = self._end_of_people(number.behind)
            if end is not None:
                yield number, end

    def numbers(self, masked: str, sentence: AnnotatedSentence) -> Iterator[Number]:
        """The numbers in figures and in words, but for those of dates."""
        words = self._words
        found = [
            (m.start(), m.end(), int(re.sub(r"\D", "", m.group())))
            for m in figures(words.grammar.glued_cases).finditer(
                masked, sentence.start, sentence.end
            )
        ]
        for m in WORD.finditer(masked, sentence.start, sentence.end):
            low = m.group().casefold()
            if low in words.number_words or low in words.number_nouns:
                found.append((m.start(), m.end(), words.number_words.get(low, 0)))
        dated = {at for d in sentence.dates for at in range(d.start, d.end)}
        for start, end, value in sorted(found):
            if start not in dated:
                yield Number(start, end, value, _words_behind(masked, end, sentence.end))

    def _end_of_people(self, behind: list[re.Match[str]]) -> int | None:
        """Where the people end whom the words behind a number name."""
        words = self._words
        if " ".join(w.group().casefold() for w in behind) in words.of_us:
            return behind[-1].end()
        if any(words.measures.match(w.group()) for w in behind[:1]):
            return None
        return next((w.end() for w in behind if self._is_people(w.group())), None)

    def _is_people(self, word: str) -> bool:
        words = self._words
        named = words.crowds.match(word) or words.firms.match(word)
        return named is not None or words.is_person_noun(word)


def _words_behind(masked: str, at: int, end: int) -> list[re.Match[str]]:
    """The words right behind a number, up to a mark; none where it is a part of a word."""
    if masked[at : at + 1].strip():
        return []
    mark = _MARK.search(masked, at, min(end, at + _REACH))
    behind = WORD.finditer(masked, at, mark.start() if mark else min(end, at + _REACH))
    return [word for _, word in zip(range(_BEHIND_NUMBER), behind, strict=False)]
