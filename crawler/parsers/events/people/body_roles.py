"""What the trained roles say of the bodies of a page: how likely each organised an event, took part
in one, or employs somebody.

They stand beside the rules of organisers.py, participants.py and affiliations.py: of what they say,
body_choice.py adds bodies to those that rules give an event, and an employer is given where rules
leave it empty.
"""

from __future__ import annotations

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

ROLES = ("organiser", "participant", "employer", "venue")
"""Questions that a body is put to."""
_MOST_BODIES = 100
"""Bodies of a page that are judged: more stand in directories only."""


@dataclass(frozen=True, slots=True)
class BodyRoles:
    """The bodies of one page, and the log odds of each role for each of them."""

    bodies: Sequence[BodyMention] = ()
    odds: Mapping[str, Sequence[float]] = field(default_factory=dict)
    _employers: Mapping[tuple[str, int], FoundValue[str]] = field(default_factory=dict)

    def employer(self, person: FoundValue[str]) -> FoundValue[str] | None:
        """The body that a person is of, where the model is sure."""
        return self._employers.get((person.part, person.start))


def judge_bodies(
    page: AnnotatedPage,
    events: Sequence[EventMentions],
    candidates: Sequence[Candidate],
    models: RoleModels,
) -> BodyRoles:
    """The bodies of a page with events; none without models or events."""
    if not events or "neighbours" not in models:
        return BodyRoles()
    bodies = find_bodies(page)[:_MOST_BODIES]
    odds = _judge(bodies, measure_bodies(page, bodies, candidates), models)
    threshold = models["neighbours"]["employer"].threshold
    return BodyRoles(bodies, odds, _choose_employers(bodies, odds["employer"], threshold))


def _choose_employers(
    bodies: Sequence[BodyMention], odds: Sequence[float], threshold: float
) -> Mapping[tuple[str, int], FoundValue[str]]:
    """The likeliest employer of each person, by part and start of the person's name."""
    likeliest: dict[tuple[str, int], tuple[float, BodyMention]] = {}
    for body, of_body in zip(bodies, odds, strict=True):
        person = nearest_person(body) if of_body > threshold else None
        if person is not None:
            known = likeliest.get((person.part, person.start))
            if known is None or known[0] < of_body:
                likeliest[person.part, person.start] = (of_body, body)
    return {
        person: found_body(body.mention, "people.employer-trained")
        for person, (_, body) in likeliest.items()
    }


def _judge(
    bodies: Sequence[BodyMention], measured: Sequence[Mapping[str, float]], models: RoleModels
) -> Mapping[str, Sequence[float]]:
    """The log odds of each role: each body is judged alone, and again with the first answers about
    the others; the mean of both counts.
    """
    first = {role: models["bodies"][role].log_odds(measured) for role in ROLES}
    beside = measure_neighbours(bodies, first)
    odds = {}
    for role, alone in first.items():
        pairs = zip(alone, models["neighbours"][role].log_odds(beside), strict=True)
        odds[role] = [(a + b) / 2 for a, b in pairs]
    return odds


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


def found_body(mention: Mention, rule: str) -> FoundValue[str]:
    """A body that a trained model chose."""
    return FoundValue(mention.surface, mention.part, mention.start, mention.end, rule, 0.6)
