"""Events that no noun names: a journey, a reception or an assembly that only a verb reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.clauses import ClauseFinder
from indexer.records.document import Mention

_NUMBER_BEFORE = re.compile(r"(?<!\w)\d{1,5}\s\Z")
_LONGEST_VERB = 60
"""Characters of a verb with what stands between its parts (sprach am Montag in Jena mit)."""
_TO_NEXT = 45
"""Characters between a verb, or a name behind it, and the next name that is of the event's."""
_YEAR = len("2031")
_NEAR_TOP = 3
"""Index of the last sentence that may open a report."""
_TO_TOWN = 4
"""Characters between who came together, or the verb, and the town (in, nach)."""


class VerbEventFinder:
    """Finds verbs of coming together in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary, clauses: ClauseFinder) -> None:
        self._words = vocabulary
        self._clauses = clauses

    def find(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, here: list[Candidate]
    ) -> list[Candidate]:
        """A journey or a reception that only a verb reports: somebody, and a place, a person or a
        date.
        """
        assembly = self._find_assembly(page, sentence, here) or self._find_visit(
            page, sentence, here
        )
        if assembly:
            return [assembly]
        cues = [c for c in sentence.cue("travel", "receive") if c.end - c.start <= _LONGEST_VERB]
        people = sentence.of("persons")
        received = [c for c in cues if c.category == "receive"]
        opens = sentence.index == 0 and len(people) > 1 and received
        if not cues or not people or (sentence.zone == "headline" and not opens):
            return []
        masked = page.masked[sentence.part]
        cue = cues[0]
        clause = self._clauses.find_around(masked, sentence, cue.start)
        if any(clause[0] <= c.head[0] < clause[1] for c in here):
            return []
        inside = [p for p in people if clause[0] <= p.start < clause[1]]
        places = [p for p in sentence.of("places", "countries") if clause[0] <= p.start < clause[1]]
        dated = [d for d in sentence.dates if clause[0] <= d.start < clause[1]]
        others = len(inside) + len(
            [o for o in sentence.of("organisations") if clause[0] <= o.start < clause[1]]
        )
        if cue.category == "travel" and not (inside and places):
            return []
        if cue.category == "receive" and not (
            inside and (others >= 2 or places) and (dated or places or sentence.index <= _NEAR_TOP)
        ):
            return []
        start = min([cue.start, *(p.start for p in inside)])
        end = _end_of_chain(cue.end, [*inside, *places])
        name = NounPhrase(start, end)
        return [
            Candidate(
                sentence,
                name,
                (cue.start, cue.end),
                masked[cue.start : cue.end].casefold(),
                "verb",
                clause,
            )
        ]

    def _find_visit(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, here: Sequence[Candidate]
    ) -> Candidate | None:
        """People without names who visit a body, near the top of a report (Студенты посетили
        Северный ГОК, teachers from Osh visited the training centre of the chamber). Those of a year
        are a number of visitors.
        """
        masked = page.masked[sentence.part]
        in_a_year = any(len(d.first) == _YEAR and not d.last for d in sentence.dates)
        if sentence.index > _NEAR_TOP or sentence.of("persons") or in_a_year:
            return None
        for cue in sentence.cue("travel"):
            verb = {w.group().casefold() for w in self._words.words(masked[cue.start : cue.end])}
            clause = self._clauses.find_around(masked, sentence, cue.start)
            words = self._words.words(masked[clause[0] : cue.start])
            people = next((w for w in words if self._words.count_nouns.match(w.group())), None)
            visited = next(
                (b for b in sentence.of("organisations") if cue.end <= b.start < clause[1]), None
            )
            named = any(clause[0] <= c.head[0] < clause[1] for c in here)
            if people and visited and not named and verb & self._words.visiting:
                start = clause[0] + people.start()
                name = NounPhrase(start, visited.end)
                word = masked[cue.start : cue.end].casefold()
                return Candidate(sentence, name, (cue.start, cue.end), word, "verb", clause)
        return None

    def _find_assembly(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, here: list[Candidate]
    ) -> Candidate | None:
        """People who come together on a day, without a noun for it (trafen sich 40 Fachleute)."""
        masked = page.masked[sentence.part]
        days = any(d.is_day for d in sentence.dates)
        if here or not days or sentence.zone != "body":
            return None
        cues = sentence.cue("body_meets")
        words = self._words.words(masked[sentence.start : sentence.end])
        people = [w for w in words if self._words.count_nouns.match(w.group())]
        if not cues or not (people or len(sentence.of("countries")) > 1):
            return None
        cue = cues[0]
        head = (cue.start, cue.end)
        word = masked[cue.start : cue.end].casefold()
        name = self._name_assembly(masked, sentence, cue, people)
        return Candidate(sentence, name, head, word, "verb", (sentence.start, sentence.end))

    def _name_assembly(
        self,
        masked: str,
        sentence: AnnotatedSentence,
        cue: CueHit,
        people: Sequence[re.Match[str]],
    ) -> NounPhrase:
        """The verb and who came together, with their number and the town beside them."""
        start, end = cue.start, cue.end
        if people:
            nearest = min(people, key=lambda w: abs(w.start() + sentence.start - cue.start))
            number = _NUMBER_BEFORE.search(masked, sentence.start, sentence.start + nearest.start())
            start = min(start, number.start() if number else sentence.start + nearest.start())
            end = max(end, sentence.start + nearest.end())
        town = next((m for m in sentence.of("places") if 0 <= m.start - end <= _TO_TOWN), None)
        return NounPhrase(start, town.end if town else end)


def _end_of_chain(end: int, names: Sequence[Mention]) -> int:
    """The end of the last name that stands near enough behind a verb, or behind another one."""
    for name in sorted(names, key=lambda m: m.start):
        if name.end > end and name.start - end <= _TO_NEXT:
            end = name.end
    return end
