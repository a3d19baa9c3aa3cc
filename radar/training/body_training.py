"""Trains which bodies organised each event of a page and which took part, on labelled pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from crawler.parsers.events.candidates.choice_measures import ValueMention
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.people.body_choice import ORGANISERS, PARTICIPANTS, BodyChoice
from crawler.parsers.events.people.body_measures import stems_of_name
from crawler.parsers.events.people.body_roles import BodyRoles, judge_bodies
from crawler.parsers.events.people.event_people import EventPeople
from crawler.parsers.events.trained.joint_model import RoleModels
from radar.training.choice_training import answered
from radar.training.event_parts import TAUGHT, TrainingPart, turn_of
from radar.training.joint_fit import Sample, Turned, train_question
from radar.training.labelled_pages import LabelledPage, Record, TrainingReader

PRECISION = {ORGANISERS: 0.7, PARTICIPANTS: 0.62}
"""Share of right answers that the threshold must keep; those of rules are among them."""
_SAME = 0.6
"""Share of their words that two names of one body have in common."""


def train_body_choices(
    reader: TrainingReader,
    parts: Mapping[TrainingPart, Sequence[Record]],
    roles: Sequence[RoleModels],
) -> dict[str, Turned]:
    """The models by stage, as they are written, in turn (turn_of). `roles`: models of the roles of
    bodies in turn: each page is read with those that have not seen its host.
    """
    samples: dict[str, list[Sample]] = defaultdict(list)
    for part in TAUGHT:
        for record in parts[part]:
            labelled = reader.read(record)
            models = roles[turn_of(part, labelled.group)]
            for stage, of_stage in body_samples(reader, labelled, part, models).items():
                samples[stage] += of_stage
    return {
        stage: train_question(OF_EVENT, of_stage, PRECISION[stage], f"{stage} {OF_EVENT}")
        for stage, of_stage in samples.items()
        if any(sample.answer for sample in of_stage)
    }


def body_samples(
    reader: TrainingReader, labelled: LabelledPage, part: str, models: RoleModels
) -> Mapping[str, Sequence[Sample]]:
    """Each body of a page at each event that is found there, by stage."""
    page = labelled.page
    events = reader.find_events(labelled, part)
    if not events:
        return {}
    people = EventPeople(page, reader.people_reader(page), events, BodyRoles(), {})
    choice = BodyChoice(
        page,
        judge_bodies(page, events, labelled.candidates, models),
        events,
        EventSentences(page, events, labelled.candidates),
        candidates=labelled.candidates,
        employers=people.employers,
    )
    return {
        ORGANISERS: list(
            answered(labelled, part, choice.measure(ORGANISERS).measure(), _is_organiser)
        ),
        PARTICIPANTS: list(
            answered(labelled, part, choice.measure(PARTICIPANTS).measure(), _is_participant)
        ),
    }


def _is_organiser(event: Record, value: ValueMention) -> bool | None:
    return _is_among(event, ORGANISERS, value)


def _is_participant(event: Record, value: ValueMention) -> bool | None:
    return _is_among(event.get("participants") or {}, "organisations", value)


def _is_among(labels: Record, key: str, value: ValueMention) -> bool | None:
    """Whether a body is one of those labelled, by its name or another one that is as good; None
    where it may be given or not.
    """
    others = labels.get(f"{key}_alt") or {}
    names = [form for name in labels.get(key) or () for form in (name, *others.get(name, ()))]
    surface = value.mention.surface
    if any(is_same_name(surface, name) for name in names):
        return True
    optional: Iterable[str] = labels.get(f"{key}_optional") or ()
    return None if any(is_same_name(surface, name) for name in optional) else False


def is_same_name(a: str, b: str) -> bool:
    """Whether two names share most of their words."""
    left, right = stems_of_name(a), stems_of_name(b)
    return a == b or 2 * len(left & right) >= _SAME * (len(left) + len(right)) > 0
