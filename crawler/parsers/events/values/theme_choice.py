"""What each event of a page is about, as a trained model chooses among what may be a theme there:
where rules give none, or another one than the model is surer of. No theme of rules is left out.
What a talk is called is its theme where neither gives one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.value_choice import judge_values, model_of
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.part_tagger.span_tagger import TaggedSpan
from crawler.parsers.events.trained.hashed_words import hashed
from crawler.parsers.events.trained.joint_model import RoleModels
from crawler.parsers.events.values.span_choice import (
    SpanChoice,
    Values,
    found_by_model,
)
from crawler.parsers.events.values.themes import (
    linked_in,
    out_of_quotes,
    quoted_in,
    read_theme,
    spans_at_cues,
    subject_called,
    subject_of,
)

STAGE = "themes"
"""Of the file of models."""
_RULE = "themes.trained"
_LEAST_LIKELY = 0.02
_ENDINGS = (3, 4, 5, 6)
"""Letters by which the head is told that a subject belongs to."""

Tag = Callable[[AnnotatedSentence], Sequence[TaggedSpan]]
"""The spans of the tagger in a sentence."""


def rule_themes(
    page: AnnotatedPage, events: Sequence[EventMentions], sentences: EventSentences
) -> Values:
    """The theme of each event by the rules."""
    return {event: read_theme(page, event, sentences.near(event)) for event in events}


class ThemeChoice(SpanChoice):
    """Measures what may be a theme on one page at its events, and chooses among it."""

    field, kind, fewest = "theme", "theme", 4

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
        judged = judge_values(measured, model)
        own = {
            e: out_of_quotes(found_by_model(j.other, _RULE))
            for e, j in judged.items()
            if j.other and measured.may_be_chosen(e) and e.may_be_told_in(j.other.sentence)
        }
        found = {**self._ruled, **own}
        return {e: v or subject_called(self._page, e) for e, v in found.items()}

    def _in_sentence(self, s: AnnotatedSentence) -> Iterator[tuple[int, int, Measures]]:
        page = self._page
        for cue, theme in spans_at_cues(page, s):
            words = page.masked[s.part][cue.start : cue.end]
            talked = bool(page.vocabulary.talked_about.match(words))
            measures = {"from.cue": 1.0, f"cue.{cue.side}": 1.0, "cue.talked": float(talked)}
            yield theme.start, theme.end, measures
        for theme in quoted_in(page, s):
            yield theme.start, theme.end, {"from.quotes": 1.0}
        if s.index in self._around:
            for kind, theme in linked_in(page, s):
                yield theme.start, theme.end, {f"from.{kind}": 1.0}
        for c in self._candidates(s):
            subject = subject_of(page, c)
            if subject:
                yield subject.start, subject.end, {"from.subject": 1.0, **self._measure_head(c)}
            if c.name.subject:
                yield *c.name.subject, {"from.before": 1.0, **self._measure_head(c)}
        for tagged in self._tag(s) if s.index in self._around else ():
            if tagged.likely >= _LEAST_LIKELY:
                yield tagged.start, tagged.end, {"from.tagger": 1.0, "tagged.likely": tagged.likely}

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
