"""Learns which blocks of a page are its article, or the text of a page that is none, and writes the
parameters.

    python -m benchmarks.text_training measure BLOCKS.npz CORPUS…
    python -m benchmarks.text_training train BLOCKS.npz QUESTION…

The first step reads the labelled pages of the corpora and of the made-up sites and measures their
blocks; the second takes some minutes, and leaves the answers to other questions as they are.
Questions are `article` and `other`: the text of a thread, a list, a product, chosen after the
article's trees, whose choice counts as votes. Train `other` after `article`, with blocks measured
anew. Hosts that are set aside take no part in training: of
them nothing but sums is printed. The threshold is chosen on pages that the trees were not grown
from: the other hosts are parted into `FOLDS`, and each is judged by trees of the rest.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt

from benchmarks.pages.labelled_kinds import LabelledPage, labelled_pages, made_up_pages
from crawler.parsers.article.blocks import TextBlock, words_of
from crawler.parsers.article.body import candidates, ruled
from crawler.parsers.article.choice import PARAMETERS, measure_all, revise
from crawler.parsers.html import HtmlDocument
from indexer.records.errors import ParseError
from radar.training.boosting import Growth, Numbers, Tree, answers, grow

FOLDS = 3
GROWTHS = {
    "article": Growth(trees=220, depth=4, rate=0.1, measures=0.3),
    "other": Growth(trees=80, depth=4, rate=0.15, pages=0.3),
}
"""How the trees for each question are grown."""
THRESHOLDS = np.arange(-1.5, 1.01, 0.25)
MADE_UP = 0.3
"""Weight of a page of a made-up site; of a real one it is 1."""
PAGE, LEAST, MOST = 30.0, 0.03, 3.0
"""Weight of a page, parted among its blocks by their words; of a block at least and at most."""
SHORT = 150
"""Words; a shorter article counts as one of so many."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Blocks of pages, one row each."""

    names: tuple[str, ...]
    values: Numbers
    wanted: Numbers
    """1 for a block of the article."""
    words: Numbers
    weights: Numbers
    pages: npt.NDArray[np.int64]
    """Number of its page."""
    folds: npt.NDArray[np.int64]
    aside: npt.NDArray[np.bool_]
    other: npt.NDArray[np.bool_]
    """Its page is no article."""

    def only(self, rows: npt.NDArray[np.bool_]) -> Samples:
        """Some of the blocks."""
        columns = (getattr(self, field.name) for field in fields(self)[1:])
        return Samples(self.names, *(column[rows] for column in columns))


def measure_pages(corpora: Sequence[Path], target: Path) -> None:
    """Write the blocks of all labelled pages that can be read."""
    columns: dict[str, list[npt.NDArray[Any]]] = {}
    pages = (page for corpus in corpora for page in labelled_pages(corpus))
    number = 0
    for weight, group in ((1.0, pages), (MADE_UP, made_up_pages())):
        for page in group:
            if not page.text:
                continue
            for name, column in _measure(page, weight).items():
                columns.setdefault(name, []).append(column)
            number += 1
            columns.setdefault("page", []).append(np.full(len(columns["wanted"][-1]), number))
    with ZipFile(target, "w") as file:
        for name, parts in columns.items():
            with file.open(f"{name}.npy", "w") as target_file:
                np.save(target_file, np.concatenate(parts))


def _measure(page: LabelledPage, weight: float) -> dict[str, npt.NDArray[Any]]:
    try:
        blocks, voted = candidates(HtmlDocument(page.html()).tree)
    except ParseError:
        blocks, voted = [], []
    text, other = page.text or "", page.kind != "article"
    if other:
        voted = revise(blocks, voted, ruled(blocks, voted))
    words = np.array([len(b.words) for b in blocks], dtype=np.float64)
    share = PAGE * (words + 2) / max(SHORT, len(words_of(text)))
    measured = measure_all(blocks, voted) if blocks else {}
    return {
        **{f"measure {name}": column.astype(np.float32) for name, column in measured.items()},
        "wanted": np.array(list(_labels(blocks, text)), dtype=np.float64),
        "words": words,
        "weight": weight * np.clip(share, LEAST, MOST),
        "fold": np.full(len(blocks), _fold(page.group)),
        "aside": np.full(len(blocks), page.aside),
        "other": np.full(len(blocks), other),
    }


