"""Trains which events of a page stay once their values have been read (event_review.py), as part of
role_training.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from crawler.parsers.events import EventReader
from crawler.parsers.events.assembly.event_review import CHOSEN, STAGE, measure_events
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from radar.training.event_parts import TrainingPart
from radar.training.joint_fit import MOST_ODDS, Sample, Turned, choose_threshold, fit, structure_of
from radar.training.labelled_pages import DraftReader, LabelledPage, Record, taught_in_turn

PRECISION = 0.85
"""Share of right ones among the doubtful events that the threshold lets in."""


def train_review(
    drafts: DraftReader, turns: Path, parts: Mapping[TrainingPart, Sequence[Record]]
) -> dict[str, Turned]:
    """The stage as it is written, in turn (turn_of); none without events. Pages are read with the
    gates and the roles in turn, which lie in a folder.
    """
    samples = [
        sample
        for events, record, part in taught_in_turn(drafts, turns, parts)
        for sample in review_samples(events, drafts, record, part)
    ]
    if not any(sample.answer for sample in samples):
        return {}
    names = structure_of(samples)
    fitted = fit(samples, names)
    places = [i for i, sample in enumerate(samples) if CHOSEN not in sample.measures]
    threshold = MOST_ODDS
    if places:
        doubtful, odds = [samples[i] for i in places], fitted.odds[places]
        threshold = choose_threshold(f"{STAGE} {OF_EVENT}", doubtful, odds, PRECISION)
    return {STAGE: fitted.in_turn(OF_EVENT, names, threshold)}


def review_samples(
    events: EventReader, drafts: DraftReader, record: Record, part: str
) -> Iterator[Sample]:
    """What may be the events of a page. A second one of one label is none, and one that labels
    leave open says nothing.
    """
    page = events.annotate(drafts.read(record))
    candidates = events.candidates(page)
    likely = events.find_likely(page, candidates)
    if not likely.every:
        return
    every = events.assembler(page, likely.every, candidates).read(likely.every, candidates)
    labelled = LabelledPage(page, candidates, record)
    taken: set[int] = set()
    measured = measure_events(page, every, likely, candidates)
    for (event, _), measures in zip(every, measured, strict=True):
        label = labelled.event_of(event)
        optional = label is not None and bool(record["events"][label].get("optional"))
        right = label is not None and label not in taken and not optional
        if label is not None:
            taken.add(label)
        yield Sample(part, labelled.group, measures, right, not optional)
