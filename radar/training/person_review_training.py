"""Trains who is of which event once the values of all have been read (person_review.py), as part of
role_training.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from crawler.parsers.events import EventReader
from crawler.parsers.events.assembly.event_review import review_events
from crawler.parsers.events.assembly.person_review import STAGE
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from radar.training.event_parts import TrainingPart
from radar.training.joint_fit import Sample, Turned, choose_threshold, fit, structure_of
from radar.training.labelled_pages import DraftReader, LabelledPage, Record, taught_in_turn
from radar.training.person_training import PRECISION

AtEvent = tuple[str, int, str]
"""A page, one of its events, and a person there, whom several mentions may name."""


def train_person_review(
    drafts: DraftReader, turns: Path, parts: Mapping[TrainingPart, Sequence[Record]]
) -> dict[str, Turned]:
    """The stage as it is written, in turn (turn_of); none without persons of events. Pages are read
    with the gates and the roles in turn, the review of events among them, which lie in a folder.
    """
    asked = [
        one
        for events, record, part in taught_in_turn(drafts, turns, parts)
        if "_persons" in record
        for one in person_review_samples(events, drafts, record, part)
    ]
    samples = [sample for _, sample in asked]
    if not any(sample.answer for sample in samples):
        return {}
    names = structure_of(samples)
    fitted = fit(samples, names)
    surest: dict[AtEvent, int] = {}
    for i, (place, _) in enumerate(asked):
        if place not in surest or fitted.odds[i] > fitted.odds[surest[place]]:
            surest[place] = i
    rows = np.array(list(surest.values()))
    persons, odds = [samples[i] for i in rows], fitted.odds[rows]
    threshold = choose_threshold(STAGE, persons, odds, PRECISION)
    return {STAGE: fitted.in_turn(OF_EVENT, names, threshold)}


def person_review_samples(
    events: EventReader, drafts: DraftReader, record: Record, part: str
) -> Iterator[tuple[AtEvent, Sample]]:
    """Each mention of a person at each event of a page. At an event that labels leave open it says
    nothing, at a second one of one label it is wrong.
    """
    page = events.annotate(drafts.read(record))
    candidates = events.candidates(page)
    likely = events.find_likely(page, candidates)
    assembler = events.assembler(page, likely.every, candidates)
    every = assembler.read(likely.every, candidates)
    reviewed = review_events(page, every, likely, candidates, events.models_of(page))
    labelled = LabelledPage(page, candidates, record)
    label_of: dict[EventMentions, int | None] = {}
    for event, _ in reviewed:
        label = labelled.event_of(event)
        label_of[event] = None if label in label_of.values() else label
    optional = [bool(event.get("optional")) for event in record["events"]]
    order = {event: number for number, event in enumerate(label_of)}
    for one in assembler.measure_persons(reviewed):
        name, label = one.named.person.name, label_of[one.event]
        marks = labelled.labelled("_persons", name.part, name.start, name.end)
        told = next((mark["event"] for mark in marks), None)
        place = (str(record["id"]), order[one.event], one.place[1])
        right = told is not None and told == label
        is_asked = label is None or not optional[label]
        yield place, Sample(part, labelled.group, one.measures, right, is_asked)