def _labels(blocks: Sequence[TextBlock], text: str) -> Iterator[bool]:
    """Half of a block's shingles are the article's; a short block is one of its lines."""
    lines = {words_of(line) for line in text.split("\n")}
    known = set(_shingles(words_of(text)))
    for block in blocks:
        own = _shingles(block.words)
        yield 2 * sum(s in known for s in own) >= len(own) if own else block.words in lines


def _shingles(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def _fold(name: str) -> int:
    """By another hash than that by which hosts are set aside."""
    return int(hashlib.sha256(f"fold {name}".encode()).hexdigest(), 16) % FOLDS


def load_samples(path: Path) -> Samples:
    """The blocks of a file that `measure` wrote."""
    with np.load(path) as given:
        names = tuple(n.removeprefix("measure ") for n in given.files if n.startswith("measure "))
        return Samples(
            names,
            np.stack([given[f"measure {name}"] for name in names], axis=1).astype(np.float64),
            *(
                given[name]
                for name in ("wanted", "words", "weight", "page", "fold", "aside", "other")
            ),
        )


def train(samples: Samples, growth: Growth) -> dict[str, Any]:
    """The answer to a question: threshold and trees; prints how right they are."""
    trees = _grown(samples, ~samples.aside, growth)
    odds = answers(trees, samples.values)
    for fold in range(FOLDS):
        held = ~samples.aside & (samples.folds == fold)
        others = ~samples.aside & (samples.folds != fold)
        odds[held] = answers(_grown(samples, others, growth), samples.values[held])
    scores = [_f1(samples, odds > t, ~samples.aside) for t in THRESHOLDS]
    threshold = float(THRESHOLDS[int(np.argmax(scores))])
    vote = samples.values[:, samples.names.index("vote")] > 0
    print("words of the right blocks, F1: open / aside")
    for name, chosen in (("by vote", vote), (f"by trees at {threshold}", odds > threshold)):
        parts = [_f1(samples, chosen, samples.aside == aside) for aside in (False, True)]
        print(f"  {name}: {parts[0]:.4f} / {parts[1]:.4f}")
    return {"threshold": threshold, "trees": trees}


def _grown(samples: Samples, rows: npt.NDArray[np.bool_], growth: Growth) -> list[Tree]:
    return grow(samples.values[rows], samples.wanted[rows], samples.weights[rows], growth)


def _f1(samples: Samples, chosen: npt.NDArray[np.bool_], part: npt.NDArray[np.bool_]) -> float:
    """Mean over pages of the F1 of words."""

    def words(rows: npt.NDArray[np.bool_]) -> Numbers:
        return np.bincount(samples.pages, samples.words * rows).astype(np.float64)

    wanted = samples.wanted > 0
    both, either = words(chosen & wanted & part), words(chosen & part) + words(wanted & part)
    pages = np.bincount(samples.pages[part], minlength=len(both)) > 0
    return float((2 * both[pages] / np.maximum(1, either[pages])).mean())


def main(task: str, path: Path, *others: str) -> None:
    """Measure or train."""
    if task == "measure":
        measure_pages(tuple(map(Path, others)), path)
        return
    samples = load_samples(path)
    parameters = json.loads(PARAMETERS.read_text("utf-8"))
    parameters["measures"] = samples.names
    for question in others:
        print(question)
        rows = samples.other == (question == "other")
        parameters["questions"][question] = train(samples.only(rows), GROWTHS[question])
    PARAMETERS.write_text(json.dumps(parameters, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
