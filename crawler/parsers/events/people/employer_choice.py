"""Which body each person of a page works for: the one that a trained model finds likeliest, among
those of its sentence, of the sentences beside it, and what rules give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_roles import BodyRoles
from crawler.parsers.events.people.employer_measures import EmployerMeasures, NamedPerson, Place
from crawler.parsers.events.trained.joint_model import RoleModels

EMPLOYERS = "employers"
"""Stage of the model."""
OF_PERSON = "of person"
"""The question that it answers."""


def choose_employers(
    page: AnnotatedPage, roles: BodyRoles, people: Sequence[NamedPerson], models: RoleModels
) -> Mapping[Place, FoundValue[str] | None]:
    """The employer of each person that a body may employ, by where the name stands; None: nobody is
    likely enough, what rules give neither. Empty without a model: rules decide.
    """
    model = models.get(EMPLOYERS, {}).get(OF_PERSON)
    if model is None:
        return {}
    pairs = list(EmployerMeasures(page, roles, people).measure())
    judged = zip(model.log_odds([pair.measures for pair in pairs]), pairs, strict=True)
    chosen: dict[Place, FoundValue[str] | None] = {}
    for place, of_person in groupby(judged, key=lambda one: one[1].person.place):
        odds, best = max(of_person, key=lambda one: one[0])
        chosen[place] = best.body if odds > model.threshold else None
    return chosen
