"""Trains the models of events on labelled pages, and writes their parameters.

    python -m radar.training.event_training FOLDER…

The folders hold labelled pages (marked_pages.py) with every mention of an event (`_events`) and of
a body (`_orgs`). Each is split by host (event_parts.py): weights are fitted on the part `train`,
thresholds chosen on `chosen-on` and on the hosts of `train` in turn, each judged by weights of the
others. The blind part takes no part. Sums are printed, never a text. The same pages give the same
file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from crawler.parsers.events.candidates.measures import measure_mentions
from crawler.parsers.events.candidates.selection import choose_main, find_events, group_for_choice
from crawler.parsers.events.trained.linear_model import PARAMETERS, VERSION
from radar.training.event_parts import FOLDS, fold_of, split_folders
from radar.training.labelled_pages import LabelledPage, TrainingReader, read_lines
from radar.training.logistic import Numbers, logistic, matrix
from radar.training.marked_pages import read_folder
from radar.training.shipped_pages import OWN

SHARES = (0.25, 0.5, 1.0)
"""Shares of the hosts that the learning curve is drawn from."""
MOST_ODDS = 20.0
"""Threshold of a question that is never answered with yes."""
FEWEST = 4
"""Samples that a measure needs to get a weight."""
EVENT_PRECISION = 0.85
"""Share of the events of a page that are events; those that rules give count."""
MOST_FALSE_PAGES = 0.05
"""Share of the pages without an event that may be given one; those that rules give count."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The measures of something, and whether the labels say yes."""

    host: str
    measures: Mapping[str, float]
    answer: bool
    given: bool = False
    """The rules say yes: the model is not asked."""


