"""Trains roles of bodies, employers and the events of persons on labelled pages, and writes their
parameters.

    python -m radar.training.role_training [--keep STAGE]… [--only STAGE]… FOLDER…

Folders and parts as in event_training.py; every mention of a body (`_orgs`) and a person
(`_persons`) is labelled. How models are fitted and thresholds chosen: joint_fit.py. A second stage
of the roles learns from what the first one says of the bodies of hands that it has not seen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.parsers.events.assembly.event_review import STAGE as REVIEW
from crawler.parsers.events.assembly.person_review import STAGE as PERSON_REVIEW
from crawler.parsers.events.people.body_measures import measure_bodies
from crawler.parsers.events.people.body_mentions import BodyMention, find_bodies
from crawler.parsers.events.people.body_neighbours import measure_neighbours
from crawler.parsers.events.people.body_roles import ROLES
from crawler.parsers.events.people.organisers import is_same_body
from crawler.parsers.events.trained.joint_model import (
    ROLES_FILE,
    ROLES_VERSION,
    parse_stages,
    read_role_models,
)
from indexer.records.labels import employed_by
from indexer.records.reference import load_reference
from radar.training.arguments import trainer_arguments
from radar.training.body_training import train_body_choices
from radar.training.choice_training import KINDS, train_choices
from radar.training.employer_training import train_employers
from radar.training.event_parts import FOLDS, TAUGHT, TrainingPart, folder_of_turn, read_parts
from radar.training.joint_fit import (
    FURTHER,
    Fitted,
    Sample,
    Turned,
    choose_threshold,
    fit,
    structure_of,
)
from radar.training.labelled_pages import (
    DraftReader,
    LabelledPage,
    Record,
    TrainingReader,
)
from radar.training.logistic import Numbers
from radar.training.person_review_training import train_person_review
from radar.training.person_training import train_persons
from radar.training.review_training import train_review
from radar.training.shipped_pages import OWN, read_lines

PRECISION = {"organiser": 0.75, "participant": 0.64, "employer": 0.78, "venue": 0.7}
"""Share of right answers that a threshold must keep; of those that do, the one with the best F1."""
KEPT = ("persons", *KINDS)
"""Stages that may stay as they are: they don't read what the others say."""
REVIEWS = {REVIEW: train_review, PERSON_REVIEW: train_person_review}
"""Second looks at events and their persons once values have been read, the second after the first.
"""
AT_EVENTS_ONLY = frozenset({"organiser", "participant"})


@dataclass(frozen=True, slots=True)
class LabelledBodies:
    """The bodies of a page, their measures and labelled roles."""

    part: str
    group: str
    bodies: Sequence[BodyMention]
    measures: Sequence[Mapping[str, float]]
    answers: Sequence[Mapping[str, bool]]
    """Of each body, whether it has a role; roles that the labels say nothing of are left out."""

    def samples(self, role: str, measured: Sequence[Mapping[str, float]]) -> list[Sample]:
        """What the bodies say of a role."""
        return [
            Sample(self.part, self.group, measures, answers.get(role, False), role in answers)
            for measures, answers in zip(measured, self.answers, strict=True)
        ]


def main(
    folders: Sequence[Path],
    parameters: Path = ROLES_FILE,
    drafts: DraftReader | None = None,
    keep: Sequence[str] = (),
    turns: Path | None = None,
    *,
    only: Sequence[str] = (),
) -> None:
    """Train on the pages of the folders, print how the models do, write the parameters. Stages of
    `keep` stay as they are in the file; with `only` all but these do. `turns`: folder that
    the gates in turn are read from, and the roles in turn are written into.
    """
    reader = TrainingReader(drafts, turns)
    parts = read_parts(folders)
    if only:
        kinds = [kind for kind in only if kind in KINDS]
        _write(train_choices(reader, parts, kinds), parameters, turns, among_known=True)
        _review(drafts, parts, parameters, turns, only)
        return
    pages = [read_bodies(reader, record, part) for part in TAUGHT for record in parts[part]]
    pages += [read_bodies(reader, record, FURTHER) for record in read_lines(OWN)]
    bodies = train_bodies(pages)
    roles = [parse_stages(turn) for turn in bodies]
    others: dict[str, Turned] = {
        **train_body_choices(reader, parts, roles),
        **train_employers(reader, parts, read_lines(OWN), roles),
        **({} if "persons" in keep else {"persons": train_persons(reader, parts)}),
        **train_choices(reader, parts, [kind for kind in KINDS if kind not in keep]),
    }
    if keep:
        known = json.loads(parameters.read_text("utf-8"))["stages"]
        others |= {stage: [known[stage]] * len(roles) for stage in keep}
    turned = {stage: [turn[stage] for turn in bodies] for stage in bodies[-1]}
    _write(turned | others, parameters, turns)
    _review(drafts, parts, parameters, turns)


def _review(
    drafts: DraftReader | None,
    parts: Mapping[TrainingPart, Sequence[Record]],
    parameters: Path,
    turns: Path | None,
    stages: Sequence[str] = tuple(REVIEWS),
) -> None:
    """Train the reviews, which read pages with all that was written in turn before them; without
    those there are none.
    """
    if turns is not None:
        drafts = drafts or DraftReader(load_reference())
        for stage, review in REVIEWS.items():
            if stage in stages:
                written = review(drafts, turns, parts)
                _write(written, parameters, turns, among_known=True)


