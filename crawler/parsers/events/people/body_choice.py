"""Which bodies organised each event of a page, and which took part: those that rules see, unless
trained models doubt them, and further ones that these choose among all bodies of the page.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.choice_measures import ChoiceMeasures, ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.candidates.event_sentences import LATE, EventSentences
from crawler.parsers.events.candidates.value_choice import (
    SeveralValues,
    choose_several,
    judge,
    model_of,
)
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.bodies_of_all import find_bodies_of_all
from crawler.parsers.events.people.body_chains import OF_MODELS, body_found, is_at_place
from crawler.parsers.events.people.body_measures import stems_of_name
from crawler.parsers.events.people.body_mentions import BodyMention
from crawler.parsers.events.people.body_roles import BodyRoles, without_bodies
from crawler.parsers.events.people.minutes import bodies_of_absent, body_of_minutes, present_at_head
from crawler.parsers.events.people.organisers import (
    bodies_helping_else,
    bodies_spoken_of,
    is_held_within,
    read_organisers,
    read_participants,
)
from crawler.parsers.events.people.own_bodies import OWN, organises_own, own_body
from crawler.parsers.events.trained.joint_model import RoleModels

ORGANISERS, PARTICIPANTS = "organisers", "participants"
_ODDS = 4.0
"""Log odds from which on an answer hardly counts for more."""
_RATHER = 0.7
"""Log odds by which a body must be likelier to organise an event than to take part in it."""
_CUES = ("organiser", "participants", "receive", "travel")
_FEW, _MANY = 4, 6

Bodies = Mapping[EventMentions, Sequence[FoundValue[str]]]
Judged = Mapping[EventMentions, SeveralValues[ValueMention]]
"""What a model says of the bodies at each event."""


@dataclass(frozen=True, slots=True)
class EventBodies:
    """The bodies of one event: those that rules see, those that models add, and organisers that are
    doubtful: those of rules that the model doubts, and those that it nearly chooses or takes for
    what another role is.
    """

    organisers: Sequence[FoundValue[str]]
    participants: Sequence[FoundValue[str]]
    further_organisers: Sequence[FoundValue[str]] = ()
    further_participants: Sequence[FoundValue[str]] = ()
    doubtful_organisers: Sequence[FoundValue[str]] = ()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The bodies of one role at each event: those of rules, further ones, and doubtful ones."""

    ruled: Bodies
    further: Bodies
    doubtful: Bodies