@dataclass(frozen=True, slots=True)
class GatePage:
    """The groups of mentions of a page, and whether it tells of any event."""

    samples: Sequence[Sample]
    has_event: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, and the log odds of samples by weights that saw none of their host."""

    weights: Mapping[str, float]
    of_train: Numbers
    of_chosen: Numbers


def main(folders: Sequence[Path], parameters: Path = PARAMETERS) -> None:
    """Train on the pages of the folders, print how the gate does, write the parameters."""
    reader = TrainingReader()
    parts = split_folders([read_folder(folder) for folder in folders])
    own = [reader.read(record) for record in read_lines(OWN)]
    train, chosen = (
        gate_pages([reader.read(record) for record in parts[part]])
        for part in ("train", "chosen-on")
    )
    questions = {"event": fit_gate(train, chosen, list(left_out_samples(own)))}
    written = {"version": VERSION, "questions": questions}
    parameters.write_text(json.dumps(written, indent=0, sort_keys=True) + "\n", "utf-8")


def gate_pages(pages: Sequence[LabelledPage]) -> list[GatePage]:
    """What the gate is asked about pages."""
    return [
        GatePage(
            list(event_samples(page)),
            has_event=any(not event.get("optional") for event in page.record["events"]),
        )
        for page in pages
    ]


def event_samples(labelled: LabelledPage) -> Iterator[Sample]:
    """Groups of mentions, and whether each is an event of the labels: a second group of one event
    is none, an optional event is left out.
    """
    chosen = find_events(labelled.page, labelled.candidates)
    by_rules = {id(candidate) for event in chosen for candidate in event.candidates}
    groups = group_for_choice(labelled.page, labelled.candidates)
    main = choose_main(labelled.page, groups)
    for group, event in labelled.events_of_groups(groups):
        given = any(id(candidate) in by_rules for candidate in group.candidates)
        measures = measure_mentions(labelled.page, group, groups, main)
        yield Sample(labelled.host, measures, answer=event is not None, given=given)


def left_out_samples(pages: Sequence[LabelledPage]) -> Iterator[Sample]:
    """Groups of mentions on pages that rules were written from, which the rules take for no event:
    there they are right, and what they take for one teaches nothing.
    """
    for labelled in pages:
        chosen = find_events(labelled.page, labelled.candidates)
        taken = {id(candidate) for event in chosen for candidate in event.candidates}
        groups = group_for_choice(labelled.page, labelled.candidates)
        main = choose_main(labelled.page, groups)
        for group in groups:
            if not any(id(candidate) in taken for candidate in group.candidates):
                measures = measure_mentions(labelled.page, group, groups, main)
                yield Sample(labelled.host, measures, answer=False)


def fit_gate(
    train: Sequence[GatePage], chosen: Sequence[GatePage], further: Sequence[Sample]
) -> dict[str, Any]:
    """The weights and thresholds of the gate of events, as they are written."""
    of_train, of_chosen = (
        [sample for page in pages for sample in page.samples] for pages in (train, chosen)
    )
    fitted = fit_weights(of_train, of_chosen, further)
    both = [(train, by_page(train, fitted.of_train)), (chosen, by_page(chosen, fitted.of_chosen))]
    pages, odds = [page for part, _ in both for page in part], [o for _, part in both for o in part]
    alone = choose_alone(pages, odds)
    threshold = choose_further(pages, odds, alone)
    alone = max(alone, threshold)
    for part, (of_part, odds_of_part) in zip(("train, in turn", "chosen-on"), both, strict=True):
        yes = [let_in(p, o, alone, threshold) for p, o in zip(of_part, odds_of_part, strict=True)]
        truth = answers_of([sample for page in of_part for sample in page.samples])
        report(f"event: {part}", np.concatenate(yes), truth)
        false = sum(
            bool(y.any()) for y, page in zip(yes, of_part, strict=True) if not page.has_event
        )
        without = sum(not page.has_event for page in of_part)
        print(f"event: {part}: given an event: {false} of {without} pages without one")
    return {
        "weights": fitted.weights,
        "threshold": round(threshold, 4),
        "alone": round(alone, 4),
    }


def by_page(pages: Sequence[GatePage], odds: Numbers) -> list[Numbers]:
    """Log odds of all samples, cut into those of each page."""
    ends = np.cumsum([len(page.samples) for page in pages])
    return np.split(odds, ends[:-1])


def let_in(page: GatePage, odds: Numbers, alone: float, threshold: float) -> npt.NDArray[np.bool_]:
    """Which of the groups of a page count as events, as selection.py decides it."""
    given = np.array([sample.given for sample in page.samples], dtype=bool)
    if not given.any() and (not len(odds) or odds.max() <= alone):
        return given
    return given | (odds > threshold)


def choose_alone(pages: Sequence[GatePage], odds: Sequence[Numbers]) -> float:
    """The lowest log odds of the first event of a page without one by rules, by which so few pages
    without an event are given one.
    """
    false = [
        np.inf if any(s.given for s in page.samples) else max(of_page, default=-np.inf)
        for page, of_page in zip(pages, odds, strict=True)
        if not page.has_event
    ]
    if not false:
        return -MOST_ODDS
    allowed = int(MOST_FALSE_PAGES * len(false))
    return min(MOST_ODDS, float(sorted(false, reverse=True)[allowed]))


def choose_further(pages: Sequence[GatePage], odds: Sequence[Numbers], alone: float) -> float:
    """The lowest log odds of further events that keep the share of right ones."""
    truth = answers_of([sample for page in pages for sample in page.samples])
    for threshold in sorted(np.concatenate(odds)):
        yes = np.concatenate(
            [let_in(page, o, alone, threshold) for page, o in zip(pages, odds, strict=True)]
        )
        if yes.any() and truth[yes].mean() >= EVENT_PRECISION:
            return min(MOST_ODDS, float(threshold))
    return MOST_ODDS


def answers_of(samples: Sequence[Sample]) -> Numbers:
    """1 for yes, 0 for no."""
    return np.array([float(sample.answer) for sample in samples])


def report(title: str, yes: npt.NDArray[np.bool_], truth: Numbers) -> None:
    """Print how many answers are right."""
    right = float(truth[yes].sum())
    print(
        f"{title}: {len(truth)} samples, {truth.sum():.0f} yes,"
        f" precision {right / max(1, yes.sum()):.2f}, recall {right / truth.sum():.2f}"
    )


def fit_weights(
    train: Sequence[Sample], chosen: Sequence[Sample], further: Sequence[Sample]
) -> Fitted:
    """A model of `train` and `further`; its learning curve is printed."""
    counts = Counter(name for sample in (*train, *further) for name in sample.measures)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    values, answers = matrix([*train, *further], names), answers_of([*train, *further])
    fold = np.array([fold_of(s.host) for s in train] + [FOLDS] * len(further))
    odds = np.zeros(len(train))
    for number in range(FOLDS):
        inside = fold == number
        odds[inside[: len(train)]] = values[inside] @ logistic(values[~inside], answers[~inside])
    weights = logistic(values, answers)
    of_chosen = matrix(chosen, names)
    hosts = [s.host for s in (*train, *further)]
    curve = learning_curve(hosts, values, answers, of_chosen, answers_of(chosen))
    print(f"event: {curve}")
    rounded = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    return Fitted(rounded, odds, of_chosen @ weights)


def learning_curve(
    hosts: Sequence[str],
    values: Numbers,
    answers: Numbers,
    chosen: Numbers,
    of_chosen: Numbers,
) -> str:
    """Average precision on chosen-on of what is learnt from shares of the hosts."""
    reached = []
    for share in SHARES:
        rows = np.flatnonzero([_rank(name) < share for name in hosts])
        odds = chosen @ logistic(values[rows], answers[rows])
        reached.append(f"{share:.0%} {average_precision(odds, of_chosen):.3f}")
    return "average precision on chosen-on by share of the hosts: " + ", ".join(reached)


def _rank(name: str) -> float:
    """0 to 1, the same for a host in every run; 0 for texts of none."""
    return crc32(name.encode()) / 2**32 if name else 0.0


def average_precision(odds: Numbers, answers: Numbers) -> float:
    """Mean of the precision at each right answer, from the surest on: 1 where all come first."""
    right = answers[np.argsort(-odds, kind="stable")]
    shares = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float((shares * right).sum() / max(1.0, right.sum()))


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
