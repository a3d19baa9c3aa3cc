"""What each event of a page is about, as a trained model chooses among what may be a theme there:
where rules give none, or another one than the model is surer of. No theme of rules is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.choice_measures import ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.value_choice import choose_value, model_of
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.part_tagger.span_tagger import TaggedSpan
from crawler.parsers.events.trained.hashed_words import hashed
from crawler.parsers.events.trained.joint_model import RoleModels
from crawler.parsers.events.values.span_choice import (
    SpanChoice,
    Values,
    found_by_model,
    key_of,
)
from crawler.parsers.events.values.span_measures import measure_span
from crawler.parsers.events.values.themes import (
    linked_in,
    quoted_in,
    read_theme,
    spans_at_cues,
    subject_of,
)
from indexer.records.document import Mention

STAGE = "themes"
"""Of the file of models."""
_RULE = "themes.trained"
_LEAST_LIKELY = 0.02
_ENDINGS = (3, 4, 5, 6)
"""Letters by which the head is told that a subject belongs to."""
_FEWEST = 4
"""Characters of a theme."""

Tag = Callable[[AnnotatedSentence], Sequence[TaggedSpan]]
"""The spans of the tagger in a sentence."""


@dataclass(slots=True)
class _Span:
    sentence: AnnotatedSentence
    found: FoundValue[str]
    measures: Measures


def rule_themes(
    page: AnnotatedPage, events: Sequence[EventMentions], sentences: EventSentences
) -> Values:
    """The theme of each event by the rules."""
    return {event: read_theme(page, event, sentences.near(event)) for event in events}


class ThemeChoice(SpanChoice):
    """Measures what may be a theme on one page at its events, and chooses among it."""

    def __init__(self, page: AnnotatedPage, tag: Tag, ruled: Values) -> None:
        super().__init__(page, ruled)
        self._tag = tag

    def choose(self, models: RoleModels) -> Values:
        """The theme of each event."""
        # Also in languages that the model has not learnt from: there it finds more (F1 0.80 with
        # it and 0.79 without on five-language pages), unlike the choice of houses.
        model = model_of(models, STAGE)
        if model is None:
            return self._ruled
        measured = self.measure()
        chosen = choose_value(measured, model)
        own = {
            e: found_by_model(v, _RULE)
            for e, v in chosen.items()
            if measured.may_be_chosen(e) and e.may_be_told_in(v.sentence)
        }
        return {**self._ruled, **own}

    def _mentions(self) -> Iterator[ValueMention]:
        for span in self._spans():
            f, s = span.found, span.sentence
            mention = Mention("theme", s.part, f.start, f.end, f.value, f.value)
            measures = {
                **span.measures,
                **measure_span(self._page, s, f.start, f.end, "theme"),
            }
            yield ValueMention(s, mention, key_of(f.value), measures)

    def _spans(self) -> list[_Span]:
        spans: dict[tuple[str, int, int], _Span] = {}
        for s in self._page.sentences:
            if s.zone == "contact":
                continue
            ruled = ((theme, {f"rule.{theme.rule}": 1.0}) for theme in self._ruled_in(s))
            for found, measures in (*self._in_sentence(s), *ruled):
                if found.end - found.start < _FEWEST:
                    continue
                place = (found.part, found.start, found.end)
                spans.setdefault(place, _Span(s, found, {})).measures.update(measures)
        return list(spans.values())

    def _in_sentence(self, s: AnnotatedSentence) -> Iterator[tuple[FoundValue[str], Measures]]:
        page = self._page
        for cue, theme in spans_at_cues(page, s):
            words = page.masked[s.part][cue.start : cue.end]
            talked = bool(page.vocabulary.talked_about.match(words))
            yield theme, {"from.cue": 1.0, f"cue.{cue.side}": 1.0, "cue.talked": float(talked)}
        for theme in quoted_in(page, s):
            yield theme, {"from.quotes": 1.0}
        if s.index in self._around:
            for kind, theme in linked_in(page, s):
                yield theme, {f"from.{kind}": 1.0}
        for c in self._candidates(s):
            subject = subject_of(page, c)
            if subject:
                yield subject, {"from.subject": 1.0, **self._measure_head(c)}
            if c.name.subject:
                start, end = c.name.subject
                theme = FoundValue(
                    page.cut(s.part, start, end), s.part, start, end, "themes.subject"
                )
                yield theme, {"from.before": 1.0, **self._measure_head(c)}
        for tagged in self._tag(s) if s.index in self._around else ():
            if tagged.likely >= _LEAST_LIKELY:
                theme = self._found(s, tagged.start, tagged.end)
                yield theme, {"from.tagger": 1.0, "tagged.likely": tagged.likely}

    def _found(self, s: AnnotatedSentence, start: int, end: int) -> FoundValue[str]:
        return FoundValue(self._page.cut(s.part, start, end), s.part, start, end, _RULE)

    def _candidates(self, s: AnnotatedSentence) -> Iterator[Candidate]:
        for event in self._events:
            yield from (c for c in event.candidates if c.sentence.index == s.index)

    def _measure_head(self, c: Candidate) -> Measures:
        lang = self._page.vocabulary.lang
        return {
            f"head.{c.kind}": 1.0,
            "head.ordinal": c.name.ordinal is not None,
            "head.year": c.name.year is not None,
            "head.indefinite": c.indefinite,
            "head.capital": self._page.cut(c.sentence.part, c.head[0], c.head[0] + 1).isupper(),
            "head.left": bool(c.name.left_words),
            "head.bare": c.is_bare,
            **{hashed(f"{lang}:head-{c.word[-n:]}"): 1.0 for n in _ENDINGS if len(c.word) >= n},
            hashed(f"{lang}:head:{c.word}"): 1.0,
        }
