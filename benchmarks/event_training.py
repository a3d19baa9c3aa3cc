"""Trains the models of events on labelled pages, and writes their parameters.

    python -m benchmarks.event_training FOLDER [PARAMETERS.json]

The folder holds pages as `*.jsonl` with every mention of an event labelled (`_events`: surface,
event). They are split by host (event_parts.py): weights are fitted on the part `train`, thresholds
chosen on `chosen-on` and on the pages of `train` in turn, each judged by weights of the others. The
blind part takes no part. Sums are printed, never a text. The same pages give the same file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.event_parts import split_training
from benchmarks.events import OWN
from crawler.parsers.events import EventReader
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.measures import measure_mentions
from crawler.parsers.events.candidates.selection import choose_main, find_events, group_for_choice
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.trained.linear_model import PARAMETERS, VERSION
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.reference import load_reference

FOLDS = 6
FEWEST = 4
"""Samples that a measure needs to get a weight."""
PENALTY = 3.0
"""Of squared weights, against learning single pages by heart."""
PRECISION = {"event": 0.93}
"""Share of right answers that a threshold must keep, by question."""

Numbers = npt.NDArray[np.float64]
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """The measures of something, and whether the labels say yes."""

    page: int
    measures: Mapping[str, float]
    answer: bool


def main(folder: Path, parameters: Path = PARAMETERS) -> None:
    """Train on the pages of a folder, print how the models do, write the parameters."""
    records = [record for file in sorted(folder.glob("*.jsonl")) for record in read_lines(file)]
    parts = split_training(records)
    reader = TrainingReader()
    train = [reader.read(record) for record in parts["train"]]
    chosen = [reader.read(record) for record in parts["chosen-on"]]
    own = [reader.read(record) for record in read_lines(OWN)]
    training = [*event_samples(train), *left_out_samples(own, first=len(train))]
    questions = {"event": fit("event", training, list(event_samples(chosen)))}
    written = {"version": VERSION, "questions": questions}
    parameters.write_text(json.dumps(written, indent=0, sort_keys=True) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with all that may be an event, and its labels."""

    page: AnnotatedPage
    candidates: Sequence[Candidate]
    record: Record

    def events_of(self, candidate: Candidate) -> list[int]:
        """The labelled events that a candidate mentions."""
        base = self._base(candidate.sentence.part)
        start, end = candidate.head[0] + base, candidate.head[1] + base
        spans = find_spans(self.record["text"], self.record.get("_events", ()))
        return [event for s, e, event in spans if event is not None and s < end and start < e]

    def _base(self, part: str) -> int:
        """Where a part of the page begins in the labelled text."""
        return max(0, str(self.record["text"]).find(self.page.texts[part]))


class TrainingReader:
    """Reads labelled pages as the program does, up to what the models judge."""

    def __init__(self) -> None:
        reference = load_reference()
        self._pages = PageReader(reference)
        self._events = EventReader(reference)

    def read(self, record: Record) -> LabelledPage:
        """A page as the models see it."""
        page = self.annotate(record)
        return LabelledPage(page, self._events.candidates(page), record)

    def annotate(self, record: Record) -> AnnotatedPage:
        """The annotated page of a record."""
        raw = RawPage(
            html=None,
            text=record["text"],
            url=record.get("url"),
            published=record.get("published"),
        )
        page = self._pages.read(raw)
        mentions = tuple(m for m in page.mentions if not m.field.startswith("events["))
        return self._events.annotate(replace(page, events=(), mentions=mentions))


def event_samples(pages: Sequence[LabelledPage], first: int = 0) -> Iterator[Sample]:
    """Groups of mentions, and whether each is an event of the labels: a second group of one event
    is none, an optional event is left out.
    """
    for number, labelled in enumerate(pages, first):
        groups = group_for_choice(labelled.page, labelled.candidates)
        main = choose_main(labelled.page, groups)
        taken: set[int] = set()
        for group in sorted(groups, key=lambda g: -g.score):
            events = [event for c in group.candidates for event in labelled.events_of(c)]
            event = Counter(events).most_common(1)[0][0] if events else None
            measures = measure_mentions(labelled.page, group, groups, main)
            if event is None or event in taken:
                yield Sample(number, measures, answer=False)
            elif not labelled.record["events"][event].get("optional"):
                taken.add(event)
                yield Sample(number, measures, answer=True)


