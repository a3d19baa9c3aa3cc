"""Trains which body each person works for, on labelled pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from crawler.parsers.events.people.body_roles import BodyRoles, judge_bodies
from crawler.parsers.events.people.employer_choice import EMPLOYERS, OF_PERSON
from crawler.parsers.events.people.employer_measures import EmployerMeasures, EmployerPair
from crawler.parsers.events.people.event_people import EventPeople
from crawler.parsers.events.people.organisers import is_same_body
from crawler.parsers.events.trained.joint_model import RoleModels
from indexer.records.labels import employed_by
from radar.training.body_training import is_same_name
from radar.training.event_parts import TAUGHT, TrainingPart, turn_of
from radar.training.joint_fit import (
    FURTHER,
    Sample,
    Turned,
    choose_threshold,
    fit,
    structure_of,
)
from radar.training.labelled_pages import LabelledPage, Record, TrainingReader

PRECISION = 0.93
"""Share of right answers that the threshold must keep; those of rules are among them."""


@dataclass(frozen=True, slots=True)
class LabelledEmployers:
    """Whom the labels say a person works for."""

    names: set[str] = field(default_factory=set)
    """Names that are right."""
    optional: set[str] = field(default_factory=set)
    """Names that may be given or not."""


def train_employers(
    reader: TrainingReader,
    parts: Mapping[TrainingPart, Sequence[Record]],
    further: Sequence[Record],
    roles: Sequence[RoleModels],
) -> dict[str, Turned]:
    """The model by stage, as it is written, in turn (turn_of); none where nobody works for a body.
    `further`: pages that rules were written from; `roles`: models of the roles of bodies in turn:
    each page is read with those that have not seen its host.
    """
    records = [(part, record) for part in TAUGHT for record in parts[part]]
    persons: list[Sequence[Sample]] = []
    for part, record in [*records, *((FURTHER, record) for record in further)]:
        labelled = reader.read(record)
        models = roles[turn_of(part, labelled.group)]
        persons += employer_samples(reader, labelled, part, models)
    if not any(sample.answer for samples in persons for sample in samples):
        return {}
    return {EMPLOYERS: fit_employers(persons)}


def fit_employers(persons: Sequence[Sequence[Sample]]) -> Turned:
    """The model in turn (turn_of). The threshold is that of the likeliest body of each
    person.
    """
    every = [sample for samples in persons for sample in samples]
    names = structure_of(every)
    fitted = fit(every, names)
    ends = np.cumsum([len(samples) for samples in persons])
    best = [
        end - len(samples) + int(fitted.odds[end - len(samples) : end].argmax())
        for samples, end in zip(persons, ends.tolist(), strict=True)
    ]
    threshold = choose_threshold(OF_PERSON, [every[i] for i in best], fitted.odds[best], PRECISION)
    return fitted.in_turn(OF_PERSON, names, threshold)


def employer_samples(
    reader: TrainingReader, labelled: LabelledPage, part: str, models: RoleModels
) -> Iterator[list[Sample]]:
    """Each body that may employ a person of a page, by person; nothing of persons that the labels
    don't speak of.
    """
    page = labelled.page
    events = reader.find_events(labelled, part)
    if not events:
        return
    bodies = judge_bodies(page, events, labelled.candidates, models)
    people = EventPeople(page, reader.people_reader(page), events, BodyRoles(), {}).named
    pairs = EmployerMeasures(page, bodies, people).measure()
    labels = _labels(labelled.record)
    for named, of_person in groupby(pairs, key=lambda pair: pair.person):
        employers = _employers_of(named.person.name.value, labels)
        if employers is not None:
            yield [
                Sample(
                    part,
                    labelled.group,
                    pair.measures,
                    *_answer(pair, employers),
                )
                for pair in of_person
            ]


def _labels(record: Record) -> Mapping[str, LabelledEmployers]:
    """Whom each labelled person works for."""
    found = {p["surface"]: LabelledEmployers() for p in record.get("_persons", ())}
    for event in record["events"]:
        for person in event.get("persons", ()):
            of_person = found.setdefault(person["name"], LabelledEmployers())
            others, employer = person.get("organisation_alt", ()), person.get("organisation")
            of_person.names.update((employer, *others) if employer else ())
            of_person.optional.update(others)
    for body in record.get("_orgs", ()):
        for name in employed_by(body):
            found.setdefault(name, LabelledEmployers()).names.add(body["surface"])
    return found


def _employers_of(name: str, labels: Mapping[str, LabelledEmployers]) -> LabelledEmployers | None:
    """Whom a person works for, who may be named in full or by surname; None: no label."""
    words = name.casefold().split()
    told = [
        employers
        for known, employers in labels.items()
        for others in (known.casefold().split(),)
        if others[-len(words) :] == words or words[-len(others) :] == others
    ]
    if not told:
        return None
    return LabelledEmployers(
        {name for one in told for name in one.names},
        {name for one in told for name in one.optional},
    )


def _answer(pair: EmployerPair, employers: LabelledEmployers) -> tuple[bool, bool]:
    """Whether a body is right, and whether the labels say so or the contrary. Words that nobody
    knows for a body must be the whole name.
    """
    body = pair.body.value
    if "words" in pair.measures:
        right = any(is_same_body(body, name) for name in employers.names)
    else:
        right = _is_among(body, employers.names)
    return right, right or not _is_among(body, employers.optional)


def _is_among(body: str, names: Iterable[str]) -> bool:
    return any(is_same_name(body, name) for name in names)
