"""Job titles by a trained tagger: a label says on which side of a title its person stands, so that
who has it follows from the words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.parsers.entities.tagger.features import TokenFeatures
from crawler.parsers.entities.tagger.models import TaggerKind, TaggerModel, TaggerModels
from crawler.parsers.entities.tagger.tokens import Token, tokens_between
from crawler.parsers.entities.tagger.word_clusters import CLUSTERS, WordClusters
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.part_tagger.sentence_features import SentenceFeatures
from indexer.records.document import Mention

TITLES = Path(__file__).parent / "titles" / "models.json"
VERSION = 1
"""Raised whenever a feature changes its meaning: older files no longer fit."""
KIND = TaggerKind(
    VERSION,
    "job titles are read by rules alone",
    "benchmarks.title_tagger_training",
    ("over_rules",),
    CLUSTERS,
)
BEFORE, BEHIND = "<", ">"
"""Labels of a title: it stands before its person, or behind."""
BEGIN, INSIDE, OUTSIDE = "B", "I", "O"
"""What a label of a word begins with."""
_KEPT_WORDS = 5_000


@dataclass(frozen=True, slots=True)
class TaggedTitle:
    """A job title as the tagger reads it."""

    start: int
    end: int
    side: str
    """BEFORE or BEHIND."""
    likely: float
    """Probability of its least probable label."""


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """From which probability on the tagger is believed."""

    alone: float
    """Where rules read no title."""
    over_rules: float
    """Where they read one that begins or ends elsewhere."""
    right: float
    """Share of the titles that are right, among those that it adds or changes."""


class TitleTagger:
    """Tags job titles in the sentences of one language.

    `is_job_title` tells the words that name one.
    """

    def __init__(
        self,
        languages: Mapping[str, Mapping[str, Any]],
        language: str,
        is_job_title: Callable[[str], bool],
        models: TaggerModels | None = None,
    ) -> None:
        self._languages = languages
        self._language = language
        self._is_job_title = is_job_title
        self.models = models or SHIPPED
        self._features: SentenceFeatures | None = None

    @property
    def choice(self) -> TitleChoice | None:
        """When the tagger is believed; None in a language that nothing was trained for."""
        model = self.models.of(self._language)
        if model is None:
            return None
        return TitleChoice(model.threshold, model.more["over_rules"], model.right)

    def tag(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> list[TaggedTitle | None]:
        """The job title of each person of a sentence, in their order; empty without a model."""
        persons = sentence.of("persons")
        model = self.models.of(self._language) if persons else None
        if model is None:
            return []
        titles = list(self._titles(page, sentence, model))
        return [_title_of(at, persons, titles, sentence) for at in range(len(persons))]

    def words(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, clusters: WordClusters
    ) -> tuple[list[Token], list[list[str]]]:
        """The words of a sentence that are tagged, and the features of each."""
        if self._features is None:
            words = TokenFeatures(self._languages, self._language, clusters, _KEPT_WORDS)
            self._features = SentenceFeatures(words, self._is_job_title)
        tokens = tokens_between(page.texts[sentence.part], sentence.start, sentence.end)
        return tokens, self._features.of(sentence, tokens)

    def _titles(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, model: TaggerModel
    ) -> Iterator[TaggedTitle]:
        tokens, features = self.words(page, sentence, model.clusters)
        labels = model.tagger.tag(features)
        for first, last in runs_of(labels):
            likely = min(model.tagger.marginal(labels[at], at) for at in range(first, last + 1))
            side = labels[first][1:]
            yield TaggedTitle(tokens[first].start, tokens[last].end, side, likely)


def runs_of(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last place of each title among the labels."""
    first = -1
    for at, label in enumerate((*labels, OUTSIDE)):
        goes_on = first >= 0 and label == INSIDE + labels[first][1:]
        if first >= 0 and not goes_on:
            yield first, at - 1
            first = -1
        if first < 0 and label != OUTSIDE:
            first = at


def _title_of(
    at: int,
    persons: Sequence[Mention],
    titles: Sequence[TaggedTitle],
    sentence: AnnotatedSentence,
) -> TaggedTitle | None:
    """The title of a person: the nearest one before the name or behind it, as its label says, with
    no other name between.
    """
    floor = persons[at - 1].end if at else sentence.start
    ceiling = persons[at + 1].start if at + 1 < len(persons) else sentence.end
    name = persons[at]
    before = [t for t in titles if t.side == BEFORE and floor <= t.start and t.end <= name.start]
    behind = [t for t in titles if t.side == BEHIND and name.end <= t.start and t.end <= ceiling]
    return max((*before[-1:], *behind[:1]), key=lambda t: t.likely, default=None)


SHIPPED = TaggerModels(TITLES, KIND)
"""The files that come with the program."""
