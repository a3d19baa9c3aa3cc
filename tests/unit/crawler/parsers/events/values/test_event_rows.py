"""Events that a sentence names one after another, each with its day and town behind it."""

from __future__ import annotations

import pytest

from tests.event_texts import read_events

EN = "The agency published its plans on Monday. {} Registration is open to all firms."
DE = "Die Agentur hat am Montag ihre Pläne veröffentlicht. {} Die Anmeldung ist offen."
RU = "Агентство опубликовало план работы. {} Регистрация открыта."


@pytest.mark.parametrize(
    ("lang", "text", "given"),
    [
        (
            "en",
            EN.format("A workshop in Osh on 3 May and a fair in Bishkek on 9 May will follow."),
            [("2031-05-03", "Osh"), ("2031-05-09", "Bishkek")],
        ),
        (
            "en",
            EN.format(
                "It invites partners to a seminar on 3 May in Osh, a trade fair from 9 to 11 May in"
                " Bishkek and a workshop on 11 June in Almaty."
            ),
            [("2031-05-03", "Osh"), ("2031-05-09", "Bishkek"), ("2031-06-11", "Almaty")],
        ),
        (
            "de",
            DE.format(
                "Sie lädt zu einem Workshop am 3. Mai in Osch und zu einer Messe am 9. Mai in"
                " Bischkek ein."
            ),
            [("2031-05-03", "Osh"), ("2031-05-09", "Bishkek")],
        ),
        (
            "ru",
            RU.format("Семинар в Оше 3 мая и выставка в Бишкеке 9 мая станут следующими."),
            [("2031-05-03", "Osh"), ("2031-05-09", "Bishkek")],
        ),
    ],
)
def test_each_event_of_a_row_has_the_day_and_town_behind_it(
    lang: str, text: str, given: list[tuple[str, str]]
) -> None:
    events = read_events(text, lang, "2031-04-20")
    assert [(e.start, e.place.city) for e in events] == given


def test_events_that_share_a_day_or_town_keep_it() -> None:
    events = read_events(
        EN.format("A workshop and a fair will be held in Osh on 3 May."), "en", "2031-04-20"
    )
    assert {(e.start, e.place.city) for e in events} == {("2031-05-03", "Osh")}