def left_out_samples(pages: Sequence[LabelledPage], first: int) -> Iterator[Sample]:
    """Groups of mentions on pages that rules were written from, which the rules take for no event:
    there they are right, and what they take for one teaches nothing.
    """
    for number, labelled in enumerate(pages, first):
        chosen = find_events(labelled.page, labelled.candidates)
        taken = {id(candidate) for event in chosen for candidate in event.candidates}
        groups = group_for_choice(labelled.page, labelled.candidates)
        main = choose_main(labelled.page, groups)
        for group in groups:
            if not any(id(candidate) in taken for candidate in group.candidates):
                measures = measure_mentions(labelled.page, group, groups, main)
                yield Sample(number, measures, answer=False)


def find_spans(text: str, mentions: Sequence[Record]) -> Iterator[tuple[int, int, int | None]]:
    """Where mentions stand, which are listed in reading order, and the event of each."""
    at = 0
    for mention in mentions:
        surface = mention["surface"]
        start = text.find(surface, at)
        start = start if start >= 0 else text.find(surface)
        if start >= 0:
            at = start + len(surface)
            yield start, at, mention["event"]


def read_lines(file: Path) -> list[Record]:
    """The records of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def fit(question: str, train: Sequence[Sample], chosen: Sequence[Sample]) -> dict[str, Any]:
    """The weights and the threshold of a model, as they are written."""
    counts = Counter(name for sample in train for name in sample.measures)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    values, answers = matrix(train, names), np.array([float(s.answer) for s in train])
    fold = np.array([sample.page % FOLDS for sample in train])
    odds = np.zeros(len(train))
    for number in range(FOLDS):
        inside = fold == number
        odds[inside] = values[inside] @ logistic(values[~inside], answers[~inside])
    weights = logistic(values, answers)
    of_chosen = np.array([float(s.answer) for s in chosen])
    odds_chosen = matrix(chosen, names) @ weights
    threshold = choose_threshold(
        np.concatenate([odds, odds_chosen]),
        np.concatenate([answers, of_chosen]),
        PRECISION[question],
    )
    for part, scores, truth in (
        ("train, in turn", odds, answers),
        ("chosen-on", odds_chosen, of_chosen),
    ):
        right = float(truth[scores > threshold].sum())
        print(
            f"{question}: {part}: {len(truth)} samples, {truth.sum():.0f} yes,"
            f" precision {right / max(1, (scores > threshold).sum()):.2f},"
            f" recall {right / truth.sum():.2f}"
        )
    rounded = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    return {"weights": rounded, "threshold": round(threshold, 4)}


def matrix(samples: Sequence[Sample], names: Sequence[str]) -> Numbers:
    """A row for every sample, a column for every measure."""
    return np.array([[s.measures.get(name, 0.0) for name in names] for s in samples])


def logistic(values: Numbers, answers: Numbers) -> Numbers:
    """Weights of the logistic regression with a penalty of squares, by Newton's method."""
    weights = np.zeros(values.shape[1])
    ridge = np.eye(values.shape[1]) * PENALTY
    for _ in range(30):
        share = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (share - answers) + PENALTY * weights
        bend = (values * (share * (1 - share))[:, None]).T @ values + ridge
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def choose_threshold(odds: Numbers, answers: Numbers, precision: float) -> float:
    """The lowest log odds from which on so large a share of the answers is right."""
    order = np.argsort(-odds, kind="stable")
    shares = np.cumsum(answers[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(shares >= precision)
    return float(odds[order[good[-1]]]) - 1e-6 if len(good) else float("inf")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
