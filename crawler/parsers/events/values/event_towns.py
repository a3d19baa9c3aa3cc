"""Which town an event has, as a trained model chooses among those of the page.

Rules (event_places.py) give an event a town or none; the model gives it another one that it is
surer of.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.values.town_measures import RULED, TownMeasures, TownMention

OF_EVENT = "of event"
"""The question that the model answers."""
_MARGIN = 1.0
"""Log odds by which another town must be likelier than the one that rules give."""


def choose_towns(measured: TownMeasures, model: JointModel) -> Mapping[EventMentions, TownMention]:
    """The towns of events that are other ones than those of rules."""
    every = list(measured.measure())
    open_to_choice = {event for event, _, measures in every if not measures.get(RULED)}
    pairs = [pair for pair in every if pair[0] in open_to_choice]
    odds = model.log_odds([measures for _, _, measures in pairs])
    judged: dict[EventMentions, list[tuple[float, bool, TownMention]]] = defaultdict(list)
    for (event, town, measures), of_town in zip(pairs, odds, strict=True):
        judged[event].append((of_town, bool(measures.get(RULED)), town))
    chosen = {}
    for event, towns in judged.items():
        of_best, _, best = max(towns, key=lambda town: town[0])
        by_rules = max((of_town for of_town, ruled, _ in towns if ruled), default=-math.inf)
        if of_best > max(model.threshold, by_rules + _MARGIN):
            chosen[event] = best
    return chosen
