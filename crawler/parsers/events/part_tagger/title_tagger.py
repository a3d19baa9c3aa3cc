"""Job titles by a trained tagger: a label says on which side of a title its person stands, so that
who has it follows from the words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.part_tagger.span_tagger import SpanTagger, TaggedSpan, tagger_kind
from indexer.records.document import Mention

TITLES = Path(__file__).parent / "titles" / "models.json"
KIND = tagger_kind("job titles are read by rules alone")
BEFORE, BEHIND = "<", ">"
"""Labels of a title: it stands before its person, or behind."""


class TitleTagger(SpanTagger):
    """Tags job titles in the sentences of one language."""

    shipped = TaggerModels(TITLES, KIND)

    def tag(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> list[TaggedSpan | None]:
        """The job title of each person of a sentence, in their order."""
        persons = sentence.of("persons")
        titles = self.spans(page, sentence) if persons else []
        masked = page.masked[sentence.part]
        return [_title_of(at, persons, titles, sentence, masked) for at in range(len(persons))]


def _title_of(
    at: int,
    persons: Sequence[Mention],
    titles: Sequence[TaggedSpan],
    sentence: AnnotatedSentence,
    masked: str,
) -> TaggedSpan | None:
    """The title of a person: the nearest one before the name or behind it, as its label says, with
    no other name between.
    """
    floor = persons[at - 1].end if at else sentence.start
    ceiling = persons[at + 1].start if at + 1 < len(persons) else sentence.end
    name = persons[at]
    before = [
        t
        for t in titles
        if t.label == BEFORE
        and floor <= t.start
        and t.end <= name.start
        and not _stands_in_brackets(masked, floor, t)
    ]
    behind = [t for t in titles if t.label == BEHIND and name.end <= t.start and t.end <= ceiling]
    return max((*before[-1:], *behind[:1]), key=lambda t: t.likely, default=None)


def _stands_in_brackets(masked: str, floor: int, title: TaggedSpan) -> bool:
    """Whether a title ends what stands in brackets: it is of the name before them."""
    return masked[title.end : title.end + 1] == ")" and "(" in masked[floor : title.start]
