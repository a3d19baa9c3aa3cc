"""Spans of a sentence by a trained tagger: what the taggers of all parts share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from crawler.parsers.entities.tagger.labels import INSIDE, OUTSIDE
from crawler.parsers.entities.tagger.models import TaggerKind, TaggerModel, TaggerModels
from crawler.parsers.entities.tagger.tokens import Token, tokens_between
from crawler.parsers.entities.tagger.word_clusters import CLUSTERS, WordClusters
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.per_sentence import PerSentence
from crawler.parsers.events.part_tagger.sentence_features import SentenceFeatures

VERSION = 1
"""Raised whenever a feature changes its meaning: older files no longer fit."""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A part as the tagger reads it."""

    start: int
    end: int
    label: str
    likely: float
    """Probability of its least probable word."""

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with a place."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class TaggerChoice:
    """From which probability on a tagger is believed."""

    alone: float
    """Where rules read nothing."""
    over_rules: float
    """Where they read what begins or ends elsewhere."""
    right: float
    """Share of right ones among what it adds or changes."""


class _Tagged(NamedTuple):
    """A sentence that a model has tagged."""

    rows: list[list[bytes]] | None
    """What it was asked; None where no span has room."""
    spans: Sequence[TaggedSpan]


class SpanTagger:
    """Tags the sentences of one language; without models, or one for the language, nothing."""

    shipped: ClassVar[TaggerModels | None] = None
    """The files that come with the program."""

    def __init__(
        self, features: SentenceFeatures, language: str, models: TaggerModels | None = None
    ) -> None:
        self._features = features
        self._language = language
        self.models = self.shipped if models is None else models
        self._tagged = PerSentence[_Tagged]()
        """The values of a page's events are read twice where further ones may be named."""

    @property
    def choice(self) -> TaggerChoice | None:
        """When the tagger is believed; None in a language that nothing was trained for."""
        model = self._model
        if model is None:
            return None
        return TaggerChoice(model.threshold, model.more["over_rules"], model.right)

    def spans(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> Sequence[TaggedSpan]:
        """The parts in a sentence, in their order."""
        model = self._model
        if model is None:
            return []
        return self._tagged.get(
            page, sentence, lambda: self._tag(page, sentence, model), model
        ).spans

    def inside(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> list[tuple[Token, float]]:
        """The words of a sentence, and how likely each stands in a part, also where none is read;
        none in a language that nothing was trained for.
        """
        model = self._model
        if model is None:
            return []
        words = self._features.words(page, sentence)
        tagged = self._tagged.known(page, sentence, model)
        rows = tagged.rows if tagged else None
        if rows is None:
            rows = self._features.known_to(model, words, always=True)
        if rows is None:
            return []
        model.tagger.set(rows)
        return [
            (token, 1.0 - model.tagger.marginal(OUTSIDE, at))
            for at, token in enumerate(words.tokens)
        ]

    def words(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, clusters: WordClusters
    ) -> tuple[list[Token], list[list[str]]]:
        """The words of a sentence that are tagged, and the features of each."""
        tokens = tokens_between(page.texts[sentence.part], sentence.start, sentence.end)
        return tokens, self._features.of(sentence, tokens, clusters)

    @property
    def _model(self) -> TaggerModel | None:
        return self.models.of(self._language) if self.models else None

    def _tag(self, page: AnnotatedPage, sentence: AnnotatedSentence, model: TaggerModel) -> _Tagged:
        words = self._features.words(page, sentence)
        rows = self._features.known_to(model, words)
        return _Tagged(rows, [] if rows is None else list(_spans(words.tokens, rows, model)))


def _spans(
    tokens: Sequence[Token], rows: list[list[bytes]], model: TaggerModel
) -> Iterator[TaggedSpan]:
    labels = model.tagger.tag(rows)
    for first, last in runs_of(labels):
        likely = min(model.tagger.marginal(labels[at], at) for at in range(first, last + 1))
        yield TaggedSpan(tokens[first].start, tokens[last].end, labels[first][1:], likely)


def runs_of(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last place of each span among the labels."""
    first = -1
    for at, label in enumerate((*labels, OUTSIDE)):
        goes_on = first >= 0 and label == INSIDE + labels[first][1:]
        if first >= 0 and not goes_on:
            yield first, at - 1
            first = -1
        if first < 0 and label != OUTSIDE:
            first = at


def tagger_kind(without: str) -> TaggerKind:
    """What the files of a part are for; `without`: how the program goes on without them."""
    return TaggerKind(
        VERSION,
        without,
        "benchmarks.part_tagger_training",
        thresholds=("over_rules",),
        clusters=CLUSTERS,
    )