class BodyChoice:
    """Measures the bodies of one page at its events, and chooses among them.

    `candidates`: all that may be events there; `employers`: part and start of the bodies that rules
    take for somebody's employer: they organise nothing, and may take part. `minuted`: the body
    whose session the page has the minutes of.
    """

    def __init__(
        self,
        page: AnnotatedPage,
        roles: BodyRoles,
        events: Sequence[EventMentions],
        sentences: EventSentences,
        *,
        candidates: Sequence[Candidate],
        employers: Collection[tuple[str, int]],
    ) -> None:
        self._page, self._roles, self._events = page, roles, events
        told = {id(c) for event in events for c in event.candidates}
        self._here: dict[int, list[tuple[Candidate, bool]]] = defaultdict(list)
        for candidate in candidates:
            self._here[candidate.sentence.index].append((candidate, id(candidate) in told))
        self._employers = {
            _key(body.mention.surface)
            for body in roles.bodies
            if (body.mention.part, body.mention.start) in employers
        }
        self.minuted = body_of_minutes(page)
        present = list(present_at_head(page)) if self.minuted else []
        organisers = {
            event: read_organisers(
                page,
                event,
                sentences.near(event) if event.second else sentences.near(event, LATE),
                self.minuted,
            )
            for event in events
        }
        for event, found in organisers.items():
            if not found and organises_own(page, event.candidates) and self._own:
                found.append(self._own)
        participants = {
            event: without_bodies(
                read_participants(page, sentences.near(event))
                if event.second
                else [*present, *read_participants(page, sentences.running())],
                organisers[event],
            )
            for event in events
        }
        self._ruled: Mapping[str, Bodies] = {ORGANISERS: organisers, PARTICIPANTS: participants}

    @cached_property
    def _own(self) -> FoundValue[str] | None:
        """The body whose page it is."""
        return own_body(self._page)

    def choose(self, models: RoleModels) -> Mapping[EventMentions, EventBodies]:
        """The bodies of each event."""
        judged = {stage: self._judge(stage, models) for stage in self._ruled}
        stages = {stage: self._choose_of(stage, of_stage) for stage, of_stage in judged.items()}
        of_organisers, of_participants = stages.values()
        organisers, further = of_organisers.ruled, of_organisers.further
        participants, also = of_participants.ruled, of_participants.further
        taking_part = _rather_taking_part(judged[ORGANISERS] or {}, judged[PARTICIPANTS] or {})
        of_all = find_bodies_of_all(self._page)
        chosen = {}
        for event in self._events:
            ruled = [*organisers[event], *participants[event]]
            more = [
                body
                for body in without_bodies(further.get(event, ()), ruled)
                if _key(body.value) not in taking_part.get(event, ())
            ]
            for said in of_all:
                if not (said.unless_stated and (organisers[event] or more)):
                    more += without_bodies(said.bodies, [*organisers[event], *more])
            others = without_bodies(also.get(event, ()), [*ruled, *more])
            taking = without_bodies(participants[event], more)
            chosen[event] = EventBodies(
                organisers[event],
                taking,
                more,
                others,
                _doubtful(
                    [*of_organisers.doubtful.get(event, ()), *further.get(event, ())],
                    [*organisers[event], *more],
                ),
            )
        return chosen

    def _judge(self, stage: str, models: RoleModels) -> Judged | None:
        """What the model of a stage says of the bodies; None without one, and without bodies."""
        model = model_of(models, stage)
        if model is None or not self._roles.bodies:
            return None
        return choose_several(judge(self.measure(stage), model), model.threshold)

    def _choose_of(self, stage: str, judged: Judged | None) -> _Chosen:
        """The bodies of each event by rules, without those that the model doubts, further ones that
        it chooses, and of organisers those that it doubts or nearly chooses.
        """
        by_rules = self._ruled[stage]
        if judged is None:
            return _Chosen(by_rules, {}, {})
        doubted = {event: {v.value for v in values.doubted} for event, values in judged.items()}
        odds = {event: dict(_above(values)) for event, values in judged.items()}
        absent = self._absent
        there = {
            event: [
                replace(b, odds=odds.get(event, {}).get(key))
                for b in bodies
                if (key := _key(b.value)) not in absent
            ]
            for event, bodies in by_rules.items()
        }

        def is_doubted(body: FoundValue[str], event: EventMentions) -> bool:
            return _key(body.value) in doubted.get(event, ()) and body.rule != OWN

        def of_models(
            values: Sequence[ValueMention], event: EventMentions
        ) -> list[FoundValue[str]]:
            return [
                replace(
                    body_found(value.mention, f"{stage}.trained", OF_MODELS),
                    odds=odds[event][value.value],
                )
                for value in values
                if value.value not in absent
                and not self._speaks_of(value, "sources")
                and (stage != ORGANISERS or self._may_organise(value, event))
            ]

        return _Chosen(
            {e: [b for b in bodies if not is_doubted(b, e)] for e, bodies in there.items()},
            {event: of_models(values.further, event) for event, values in judged.items()},
            {
                event: [
                    *(b for b in there[event] if is_doubted(b, event)),
                    *of_models(values.nearly, event),
                ]
                for event, values in judged.items()
                if stage == ORGANISERS
            },
        )

    @cached_property
    def _absent(self) -> frozenset[frozenset[str]]:
        """The bodies that the page says were not there."""
        page = self._page
        absent = (
            m
            for s in page.sentences
            for m in (*bodies_spoken_of(page, s, "absent"), *bodies_of_absent(page, s))
        )
        return frozenset(_key(m.surface) for m in absent)

    def _may_organise(self, value: ValueMention, event: EventMentions) -> bool:
        """Whether a body is neither where something takes place (im Museum), nor what it is held
        within, nor party of a paper, nor a help for something else, nor in the event's own name,
        whose owners rules tell.
        """
        s, m = value.sentence, value.mention
        if is_held_within(m, s.cue("container")) or self._speaks_of(value, "signing"):
            return False
        if any(m.start == body.start for body in bodies_helping_else(self._page, s)):
            return False
        return not is_at_place(self._page, s, m) and not any(
            c.sentence.index == s.index and c.name.start <= m.start < c.name.end
            for c in event.candidates
        )

    def _speaks_of(self, value: ValueMention, category: str) -> bool:
        """Whether the sentence says something else of a body: that it is a source, or signs."""
        spoken = bodies_spoken_of(self._page, value.sentence, category)
        return any(m.start == value.mention.start for m in spoken)

    def measure(self, stage: str) -> ChoiceMeasures:
        """What speaks for each body of the page; employers organise nothing."""
        ruled = {
            event: {_key(body.value) for body in bodies}
            for event, bodies in self._ruled[stage].items()
        }
        bodies = self._find_bodies()
        if stage == ORGANISERS:
            bodies = (body for body in bodies if body.value not in self._employers)
        return ChoiceMeasures(self._events, bodies, ruled)

    def _find_bodies(self) -> Iterator[ValueMention]:
        for place, body in enumerate(self._roles.bodies):
            key = _key(body.mention.surface)
            if not body.mention.surface.endswith("-"):
                measures = {**self._measure_roles(place), **self._measure_body(body)}
                measures["body.employs"] = key in self._employers
                yield ValueMention(body.sentence, body.mention, key, measures)

    def _measure_roles(self, place: int) -> Measures:
        """What the trained roles say of a body. Of its mentions the greatest numbers count, so that
        each answer is given both ways round.
        """
        odds = {role: of_role[place] for role, of_role in self._roles.odds.items()}
        rather = odds["organiser"] - odds["participant"]
        measures = {"role.rather_organiser": rather, "role.rather_participant": -rather}
        for role, of_role in odds.items():
            measures |= {f"role.{role}": of_role, f"role.{role}.not": -of_role}
        return {name: math.tanh(value / _ODDS) for name, value in measures.items()}

    def _measure_body(self, body: BodyMention) -> Measures:
        """How a body is known and written, what stands beside it, and whether something in its
        sentence may be an event and is not told as one.
        """
        s, m = body.sentence, body.mention
        near = sorted(
            (max(c.name.start - m.end, m.start - c.name.end, 0), not told)
            for c, told in self._here[s.index]
        )
        return {
            "body.tagged": m.extractor.startswith("tagger"),
            "body.known": m.extractor.startswith("table"),
            "body.words": min(len(m.surface.split()), _MANY) / _MANY,
            "body.acronym": m.surface.isupper(),
            "row.place": min(body.place_in_row, _FEW) / _FEW,
            "row.several": body.row != (m.start, m.end),
            "other.here": any(untold for _, untold in near),
            "other.nearest": bool(near) and near[0][1],
            "in.persons": min(len(s.of("persons")), _FEW) / _FEW,
            **{f"in.cue.{category}": bool(s.cue(category)) for category in _CUES},
        }


def _doubtful(
    bodies: Sequence[FoundValue[str]], others: Sequence[FoundValue[str]]
) -> list[FoundValue[str]]:
    return [replace(body, doubtful=True) for body in without_bodies(bodies, others)]


def _rather_taking_part(
    organising: Judged, taking_part: Judged
) -> Mapping[EventMentions, frozenset[Hashable]]:
    """The bodies of each event that the models do not take for its organisers clearly more than for
    its participants.
    """
    rather = {}
    for event, values in organising.items():
        others = taking_part.get(event)
        as_participant = dict(_above(others)) if others else {}
        rather[event] = frozenset(
            value
            for value, above in _above(values)
            if above < as_participant.get(value, -math.inf) + _RATHER
        )
    return rather


def _above(values: SeveralValues[ValueMention]) -> Iterator[tuple[Hashable, float]]:
    """Each body, and by how much its log odds are above the threshold."""
    return ((value.value, above) for value, above in values.above)


def _key(name: str) -> frozenset[str]:
    """By which the mentions of a body are known as one: the beginnings of the words of its name."""
    return stems_of_name(name) or frozenset((name.casefold(),))
