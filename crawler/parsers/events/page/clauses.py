"""The clause of a sentence about one event."""

from __future__ import annotations

import re
from bisect import bisect_left

from crawler.parsers.events.grammar.function_words import CAPITAL
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedSentence

_NAME_GOES_ON = re.compile(rf"(?:\s[{CAPITAL}][\w-]+){{0,2}}(?:\s\([^()]{{1,40}}\))?\s?")
"""What may stand between a name and its relative clause or day: a country, an acronym in brackets.
"""

_PARTS = re.compile(r"[.,;:()–—\d]")
_WORDS_TO_CLAUSE = 6


class ClauseFinder:
    """Finds clauses in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary) -> None:
        self._words = vocabulary

    def find_around(
        self,
        masked: str,
        sentence: AnnotatedSentence,
        at: int,
        name_end: int = -1,
        head_end: int = -1,
    ) -> tuple[int, int]:
        """The clause of a sentence that holds `at`: between commas with an opener, or a verb and a
        day on either side, dashes, semicolons.

        A relative clause or the day right behind the name that ends at `name_end` belongs to it,
        and so does a relative clause behind the head that ends at `head_end` which says that
        something takes place or who holds it, for that is an event (were invited to a course,
        which …).
        """
        start, end = sentence.start, sentence.end
        verbs = {
            c.start for c in sentence.cue("takes_place", "will_take_place", "travel", "receive")
        }
        subordinate = False
        dates = [d.start for d in sentence.dates]
        held = sentence.cue("takes_place", "will_take_place")
        told = (
            (
                max(min(cue.end for cue in held), dates[0]),
                min(max(cue.start for cue in held), dates[-1]),
            )
            if held and dates
            else (0, -1)
        )
        for m in re.finditer(r"[,;–—]\s*(\w+)?", masked[sentence.start : sentence.end]):
            mark, word = m.group()[0], (m.group(1) or "").casefold()
            position = sentence.start + m.start()
            dated = bisect_left(dates, position) - 1
            if dated >= 0 and position < sentence.dates[dated].end:
                continue  # the dash of a span (5–6 March)
            behind = 0 <= name_end <= position and _NAME_GOES_ON.fullmatch(
                masked, name_end, position
            )
            related = mark == "," and word in self._words.relatives
            if related and (behind or self._says_when_held(masked, sentence, head_end, position)):
                continue
            if mark in "–—" and behind and sentence.start + m.start(1) in dates:
                continue  # when it is held (Next meeting – 27 March)
            opens = word in self._words.clause_openers
            closes = subordinate and sentence.start + m.start(1) in verbs
            apart = told[0] <= position <= told[1] or self._coordinates(sentence, word, position)
            if mark == "," and not (opens or closes or apart):
                continue
            subordinate = opens
            if position < at:
                start = position
            else:
                end = min(end, position)
        return start, end

    def _says_when_held(
        self, masked: str, sentence: AnnotatedSentence, head_end: int, at: int
    ) -> bool:
        """Whether a relative clause says that what a head names takes place, or who holds it, with
        a few words and no other event between them.
        """
        between = masked[head_end:at] if 0 <= head_end <= at else "."
        if _PARTS.search(between) or len(between.split()) > _WORDS_TO_CLAUSE:
            return False
        end = masked.find(",", at + 1, sentence.end)
        end = end if end >= 0 else sentence.end
        cues = sentence.cue("takes_place", "will_take_place", "organiser")
        held = any(at < cue.start < end for cue in cues)
        return held and not self._words.names_gathering(between)

    def _coordinates(self, sentence: AnnotatedSentence, word: str, at: int) -> bool:
        """ ", and" between two clauses that each have their date."""
        # Hundreds of each in one sentence: a look from either end finds one at once.
        return (
            word in self._words.coordinators
            and any(d.start < at for d in sentence.dates)
            and any(d.start >= at for d in reversed(sentence.dates))
        )
