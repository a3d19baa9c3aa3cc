"""Trains which words are heads of events' names, on labelled pages (`_events`): a logistic
regression over what is known of a word alone, fitted by CRFsuite on sequences of one word.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pycrfsuite

from crawler.parsers.events.candidates.head_words import (
    OF_WORD,
    SHORTEST,
    WORD,
    word_features,
)
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.trained.linear_model import LinearModel
from indexer.records.labels import find_mentions
from radar.training.event_parts import FOLDS, fold_of
from radar.training.labelled_pages import LabelledPage, Record

SETTINGS = {"c1": 0.3, "c2": 0.1, "max_iterations": 40}
_MOST = 8
"""How often a word counts at most as a head, and as none."""
_YES, _NO = "yes", "no"

Span: TypeAlias = tuple[int, int]
"""First character of a part, and the one behind the last."""


class HeadModels:
    """The model that all pages teach, and for each fold of hands the one that the others teach: a
    page is judged by no model that has seen its hand.
    """

    def __init__(self, pages: Sequence[LabelledPage]) -> None:
        words = [(fold_of(page.group), Counter(head_words(page))) for page in pages]
        self.whole = fit_heads(counts for _, counts in words)
        self._turned = [
            fit_heads(counts for fold, counts in words if fold != number) for number in range(FOLDS)
        ]

    def of(self, page: LabelledPage) -> LinearModel:
        """The model for a page that has been among those that teach."""
        return self._turned[fold_of(page.group)]

    def written(self, turn: int = FOLDS) -> dict[str, Any]:
        """As it stands in a file of a turn (turn_of)."""
        model = [*self._turned, self.whole][turn]
        return {"weights": model.weights, "threshold": model.threshold}


def head_words(labelled: LabelledPage) -> Iterator[tuple[str, str, bool]]:
    """Words of a page with its language, and whether each is the head of a labelled mention; other
    words of mentions say nothing.
    """
    page, lang = labelled.page, labelled.page.vocabulary.lang
    for sentence, mentions in labelled_sentences(labelled):
        text, inside = page.texts[sentence.part], [span for span, _ in mentions]
        for span in inside:
            head = head_of_mention(labelled, sentence, span)
            if head:
                yield text[slice(*head)], lang, True
        for match in WORD.finditer(text, sentence.start, sentence.end):
            word, at = match.group(), match.start()
            if _may_be_head(word, SHORTEST) and not any(a <= at < b for a, b in inside):
                yield word, lang, False


def labelled_sentences(
    labelled: LabelledPage,
) -> Iterator[tuple[AnnotatedSentence, list[tuple[Span, Record]]]]:
    """The sentences of a page, but those of contacts, with the labelled mentions of events that
    share letters with each, and the place of each mention in its part.
    """
    marks = list(find_mentions(labelled.record["text"], labelled.record["_events"]))
    for sentence in labelled.page.sentences:
        if sentence.zone == "contact":
            continue
        base = labelled.base(sentence.part)
        yield (
            sentence,
            [
                ((a - base, b - base), mark)
                for (a, b), mark in marks
                if a - base < sentence.end and sentence.start < b - base
            ],
        )


def head_of_mention(
    labelled: LabelledPage, sentence: AnnotatedSentence, span: Span, shortest: int = SHORTEST
) -> Span | None:
    """Where the head of a mention stands in its part: that of a candidate, or else the last word of
    so many letters before what attaches a noun to it ("of", "zum").
    """
    text, words = labelled.page.texts[sentence.part], labelled.page.vocabulary
    for candidate in labelled.candidates:
        at = candidate.head[0]
        if candidate.sentence.index == sentence.index and span[0] <= at < span[1]:
            head = list(WORD.finditer(text, *candidate.head))
            return head[-1].span() if head else candidate.head
    links = words.name_links | words.determiners | words.place_prepositions
    last = None
    for match in WORD.finditer(text, *span):
        word = match.group()
        if word.casefold() in links:
            if last:
                break
        elif _may_be_head(word, shortest) and not words.ordinal(word):
            last = match.span()
    return last


def _may_be_head(word: str, shortest: int) -> bool:
    return len(word) >= shortest and not word[0].isdigit()


def fit_heads(pages: Iterator[Mapping[tuple[str, str, bool], int]]) -> LinearModel:
    """The model that the words of pages teach, each with how often it stands there."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    for words in pages:
        counts.update(words)
    weights = learn_weights(
        (
            (list(word_features(word, lang)), is_head)
            for (word, lang, is_head), count in sorted(counts.items())
            for _ in range(min(count, _MOST))
        ),
        SETTINGS,
    )
    return LinearModel({name: round(weights[name], 3) for name in sorted(weights)}, 0.0)


def learn_weights(
    samples: Iterable[tuple[Sequence[str], bool]], settings: Mapping[str, float]
) -> Counter[str]:
    """What speaks for a word, by what is known of it: a logistic regression, fitted by CRFsuite on
    sequences of one word.
    """
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for known, answer in samples:
        trainer.append([known], [_YES if answer else _NO])
    trainer.set_params(settings)
    weights: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, OF_WORD))
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        for (feature, label), weight in tagger.info().state_features.items():
            weights[feature] += weight if label == _YES else -weight
        tagger.close()
    return weights
