"""Bodies that took part by the people whom they sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.parsers.events.assembly.employers_there import SENT, with_employers
from crawler.parsers.events.assembly.event_values import EventParticipants
from crawler.parsers.events.people.body_mentions import find_bodies
from crawler.parsers.events.people.body_roles import BodyRoles
from tests.event_texts import event_reader, text_page

TEXT = (
    "The 5th Mining Forum took place in Berlin on 4 May 2031. It was organised by the Chamber of"
    " Mines. It was opened by Petra Gros, president of the Chamber of Mines. Jonas Bell, director"
    " of the Geological Survey of Canada, spoke of tin. Mary Cole, engineer, listened."
)
SURVEY, CHAMBER = "Geological Survey of Canada", "Chamber of Mines"


def _sent(takes_part: float, organises: float, text: str = TEXT) -> list[tuple[str, str]]:
    """The bodies that took part, with their rules, where the roles say so of all bodies; none
    where they say nothing.
    """
    reader = event_reader()
    page = reader.annotate(text_page(text, "en", "2031-06-01"))
    candidates = reader.candidates(page)
    events = reader.find_likely(page, candidates).events
    every = [
        (event, replace(values, participants=EventParticipants()))
        for event, values in reader.assembler(page, events, candidates).read(events, candidates)
    ]
    assert with_employers(every, BodyRoles()) == every
    bodies = find_bodies(page)
    assert SURVEY in {body.mention.surface for body in bodies}
    odds = {"participant": [takes_part] * len(bodies), "organiser": [organises] * len(bodies)}
    ((_, values),) = with_employers(every, BodyRoles(bodies, odds))
    known = [body.value for body in values.organisers if not body.doubtful]
    assert known == ([CHAMBER] if text == TEXT else [])
    return [(body.value, body.rule) for body in values.participants.organisations]


def test_an_employer_took_part_where_that_is_likelier_than_that_it_organised() -> None:
    assert _sent(-1.0, -2.0) == [(SURVEY, SENT)]


@pytest.mark.parametrize(("takes_part", "organises"), [(-2.0, -1.0), (-1.0, -1.0)])
def test_who_rather_organises_is_left_out(takes_part: float, organises: float) -> None:
    assert _sent(takes_part, organises) == []


def test_where_nobody_is_known_to_have_organised_it_an_employer_may_have() -> None:
    assert (
        _sent(-1.0, -2.0, TEXT.replace("organised by the Chamber of Mines", "well attended")) == []
    )
