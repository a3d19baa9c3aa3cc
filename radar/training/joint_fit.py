"""Fits a linear model and boosted trees that answer a question together, or the first alone, and
chooses the threshold of their joint answer.

Both are fitted on the part `train`. Thresholds are chosen on `chosen-on` and on the hands of
`train` in turn, each judged by models of the others. Sums are printed, never a text. The same
samples give the same models.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from crawler.parsers.events.trained.hashed_words import HASHED
from radar.training.boosting import Growth, Tree, answers, grow
from radar.training.event_parts import FOLDS, TAUGHT, turn_of
from radar.training.logistic import Numbers, SparseRows, logistic, matrix

GROWTH = Growth(trees=150, rate=0.08, least=3.0)
FEWEST = 4
"""Samples that a measure needs to get a weight."""
MOST_ODDS = 20.0
"""Threshold of a question that is never answered with yes."""
FURTHER = "further"
"""Part of the samples of pages that rules were written from: they teach, but choose nothing."""

Rows = npt.NDArray[np.bool_]

Turned: TypeAlias = Sequence[Mapping[str, Any]]
"""A stage as it is written: without each fold of groups, and of all that teach last (turn_of)."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The measures of something, and whether the labels say yes."""

    part: str
    """train, chosen-on or further."""
    group: str
    """Those that are judged together, by models of the others (group_of)."""
    measures: Mapping[str, float]
    answer: bool
    asked: bool = True
    """Whether its labels say yes or no at all: others are judged, and teach nothing."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The models of a question, and their log odds of each sample by models that saw none of its
    host.
    """

    turns: Sequence[tuple[Mapping[str, float], Sequence[Tree]]]
    """Weights and trees without each fold, and of all that teach last (turn_of)."""
    odds: Numbers

    @property
    def weights(self) -> Mapping[str, float]:
        """Those of the linear model that all taught."""
        return self.turns[-1][0]

    def written(self, threshold: float, turn: int = FOLDS) -> dict[str, Any]:
        """As it stands in a file."""
        weights, trees = self.turns[turn]
        return {"weights": weights, "trees": trees, "threshold": round(threshold, 4)}

    def in_turn(self, question: str, names: Sequence[str], threshold: float) -> Turned:
        """A stage of this question alone, as it is written; `names`: the measures of the trees."""
        return [
            {"measures": names, "questions": {question: self.written(threshold, turn)}}
            for turn in range(len(self.turns))
        ]


def structure_of(samples: Sequence[Sample]) -> list[str]:
    """The measures that trees may ask: those of train but hashed words."""
    taught = (sample.measures for sample in samples if sample.part == "train")
    return sorted({name for m in taught for name in m if not name.startswith(HASHED)})


def fit(samples: Sequence[Sample], names: Sequence[str] = ()) -> Fitted:
    """The models of a question; trees ask the measures `names`. Without names the linear model
    answers alone.
    """
    teaching = np.array([s.asked and s.part != "chosen-on" for s in samples])
    counts = Counter(
        name for s, teaches in zip(samples, teaching, strict=True) if teaches for name in s.measures
    )
    words = sorted(name for name, count in counts.items() if count >= FEWEST)
    truth = np.array([float(sample.answer) for sample in samples])
    linear, structure = SparseRows.of(samples, words), matrix(samples, names)
    fold = np.array([turn_of(s.part, s.group) for s in samples])
    odds, trees = np.zeros(len(samples)), list[Tree]()
    turns = []
    whole = logistic(linear.only(teaching), truth[teaching])
    for number in range(FOLDS + 1):
        inside = fold == number
        known, weights = teaching, whole
        if number < FOLDS:
            known = teaching & ~inside
            weights = logistic(linear.only(known), truth[known], near=whole)
        odds[inside] = linear.only(inside).times(weights)
        if names:
            trees = grow(structure[known], truth[known], np.ones(known.sum()), GROWTH)
            odds[inside] = (odds[inside] + answers(trees, structure[inside])) / 2
        rounded = {name: round(float(w), 4) for name, w in zip(words, weights, strict=True)}
        turns.append((rounded, trees))
    return Fitted(turns, odds)


def choose_threshold(
    title: str, samples: Sequence[Sample], odds: Numbers, precision: float
) -> float:
    """The threshold that samples of train and chosen-on ask for; how they do is printed."""
    truth = np.array([float(sample.answer) for sample in samples])
    rows = {part: np.array([s.asked and s.part == part for s in samples]) for part in TAUGHT}
    judged: Rows = rows["train"] | rows["chosen-on"]
    threshold = choose_best(odds[judged], truth[judged], precision)
    for part, inside in rows.items():
        turned = ", in turn" if part == "train" else ""
        print(f"{title}: {part}{turned}: {_sums(odds[inside], truth[inside], threshold)}")
    return threshold


def train_question(
    question: str, samples: Sequence[Sample], precision: float, title: str
) -> Turned:
    """A model that answers one question, as it is written, in turn (turn_of)."""
    names = structure_of(samples)
    fitted = fit(samples, names)
    threshold = choose_threshold(title, samples, fitted.odds, precision)
    return fitted.in_turn(question, names, threshold)


def choose_best(odds: Numbers, truth: Numbers, precision: float) -> float:
    """The log odds from which on F1 is best, among those that keep the precision."""
    order = np.argsort(-odds, kind="stable")
    right, found = np.cumsum(truth[order]), np.arange(1, len(order) + 1)
    f1 = np.where(right / found >= precision, 2 * right / (found + truth.sum()), 0.0)
    best = int(f1.argmax())
    return float(odds[order[best]]) - 1e-6 if f1[best] > 0 else MOST_ODDS


def _sums(odds: Numbers, truth: Numbers, threshold: float) -> str:
    yes = odds > threshold
    right = float((truth * yes).sum())
    precision, recall = right / max(1.0, float(yes.sum())), right / max(1.0, float(truth.sum()))
    return (
        f"{len(odds)} samples, {truth.sum():.0f} yes, precision {precision:.2f}, recall"
        f" {recall:.2f}, average precision {average_precision(odds, truth):.3f}"
    )


def average_precision(odds: Numbers, answers: Numbers) -> float:
    """Mean of the precision at each right answer, from the surest on: 1 where all come first."""
    right = answers[np.argsort(-odds, kind="stable")]
    shares = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float((shares * right).sum() / max(1.0, right.sum()))
