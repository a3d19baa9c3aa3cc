"""What the trained choices of themes and of houses have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

from crawler.parsers.events.candidates.choice_measures import (
    MOST_MENTIONS,
    ChoiceMeasures,
    ValueMention,
)
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.values.span_measures import measure_span
from indexer.records.document import Mention

Values = Mapping[EventMentions, FoundValue[str] | None]
"""The value of each event of a page."""
_CONFIDENCE = 0.6
_AROUND = (-1, 0, 1, 2, 3)
"""Sentences around a mention of an event in which taggers are asked, and any span may be a value.
"""


class SpanChoice(ABC):
    """Measures the spans of one page at its events; `ruled`: what the rules give each."""

    field: ClassVar[str]
    kind: ClassVar[str]
    """Keeps measures of words apart from those of another choice."""
    fewest: ClassVar[int]
    """Characters of a span."""
    most: ClassVar[int] = MOST_MENTIONS
    """Spans of a page that are judged."""

    def __init__(self, page: AnnotatedPage, ruled: Values) -> None:
        self._page, self._ruled = page, ruled
        self._events: Sequence[EventMentions] = list(ruled)
        told = {i for event in self._events for i in event.sentences()}
        self._around = {i + n for i in told for n in _AROUND}

    def measure(self) -> ChoiceMeasures:
        """What speaks for each span at each event."""
        ruled = {e: (key_of(v.value),) if v else () for e, v in self._ruled.items()}
        return ChoiceMeasures(self._events, self._mentions(), ruled, self.most)

    def _mentions(self) -> Iterator[ValueMention]:
        """The spans of the page, sentence by sentence."""
        for s in self._page.sentences:
            if s.zone == "contact":
                continue
            spans: dict[tuple[int, int], Measures] = {}
            ruled = ((v.start, v.end, {f"rule.{v.rule}": 1.0}) for v in self._ruled_in(s))
            for start, end, measures in (*self._in_sentence(s), *ruled):
                if end - start >= self.fewest:
                    spans.setdefault((start, end), {}).update(measures)
            for (start, end), measures in spans.items():
                value = self._page.cut(s.part, start, end)
                mention = Mention(self.field, s.part, start, end, value, value)
                measured = {
                    **measures,
                    **measure_span(self._page, s, start, end, self.kind),
                    **self._measure(s, start, end, value),
                }
                yield ValueMention(s, mention, key_of(value), measured)

    @abstractmethod
    def _in_sentence(self, s: AnnotatedSentence) -> Iterable[tuple[int, int, Mapping[str, float]]]:
        """What may be a value in a sentence, besides what rules give, and what it is found by."""

    def _measure(self, s: AnnotatedSentence, start: int, end: int, value: str) -> Measures:
        """What else speaks for a span."""
        return {}

    def _ruled_in(self, s: AnnotatedSentence) -> Sequence[FoundValue[str]]:
        """What the rules give events out of a sentence."""
        return self._ruled_by_sentence.get(s.index, ())

    @cached_property
    def _ruled_by_sentence(self) -> Mapping[int, Sequence[FoundValue[str]]]:
        found: dict[int, list[FoundValue[str]]] = defaultdict(list)
        for value in filter(None, self._ruled.values()):
            sentence = self._page.sentence_at(value.part, value.start)
            if sentence:
                found[sentence.index].append(value)
        return found


def found_by_model(value: ValueMention, rule: str) -> FoundValue[str]:
    """A value that a model chose."""
    m = value.mention
    return FoundValue(m.surface, m.part, m.start, m.end, rule, _CONFIDENCE)


def key_of(value: str) -> str:
    """By which mentions of a value are known as one."""
    return " ".join(value.casefold().split())
