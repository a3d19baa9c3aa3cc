"""Trains the confidence of values on labelled pages, and writes its parameters.

    python -m radar.training.confidence_training [--blind] FOLDER…

The folders hold labelled pages, each split by host (event_parts.py); the program's own texts are
added. The model is boosted trees over measures of each value. A table says
how many values are sure and right: for `train` by models of the other hands, for `chosen-on` and,
where asked for, `blind` by what `train` teaches. What is written learnt from both, never from
`blind`. Sums are printed, never a text. The same pages give the same file.

Values of plain press pages count twice: partners write like those. Odd wording teaches which
measures warn, and counts once. The own texts count three times: rules were written from them, but
they are the only single sentences, one value in twenty.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.parsers.events.assembly.event_values import field_of
from crawler.parsers.events.trained.confidence_model import (
    CONFIDENCE_FILE,
    CONFIDENCE_VERSION,
    OF_VALUE,
)
from indexer.records.document import SURE
from indexer.records.reference import Reference, load_reference
from radar.training.arguments import trainer_arguments
from radar.training.boosting import Growth, Tree, answers, grow
from radar.training.event_parts import FOLDS, fold_of, folder_of_turn, read_parts
from radar.training.joint_fit import FEWEST
from radar.training.labelled_pages import DraftReader, Record, group_of
from radar.training.logistic import Numbers, matrix
from radar.training.shipped_pages import OPEN_PAGES, OWN, PLAIN_PAGES, read_lines
from radar.training.value_answers import answers as labelled_answers
from radar.training.value_answers import flat, unlabelled_fields

GROWTH = Growth(trees=500, depth=6, rate=0.03, least=3.0)
PLAIN = frozenset({PLAIN_PAGES.name, OPEN_PAGES.name})
"""Folders of pages in plain press prose."""
PLAIN_WEIGHT = 2.0
"""What a value of a plain press page counts; those of odd wording count 1."""
OWN_TEXTS = "own texts"
OWN_WEIGHT = 3.0
"""What a value of the own texts counts: with 1 fewer of them are sure (.54 for .69), with 3 or 6 as
many values of pages kept back (.35, .36 for .35) and as many of these right (.946, .944 for .946).
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A value that was read, and whether the labels say the same."""

    pages: str
    """Folder of its page."""
    part: str
    group: str
    field: str
    measures: Mapping[str, float]
    right: bool


def main(
    folders: Sequence[Path],
    parameters: Path = CONFIDENCE_FILE,
    *,
    trained: Path | None = None,
    blind: bool = False,
    drafts: DraftReader | None = None,
    turns: Path | None = None,
) -> None:
    """Train on the pages of the folders, print how the model does, write the parameters.

    `trained`: folder of other parameters than those of the program, with which pages are read;
    `turns`: folder of parameters in turn, with which pages are read that have taught something.
    """
    reader = ValueReader(replace(load_reference(), parameters=trained), drafts, turns)
    samples = [
        sample
        for folder in folders
        for part, records in read_parts([folder]).items()
        if blind or part != "blind"
        for sample in reader.read_all(records, folder.name, part)
    ]
    samples += reader.read_all(read_lines(OWN), OWN_TEXTS, "train")
    teaching = [s for s in samples if s.part != "blind"]
    counts = Counter(name for sample in teaching for name in sample.measures)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    print(*table(samples, judge(samples, names)), sep="\n")
    asked, trees = _only_asked(names, grow_trees(teaching, names))
    written = {
        "version": CONFIDENCE_VERSION,
        "fields": sorted({sample.field for sample in teaching}),
        "measures": asked,
        "questions": {OF_VALUE: {"trees": trees, "threshold": 0.0}},
    }
    parameters.write_text(json.dumps(written, sort_keys=True) + "\n", "utf-8")


def _only_asked(names: Sequence[str], trees: Sequence[Tree]) -> tuple[list[str], list[Tree]]:
    """The measures that trees ask, and the trees over these alone."""
    numbers = sorted({int(node[0]) for tree in trees for node in tree if len(node) > 1})
    places = {number: float(place) for place, number in enumerate(numbers)}
    return [names[number] for number in numbers], [
        [[places[int(node[0])], *node[1:]] if len(node) > 1 else node for node in tree]
        for tree in trees
    ]


class ValueReader:
    """Reads labelled pages as the program does, with what the confidence is judged by, also the
    values that are left out for being unlikely.

    Events and roles are those in turn; themes and houses are chosen by models that may have seen a
    page (there are none in turn), so that their confidence may be told too high.
    """

    def __init__(
        self,
        reference: Reference,
        drafts: DraftReader | None = None,
        turns: Path | None = None,
    ) -> None:
        self._drafts = drafts or DraftReader(reference)
        folders = [folder_of_turn(turns, turn) for turn in range(FOLDS)] if turns else []
        self._events = self._drafts.events.with_parameters(reference.parameters, judged=False)
        self._turns = [self._events.with_parameters(folder, judged=False) for folder in folders]

    def read_all(self, records: Sequence[Record], pages: str, part: str) -> Iterator[Sample]:
        """The values of pages that the labels answer, but for fields that their hand left out."""
        labels: dict[str, list[Any]] = defaultdict(list)
        for record in records:
            labels[group_of(record)] += record["events"]
        left_out = {name: unlabelled_fields(events) for name, events in labels.items()}
        for record in records:
            for sample in self.read(record, pages, part):
                if sample.field not in left_out[sample.group]:
                    yield sample

    def read(self, record: Record, pages: str, part: str) -> Iterator[Sample]:
        """The values of a page that the labels answer."""
        name = group_of(record)
        reads = self._turns[fold_of(name)] if self._turns and part == "train" else self._events
        assembled = reads.assemble(self._drafts.read(record))
        events = [flat(one.event) for one in assembled]
        for index, one in enumerate(assembled):
            mentions = [
                asdict(m) | {"surface": record["text"][m.start : m.end]}
                for m in one.mentions(index)
            ]
            truth = labelled_answers(record["events"], events, mentions)
            # Not strict: what further stops add to the values of an event has not been measured.
            for (path, _), measures, right in zip(one.evidence, one.measures, truth, strict=False):
                if right is not None:
                    yield Sample(pages, part, name, field_of(path), measures, right)


def judge(samples: Sequence[Sample], names: Sequence[str]) -> Numbers:
    """The share of right values that is expected of each, by trees that saw none of its group."""
    fold = np.array([fold_of(s.group) if s.part == "train" else -1 for s in samples])
    values = matrix(samples, names)
    shares = np.zeros(len(samples))
    for number in range(-1, FOLDS):
        inside = fold == number
        if inside.any():
            known = [s for s, f in zip(samples, fold, strict=True) if f not in (-1, number)]
            shares[inside] = 1 / (1 + np.exp(-answers(grow_trees(known, names), values[inside])))
    return shares


def grow_trees(samples: Sequence[Sample], names: Sequence[str]) -> list[Tree]:
    """Trees whose sum is the log odds of a value's being right, of weighted samples."""
    truth = np.array([float(sample.right) for sample in samples])
    weights = {**dict.fromkeys(PLAIN, PLAIN_WEIGHT), OWN_TEXTS: OWN_WEIGHT}
    counted = np.array([weights.get(s.pages, 1.0) for s in samples])
    return grow(matrix(samples, names), truth, counted, GROWTH)


