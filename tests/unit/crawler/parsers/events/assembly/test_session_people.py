"""Persons whom a label gives to an event."""

from __future__ import annotations

import pytest

from tests.event_texts import read_events

_MINUTES = (
    "5. Sitzung des Arbeitskreises Zink\n\nVorsitz: Dr. Hanna Kolb\nSchriftführung: Jens Ahrens\n\n"
    "Die 5. Sitzung fand am 5. Mai 2031 in Goslar statt.\n\nTOP 1. Der Zinkpreis wurde besprochen."
    "\n\nTOP 2. Die Halden werden vermessen.\n\nTOP 3. Die 6. Sitzung findet am 9. September 2031"
    " in Suhl statt."
)
_COURSES = (
    "Zinc Workshop\n\nThe Zinc Workshop takes place in Oslo on 5 May 2031. Moderator: Thomas Brook."
    " Places are few.\n\nOn 9 June 2031 the Tin Seminar is held in Hull. Speakers: Mary Cole, Anna"
    " Reed.\n\nBoth are free. Coffee is served."
)
_FORUM = (
    "Форум по цинку\n\nФорум по цинку пройдёт 5 мая 2031 года в Алматы. Модератор — Анна Ким. Вход"
    " свободный.\n\nСеминар по олову состоится 9 июня 2031 года в Астане. Ведущая – Мария Котова."
    " Число мест ограничено."
)


@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        ("de", _MINUTES, [[("Hanna Kolb", "Vorsitz"), ("Jens Ahrens", "Schriftführung")], []]),
        (
            "en",
            _COURSES,
            [[("Thomas Brook", "Moderator")], [("Mary Cole", None), ("Anna Reed", None)]],
        ),
        ("ru", _FORUM, [[("Анна Ким", "Модератор")], [("Мария Котова", "Ведущая")]]),
    ],
)
def test_they_are_of_the_event_that_was_mentioned_last(
    lang: str, text: str, people: list[list[tuple[str, str | None]]]
) -> None:
    events = sorted(read_events(text, lang, "2031-04-01"), key=lambda e: e.start or "")
    assert [sorted((p.name, p.role) for p in e.persons) for e in events] == [
        sorted(of) for of in people
    ]
