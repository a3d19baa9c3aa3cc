"""Events that no word such as forum or meeting names: counted crowds and talks, and names that a
page gives in quotes.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.crowds import CrowdFinder
from crawler.parsers.events.candidates.namings import NamingFinder
from crawler.parsers.events.candidates.tallies import TallyFinder
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.clauses import ClauseFinder


class HeadlessFinder:
    """Finds such events in sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary, clauses: ClauseFinder) -> None:
        self._crowds = CrowdFinder(vocabulary, clauses)
        self._tallies = TallyFinder(vocabulary)
        self._namings = NamingFinder(vocabulary)

    def add(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, here: Sequence[Candidate]
    ) -> list[Candidate]:
        """The candidates of a sentence with these; a number of talks takes the place of the talks
        alone.
        """
        found = [*here, *self._crowds.find(page, sentence, here)]
        tallies = list(self._tallies.find(page, sentence))
        spans = [(c.name.start, c.name.end) for c in tallies]
        found = [c for c in found if not any(s <= c.head[0] < e for s, e in spans)] + tallies
        return found + self._namings.find(page, sentence, found)
