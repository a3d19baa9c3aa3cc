"""Who is of which event of a page once the values of all events have been read: a second look at
the persons that events were given, and at those that none was.

The model (stage `person_review` of the roles) reads where a person stands to an event, and by how
many lines, what the first choice says of it there and at others, its job title and employer,
whether that has a role at the event, the cues of its sentence, how many of those beside it are of
the event, whose days and towns its line names, and how far the number of a contact stands that was
read with its name: whoever speaks in the last line above a number is none. Without it persons stay
as they are, and contacts are of no event.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from crawler.parsers.events.assembly.event_review import Every
from crawler.parsers.events.assembly.event_values import EventValues, value_of
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.candidates.selection import may_doubt
from crawler.parsers.events.candidates.value_choice import model_of
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.employer_measures import NamedPerson
from crawler.parsers.events.people.event_people import EventPeople, contact_names
from crawler.parsers.events.people.organisers import is_same_body
from crawler.parsers.events.people.person_measures import (
    PersonMeasures,
    PersonMention,
    surname_stem,
)
from crawler.parsers.events.people.persons import EventPerson, merge_people
from crawler.parsers.events.trained.joint_model import RoleModels, bounded

STAGE = "person_review"
LEAST = -0.75
"""Log odds under which a person that an event was given is not of it."""
FAR = -2.0
"""Log odds of the first choice under which the model is not asked about a person that an event was
not given: it adds none of these.
"""
GIVEN = "given"
"""The measure that a person has at an event that was given it."""
CONTACT = "contact"
"""The measure of who was read as a contact: of these only a model that knows it is asked."""
_BESIDE = 60
"""Characters on either side of a person in which cues are looked for."""
_FEW_LINES, _MANY_LINES = 4, 8
_MOST_ODDS = 4.0


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """A person in its sentence, at an event, and what speaks for its being of it."""

    named: NamedPerson
    event: EventMentions
    measures: Mapping[str, float]

    @property
    def place(self) -> tuple[EventMentions, str]:
        """The event, and what all mentions of the person have."""
        return self.event, _stem(self.named.person)


def review_persons(
    page: AnnotatedPage,
    every: Every,
    people: EventPeople,
    models: RoleModels,
    complete: Callable[[Sequence[EventPerson]], Sequence[EventPerson]],
) -> Every:
    """The events with those of their persons that stay, and with those that are added, which
    `complete` makes whole. In short texts, of which the model has learnt nothing, all stay.
    """
    model = model_of(models, STAGE)
    if model is None or not may_doubt(page):
        return every
    knows_contacts = CONTACT in model.linear.weights
    asked = [
        one
        for one in measure_persons(page, every, people, FAR)
        if knows_contacts or CONTACT not in one.measures
    ]
    best: dict[tuple[EventMentions, str], tuple[float, AskedPerson]] = {}
    for one, odds in zip(asked, model.log_odds([a.measures for a in asked]), strict=True):
        if one.place not in best or odds > best[one.place][0]:
            best[one.place] = odds, one
    added: dict[EventMentions, list[EventPerson]] = defaultdict(list)
    gone = set()
    for place, (odds, one) in best.items():
        if one.measures.get(GIVEN):
            gone |= {place} if odds <= LEAST else set()
        elif odds > model.threshold:
            added[one.event].append(one.named.person)
    reviewed = []
    for event, values in every:
        stay = list(_kept(event, values, gone))
        if added[event]:  # also called otherwise than those that stay: Иван Иванович
            stay = merge_people([*stay, *complete(added[event])])
        reviewed.append((event, replace(values, people=stay)))
    return reviewed


def _kept(
    event: EventMentions, values: EventValues, gone: Container[tuple[EventMentions, str]]
) -> Iterator[EventPerson]:
    return (person for person in values.people if (event, _stem(person)) not in gone)


def measure_persons(
    page: AnnotatedPage, every: Every, people: EventPeople, far: float = -math.inf
) -> Sequence[AskedPerson]:
    """What speaks for each mention of a person of the page being of each event, but for those that
    it was not given and that are `far` from it by the first choice.
    """
    named = people.askable()
    if not named or not every:
        return []
    sure = [(event, values.without_doubtful()) for event, values in every]
    return list(_PersonReviewMeasures(page, sure, people, named).measure(far))


class _PersonReviewMeasures:
    """Measures the persons of a page at its events, whose values have been read."""

    def __init__(
        self,
        page: AnnotatedPage,
        every: Every,
        people: EventPeople,
        named: Sequence[NamedPerson],
    ) -> None:
        self._page = page
        self._people = people
        self._every = every
        self._named = {n.place: n for n in named}
        self._contacts = contact_names(page)
        self._told = {event: sorted(event.sentences()) for event, _ in every}
        by_line = groupby(page.sentences, key=lambda s: (s.part, s.line))
        lines = [list(line) for _, line in by_line]
        self._line_numbers = {s.index: i for i, line in enumerate(lines) for s in line}
        self._named_in_line = [
            (
                {d.first for s in line for d in s.dates if d.is_day},
                {str(m.value) for s in line for m in s.of("places")},
            )
            for line in lines
        ]
        self._days = {event: value_of(values.dates.start) for event, values in every}
        self._towns = {event: self._town_of(values) for event, values in every}
        self._given = {event: {_stem(p) for p in values.people} for event, values in every}
        self._places = {event: {p.name.place for p in values.people} for event, values in every}
        self._of_event = {event: _measure_event(event, values) for event, values in every}
        self._beside: dict[int, list[str]] = defaultdict(list)
        for n in named:
            self._beside[n.sentence.index].append(_stem(n.person))

    def measure(self, far: float) -> Iterator[AskedPerson]:
        """Each person at each event but those that are far; a measure that is 0 is left out."""
        values = dict(self._every)
        mentions = [
            PersonMention(n.sentence, m)
            for place, n in self._named.items()
            for m in n.sentence.of("persons")
            if (m.part, m.start) == place
        ]
        cues = {(p.mention.part, p.mention.start): _measure_cues(p) for p in mentions}
        near = PersonMeasures(self._page, mentions, list(values))
        for mention, event, nearness in near.measure():
            place = (mention.mention.part, mention.mention.start)
            named = self._named[place]
            odds = self._people.odds_at(named.person, event)
            if odds is not None and odds < far and _stem(named.person) not in self._given[event]:
                continue
            measures: Measures = {
                **nearness,
                **self._measure_given(named, event),
                **self._measure_odds(named.person, event),
                **self._measure_employer(named.person, event),
                **self._of_event[event],
                **cues[place],
                **self._measure_contact(named),
                **self._measure_lines(named.sentence, event),
                **self._measure_line(named.sentence, event),
            }
            yield AskedPerson(named, event, {n: float(v) for n, v in measures.items() if v})

    def _measure_given(self, named: NamedPerson, event: EventMentions) -> Measures:
        """To which events the person and those beside it were given."""
        stem, given = _stem(named.person), self._given[event]
        elsewhere: set[str] = set().union(
            *(stems for other, stems in self._given.items() if other is not event)
        )
        beside = [s for s in self._beside[named.sentence.index] if s != stem]
        return {
            GIVEN: stem in given,
            "given.here": named.place in self._places[event],
            "given.elsewhere": stem in elsewhere,
            "given.persons": math.log(1 + len(given)),
            "beside.given": sum(s in given for s in beside) / max(1, len(beside)),
            "beside.elsewhere": not elsewhere.isdisjoint(beside),
            "beside.none": bool(beside) and (given | elsewhere).isdisjoint(beside),
        }

    def _measure_odds(self, person: EventPerson, event: EventMentions) -> Measures:
        """What the first choice says of the person at this event and at others."""
        every = {one: self._people.odds_at(person, one) for one, _ in self._every}
        odds = every.pop(event)
        rival = max((o for o in every.values() if o is not None), default=-_MOST_ODDS)
        return {
            "odds": bounded(_MOST_ODDS if odds is None else odds, _MOST_ODDS),
            "odds.none": odds is None,
            "odds.rival": bounded(rival, _MOST_ODDS),
            "odds.lead": bounded((odds or 0.0) - rival, _MOST_ODDS),
        }

    def _measure_contact(self, named: NamedPerson) -> Measures:
        """How far from a name that a contact was read from its number or address stands."""
        contact = self._contacts.get(named.place)
        if contact is None:
            return {}
        name, text = named.person.name, self._page.texts[named.person.name.part]
        between = [
            (max(m.start - name.end, name.start - m.end, 0), m)
            for m in contact
            if m.part == name.part and not m.field.endswith(".role")
        ]
        measures: dict[str, float] = {CONTACT: 1.0}
        if between:
            gap, nearest = min(between, key=lambda found: found[0])
            first, second = sorted([(name.start, name.end), (nearest.start, nearest.end)])
            lines = text.count("\n", first[1], second[0])
            measures["contact.near"] = 1 / (1 + gap / _BESIDE)
            measures["contact.line"] = lines == 0
            measures["contact.lines"] = min(lines, _FEW_LINES) / _FEW_LINES
            measures["contact.behind"] = nearest.start > name.start
        return measures

    def _measure_lines(self, sentence: AnnotatedSentence, event: EventMentions) -> Measures:
        """Sentences and lines to the event's last mention before a person, and to its next one."""
        told, index = self._told[event], sentence.index
        at = bisect_right(told, index)
        measures: dict[str, float] = {"far.first": at == 0}
        for name, other in (("before", told[at - 1 : at]), ("behind", told[at : at + 1])):
            for number in other:
                lines = abs(self._line_numbers[number] - self._line_numbers[index])
                measures[f"far.{name}"] = math.log(1 + abs(number - index))
                measures[f"far.{name}.lines"] = min(lines, _MANY_LINES) / _MANY_LINES
        if at:
            between = range(told[at - 1] + 1, index + 1)
            measures["far.others"] = any(
                i in others for e, others in self._told.items() if e is not event for i in between
            )
        return measures

    def _measure_line(self, sentence: AnnotatedSentence, event: EventMentions) -> Measures:
        """Whether the line of a person names the day and the town of the event, or others."""
        day, town = self._days[event], self._towns[event]
        here = {d.first for d in sentence.dates if d.is_day}
        days, towns = self._named_in_line[self._line_numbers[sentence.index]]
        return {
            "day.same": day in here,
            "day.other": bool(here - {day}),
            "line.day.same": day in days,
            "line.day.other": bool(days - {day}),
            "line.town.same": town in towns,
            "line.town.other": bool(towns) and town not in towns,
        }

    def _town_of(self, values: EventValues) -> str | None:
        """What the mention of the event's town stands for."""
        city = values.place.city
        sentence = self._page.sentence_at(city.part, city.start) if city else None
        if city is None or sentence is None:
            return None
        return next((str(m.value) for m in sentence.of("places") if m.start == city.start), None)

    def _measure_employer(self, person: EventPerson, event: EventMentions) -> Measures:
        """The job title and employer, and whether that has a role at this event or at others."""
        title, body = person.role, person.organisation
        measures: dict[str, float] = {"name.words": len(person.name.value.split())}
        if title:
            measures |= {"title": 1.0, "title.words": len(title.value.split()) / 4}
            measures[f"title.{title.rule}"] = 1.0
        if body:
            measures |= {"employer": 1.0, f"employer.{body.rule}": 1.0}
            for one, values in self._every:
                here = one is event
                if _has(values.organisers, body):
                    measures["employer.organises" if here else "employer.elsewhere"] = 1.0
                if _has(values.participants.organisations, body):
                    measures["employer.takes_part" if here else "employer.elsewhere"] = 1.0
        return measures


