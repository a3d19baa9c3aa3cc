"""What the trained choices of themes and of houses have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from crawler.parsers.events.candidates.choice_measures import ChoiceMeasures, ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue

Values = Mapping[EventMentions, FoundValue[str] | None]
"""The value of each event of a page."""
_CONFIDENCE = 0.6
_AROUND = (-1, 0, 1, 2, 3)
"""Sentences around a mention of an event in which taggers are asked, and any span may be a value.
"""


class SpanChoice(ABC):
    """Measures the spans of one page at its events; `ruled`: what the rules give each."""

    def __init__(self, page: AnnotatedPage, ruled: Values) -> None:
        self._page, self._ruled = page, ruled
        self._events: Sequence[EventMentions] = list(ruled)
        told = {i for event in self._events for i in event.sentences()}
        self._around = {i + n for i in told for n in _AROUND}

    def measure(self) -> ChoiceMeasures:
        """What speaks for each span at each event."""
        ruled = {e: (key_of(v.value),) if v else () for e, v in self._ruled.items()}
        return ChoiceMeasures(self._events, self._mentions(), ruled)

    @abstractmethod
    def _mentions(self) -> Iterator[ValueMention]:
        """The spans of the page."""

    def _ruled_in(self, s: AnnotatedSentence) -> Sequence[FoundValue[str]]:
        """What the rules give events out of a sentence."""
        return self._ruled_by_sentence.get(s.index, ())

    @cached_property
    def _ruled_by_sentence(self) -> Mapping[int, Sequence[FoundValue[str]]]:
        of_part: dict[str, list[AnnotatedSentence]] = defaultdict(list)
        for s in self._page.sentences:
            of_part[s.part].append(s)
        found: dict[int, list[FoundValue[str]]] = defaultdict(list)
        for value in filter(None, self._ruled.values()):
            sentences = of_part[value.part]
            at = bisect_right(sentences, value.start, key=lambda s: s.start) - 1
            if at >= 0 and value.start < sentences[at].end:
                found[sentences[at].index].append(value)
        return found


def found_by_model(value: ValueMention, rule: str) -> FoundValue[str]:
    """A value that a model chose."""
    m = value.mention
    return FoundValue(m.surface, m.part, m.start, m.end, rule, _CONFIDENCE)


def key_of(value: str) -> str:
    """By which mentions of a value are known as one."""
    return " ".join(value.casefold().split())
