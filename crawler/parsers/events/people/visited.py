"""Whom a delegation visits: a house that receives guests took part, but did not organise their
journey (Das Werk besuchte eine Delegation der Kammer; a delegation of the chamber visited it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import body_found, outermost

_VISITED = "participants.visited"
_OF_TRAVELLERS = 12
"""Characters between a delegation and the body that it is from (from the, aus dem)."""
_WITH = 3
"""Words before a delegation among which "with" makes it company of the subject."""


def visited_by(
    page: AnnotatedPage, event: EventMentions, likely: Sequence[FoundValue[str]]
) -> list[FoundValue[str]]:
    """The bodies that the travellers of an event visit, as its sentences say: those that stand
    before them there (Das Werk besuchte eine Delegation), and the `likely` ones behind.
    """
    trips = [c for c in event.candidates if c.kind == "trip"]
    before = [
        body_found(m, _VISITED)
        for c in trips
        for m in outermost(c.sentence.of("organisations"))
        if m.end <= c.name.start
    ]
    bodies = [*before, *(replace(body, rule=_VISITED) for body in likely)]
    return [body for body in bodies if any(_visits(page, c, body) for c in trips)]


def _visits(page: AnnotatedPage, c: Candidate, body: FoundValue[str]) -> bool:
    """Whether a verb of visiting in the clause of a delegation has the body as its object."""
    masked, words = page.masked[c.sentence.part], page.vocabulary
    if body.part != c.sentence.part or not c.covers(body.start):
        return False
    clause = masked[slice(*c.clause)].casefold()
    if not words.visiting.intersection(w.group() for w in words.words(clause)):
        return False
    before = masked[c.clause[0] : c.name.start].casefold().split()[-_WITH:]
    if words.in_company.intersection(before):
        return False
    behind = max(c.head[1], c.name.end)
    return body.end <= c.name.start or body.start > behind + _OF_TRAVELLERS
