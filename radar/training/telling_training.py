"""Trains which pages are told as a reporter does (candidates/telling.py), on labelled pages, and
writes its parameters.

    python -m radar.training.telling_training FOLDER

`FOLDER` holds files of open pages. Hands of press offices are called `plain-…`; those of
reporters are named in REPORTERS. Hands are judged in turn, each by what the others teach; the
threshold is the log odds that a tenth of the pages of press offices have in turn. Sums are
printed, never a text. The same pages give the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crawler.parsers.events.candidates.telling import measure_telling
from crawler.parsers.events.trained.telling_model import (
    OF_TELLING,
    TELLING_FILE,
    TELLING_VERSION,
    read_telling,
)
from radar.training.arguments import trainer_arguments
from radar.training.logistic import SparseRows, logistic
from radar.training.marked_pages import read_pages

REPORTERS = frozenset({58, 59, 60, 68, 69})
"""Numbers of the open hands that write as reporters do (benchmarks/training/README.md)."""
FIRST_PLAIN = 36
"""The first hand of press offices that teaches: from it on they write as such offices do."""
PRESS_TAKEN = 0.1
"""Share of the pages of press offices that may be taken for a reporter's."""


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page's measures, its hand, and whether a reporter tells it."""

    hand: str
    measures: Mapping[str, float]
    is_reported: bool


def main(folder: Path, parameters: Path = TELLING_FILE) -> None:
    """Train on the pages of a folder, print how the model does in turn, and write it."""
    pages = list(told_pages(folder))
    names = sorted({name for page in pages for name in page.measures})
    rows = SparseRows.of(pages, names)
    answers = np.array([float(page.is_reported) for page in pages])
    hands = np.array([page.hand for page in pages])
    odds = np.zeros(len(pages))
    for hand in sorted(set(hands)):
        others = hands != hand
        odds[~others] = rows.times(logistic(rows.only(others), answers[others]))[~others]
    threshold = float(np.quantile(odds[answers == 0], 1 - PRESS_TAKEN))
    _print_turns(pages, (odds > threshold).tolist())
    weights = logistic(rows, answers)
    content = {
        "version": TELLING_VERSION,
        OF_TELLING: {
            "weights": {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)},
            "threshold": round(threshold, 4),
        },
    }
    parameters.write_text(json.dumps(content, sort_keys=True) + "\n", "utf-8")
    read_telling.cache_clear()


def told_pages(folder: Path) -> Iterator[ToldPage]:
    """The pages of a folder that teach, in the order of their files."""
    for file in sorted(folder.glob("*.yaml")):
        sort, lang, number = file.stem.split("-")
        is_reported = sort == "odd" and int(number) in REPORTERS
        if not is_reported and (sort != "plain" or int(number) < FIRST_PLAIN):
            continue
        for record in read_pages(file):
            text = record["text"].removeprefix(record.get("title") or "")
            measures = measure_telling(text, lang)
            if measures is not None:
                yield ToldPage(f"{sort}-{number}", measures, is_reported)


def _print_turns(pages: Sequence[ToldPage], reported: Sequence[bool]) -> None:
    hands: dict[str, list[bool]] = {}
    for page, taken in zip(pages, reported, strict=True):
        told = "reporter" if page.is_reported else "press office"
        hands.setdefault(f"{page.hand} ({told})", []).append(taken)
    for hand, taken_of in sorted(hands.items()):
        share = sum(taken_of) / len(taken_of)
        print(f"{hand}: {len(taken_of)} pages, {share:.2f} taken for a reporter's")


if __name__ == "__main__":
    main(trainer_arguments(__doc__, turns=False).parse_args().folders[0])
