"""What lies between a body and the persons beside it."""

from __future__ import annotations

import pytest

from crawler.parsers.events.people.body_mentions import find_bodies
from crawler.parsers.events.people.body_persons import measure_persons
from tests.event_texts import annotate


def _measure(text: str, lang: str, place: int = 0) -> dict[str, float]:
    page = annotate(text, lang, "2031-05-02")
    return measure_persons(page, find_bodies(page)[place])


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Es sprach Dr. Karin Brandner, Geschäftsführerin der Erzbund AG.", "de"),
        ("Dr. Karin Brandner, director of Copperfield Ltd., spoke.", "en"),
    ],
)
def test_a_job_title_between_person_and_body_is_seen(text: str, lang: str) -> None:
    measures = _measure(text, lang)
    assert measures["person.left.role"] == measures["person.left.role.alone"] == 1.0
    assert measures["person.left.comma"] == 1.0


def test_the_job_title_before_a_name_belongs_to_the_body_before_it() -> None:
    measures = _measure("Für die Erzbund AG kam Direktorin Dr. Karin Brandner.", "de")
    assert measures["person.right.role"] == 1.0
    assert "person.left" not in measures


def test_a_body_between_is_counted() -> None:
    text = "Dr. Karin Brandner sprach vor der Erzbund AG und der Silberbank AG."
    assert _measure(text, "de")["person.left.bodies"] == 0.0
    second = _measure(text, "de", 1)
    assert second["person.left.bodies"] == 0.5
    assert "person.left.direct" not in second


def test_nobody_in_the_sentence() -> None:
    measures = _measure("Die Erzbund AG lud ein.", "de")
    assert not any(key.startswith("person.") for key in measures)
