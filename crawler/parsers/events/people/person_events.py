"""How likely the persons of a page are of each of its events, as a trained model sees it.

Rules (event_people.py) give a person to an event; the model may move it to another one, or leave it
out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.value_choice import model_of
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.people.person_measures import PersonMeasures, find_persons
from crawler.parsers.events.trained.joint_model import RoleModels

PersonOdds = Mapping[tuple[str, int], Mapping[EventMentions, float]]
"""Part and start of the mention of a person → by how much the log odds of each event are above the
threshold.
"""


def judge_persons(
    page: AnnotatedPage, events: Sequence[EventMentions], models: RoleModels
) -> PersonOdds:
    """The odds of each person at each event; empty without a model: rules decide."""
    model = model_of(models, "persons")
    if model is None or not events:
        return {}
    pairs = list(PersonMeasures(page, find_persons(page), events).measure())
    odds = model.log_odds([measures for _, _, measures in pairs])
    judged: dict[tuple[str, int], dict[EventMentions, float]] = defaultdict(dict)
    for (person, event, _), of_event in zip(pairs, odds, strict=True):
        judged[person.mention.part, person.mention.start][event] = of_event - model.threshold
    return judged
