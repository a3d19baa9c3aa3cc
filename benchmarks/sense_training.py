"""Learns what passages on clusters mean, for the last word of the topic `cluster-strategies`.

    python -m benchmarks.sense_training [PARAMETERS.json]

Learns from the passages of `tests/quality/cluster_topic.py` in German, English and Russian. `told`
in their file is what the terms of the topic said when the passage came, before they were changed by
it: what terms say of passages that they were written from is right, and teaches nothing. Of the
bare sentences (`own`) it is what the terms of one day said, which missed most of them on purpose,
of the first hand's passages what the terms say that it wrote itself: these two have levels of their
own. Prints how each hand is judged by a model that learnt from all others,
beside the terms, then writes the model of all: the same passages give the same file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.meaning.encoder import Encoder, find_encoder
from indexer.meaning.packing import REMEDY
from indexer.meaning.sense import SENSES, SenseModel, sense_json
from indexer.meaning.vectors import unit_rows
from tests.quality.cluster_topic import HANDS, OTHER_HANDS, Judge, Score, load_passages

LANGUAGES = ("de", "en", "ru")
"""Those that the encoder knows."""
_EARLY = frozenset({"first", "second", "third", "fourth", "seventh", "own"})
LATE_HANDS = tuple(hand for hand in HANDS if hand not in _EARLY)
"""Hands that came when the terms were written: of the others, terms knew more or less."""
FIRST = "first"
APART = (FIRST, "own")
"""Whose passages have levels of their own."""
PENALTY = 0.2
"""Of the squares of the weights of a vector's numbers; chosen on the late hands, as is that all
passages weigh the same and that the whole passage is read, not the sentence with the word."""
PENALTY_OF_LEVELS = 0.05
STEPS = 30

Numbers = npt.NDArray[np.float64]
Lines = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Labelled passages as numbers: levels first, then the vector."""

    lines: Lines
    values: Numbers
    wanted: Numbers

    def part(self, chosen: Sequence[bool]) -> Measured:
        """Some of them."""
        picked = np.asarray(chosen)
        lines = [line for line, is_in in zip(self.lines, chosen, strict=True) if is_in]
        return Measured(lines, self.values[picked], self.wanted[picked])


def measure(lines: Lines, encoder: Encoder) -> Measured:
    """Measure passages; each is encoded by itself, as a search does it."""
    vectors = unit_rows(encoder.encode([line["text"]])[0] for line in lines)
    values = np.hstack([np.array([_levels(line) for line in lines]), vectors])
    wanted = np.array([float(line["wanted"]) for line in lines])
    return Measured(lines, values.astype(np.float64), wanted)


def _levels(line: Mapping[str, Any]) -> list[float]:
    told = float(line["told"])
    apart = [float(line["hand"] == hand) for hand in APART]
    languages = [float(line["lang"] == lang) for lang in LANGUAGES]
    return [*languages, told, *apart, *(told * level for level in apart)]


_LEVELS = len(LANGUAGES) + 1 + 2 * len(APART)


def learn(measured: Measured) -> SenseModel:
    """A logistic model, by Newton's method with halved steps."""
    penalty = np.full(measured.values.shape[1], PENALTY)
    penalty[:_LEVELS] = PENALTY_OF_LEVELS
    weights = np.zeros(len(penalty))
    loss = _loss(measured, weights, penalty)
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-measured.values @ weights))
        slope = measured.values.T @ (likely - measured.wanted) + penalty * weights
        curve = (measured.values * (likely * (1 - likely))[:, None]).T @ measured.values
        step = np.linalg.solve(curve + np.diag(penalty), slope)
        size = 1.0
        while size > 1e-4 and _loss(measured, weights - size * step, penalty) > loss:
            size /= 2
        weights -= size * step
        before, loss = loss, _loss(measured, weights, penalty)
        if before - loss < 1e-4:
            break
    levels = dict(zip(LANGUAGES, map(float, weights), strict=False))
    told = float(weights[len(LANGUAGES)])
    return SenseModel(levels, told, [float(weight) for weight in weights[_LEVELS:]])


def _loss(measured: Measured, weights: Numbers, penalty: Numbers) -> float:
    odds = measured.values @ weights
    unlikely = np.logaddexp(0, odds) - measured.wanted * odds
    return float(unlikely.sum() + (penalty * weights**2).sum() / 2)


def judge(model: SenseModel, measured: Measured) -> list[bool]:
    """What a model says of passages."""
    meaning = measured.values[:, _LEVELS:] @ np.array(model.weights)
    return [
        bool(model.languages[line["lang"]] + model.told * line["told"] + part > 0)
        for line, part in zip(measured.lines, meaning, strict=True)
    ]


def score(lines: Lines, found: Sequence[bool]) -> Score:
    """Precision and recall."""
    pairs = [(line["wanted"], is_found) for line, is_found in zip(lines, found, strict=True)]
    return Score(
        right=pairs.count((True, True)),
        extra=pairs.count((False, True)),
        missed=pairs.count((True, False)),
    )


def _said(name: str, lines: Lines, found: Sequence[bool]) -> str:
    terms, both = score(lines, [line["told"] for line in lines]), score(lines, found)
    return (
        f"{name}: {len(lines)} passages; terms {terms.precision:.3f}, {terms.recall:.3f} "
        f"({terms.extra} extra, {terms.missed} missed); with the last word {both.precision:.3f}, "
        f"{both.recall:.3f} ({both.extra} extra, {both.missed} missed)"
    )


def labelled_lines() -> list[Mapping[str, Any]]:
    """The passages of all hands in the languages that the encoder knows."""
    every = list(map(json.loads, OTHER_HANDS.read_text("utf-8").splitlines()))
    terms = Judge()
    every += [
        {"hand": FIRST, **asdict(passage), "wanted": passage.mention, "told": terms.finds(passage)}
        for passage in load_passages(FIRST)
    ]
    return [line for line in every if line["lang"] in LANGUAGES]


def main() -> int:
    """Print what is to be expected of passages of other hands, and write the parameters."""
    encoder = find_encoder()
    if encoder is None:
        print(f"needs the encoder: {REMEDY}")
        return 2
    measured = measure(labelled_lines(), encoder)
    lines: list[Mapping[str, Any]] = []
    found: list[bool] = []
    for hand in (*LATE_HANDS, FIRST):
        is_of = [line["hand"] == hand for line in measured.lines]
        model = learn(measured.part([not is_in for is_in in is_of]))
        theirs = measured.part(is_of)
        judged = judge(model, theirs)
        print(_said(hand, theirs.lines, judged), flush=True)
        if hand in LATE_HANDS:
            lines += theirs.lines
            found += judged
    print(_said("all but the first", lines, found))
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else SENSES / "cluster-strategies.json"
    place.write_text(sense_json(learn(measured)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
