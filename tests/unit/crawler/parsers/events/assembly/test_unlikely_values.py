"""Which values an event goes without, by how likely each is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from crawler.parsers.events.assembly import assembler
from crawler.parsers.events.assembly.event_values import EventValues
from crawler.parsers.events.assembly.unlikely_values import LEAST, without_unlikely
from crawler.parsers.events.candidates.coreference import EventMentions
from tests.event_texts import event_reader, read_events, text_page
from tests.unit.crawler.parsers.events.assembly.test_event_values import VALUES, found

TOLD = (
    "Das 3. Zinnforum fand am 5. Mai 2031 in Jena statt.",
    "Es kamen 40 Gäste.",
    "Sie sprachen über Zinn.",
    "Die Preise sind hoch.",
    "Viele fanden das gut.",
    "Das 4. Zinnforum findet am 6. Juni 2032 in Jena statt.",
)


def _left(*unlikely: str) -> tuple[EventValues, list[str]]:
    """The values that stay where these are unlikely, and the evidence that is left."""
    evidence = [(path, str(found.value)) for path, found in VALUES.evidence()]
    shares = [
        LEAST - 0.01 if {path, f"{path}:{value}"} & {*unlikely} else LEAST
        for path, value in evidence
    ]
    values, stays = without_unlikely(VALUES, shares)
    left = [value for (_, value), stay in zip(evidence, stays, strict=True) if stay]
    assert left == [str(found.value) for _, found in values.evidence()]
    return values, left


def test_likely_values_stay_as_they_are() -> None:
    assert _left()[0] is VALUES


def test_single_values_of_lists_are_left_out() -> None:
    values, _ = _left("organisers:BGR", "participants.countries:MN", "participants.organisations")
    event = values.event()
    assert event.organisers == ("DERA",)
    assert event.participants.countries == ("KZ",)
    assert event.participants.organisations == ()
    assert event.participants.count == 120


def test_a_place_may_lose_its_town_its_country_or_both() -> None:
    assert _left("place.city")[0].event().place.country == "DE"
    assert _left("place.country")[0].event().place.city == "Jena"
    assert _left("place.city", "participants.count")[0].participants.count is None


def test_what_is_said_of_a_person_goes_with_the_name() -> None:
    values, left = _left("persons[1].name")
    assert [p.name.value for p in values.people] == ["Petra Gros"]
    assert "Rätin" not in left
    assert _left("persons[1].role")[0].people[1].role is None


@pytest.mark.parametrize("path", ["name", "start", "end", "status", "ordinal"])
def test_names_days_and_numbers_of_editions_stay(path: str) -> None:
    assert _left(path)[0] is VALUES


@pytest.mark.parametrize(("told", "towns"), [(TOLD, (None, "Jena")), (TOLD[:1], ("Jena",))])
def test_a_page_of_some_length_goes_without_what_is_unlikely(
    monkeypatch: pytest.MonkeyPatch, told: Sequence[str], towns: Sequence[str | None]
) -> None:
    """A short text keeps everything."""

    def judge(measured: Sequence[Mapping[str, float]], model: object) -> list[float]:
        town = "field.place.city"
        return [LEAST - 0.1 if town in of and "event.first" in of else 1.0 for of in measured]

    monkeypatch.setattr(assembler, "judge_confidence", judge)
    events = read_events(" ".join(told), "de", "2031-05-08")
    assert tuple(event.place.city for event in events) == towns


@pytest.mark.parametrize(
    ("organised", "organisers", "participants"),
    [(0.8, ("BGR", "DERA", "Nordic Bank"), ()), (0.6, ("BGR", "DERA"), ("Nordic Bank",))],
)
def test_a_body_that_is_doubtful_in_one_role_has_the_likelier_one(
    organised: float, organisers: tuple[str, ...], participants: tuple[str, ...]
) -> None:
    also = replace(found("Nordic Bank"), doubtful=True)
    twice = replace(VALUES, organisers=[*VALUES.organisers, also])
    shares = [
        organised if path == "organisers" and value.value == "Nordic Bank" else 0.7
        for path, value in twice.evidence()
    ]
    event = without_unlikely(twice, shares)[0].event()
    assert (event.organisers, event.participants.organisations) == (organisers, participants)


ALONG = (
    "Das 3. Zinnforum fand am 5. Mai 2031 in Jena statt.",
    "Veranstalter des Forums war die Zinn AG.",
    "Es kamen 40 Gäste.",
    "Die Preise sind hoch.",
    "Viele fanden das gut.",
)


@pytest.mark.parametrize(
    ("told", "share", "bodies"),
    [(ALONG, 0.9, ("Zinn AG",)), (ALONG, 0.1, ()), (ALONG, None, ()), (ALONG[:2], 0.9, ())],
)
def test_doubtful_values_stay_where_they_are_likely_and_the_text_has_some_length(
    monkeypatch: pytest.MonkeyPatch,
    told: Sequence[str],
    share: float | None,
    bodies: tuple[str, ...],
) -> None:
    """Without a model of confidence (None) none stays."""

    def judge(measured: Sequence[Mapping[str, float]], model: object) -> list[float]:
        return [share if share and "field.organisers" in of else 1.0 for of in measured]

    reader = event_reader().with_parameters(None)
    monkeypatch.setattr(reader, "_confidence", share and object())
    monkeypatch.setattr(assembler, "judge_confidence", judge)
    _doubt_organisers(monkeypatch)
    page = text_page(" ".join(told), "de", "2031-05-08")
    assert [one.event.organisers for one in reader.assemble(page)] == [bodies]


def test_who_trains_the_model_of_confidence_is_given_doubtful_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _doubt_organisers(monkeypatch)
    reader = event_reader().with_parameters(None, judged=False)
    page = text_page(" ".join(ALONG), "de", "2031-05-08")
    assert [one.event.organisers for one in reader.assemble(page)] == [("Zinn AG",)]


def _doubt_organisers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all organisers doubted that are read."""
    read = assembler.Assembler.read

    def doubt(*given: Any) -> list[tuple[EventMentions, EventValues]]:
        return [
            (event, replace(v, organisers=[replace(o, doubtful=True) for o in v.organisers]))
            for event, v in read(*given)
        ]

    monkeypatch.setattr(assembler.Assembler, "read", doubt)