def _has(bodies: Sequence[FoundValue[str]], body: FoundValue[str]) -> bool:
    return any(is_same_body(body.value, other.value) for other in bodies)


def _measure_event(event: EventMentions, values: EventValues) -> Measures:
    return {
        f"of.{values.role}": 1.0,
        f"of.{values.status.value}": 1.0,
        "of.day": values.dates.start is not None,
        "of.town": values.place.city is not None,
        "of.organisers": math.log(1 + len(values.organisers)),
        "of.bodies": math.log(1 + len(values.participants.organisations)),
        "of.gate": math.tanh((event.odds or 0.0) / 4),
        "of.gate_none": event.odds is None,
    }


def _measure_cues(person: PersonMention) -> Measures:
    """The cues of the sentence of a person, those beside it, and what else stands there."""
    s, m = person.sentence, person.mention
    measures: dict[str, float] = {}
    for cue in s.cues:
        measures[f"cue.{cue.category}"] = 1.0
        if 0 <= m.start - cue.end < _BESIDE:
            measures[f"cue.before.{cue.category}"] = 1.0
        if 0 <= cue.start - m.end < _BESIDE:
            measures[f"cue.behind.{cue.category}"] = 1.0
    return {
        **measures,
        **{f"here.{kind}": len(s.of(kind)) for kind in ("organisations", "places", "persons")},
        "at": (m.start - s.start) / max(1, s.end - s.start),
        "long": math.log(1 + s.end - s.start),
    }


def _stem(person: EventPerson) -> str:
    return surname_stem(person.name.value)
