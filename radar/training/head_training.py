"""Trains which words are heads of events' names, on labelled pages (`_events`): a logistic
regression over what is known of a word alone, fitted by CRFsuite on sequences of one word.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from crawler.parsers.events.candidates.head_words import (
    OF_WORD,
    SHORTEST,
    WORD,
    last_word,
    word_features,
)
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.trained.linear_model import LinearModel
from indexer.records.labels import find_mentions
from radar.training.event_parts import FOLDS, fold_of
from radar.training.labelled_pages import LabelledPage

SETTINGS = {"c1": 0.3, "c2": 0.1, "max_iterations": 40}
_MOST = 8
"""How often a word counts at most as a head, and as none."""
_YES, _NO = "yes", "no"


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
    marks = [span for span, _ in find_mentions(labelled.record["text"], labelled.record["_events"])]
    for sentence in page.sentences:
        if sentence.zone == "contact":
            continue
        text, base = page.texts[sentence.part], labelled.base(sentence.part)
        inside = [
            (a - base, b - base)
            for a, b in marks
            if a - base < sentence.end and sentence.start < b - base
        ]
        for span in inside:
            word = _head_of(labelled, sentence, span)
            if word:
                yield word, lang, True
        for match in WORD.finditer(text, sentence.start, sentence.end):
            word, at = match.group(), match.start()
            if _may_be_head(word) and not any(a <= at < b for a, b in inside):
                yield word, lang, False


def _head_of(
    labelled: LabelledPage, sentence: AnnotatedSentence, span: tuple[int, int]
) -> str | None:
    """The head of a mention: where rules found none there, its last word before what attaches a
    noun to it ("of", "zum").
    """
    for candidate in labelled.candidates:
        at = candidate.head[0]
        if candidate.sentence.index == sentence.index and span[0] <= at < span[1]:
            return last_word(labelled.page, candidate)
    words = labelled.page.vocabulary
    links = words.name_links | words.determiners | words.place_prepositions
    last = None
    for word in WORD.findall(labelled.page.texts[sentence.part][slice(*span)]):
        if word.casefold() in links:
            if last:
                break
        elif _may_be_head(word) and not words.ordinal(word):
            last = word
    return last


def head_of_mention(
    labelled: LabelledPage, sentence: AnnotatedSentence, span: tuple[int, int]
) -> int | None:
    """Where the head of a mention begins in its part, nouns and verbs alike: that of a candidate,
    else the last word before what attaches a noun to it.
    """
    page, words = labelled.page, labelled.page.vocabulary
    for candidate in labelled.candidates:
        at = candidate.head[0]
        if candidate.sentence.index == sentence.index and span[0] <= at < span[1]:
            head = list(WORD.finditer(page.texts[sentence.part], *candidate.head))
            return head[-1].start() if head else at
    links = words.name_links | words.determiners | words.place_prepositions
    last = None
    for match in WORD.finditer(page.texts[sentence.part], *span):
        word = match.group()
        if word.casefold() in links:
            if last is not None:
                break
        elif len(word) >= SHORTEST - 1 and not word[0].isdigit() and not words.ordinal(word):
            last = match.start()
    return last


def _may_be_head(word: str) -> bool:
    return len(word) >= SHORTEST and not word[0].isdigit()


def fit_heads(pages: Iterator[Mapping[tuple[str, str, bool], int]]) -> LinearModel:
    """The model that the words of pages teach, each with how often it stands there."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    for words in pages:
        counts.update(words)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for (word, lang, is_head), count in sorted(counts.items()):
        features = [list(word_features(word, lang))]
        for _ in range(min(count, _MOST)):
            trainer.append(features, [_YES if is_head else _NO])
    trainer.set_params(SETTINGS)
    weights: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, OF_WORD))
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        for (feature, label), weight in tagger.info().state_features.items():
            weights[feature] += weight if label == _YES else -weight
        tagger.close()
    return LinearModel({name: round(weights[name], 3) for name in sorted(weights)}, 0.0)
