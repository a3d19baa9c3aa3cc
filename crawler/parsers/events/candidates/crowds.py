"""Events that only a number of people and a verb tell: forty founders sat around a table in Riga in
May, восемь инженеров заперлись на три дня, Siebzehn von uns fuhren am 12. Juni nach Lubin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.counted_people import PeopleCounter
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.clauses import ClauseFinder
from crawler.parsers.events.page.coming_days import put_back
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.paper_dates import OPEN_KINDS

_TO_TOWN = 4
"""Characters between the verb and the town (in, nach)."""
_LABEL = 40
"""Characters of words that only say when and where."""
_LONG = 4
"""Words of a verb with what stands in its gap that say enough."""
_BEHIND_VERB = re.compile(r"(?:\s[\w-]+){1,3}(?!\w)")
_IN_NAMES = frozenset({"gathering", "weak", "trip", "brand", "verb"})
"""Kinds of candidates beside which a verb names no event of its own."""


class CrowdFinder:
    """Finds such sentences in texts of one language."""

    def __init__(self, vocabulary: EventVocabulary, clauses: ClauseFinder) -> None:
        self._words = vocabulary
        self._clauses = clauses
        self._people = PeopleCounter(vocabulary)

    def find(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, here: Sequence[Candidate]
    ) -> list[Candidate]:
        """The event that the first such verb tells, where its clause says how many came, when and
        where, and neither it nor the sentence before it names a gathering.
        """
        cues = sentence.cue("gathered")
        if not cues or sentence.zone == "headline":
            return []
        masked = page.masked[sentence.part]
        cue = cues[0]
        clause = self._clauses.find_around(masked, sentence, cue.start)
        if any(c.kind in _IN_NAMES and clause[0] <= c.head[0] < clause[1] for c in here):
            return []
        label = _label_before(page, sentence)
        told = [s for s in (sentence, label) if s is not None]
        if not (any(map(_dates, told)) and any(map(_tells_where, told))):
            return []
        if any(
            page.names_gathering(s)
            for s in page.sentences[max(0, sentence.index - 1) : sentence.index + 1]
        ):
            return []
        if not self._tells_people(masked, sentence):
            return []
        name = NounPhrase(*_phrase(self._words, masked, sentence, cue))
        word = masked[cue.start : cue.end].casefold()
        span = (sentence.start, sentence.end)
        of_label = _dates(label) if label and not _dates(sentence) else []
        published = first_day(page.draft.published)
        days = tuple(put_back(d, published, page.texts[d.part]) for d in of_label)
        head = (cue.start, cue.end)
        return [Candidate(sentence, name, head, word, "verb", span, told_days=days)]

    def _tells_people(self, masked: str, sentence: AnnotatedSentence) -> bool:
        """Whether a number counts people, or a word says how many came (zu neunt)."""
        words = self._words.words(masked[sentence.start : sentence.end])
        if any(w.group().casefold() in self._words.how_many for w in words):
            return True
        return any(self._people.find(masked, sentence))


def _phrase(
    words: EventVocabulary, masked: str, sentence: AnnotatedSentence, cue: CueHit
) -> tuple[int, int]:
    """The verb with the place right before or behind it, or with up to three words behind it, up to
    a mark or a date (durch die Mongolei gefahren; заперлись на три дня).
    """
    places = sentence.of("places", "countries")
    ahead = [p for p in places if 0 < cue.start - p.end <= _TO_TOWN]
    if ahead:
        before = words.words(masked[sentence.start : ahead[-1].start])[-2:]
        if len(before) > 1 and before[0].group()[:1].isupper():
            before = before[1:]
        return sentence.start + (before[0].start() if before else 0), cue.end
    behind = [p for p in places if 0 <= p.start - cue.end <= _TO_TOWN]
    if behind:
        return cue.start, behind[0].end
    reach = min([sentence.end, *(d.start for d in sentence.dates if d.start >= cue.end)])
    few = len(masked[cue.start : cue.end].split()) < _LONG
    further = _BEHIND_VERB.match(masked, cue.end, reach) if few else None
    if further is None:
        return cue.start, cue.end
    end = further.end()
    last = further.group().rsplit(None, 1)[-1]
    loose = end == reach - 1 and last.casefold() in words.place_prepositions
    return cue.start, end - len(last) - 1 if loose else end


def _dates(sentence: AnnotatedSentence) -> list[DateMention]:
    """Its days and months, but for those of its dateline."""
    return [
        d
        for d in sentence.dates
        if d.is_finer_than_year and d.kind not in OPEN_KINDS and d.start >= sentence.dateline_end
    ]


def _tells_where(sentence: AnnotatedSentence) -> bool:
    return any(p.start >= sentence.dateline_end for p in sentence.of("places", "countries"))


def _label_before(page: AnnotatedPage, sentence: AnnotatedSentence) -> AnnotatedSentence | None:
    """The words before a sentence in its line that only say when and where (February, Oulu.)."""
    before = page.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.line != sentence.line or before.part != sentence.part:
        return None
    return before if before.end - before.start <= _LABEL else None
