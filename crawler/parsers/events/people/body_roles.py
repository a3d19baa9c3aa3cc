"""What trained models say of the bodies of a page: who organised an event, who took part, whose
employer a body is.

They stand beside the rules of organisers.py, participants.py and affiliations.py: participants are
added to those of the rules, the others answer where rules leave a field empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_measures import measure_bodies
from crawler.parsers.events.people.body_mentions import BodyMention, find_bodies
from crawler.parsers.events.people.body_neighbours import measure_neighbours
from crawler.parsers.events.people.organisers import is_same_body
from crawler.parsers.events.trained.joint_model import RoleModels
from indexer.records.document import Mention

AT_EVENTS = ("organiser", "participant")
"""Roles that exclude each other."""
ROLES = (*AT_EVENTS, "employer")
"""Questions that a body is put to."""
_MOST_BODIES = 100
"""Bodies of a page that are judged: more stand in directories only."""
_REACH = 3
"""Sentences over which a body without an event of its own belongs to the event before it."""


@dataclass(frozen=True, slots=True)
class BodyRoles:
    """The roles of the bodies of one page, as far as the models are sure."""

    _organisers: Mapping[EventMentions, list[FoundValue[str]]] = field(default_factory=dict)
    _participants: Mapping[EventMentions, list[FoundValue[str]]] = field(default_factory=dict)
    _employers: Mapping[tuple[str, int], FoundValue[str]] = field(default_factory=dict)

    def organisers(self, event: EventMentions) -> Sequence[FoundValue[str]]:
        """Who holds, hosts or supports an event, each mention."""
        return self._organisers.get(event, ())

    def participants(self, event: EventMentions) -> Sequence[FoundValue[str]]:
        """Who took part in an event, each mention."""
        return self._participants.get(event, ())

    def employer(self, person: FoundValue[str]) -> FoundValue[str] | None:
        """The body that a person is of."""
        return self._employers.get((person.part, person.start))


def judge_bodies(
    page: AnnotatedPage,
    events: Sequence[EventMentions],
    candidates: Sequence[Candidate],
    models: RoleModels,
) -> BodyRoles:
    """The roles of the bodies of a page at its events; none without models or events."""
    if not events or "neighbours" not in models:
        return BodyRoles()
    bodies = find_bodies(page)[:_MOST_BODIES]
    above = _judge(bodies, measure_bodies(page, bodies, candidates), models)
    found: dict[str, dict[EventMentions, list[FoundValue[str]]]] = {
        role: defaultdict(list) for role in AT_EVENTS
    }
    employers: dict[tuple[str, int], tuple[float, FoundValue[str]]] = {}
    for place, body in enumerate(bodies):
        sure = {role: above[role][place] for role in ROLES if above[role][place] > 0}
        role = max((r for r in AT_EVENTS if r in sure), key=lambda r: sure[r], default=None)
        event = event_of(body, events)
        if role is not None and event is not None:
            found[role][event].append(_evidence(body, role))
        person = nearest_person(body) if "employer" in sure else None
        if person is not None:
            known = employers.get((person.part, person.start))
            if known is None or known[0] < sure["employer"]:
                found_here = (sure["employer"], _evidence(body, "employer"))
                employers[person.part, person.start] = found_here
    chosen = {person: body for person, (_, body) in employers.items()}
    return BodyRoles(found["organiser"], found["participant"], chosen)


def _judge(
    bodies: Sequence[BodyMention], measured: Sequence[Mapping[str, float]], models: RoleModels
) -> Mapping[str, Sequence[float]]:
    """By how much the log odds of each role are above the threshold: each body is judged alone, and
    again with the first answers about the others; the mean of both counts.
    """
    first = {role: models["bodies"][role].log_odds(measured) for role in ROLES}
    beside = measure_neighbours(bodies, first)
    above = {}
    for role, alone in first.items():
        second = models["neighbours"][role]
        pairs = zip(alone, second.log_odds(beside), strict=True)
        above[role] = [(a + b) / 2 - second.threshold for a, b in pairs]
    return above


def event_of(body: BodyMention, events: Sequence[EventMentions]) -> EventMentions | None:
    """The event that a body belongs to: the nearest of its sentence, else the last one before it,
    else the page's own.
    """
    at, index = body.row[0], body.sentence.index
    inside = [
        (abs(c.head[0] - at), number, event)
        for number, event in enumerate(events)
        for c in event.candidates
        if c.sentence.index == index
    ]
    if inside:
        return min(inside, key=lambda found: found[:2])[2]
    before = [
        ((c.sentence.index, c.head[0]), -number, event)
        for number, event in enumerate(events)
        for c in event.candidates
        if 0 < index - c.sentence.index <= _REACH
    ]
    if before:
        return max(before, key=lambda found: found[:2])[2]
    return events[0] if events else None


def nearest_person(body: BodyMention) -> Mention | None:
    """The person of its sentence that stands nearest to a body."""
    mention = body.mention
    return min(
        body.sentence.of("persons"),
        key=lambda p: (max(p.start - mention.end, mention.start - p.end), p.start),
        default=None,
    )


def without_bodies(
    bodies: Iterable[FoundValue[str]], others: Sequence[FoundValue[str]]
) -> list[FoundValue[str]]:
    """Each body once, without the others, which have another role."""
    kept: list[FoundValue[str]] = []
    for body in bodies:
        if not any(is_same_body(body.value, known.value) for known in (*kept, *others)):
            kept.append(body)
    return kept


def _evidence(body: BodyMention, role: str) -> FoundValue[str]:
    m = body.mention
    rule = "people.employer-trained" if role == "employer" else f"{role}s.trained"
    return FoundValue(m.surface, m.part, m.start, m.end, rule, 0.6)
