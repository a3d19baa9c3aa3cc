from __future__ import annotations

import pytest

from tests.event_texts import annotate


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        ("de", "Am 30. September und 1. Oktober 2031", [("2031-09-30", "2031-10-01")]),
        ("de", "am 30. September 2031 und am 1. Oktober 2031", [("2031-09-30", "2031-10-01")]),
        ("en", "on 30 April and 1 May 2031", [("2031-04-30", "2031-05-01")]),
        ("ru", "29, 30 сентября и 1 октября 2031 года", [("2031-09-29", "2031-10-01")]),
        (
            "de",
            "Am 28. September und 1. Oktober 2031",
            [("2031-09-28", None), ("2031-10-01", None)],
        ),
        (
            "de",
            "Am 30. September tagt die Gilde, am 1. Oktober 2031 der Rat",
            [("2031-09-30", None), ("2031-10-01", None)],
        ),
        ("de", "im September und Oktober 2031", [("2031-09", "2031-10")]),
    ],
)
def test_days_over_the_end_of_a_month_are_one_span(
    lang: str, text: str, dates: list[tuple[str, str | None]]
) -> None:
    (sentence,) = annotate(text, lang, "2031-08-01").sentences
    assert [(d.first, d.last) for d in sentence.dates] == dates


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        ("de", "Gestern und vorgestern wurde getagt.", [("2031-07-30", "2031-07-31")]),
        ("en", "The guild met on Wednesday and Thursday.", [("2031-07-30", "2031-07-31")]),
        ("ru", "Гости работали вчера и сегодня.", [("2031-07-31", "2031-08-01")]),
        (
            "en",
            "The guild met on Monday and Thursday.",
            [("2031-07-28", None), ("2031-07-31", None)],
        ),
    ],
)
def test_days_told_by_that_of_the_page_are_one_span_where_they_follow_each_other(
    lang: str, text: str, dates: list[tuple[str, str | None]]
) -> None:
    (sentence,) = annotate(text, lang, "2031-08-01").sentences
    assert [(d.first, d.last) for d in sentence.dates] == dates
