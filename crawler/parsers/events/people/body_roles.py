"""What the trained roles say of the bodies of a page: how likely each organised an event, took part
in one, or employs somebody.

They stand beside the rules of organisers.py, participants.py and affiliations.py: by what they say,
body_choice.py adds bodies to those that rules give an event, and employer_choice.py gives a person
an employer.
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
from crawler.parsers.events.trained.joint_model import RoleModels, joint_log_odds

ROLES = ("organiser", "participant", "employer", "venue")
"""Questions that a body is put to."""
_MOST_BODIES = 100
"""Bodies of a page that are judged: more stand in directories only."""


@dataclass(frozen=True, slots=True)
class BodyRoles:
    """The bodies of one page, and the log odds of each role for each of them."""

    bodies: Sequence[BodyMention] = ()
    odds: Mapping[str, Sequence[float]] = field(default_factory=dict)


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
    return BodyRoles(bodies, _judge(bodies, measure_bodies(page, bodies, candidates), models))


def _judge(
    bodies: Sequence[BodyMention], measured: Sequence[Mapping[str, float]], models: RoleModels
) -> Mapping[str, Sequence[float]]:
    """The log odds of each role: each body is judged alone, and again with the first answers about
    the others; the mean of both counts.
    """
    first = joint_log_odds({role: models["bodies"][role] for role in ROLES}, measured)
    beside = measure_neighbours(bodies, first)
    second = joint_log_odds({role: models["neighbours"][role] for role in ROLES}, beside)
    return {
        role: [(a + b) / 2 for a, b in zip(alone, second[role], strict=True)]
        for role, alone in first.items()
    }


def without_bodies(
    bodies: Iterable[FoundValue[str]], others: Sequence[FoundValue[str]]
) -> list[FoundValue[str]]:
    """Each body once, without the others, which have another role."""
    kept: list[FoundValue[str]] = []
    for body in bodies:
        if not any(is_same_body(body.value, known.value) for known in (*kept, *others)):
            kept.append(body)
    return kept
