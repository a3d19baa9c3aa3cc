from __future__ import annotations

import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        (
            "de",
            (
                "Am 5. Mai wurde in Aue die Zinntagung eröffnet. Im Mittelpunkt der zweitägigen "
                "Tagung stehen Halden."
            ),
            ("2031-05-05", "2031-05-06"),
        ),
        (
            "de",
            "Am Freitag ging in Aue die dreitägige Zinntagung zu Ende.",
            ("2031-05-07", "2031-05-09"),
        ),
        (
            "en",
            (
                "Geologists met at a helium workshop that ended in Oslo on Friday. "
                "Forty people took part over the two days."
            ),
            ("2031-05-08", "2031-05-09"),
        ),
        (
            "ru",
            "Пятидневный курс по сурьме открылся в Оше 5 мая.",
            ("2031-05-05", "2031-05-09"),
        ),
        (
            "en",
            "The three-day Tin Forum was held in Oslo from 5 to 6 May.",
            ("2031-05-05", "2031-05-06"),
        ),
        (
            "en",
            "On the second day of the three-day Tin Forum in Oslo, on 6 May, guests saw a mine.",
            ("2031-05-06", None),
        ),
        (
            "en",
            "The Tin Forum opened in Hull on 6 May. It lasted three days.",
            ("2031-05-06", "2031-05-08"),
        ),
        (
            "de",
            "Das Zinnforum begann am 6. Mai in Jena. An drei Tagen wurde das Forum gefeiert.",
            ("2031-05-06", "2031-05-08"),
        ),
        (
            "de",
            (
                "Das Zinnforum fand am 6. Mai in Jena statt. Die Firma hatte drei Tage lang "
                "gestreikt."
            ),
            ("2031-05-06", None),
        ),
        (
            "en",
            "The Tin Forum closed in Hull on 6 May. For three days the hall debated zinc.",
            ("2031-05-04", "2031-05-06"),
        ),
        (
            "en",
            (
                "The Tin Forum opened in Hull on 6 May. Over three days before it, engineers "
                "repaired the hall."
            ),
            ("2031-05-06", None),
        ),
        (
            "en",
            "The three-day Tin Forum will be held in Oslo in June.",
            ("2031-06", None),
        ),
    ],
)
def test_days_by_the_length_of_an_event(
    lang: str, text: str, dates: tuple[str, str | None]
) -> None:
    event = read_events(text, lang, "2031-05-12")[0]
    assert (event.start, event.end) == dates


def test_no_day_behind_the_last_one_of_the_calendar() -> None:
    event = read_events("The two-day Tin Forum opens in Oslo on 31 December.", "en", "9999-12-20")[
        0
    ]
    assert (event.start, event.end) == ("9999-12-31", None)
