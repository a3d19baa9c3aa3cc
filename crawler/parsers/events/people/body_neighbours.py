"""What the first answers of the trained roles say of the bodies beside one, as numbers: what their
second stage reads.

A chain of bodies shares its role, an organiser stands alone, and a body named twice has one role.
The answers of a first stage about the neighbours tell so, whatever words the chain is told in
(stacked sequential learning: Cohen and Carvalho, IJCAI 2005).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from crawler.parsers.events.people.body_measures import stems_of_name
from crawler.parsers.events.people.body_mentions import BodyMention

_ODDS = 4.0
"""Log odds from which on an answer hardly counts for more."""
_MANY = 6
"""Bodies of a row or sentence."""


def measure_neighbours(
    bodies: Sequence[BodyMention], odds: Mapping[str, Sequence[float]]
) -> list[dict[str, float]]:
    """Measures of each of the bodies of a page; `odds` are the log odds of each by role."""
    answers = {role: [math.tanh(o / _ODDS) for o in of_role] for role, of_role in odds.items()}
    inside: dict[int, list[int]] = defaultdict(list)
    for number, body in enumerate(bodies):
        inside[body.sentence.index].append(number)
    names = [stems_of_name(body.mention.surface) for body in bodies]
    measured = []
    for number, body in enumerate(bodies):
        here = [other for other in inside[body.sentence.index] if other != number]
        row = [other for other in here if bodies[other].row == body.row]
        same = [
            other
            for other, name in enumerate(names)
            if other != number
            and name & names[number]
            and (name <= names[number] or names[number] <= name)
        ]
        groups = {
            "row": row,
            "here": here,
            "before": [other for other in here if other < number][-1:],
            "behind": [other for other in here if other > number][:1],
            "same": same,
            "last": inside.get(body.sentence.index - 1, []),
            "next": inside.get(body.sentence.index + 1, []),
            "page": [other for other in range(len(bodies)) if other != number],
        }
        measures = {
            "bias": 1.0,
            "row.size": min(len(row), _MANY) / _MANY,
            "here.size": min(len(here), _MANY) / _MANY,
        }
        for role, of_role in answers.items():
            measures |= _measure_answers(role, of_role, number, groups)
        measured.append({name: value for name, value in measures.items() if value})
    return measured


def _measure_answers(
    role: str, answers: Sequence[float], number: int, groups: Mapping[str, Sequence[int]]
) -> dict[str, float]:
    """What the first stage says of a body and of each group of others about a role."""
    own = answers[number]
    measures = {f"own.{role}": own}
    for group, others in groups.items():
        if others:
            said = [answers[other] for other in others]
            measures[group] = 1.0
            measures[f"{group}.{role}.most"] = max(said)
            measures[f"{group}.{role}.mean"] = sum(said) / len(said)
    measures[f"rank.{role}"] = 1 / (1 + sum(answers[other] > own for other in groups["page"]))
    return measures