def table(samples: Sequence[Sample], shares: Numbers) -> Iterator[str]:
    """Of each folder and part, and each field of a folder: values, share of sure ones, share of
    these that are right, and of the surest half.
    """
    right = np.array([sample.right for sample in samples])
    for pages in dict.fromkeys(sample.pages for sample in samples):
        here = np.array([sample.pages == pages for sample in samples])
        for part in dict.fromkeys(s.part for s in samples if s.pages == pages):
            inside = here & np.array([sample.part == part for sample in samples])
            yield f"{pages}, {part}: {_sums(right[inside], shares[inside])}"
        for field in sorted({sample.field for sample in samples if sample.pages == pages}):
            inside = here & np.array([sample.field == field for sample in samples])
            yield f"    {field:28} {_sums(right[inside], shares[inside])}"


def _sums(right: npt.NDArray[np.bool_], shares: Numbers) -> str:
    sure = shares >= SURE
    of_sure = f"{right[sure].mean():.2f} of {sure.sum()}" if sure.any() else "none"
    half = np.argsort(-shares, kind="stable")[: (len(shares) + 1) // 2]
    told = f"n {len(right)}, sure {sure.mean():.2f}, right among sure {of_sure}"
    return f"{told}, of the surest half {right[half].mean():.2f}"


if __name__ == "__main__":
    parser = trainer_arguments(__doc__)
    parser.add_argument("--blind", action="store_true", help="print the blind part, too")
    given = parser.parse_args()
    main(given.folders, blind=given.blind, turns=given.turns)