def _write(
    stages: Mapping[str, Turned], parameters: Path, turns: Path | None, *, among_known: bool = False
) -> None:
    """Write what all pages teach, and what pages in turn do to their folder; `among_known`: the
    other stages of a file stay as they are.
    """
    files = [(FOLDS, parameters)]
    if turns is not None:
        in_turn = range(FOLDS + 1)
        files += [(turn, folder_of_turn(turns, turn) / ROLES_FILE.name) for turn in in_turn]
    for turn, file in files:
        known = json.loads(file.read_text("utf-8"))["stages"] if among_known else {}
        written = {stage: turned[turn] for stage, turned in stages.items()}
        content = {"version": ROLES_VERSION, "stages": known | written}
        file.write_text(json.dumps(content, sort_keys=True) + "\n", "utf-8")
    read_role_models.cache_clear()


def read_bodies(reader: TrainingReader, record: Record, part: str) -> LabelledBodies:
    """The labelled bodies of a page."""
    page = reader.read(record, labelled_bodies="_orgs" in record)
    bodies = find_bodies(page.page)
    return LabelledBodies(
        part,
        page.group,
        bodies,
        measure_bodies(page.page, bodies, page.candidates),
        [answers_of(page, body) for body in bodies],
    )


def answers_of(page: LabelledPage, body: BodyMention) -> dict[str, bool]:
    """What the labels say of a body: its role at events on pages that have one, whether it employs
    somebody anywhere. Whether the employer of a person at an event took part, they leave open.
    """
    events, surface = page.record["events"], body.mention.surface
    label = _label_of(page, body)
    role = label["role"]
    employs = role == "employer" or bool(employed_by(label))
    answers = {}
    if events:
        answers["organiser"] = role == "organiser"
        if "_orgs" in page.record:
            answers["venue"] = role == "venue"
        if role in AT_EVENTS_ONLY or not _may_take_part(events, surface, label):
            answers["participant"] = role == "participant"
    # Pages of `radar label` give a body one role: who is at an event may employ somebody as well.
    one_role = page.record.get("text_kind") == "original"
    if employs or not (one_role and role in AT_EVENTS_ONLY):
        answers["employer"] = employs
    return answers


def _label_of(page: LabelledPage, body: BodyMention) -> Record:
    """The labelled mention of a body; without labels of mentions, the role that its name has in
    the labelled events.
    """
    if "_orgs" not in page.record:
        return {"role": _role_by_name(body.mention.surface, page.record["events"])}
    found = page.labelled("_orgs", body.sentence.part, body.mention.start, body.mention.end)
    return next(found, {"role": "none"})


def _may_take_part(events: Sequence[Record], surface: str, label: Record) -> bool:
    """Whether a body may be given as taking part or not."""
    named = {person["name"] for event in events for person in event.get("persons", ())}
    optional = [
        name
        for event in events
        for name in event.get("participants", {}).get("organisations_optional", ())
    ]
    return not named.isdisjoint(employed_by(label)) or any(
        is_same_body(surface, name) for name in optional
    )


def _role_by_name(name: str, events: Sequence[Record]) -> str:
    for event in events:
        if any(is_same_body(name, other) for other in event["organisers"]):
            return "organiser"
        if any(is_same_body(name, other) for other in event["participants"]["organisations"]):
            return "participant"
    persons = [person for event in events for person in event["persons"]]
    employed = any(is_same_body(name, p["organisation"]) for p in persons if p["organisation"])
    return "employer" if employed else "none"


def train_bodies(pages: Sequence[LabelledBodies]) -> list[dict[str, Any]]:
    """Both stages of the roles, as they are written, in turn (turn_of)."""
    first: dict[str, Fitted] = {}
    names: list[str] = []
    for role in ROLES:
        every = [s for page in pages for s in page.samples(role, page.measures)]
        names = names or structure_of(every)
        first[role] = fit(every, names)
    neighbours = _measure_by_page(pages, {role: one.odds for role, one in first.items()})
    beside = sorted({name for page in neighbours for measures in page for name in measures})
    second: dict[str, tuple[Fitted, float]] = {}
    for role in ROLES:
        every = [
            sample
            for page, measured in zip(pages, neighbours, strict=True)
            for sample in page.samples(role, measured)
        ]
        fitted = fit(every, beside)
        both = (first[role].odds + fitted.odds) / 2
        second[role] = fitted, choose_threshold(role, every, both, PRECISION[role])
    return [
        {
            "bodies": {
                "measures": names,
                "questions": {role: one.written(0.0, turn) for role, one in first.items()},
            },
            "neighbours": {
                "measures": beside,
                "questions": {
                    role: fitted.written(threshold, turn)
                    for role, (fitted, threshold) in second.items()
                },
            },
        }
        for turn in range(FOLDS + 1)
    ]


def _measure_by_page(
    pages: Sequence[LabelledBodies], odds: Mapping[str, Numbers]
) -> list[list[dict[str, float]]]:
    """The measures of the second stage, of the log odds of all bodies in a row."""
    measured, at = [], 0
    for page in pages:
        until = at + len(page.bodies)
        of_page = {role: of_role[at:until].tolist() for role, of_role in odds.items()}
        measured.append(measure_neighbours(page.bodies, of_page))
        at = until
    return measured


if __name__ == "__main__":
    parser = trainer_arguments(__doc__)
    parser.add_argument(
        "--keep", action="append", default=[], choices=KEPT, help="a choice that stays as it is"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        choices=(*KINDS, *REVIEWS),
        help="train this stage alone",
    )
    given = parser.parse_args()
    main(given.folders, keep=given.keep, turns=given.turns, only=given.only)
