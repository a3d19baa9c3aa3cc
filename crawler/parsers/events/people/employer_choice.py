"""Which body each person of a page works for: the one that a trained model finds likeliest, among
those of its sentence, of the sentences beside it, and what rules give.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from crawler.parsers.events.candidates.value_choice import MOST_LEAD, Odds
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_roles import BodyRoles
from crawler.parsers.events.people.employer_measures import (
    EmployerMeasures,
    EmployerPair,
    NamedPerson,
    Place,
    words_of_job_titles,
)
from crawler.parsers.events.trained.joint_model import RoleModels

EMPLOYERS = "employers"
"""Stage of the model."""
_FAR = 100
"""Characters from which on a body behind a name stands in what is told later."""
_TO_VISITED = 6
"""Words between a verb of visiting and whom it is said of (visited on 3 March the works of B)."""
OF_PERSON = "of person"
"""The question that it answers."""


def choose_employers(
    page: AnnotatedPage, roles: BodyRoles, people: Sequence[NamedPerson], models: RoleModels
) -> Mapping[Place, FoundValue[str] | None]:
    """The employer of each person that a body may employ, by where the name stands; None: nobody is
    likely enough, what rules give neither. Empty without a model: rules decide, as they do where
    they give one in a language that it has not learnt from.
    """
    model = models.get(EMPLOYERS, {}).get(OF_PERSON)
    if model is None:
        return {}
    pairs = [p for p in EmployerMeasures(page, roles, people).measure() if _is_asked(page, p)]
    judged = zip(model.log_odds([pair.measures for pair in pairs]), pairs, strict=True)
    chosen: dict[Place, FoundValue[str] | None] = {}
    for place, of_person in groupby(judged, key=lambda one: one[1].person.place):
        ranked = sorted(of_person, key=lambda one: -one[0])
        odds, best = ranked[0]
        others = (o for o, pair in ranked if pair.body.value != best.body.value)
        lead = min(MOST_LEAD, odds - next(others, -math.inf))
        told = Odds(odds - model.threshold, lead).of(best.body)
        chosen[place] = told if odds > model.threshold else None
    return chosen


def _is_asked(page: AnnotatedPage, pair: EmployerPair) -> bool:
    """Whether the model is asked about a pair: not about whom somebody visits. In a language that
    it has not learnt from rules go before, and a body behind the name is of the next one (A, X
    директоры B), but in brackets or behind a preposition.
    """
    if _is_visited(page, pair):
        return False
    if page.grammar.is_taught:
        return True
    person, body = pair.person.person, pair.body
    if person.organisation is not None:
        return False
    if body.part != person.name.part or body.start < person.name.end:
        return True
    gap = page.masked[body.part][person.name.end : body.start]
    beside = gap.strip().casefold()
    return beside == "(" or beside in page.vocabulary.origins or len(gap) > _FAR


def _is_visited(page: AnnotatedPage, pair: EmployerPair) -> bool:
    """Whether a verb of visiting stands between a person and the body right behind it (Minister A
    visited B): nobody visits the house that they work for. Before a job title such a word is part
    of it (visiting professor at B).
    """
    name, body = pair.person.person.name, pair.body
    if body.part != name.part or not 0 <= body.start - name.end <= _FAR:
        return False
    words = page.masked[body.part][name.end : body.start].casefold().replace(",", " , ").split()
    is_role = words_of_job_titles(page.vocabulary).is_role
    verbs = [
        i
        for i, (word, behind) in enumerate(pairwise([*words, ""]))
        if word in page.vocabulary.visiting and not is_role(behind)
    ]
    return bool(verbs) and len(words) - verbs[-1] - 1 <= _TO_VISITED
