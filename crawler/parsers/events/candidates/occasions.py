"""Heads that may be anything (day, week, night, supper, kitchen), where they are an occasion with a
name of its own: Kaliabend, Lange Nacht der Steine, Copper Supper No. 9, «Вечер свинца».
"""

from __future__ import annotations

import re

from crawler.parsers.events.candidates.near_days import find_near_days
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import COUNTED, DateMention
from crawler.parsers.events.page.paper_dates import OPEN_KINDS

_YEAR_JOINED = re.compile(r"[-‑](?:19|20)\d\d\Z")
"""A year that is written as the last part of a head (форум-2031, Congress-2031)."""
_BESIDE = 3
"""Characters of a bullet, or of a comma or dash between a name and its day."""
_BELOW_HEADLINE = 3
"""Sentences below a headline that may tell the day of what it names."""
_TO_NAME = 60
"""Characters between the day of an entry and the sentence that names what is on."""
_TELLING = ("takes_place", "will_take_place", "cancelled", "moved", "gathered")
"""Cues of sentences that tell of an event."""
_LETTERS_OF_YEAR = 4


class OccasionJudge:
    """Judges open heads in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary
        self._grammar = vocabulary.grammar

    def judge(
        self,
        page: AnnotatedPage,
        sentence: AnnotatedSentence,
        head: tuple[int, int],
        name: NounPhrase,
    ) -> tuple[str, tuple[DateMention, ...]]:
        """The kind of an open head, and the day of the sentence beside its own where that tells
        none. With a name of its own it is an event where its sentence says that it takes place or
        not, who came, or when and where, or where the sentence beside it says so.
        """
        masked = page.masked[sentence.part]
        first = names_entry(page, sentence, name)
        if not self._is_named(masked, sentence.start, head, name):
            told = first and (name.tail or name.left_words)
            kept = self._words.observances.match(folded(masked[name.start : head[1]]))
            return "weak" if told and not kept else "open", ()
        if first:
            return "gathering", ()
        dated = any(d.is_day and d.kind not in OPEN_KINDS for d in sentence.dates)
        reach = _BELOW_HEADLINE if sentence.zone == "headline" else 1
        beside = () if dated else find_near_days(page, sentence, reach)
        kind = self._judge_sentence(page, sentence, name, dated=dated)
        if kind == "open" and beside:
            kind = self._judge_neighbours(page, sentence)
        return kind, beside

    def _judge_sentence(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, name: NounPhrase, *, dated: bool
    ) -> str:
        off = bool(sentence.cue("cancelled", "moved"))
        if not (dated or off or name.ordinal or name.year):
            months = [d for d in sentence.dates if d.is_finer_than_year]
            return "weak" if months else "open"
        told = off or sentence.cue("takes_place", "will_take_place")
        if told or self._tells_people(page, sentence):
            return "gathering"
        if not any(p.start >= sentence.dateline_end for p in sentence.of("places")):
            return "weak" if _opens_dated_line(sentence, name) else "open"
        return "gathering" if dated else "weak"

    def _tells_people(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
        words = self._words.words(page.masked[sentence.part][sentence.start : sentence.end])
        return any(self._words.count_nouns.match(w.group()) for w in words)

    def _judge_neighbours(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> str:
        """The kind of an occasion that a sentence beside its own dates: an event where people,
        towns or a verb of taking place are told there, too.
        """
        around = page.sentences[max(0, sentence.index - 1) : sentence.index + 2]
        told = any(
            s.of("places", "persons") or s.cue(*_TELLING) for s in around if s.zone != "contact"
        )
        return "gathering" if told else "weak"

    def _is_named(self, masked: str, start: int, head: tuple[int, int], name: NounPhrase) -> bool:
        """Whether an occasion has a name of its own (Metalltag, Lange Nacht der Steine, Copper Day,
        Вечер свинца) and is none that is kept everywhere (Welttag des Wassers). `start` is that of
        the sentence, where a capital tells no name.
        """
        words, word = self._words, folded(strip_year(masked[head[0] : head[1]]))
        if not word.endswith(words.occasion_heads):
            return self._is_edition(masked, head, name)
        tail = masked[slice(*name.tail)].strip() if name.tail else ""
        if word in words.occasion_heads and self._is_number(tail):
            return False  # Nacht 2 is one of a row, as is DAY ONE
        numbered = name.ordinal or name.year
        if not numbered and words.observances.match(folded(masked[name.start : head[1]])):
            return False
        if self._grammar.names_open_with_capital and masked[name.start].isupper():
            return bool(name.tail) or (bool(name.left_words) and name.start > start)
        if not masked[head[0]].isupper():
            return False
        before = name.left_words[-1] if name.left_words else ""
        named = before[:1].isupper() or bool(name.tail and masked[name.start].isupper())
        return (
            named or bool(numbered) or (self._grammar.joins_compounds and word not in words.heads)
        )

    def _is_number(self, tail: str) -> bool:
        """Whether a number that is no year is all that stands behind a head."""
        if tail.isdecimal():
            return len(tail) < _LETTERS_OF_YEAR
        return tail.casefold() in self._words.all_number_words

    def _is_edition(self, masked: str, head: tuple[int, int], name: NounPhrase) -> bool:
        """Whether capitals make what is numbered a name (the third Steppe Rescue Contest), in a
        language whose nouns have none.
        """
        if not name.ordinal or self._grammar.capitalises_nouns:
            return False
        capital = masked[head[0]].isupper() or self._grammar.names_open_with_capital
        # Of several words the first may have its capital from the sentence.
        named = name.left_words[1:] or name.left_words or (masked[slice(*head)],)
        return capital and any(word[:1].isupper() for word in named)


def names_entry(page: AnnotatedPage, sentence: AnnotatedSentence, name: NounPhrase) -> bool:
    """Whether a name stands first in the entry of a calendar, behind its day and a place or house
    at most, in a sentence of its own (6 May. Perth, Old Mint. | Night of Stones).
    """
    entry = sentence.entry
    if entry is None or entry.dated.kind == COUNTED or name.start - sentence.start > _BESIDE:
        return False
    first = page.sentences[sentence.index - 1] if sentence.index else sentence
    return first.start <= entry.dated.start or sentence.start <= entry.dated.end + _TO_NAME


def _opens_dated_line(sentence: AnnotatedSentence, name: NounPhrase) -> bool:
    """Whether a name opens its sentence, a bullet before it perhaps, and a day stands right behind
    it (Core Logging Weekend, 15–16 June).
    """
    opens = name.start - sentence.start <= _BESIDE
    return opens and any(0 <= d.start - name.end <= _BESIDE for d in sentence.dates if d.is_day)


def strip_year(word: str) -> str:
    """A head without the year that is joined to it, which goes to the name."""
    return _YEAR_JOINED.sub("", word) if word[-1].isdigit() else word
