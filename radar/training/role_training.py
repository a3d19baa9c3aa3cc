"""Trains the roles of bodies on labelled pages, and writes their parameters.

    python -m radar.training.role_training FOLDER…

Folders and parts as in event_training.py; every mention of a body is labelled (`_orgs`). A linear
model and boosted trees are fitted on the part `train`; each threshold is chosen on `chosen-on` and
on the hosts of `train` in turn, each judged by models of the others. Sums are printed, never a
text. The same pages give the same file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from crawler.parsers.events.people.body_measures import measure_bodies
from crawler.parsers.events.people.body_mentions import BodyMention, find_bodies
from crawler.parsers.events.people.body_roles import ROLES
from crawler.parsers.events.people.organisers import is_same_body
from crawler.parsers.events.trained.hashed_words import HASHED
from crawler.parsers.events.trained.joint_model import ROLES_FILE, ROLES_VERSION
from radar.training.boosting import Growth, answers, grow
from radar.training.event_parts import split_folders
from radar.training.event_training import (
    FEWEST,
    FOLDS,
    MOST_ODDS,
    LabelledPage,
    Record,
    TrainingReader,
    average_precision,
    read_lines,
)
from radar.training.logistic import Numbers, logistic, matrix
from radar.training.marked_pages import read_folder
from radar.training.shipped_pages import OWN

GROWTH = Growth(trees=150, rate=0.08, least=3.0)
PRECISION = {"organiser": 0.75, "participant": 0.75, "employer": 0.78}
"""Share of right answers that a threshold must keep; of those that do, the one with the best F1."""
AT_EVENTS_ONLY = frozenset({"organiser", "participant"})


@dataclass(frozen=True, slots=True)
class LabelledBody:
    """The measures of a body, its labelled role, and where it stands."""

    host: str
    measures: Mapping[str, float]
    role: str
    on_event_page: bool
    has_affiliations: bool
    """The labels of its page say whose employer a body is, whatever else it is."""


def main(folders: Sequence[Path], parameters: Path = ROLES_FILE) -> None:
    """Train on the pages of the folders, print how the models do, write the parameters."""
    reader = TrainingReader()
    parts = split_folders([read_folder(folder) for folder in folders])
    bodies = {
        part: [body for record in parts[part] for body in read_bodies(reader, record)]
        for part in ("train", "chosen-on")
    }
    own = [body for record in read_lines(OWN) for body in read_bodies(reader, record)]
    names = sorted(
        {name for body in bodies["train"] for name in body.measures if not name.startswith(HASHED)}
    )
    questions = {
        role: fit(role, bodies["train"], bodies["chosen-on"], own, names) for role in ROLES
    }
    written = {"version": ROLES_VERSION, "measures": names, "questions": questions}
    parameters.write_text(json.dumps(written, sort_keys=True) + "\n", "utf-8")


def read_bodies(reader: TrainingReader, record: Record) -> Iterator[LabelledBody]:
    """The labelled bodies of a page."""
    page = reader.read(record, labelled_bodies="_orgs" in record)
    bodies = find_bodies(page.page)
    measured = measure_bodies(page.page, bodies, page.candidates)
    # Marked pages (marked_pages.py) and those of `radar label` give a body one role only.
    one_role = record.get("text_kind") in ("made up", "original")
    for body, measures in zip(bodies, measured, strict=True):
        role = role_of(page, body)
        yield LabelledBody(
            page.host,
            measures,
            role,
            bool(record["events"]),
            not (one_role and role in AT_EVENTS_ONLY),
        )


def role_of(page: LabelledPage, body: BodyMention) -> str:
    """The labelled role of a body; without labels of mentions, the one that its name has in the
    labelled events.
    """
    if "_orgs" not in page.record:
        return _role_by_name(body.mention.surface, page.record["events"])
    found = page.labelled("_orgs", body.sentence.part, body.mention.start, body.mention.end)
    return next((str(mention["role"]) for mention in found), "none")


def _role_by_name(name: str, events: Sequence[Record]) -> str:
    for event in events:
        if any(is_same_body(name, other) for other in event["organisers"]):
            return "organiser"
        if any(is_same_body(name, other) for other in event["participants"]["organisations"]):
            return "participant"
    persons = [person for event in events for person in event["persons"]]
    employed = any(is_same_body(name, p["organisation"]) for p in persons if p["organisation"])
    return "employer" if employed else "none"


def samples_of(role: str, bodies: Sequence[LabelledBody]) -> list[LabelledBody]:
    """The bodies that say something of a role: those at events of pages that have one, an employer
    anywhere.
    """
    if role in AT_EVENTS_ONLY:
        return [body for body in bodies if body.on_event_page]
    return [body for body in bodies if body.has_affiliations]


def fit(
    role: str,
    train: Sequence[LabelledBody],
    chosen: Sequence[LabelledBody],
    further: Sequence[LabelledBody],
    names: Sequence[str],
) -> dict[str, Any]:
    """The models and the threshold of a role, as they are written; `further` bodies, of pages that
    rules were written from, teach the models, but choose no threshold.
    """
    train, chosen, further = (samples_of(role, bodies) for bodies in (train, chosen, further))
    counts: dict[str, int] = {}
    for body in (*train, *further):
        for name in body.measures:
            counts[name] = counts.get(name, 0) + 1
    words = sorted(name for name, count in counts.items() if count >= FEWEST)
    every = [*train, *further, *chosen]
    truth = np.array([float(body.role == role) for body in every])
    linear, trees = matrix(every, words), matrix(every, names)
    fold = np.full(len(every), FOLDS)
    fold[: len(train)] = [crc32(body.host.encode()) % FOLDS for body in train]
    may_teach = np.arange(len(every)) < len(train) + len(further)
    odds = np.zeros(len(every))
    for number in range(FOLDS + 1):
        inside = fold == number
        known = may_teach & (~inside if number < FOLDS else True)
        weights = logistic(linear[known], truth[known])
        grown = grow(trees[known], truth[known], np.ones(known.sum()), GROWTH)
        odds[inside] = (linear[inside] @ weights + answers(grown, trees[inside])) / 2
    # What all of train teaches was fitted last, and is written.
    is_train, is_chosen = np.arange(len(every)) < len(train), ~may_teach
    judged = is_train | is_chosen
    threshold = choose_best(odds[judged], truth[judged], PRECISION[role])
    for part, rows in (("train, in turn", is_train), ("chosen-on", is_chosen)):
        print(f"{role}: {part}: {_sums(odds[rows], truth[rows], threshold)}", flush=True)
    rounded = {name: round(float(w), 4) for name, w in zip(words, weights, strict=True)}
    return {"weights": rounded, "trees": grown, "threshold": round(threshold, 4)}


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
        f"{len(odds)} bodies, {truth.sum():.0f} yes, precision {precision:.2f}, recall"
        f" {recall:.2f}, average precision {average_precision(odds, truth):.3f}"
    )


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
