from __future__ import annotations

import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        (
            "ru",
            (
                "В пятницу в Оше завершилась конференция по олову. "
                "За два дня, 8 и 9 мая, её посетили гости."
            ),
            ("2031-05-08", "2031-05-09"),
        ),
        (
            "en",
            (
                "Last week chemists met at a workshop on tin in Oslo. It was run from 5 to 9 May "
                "by the Fjord Institute."
            ),
            ("2031-05-05", "2031-05-09"),
        ),
        (
            "en",
            (
                "Two firms signed a contract at the Tin Fair in Oslo on 6 May. "
                "The fair, which drew 300 guests from 5 to 8 May, was the largest yet."
            ),
            ("2031-05-05", "2031-05-08"),
        ),
        (
            "en",
            "Last week chemists met at a workshop on tin in Oslo.",
            ("2031-05", None),
        ),
        (
            "de",
            "Gestern und vorgestern tagte in Jena das 4. Zinnforum mit 90 Gästen.",
            ("2031-05-10", "2031-05-11"),
        ),
        (
            "de",
            "Am Wochenende fand in Jena das 4. Zinnforum mit 90 Gästen statt.",
            ("2031-05-10", "2031-05-11"),
        ),
        (
            "en",
            "The winter school on tin will be held on 20 January 2032 in Oslo.",
            ("2032-01-20", None),
        ),
        (
            "de",
            "Die Zinntagung fand am 5. Mai in Jena statt. Die Kupferwoche ist vom 4. bis 6. Mai.",
            ("2031-05-05", None),
        ),
    ],
)
def test_days_that_say_more_exactly_when_it_was(
    lang: str, text: str, dates: tuple[str, str | None]
) -> None:
    event = read_events(text, lang, "2031-05-12")[0]
    assert (event.start, event.end) == dates
