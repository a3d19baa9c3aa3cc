"""Trains which town, day and country an event has, how many people and countries took part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from crawler.parsers.events.candidates.choice_measures import ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.people.participant_choice import ParticipantChoice
from crawler.parsers.events.values.day_choice import DayChoice, Span
from crawler.parsers.events.values.event_dates import choose_days
from crawler.parsers.events.values.town_measures import TownMention
from radar.training.event_parts import TAUGHT, TrainingPart
from radar.training.joint_fit import Sample, Turned, train_question
from radar.training.labelled_pages import LabelledPage, Record, TrainingReader

Read: TypeAlias = tuple[EventMentions, Any, Mapping[str, float]]
"""An event, a value, and what speaks for its being the event's."""


@dataclass(frozen=True, slots=True)
class _Kind:
    precision: float
    """Share of right answers that the threshold must keep; those of rules are among them."""
    measure: Callable[[TrainingReader, LabelledPage, Sequence[EventMentions]], Iterable[Read]]
    is_labelled: Callable[[Record, Any], bool]
    """Whether the label of an event has a value."""


def train_choices(
    reader: TrainingReader, parts: Mapping[TrainingPart, Sequence[Record]], kinds: Sequence[str]
) -> dict[str, Turned]:
    """The models by stage, as they are written, in turn (turn_of); none where the pages have no
    such value.
    """
    stages = {}
    for stage in kinds:
        samples = [
            sample
            for part in TAUGHT
            for record in parts[part]
            for sample in choice_samples(stage, reader, reader.read(record), part)
        ]
        if any(sample.answer for sample in samples):
            stages[stage] = train_question(
                OF_EVENT, samples, KINDS[stage].precision, f"{stage} {OF_EVENT}"
            )
    return stages


def choice_samples(
    stage: str, reader: TrainingReader, labelled: LabelledPage, part: str
) -> Iterator[Sample]:
    """Each value of a page at each event that is found there; what is no event of the labels, or
    one a second time, says nothing.
    """
    events = reader.find_events(labelled, part)
    if not events:
        return
    kind = KINDS[stage]
    yield from answered(labelled, part, kind.measure(reader, labelled, events), kind.is_labelled)


def answered(
    labelled: LabelledPage,
    part: str,
    read: Iterable[Read],
    is_labelled: Callable[[Record, Any], bool | None],
) -> Iterator[Sample]:
    """What was read of each event, with what the labels say; None: it may be given or not."""
    every = list(read)
    meant = dict(labelled.events_of_groups(list(dict.fromkeys(event for event, _, _ in every))))
    for event, value, measures in every:
        number = meant.get(event)
        label = labelled.record["events"][number] if number is not None else {}
        answer = is_labelled(label, value)
        asked = number is not None and answer is not None
        yield Sample(part, labelled.group, measures, bool(answer), asked)


def _participants(
    reader: TrainingReader, labelled: LabelledPage, events: Sequence[EventMentions]
) -> ParticipantChoice:
    page = labelled.page
    sentences = EventSentences(page, events, labelled.candidates)
    return ParticipantChoice(page, reader.participant_reader(page), events, sentences)


def _measure_towns(
    reader: TrainingReader, labelled: LabelledPage, events: Sequence[EventMentions]
) -> Iterator[Read]:
    places = reader.place_reader(labelled.page)
    closed = EventSentences(labelled.page, events, labelled.candidates).closed
    by_rules = places.read_by_rules(events, closed, labelled.candidates)
    return places.measure_towns(by_rules).measure()


def _measure_counts(*given: Any) -> Iterator[Read]:
    return _participants(*given).measure_counts().measure()


def _measure_countries(*given: Any) -> Iterator[Read]:
    return _participants(*given).measure_countries().measure()


def _measure_days(
    _: TrainingReader, labelled: LabelledPage, events: Sequence[EventMentions]
) -> Iterator[Read]:
    closed = EventSentences(labelled.page, events, labelled.candidates).closed
    ruled = choose_days(labelled.page, events, closed)
    return DayChoice(labelled.page, ruled).measure().measure()


def _measure_event_countries(
    reader: TrainingReader, labelled: LabelledPage, events: Sequence[EventMentions]
) -> Iterator[Read]:
    places = reader.place_reader(labelled.page)
    closed = EventSentences(labelled.page, events, labelled.candidates).closed
    known = places.read(events, closed, labelled.candidates)
    return places.country_choice(known).measure()


def _is_town(event: Record, town: TownMention) -> bool:
    place = event.get("place") or {}
    labels = (place.get("city"), place.get("city_surface"), *(place.get("city_alt") or ()))
    names = {town.town.casefold(), town.mention.surface.casefold()}
    return any(label and label.casefold() in names for label in labels)


def _is_day(event: Record, value: ValueMention) -> bool:
    first, last = event.get("start"), event.get("end") or event.get("start")
    firsts = {day for day in (first, *(event.get("start_alt") or ())) if day}
    lasts = {day for day in (last, *(event.get("end_alt") or ())) if day}
    span = cast("Span", value.value)
    return span.first in firsts and (span.last or span.first) in lasts


def _is_count(event: Record, value: ValueMention) -> bool:
    took_part = event.get("participants") or {}
    return value.value in (took_part.get("count"), *(took_part.get("count_alt") or ()))


def _is_country(event: Record, value: ValueMention) -> bool:
    labels = (event.get("participants") or {}).get("countries") or ()
    return value.value in {c["code"] if isinstance(c, dict) else c for c in labels}


def _is_event_country(event: Record, code: str) -> bool:
    place = event.get("place") or {}
    return code in (place.get("country"), *(place.get("country_alt") or ()))


KINDS: Mapping[str, _Kind] = {
    "towns": _Kind(0.78, _measure_towns, _is_town),
    "days": _Kind(0.8, _measure_days, _is_day),
    "counts": _Kind(0.8, _measure_counts, _is_count),
    "countries": _Kind(0.8, _measure_countries, _is_country),
    "event_countries": _Kind(0.6, _measure_event_countries, _is_event_country),
}
"""What is trained, by its stage in the file."""
