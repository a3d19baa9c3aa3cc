"""Trains which persons are of which event, on labelled pages (`_persons`: surface, event)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.people.person_measures import PersonMeasures, find_persons
from radar.training.event_parts import TAUGHT, TrainingPart
from radar.training.joint_fit import Sample, Turned, train_question
from radar.training.labelled_pages import LabelledPage, Record, TrainingReader

PRECISION = 0.0
"""The threshold with the best F1 is chosen, whatever its precision: rules would give every person.
"""


def train_persons(reader: TrainingReader, parts: Mapping[TrainingPart, Sequence[Record]]) -> Turned:
    """The model, as it is written, in turn."""
    samples = [
        sample
        for part in TAUGHT
        for record in parts[part]
        if "_persons" in record
        for sample in person_samples(reader, reader.read(record), part)
    ]
    return train_question(OF_EVENT, samples, PRECISION, OF_EVENT)


def person_samples(reader: TrainingReader, labelled: LabelledPage, part: str) -> Iterator[Sample]:
    """Each person of a page at each event that is found there."""
    events = reader.find_events(labelled, part)
    if not events:
        return
    meant = {id(event): labelled.event_of(event) for event in events}
    persons = find_persons(labelled.page)
    for person, event, measures in PersonMeasures(labelled.page, persons, events).measure():
        m = person.mention
        labels = labelled.labelled("_persons", person.sentence.part, m.start, m.end)
        told = next((label["event"] for label in labels), None)
        of_event = told is not None and told == meant[id(event)]
        yield Sample(part, labelled.group, measures, of_event)
