"""Trains the models of events on labelled pages, and writes their parameters.

    python -m radar.training.event_training [--corpora FOLDER] FOLDER…

The folders hold labelled pages (marked_pages.py) with every mention of an event (`_events`) and of
a body (`_orgs`). Each is split by host (event_parts.py): weights are fitted on the part `train`,
thresholds chosen on `chosen-on` and on the hands of `train` in turn, each judged by weights of the
others. The blind part takes no part. With the corpora the gate learns from real pages of general
sites, too (real_pages.py), whose sites are judged in turn. Sums are printed, never a text. The same
pages give the same file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from crawler.parsers.events.candidates.dated_lines import find_dated_lines
from crawler.parsers.events.candidates.event_neighbours import measure_neighbours
from crawler.parsers.events.candidates.head_words import OF_WORD
from crawler.parsers.events.candidates.measures import is_general
from crawler.parsers.events.candidates.selection import (
    SURE_OF_RULES,
    choose_main,
    find_events,
    group_for_choice,
    measure_events,
)
from crawler.parsers.events.trained.event_models import OF_GATE, OF_PAGE, PARAMETERS, VERSION
from crawler.parsers.events.trained.linear_model import LinearModel
from radar.training.arguments import trainer_arguments
from radar.training.event_parts import (
    FOLDS,
    TAUGHT,
    TrainingPart,
    folder_of_turn,
    read_parts,
)
from radar.training.head_training import HeadModels
from radar.training.joint_fit import (
    FURTHER,
    MOST_ODDS,
    Fitted,
    Sample,
    average_precision,
    fit,
    structure_of,
)
from radar.training.labelled_pages import DraftReader, LabelledPage, TrainingReader
from radar.training.logistic import Numbers, SparseRows, logistic
from radar.training.marked_pages import read_folder
from radar.training.real_pages import read_real_pages
from radar.training.shipped_pages import OWN, PAGES_WITHOUT_EVENT, read_lines

SHARES = (0.25, 0.5, 1.0)
"""Shares of the hands that the learning curve is drawn from."""
EVENT_PRECISION = 0.89
"""Share of the events of a page that are events; those that rules give count."""
MOST_FALSE_PAGES = 0.023
"""Share of the pages without an event that may be given one, hands in turn; those that rules give
count. Half of what is asked for on pages of unseen hands (5 %): a threshold of 1.0 gave one to 22
of 1,026 pages in turn, on many of which rules were mended, and to 10 of 202 of unseen hands.
"""
MOST_FALSE_GENERAL = 0.04
"""The same of pages that name nothing of the field: general press tells of fewer events by words
that rules know, so its events look less likely than they are.
"""
WRONG_OF_DOUBTED = 0.6
"""Share of pages with a wrong event, or none at all, among those whose events by rules the gate
doubts.
"""
_LEAST = 1e-4
"""What log odds are written with."""


def _nothing(odds: Sequence[float]) -> list[Mapping[str, float]]:
    return [{} for _ in odds]


@dataclass(frozen=True, slots=True)
class GatePage:
    """The groups of mentions of a page, and whether it tells of any event."""

    samples: Sequence[Sample]
    given: Sequence[bool]
    """Whether the rules say yes: the model is not asked."""
    has_event: bool
    chooses: bool = True
    """Whether the threshold of further events is chosen on it, too."""
    general: bool = False
    """Whether it names nothing of the field."""
    around: Callable[[Sequence[float]], Sequence[Mapping[str, float]]] = _nothing
    """From what the gate says of the groups to what that says of each (event_neighbours.py)."""


@dataclass(frozen=True, slots=True)
class Least:
    """Log odds that the first event of a page must have where rules give none."""

    alone: float
    general: float
    """On a page that names nothing of the field."""


def main(
    folders: Sequence[Path],
    parameters: Path = PARAMETERS,
    drafts: DraftReader | None = None,
    turns: Path | None = None,
    corpora: Path | None = None,
) -> None:
    """Train on the pages of the folders, and on real ones where the folder of `corpora` is given;
    print how the gate does, write the parameters, and into the folder `turns` those in turn.
    """
    reader = TrainingReader(drafts)
    parts = read_parts(folders)
    real = read_real_pages(corpora) if corpora else []
    parts["train"] += real
    diluting = {page["id"] for page in read_folder(PAGES_WITHOUT_EVENT)}
    own = [reader.read(record) for record in read_lines(OWN)]
    train, chosen = ([reader.read(record) for record in parts[part]] for part in TAUGHT)
    heads = HeadModels(train)
    gates = fit_gate(
        [gate_page(page, "train", heads.of(page), diluting) for page in train],
        [gate_page(page, "chosen-on", heads.whole, diluting) for page in chosen],
        list(left_out_samples(own, heads.whole)),
        len(real),
    )
    for turn, gate in enumerate(gates):
        questions = {**gate["questions"], OF_WORD: heads.written(turn)}
        written = {"version": VERSION, "measures": gate["measures"], "questions": questions}
        content = json.dumps(written, indent=0, sort_keys=True) + "\n"
        if turns is not None:
            folder = folder_of_turn(turns, turn)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / PARAMETERS.name).write_text(content, "utf-8")
    parameters.write_text(content, "utf-8")


def gate_page(
    labelled: LabelledPage,
    part: TrainingPart,
    heads: LinearModel | None = None,
    diluting: Collection[str] = (),
) -> GatePage:
    """Groups of mentions, and whether each is an event of the labels: a second group of one event
    is none, an optional event is left out. `heads`: which words are heads of events' names;
    `diluting`: ids of pages that were sought for having no event.
    """
    by_rules = _taken_by_rules(labelled)
    groups = group_for_choice(labelled.page, labelled.candidates)
    main = choose_main(labelled.page, groups)
    lines = find_dated_lines(labelled.page)
    measured = measure_events(labelled.page, groups, main, heads, lines)
    answers = {id(group): event is not None for group, event in labelled.events_of_groups(groups)}
    samples, given, judged = [], [], []
    for group, measures in zip(groups, measured, strict=True):
        if id(group) not in answers:
            continue
        samples.append(Sample(part, labelled.group, measures, answers[id(group)]))
        given.append(any(id(candidate) in by_rules for candidate in group.candidates))
        judged.append(group)
    has_event = any(not event.get("optional") for event in labelled.record["events"])
    around = partial(measure_neighbours, judged, lines=lines)
    chooses, general = labelled.record["id"] not in diluting, is_general(labelled.page)
    return GatePage(samples, given, has_event, chooses, general, around)


def left_out_samples(
    pages: Sequence[LabelledPage], heads: LinearModel | None = None
) -> Iterator[Sample]:
    """Groups of mentions on pages that rules were written from, which the rules take for no event:
    there they are right, and what they take for one teaches nothing.
    """
    for labelled in pages:
        taken = _taken_by_rules(labelled)
        groups = group_for_choice(labelled.page, labelled.candidates)
        main = choose_main(labelled.page, groups)
        lines = find_dated_lines(labelled.page)
        measured = measure_events(labelled.page, groups, main, heads, lines)
        for group, measures in zip(groups, measured, strict=True):
            if not any(id(candidate) in taken for candidate in group.candidates):
                name = labelled.group
                yield Sample(FURTHER, name, measures, answer=False)


def _taken_by_rules(labelled: LabelledPage) -> set[int]:
    """Identities of the candidates that the rules take for events."""
    chosen = find_events(labelled.page, labelled.candidates)
    return {id(candidate) for event in chosen for candidate in event.candidates}


def fit_gate(
    train: Sequence[GatePage],
    chosen: Sequence[GatePage],
    further: Sequence[Sample],
    real: int = 0,
) -> list[dict[str, Any]]:
    """The gate of events with its thresholds, as it is written, in turn (turn_of); `real`: how many
    pages at the end of `train` are real ones, which are reported by themselves.
    """
    pages = [*train, *chosen]
    samples = [*(sample for page in pages for sample in page.samples), *further]
    names = structure_of(samples)
    first = fit(samples, names)
    print(f"event: {learning_curve(samples, first)}")
    odds = by_page(pages, first.odds[: len(samples) - len(further)])
    samples = [sample for page, o in zip(pages, odds, strict=True) for sample in _again(page, o)]
    names += [name for name in structure_of(samples) if name not in names]
    second = fit(samples, names)
    odds = by_page(pages, second.odds)
    doubt = choose_doubt(pages, odds)
    pages = [_without_doubted(page, o, doubt) for page, o in zip(pages, odds, strict=True)]
    least = Least(*(choose_alone(pages, odds, general=general) for general in (False, True)))
    threshold = choose_further(pages, odds, least)
    least = Least(max(least.alone, threshold), max(least.general, threshold))
    made_up = len(train) - real
    for part, of_part in (
        ("train, in turn", slice(made_up)),
        ("real pages, in turn", slice(made_up, len(train))),
        ("chosen-on", slice(len(train), None)),
    ):
        _report(f"event: {part}", pages[of_part], odds[of_part], least, threshold)
    given = {
        "alone": round(least.alone, 4),
        "general": round(least.general, 4),
        "doubt": round(doubt, 4),
    }
    return [
        {
            "measures": names,
            "questions": {
                OF_GATE: first.written(threshold, turn) | given,
                OF_PAGE: second.written(threshold, turn) | given,
            },
        }
        for turn in range(FOLDS + 1)
    ]


def _again(page: GatePage, odds: Numbers) -> Iterator[Sample]:
    """The samples of a page with what the gate says of its other groups."""
    for sample, around in zip(page.samples, page.around(odds.tolist()), strict=True):
        yield replace(sample, measures={**sample.measures, **around})


def by_page(pages: Sequence[GatePage], odds: Numbers) -> list[Numbers]:
    """Log odds of all samples, cut into those of each page."""
    ends = np.cumsum([len(page.samples) for page in pages])
    return np.split(odds, ends[:-1])


def let_in(page: GatePage, odds: Numbers, least: Least, threshold: float) -> npt.NDArray[np.bool_]:
    """Which of the groups of a page count as events, as selection.py decides it."""
    alone = least.general if page.general else least.alone
    given = np.array(page.given, dtype=bool)
    if not given.any() and (not len(odds) or odds.max() <= alone):
        return given
    return given | (odds > threshold)


def choose_doubt(pages: Sequence[GatePage], odds: Sequence[Numbers]) -> float:
    """The highest log odds, under which all events of a page are doubted, by which WRONG_OF_DOUBTED
    of the pages that rules give events have in truth none of those.
    """
    best = [float(of_page.max(initial=-np.inf)) for of_page in odds]
    ruled = sorted(
        ((o, page) for o, page in zip(best, pages, strict=True) if _may_be_doubted(page)),
        key=lambda each: each[0],
    )
    doubt, wrong = -MOST_ODDS, 0
    for place, (highest, page) in enumerate(ruled):
        wrong += not any(s.answer for s, g in zip(page.samples, page.given, strict=True) if g)
        if wrong >= WRONG_OF_DOUBTED * (place + 1):
            doubt = highest + _LEAST
    return doubt


def _may_be_doubted(page: GatePage) -> bool:
    """Whether rules give a page events, and are not that sure of any."""
    given = [s.measures for s, g in zip(page.samples, page.given, strict=True) if g]
    return bool(given) and all(m.get("score", 0.0) < SURE_OF_RULES for m in given)


def _without_doubted(page: GatePage, odds: Numbers, doubt: float) -> GatePage:
    """A page without what rules give where the gate doubts all of it."""
    doubted = _may_be_doubted(page) and odds.max() < doubt
    return replace(page, given=[False] * len(page.given)) if doubted else page


def choose_alone(
    pages: Sequence[GatePage], odds: Sequence[Numbers], *, general: bool = False
) -> float:
    """The lowest log odds of the first event of a page without one by rules, by which so few pages
    without an event are given one: of all pages, or of those that name nothing of the field.
    """
    most = MOST_FALSE_GENERAL if general else MOST_FALSE_PAGES
    false = [
        np.inf if any(page.given) else max(of_page, default=-np.inf)
        for page, of_page in zip(pages, odds, strict=True)
        if not page.has_event and (page.general or not general)
    ]
    if not false:
        return -MOST_ODDS
    allowed = int(most * len(false))
    return min(MOST_ODDS, float(sorted(false, reverse=True)[allowed]))


def choose_further(pages: Sequence[GatePage], odds: Sequence[Numbers], least: Least) -> float:
    """The lowest log odds of further events that keep the share of right ones. Pages that were
    sought for having no event do not choose: the share would be another one than pages have.
    """
    choosing = [each for each in zip(pages, odds, strict=True) if each[0].chooses]
    if not choosing:
        return MOST_ODDS
    truth = answers_of([sample for page, _ in choosing for sample in page.samples])
    always = np.concatenate([let_in(page, o, least, MOST_ODDS) for page, o in choosing])
    ever = np.concatenate([let_in(page, o, least, -np.inf) for page, o in choosing])
    every = np.concatenate([of_page for _, of_page in choosing])
    for threshold in np.sort(every):
        yes = always | (ever & (every > threshold))
        if yes.any() and truth[yes].mean() >= EVENT_PRECISION:
            return min(MOST_ODDS, float(threshold))
    return MOST_ODDS


def answers_of(samples: Sequence[Sample]) -> Numbers:
    """1 for yes, 0 for no."""
    return np.array([float(sample.answer) for sample in samples])


def _report(
    title: str, pages: Sequence[GatePage], odds: Sequence[Numbers], least: Least, threshold: float
) -> None:
    """Print how many events are right, and how many pages without one are given one."""
    if not pages:
        return
    let = [let_in(page, o, least, threshold) for page, o in zip(pages, odds, strict=True)]
    truth = answers_of([sample for page in pages for sample in page.samples])
    yes = np.concatenate(let)
    right = float(truth[yes].sum())
    print(
        f"{title}: {len(truth)} samples, {truth.sum():.0f} yes,"
        f" precision {right / max(1, yes.sum()):.2f}, recall {right / max(1.0, truth.sum()):.2f}"
    )
    false = sum(bool(y.any()) for y, page in zip(let, pages, strict=True) if not page.has_event)
    without = sum(not page.has_event for page in pages)
    print(f"{title}: given an event: {false} of {without} pages without one")


def learning_curve(samples: Sequence[Sample], fitted: Fitted) -> str:
    """Average precision on chosen-on of the linear model that shares of the hands teach."""
    names = list(fitted.weights)
    teaching = [sample for sample in samples if sample.part != "chosen-on"]
    chosen = [sample for sample in samples if sample.part == "chosen-on"]
    values, answers = SparseRows.of(teaching, names), answers_of(teaching)
    of_chosen, truth = SparseRows.of(chosen, names), answers_of(chosen)
    reached = []
    for share in SHARES:
        rows = np.array([_rank(sample.group) < share for sample in teaching])
        odds = of_chosen.times(logistic(values.only(rows), answers[rows]))
        reached.append(f"{share:.0%} {average_precision(odds, truth):.3f}")
    return "average precision on chosen-on by share of the hands: " + ", ".join(reached)


def _rank(name: str) -> float:
    """0 to 1, the same for a hand in every run."""
    return crc32(name.encode()) / 2**32


if __name__ == "__main__":
    parser = trainer_arguments(__doc__)
    parser.add_argument("--corpora", type=Path, metavar="FOLDER", help="for real pages")
    given = parser.parse_args()
    main(given.folders, turns=given.turns, corpora=given.corpora)
