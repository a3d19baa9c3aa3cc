"""Trains which town an event has, on labelled pages (`events`: place)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.selection import find_events
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.trained.linear_model import read_models
from crawler.parsers.events.values.town_measures import TownMention
from radar.training.event_parts import TAUGHT, TrainingPart
from radar.training.joint_fit import Sample, train_question
from radar.training.labelled_pages import LabelledPage, Record, TrainingReader

PRECISION = 0.78
"""Share of right answers that the threshold must keep: those of rules, mostly, are among them."""


def train_towns(
    reader: TrainingReader, parts: Mapping[TrainingPart, Sequence[Record]]
) -> dict[str, Any]:
    """The model, as it is written."""
    samples = [
        sample
        for part in TAUGHT
        for record in parts[part]
        for sample in town_samples(reader, reader.read(record), part)
    ]
    return train_question(OF_EVENT, samples, PRECISION, f"town {OF_EVENT}")


def town_samples(reader: TrainingReader, labelled: LabelledPage, part: str) -> Iterator[Sample]:
    """Each town of a page at each event that is found there; what is no event of the labels, or one
    a second time, says nothing.
    """
    page = labelled.page
    events = find_events(page, labelled.candidates, read_models())
    if not events:
        return
    meant = dict(labelled.events_of_groups(events))
    places = reader.place_reader(page)
    closed = EventSentences(page, events, labelled.candidates).closed
    by_rules = places.read_by_rules(events, closed, labelled.candidates)
    for event, town, measures in places.measure_towns(by_rules).measure():
        number = meant.get(event)
        of_event = number is not None and _is_labelled(labelled.record["events"][number], town)
        yield Sample(part, labelled.host, measures, of_event, asked=number is not None)


def _is_labelled(event: Record, town: TownMention) -> bool:
    place = event.get("place") or {}
    labels = (place.get("city"), place.get("city_surface"), *(place.get("city_alt") or ()))
    names = {town.town.casefold(), town.mention.surface.casefold()}
    return any(label and label.casefold() in names for label in labels)
