from __future__ import annotations

import re

import pytest

from crawler.parsers.events.page.numeric_days import read_numeric_days

MEASURES = re.compile(r"(?:Mio|Euro)\Z")


def days(
    text: str, published: str | None = "2031-08-28"
) -> list[tuple[str, str | None, str | None]]:
    """What stands in the place of a day, its first and its last day."""
    found = read_numeric_days(text, published, MEASURES)
    return [(text[d.start : d.end], d.iso, d.iso_end) for d in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "14–16.09, Ош. Школа\n21.09, Талас. Ночь музеев",
            [("14–16.09", "2031-09-14", "2031-09-16"), ("21.09", "2031-09-21", None)],
        ),
        (
            "- 30.12–02.01 Winterschule\n- 05.02. Messe",
            [("30.12–02.01", "2031-12-30", "2032-01-02"), ("05.02", "2032-02-05", None)],
        ),
        (
            "21.09 | Forum\n3–6.10, Актобе. Выставка\nОтменено: форум в Оше (12.10)",
            [
                ("21.09", "2031-09-21", None),
                ("3–6.10", "2031-10-03", "2031-10-06"),
                ("12.10", "2031-10-12", None),
            ],
        ),
        (
            "28.08.2031\n\n21.09, Талас. Ночь музеев\n25.09, Ош. Форум",
            [("21.09", "2031-09-21", None), ("25.09", "2031-09-25", None)],
        ),
        ("21.09, Талас. Ночь музеев", []),
        ("09.00 Einlass\n09.10 Begrüßung\n10.12 Vortrag", []),
        ("1.1 Anlass\n1.2 Ziele", []),
        ("12.05 Mio. Tonnen\n31.02, Aue. Messe", []),
        ("12.05 Mio. Tonnen\n21.09, Aue. Messe", []),
        ("12.10 Euro Kupfer\n9.05 Euro Zinn\n21.09, Aue. Messe", []),
        ("9.05 Begrüßung\n10.10 Vortrag\n11.11 Pause", []),
        (
            "9.10 Messe\n24.09 Forum",
            [("9.10", "2031-10-09", None), ("24.09", "2031-09-24", None)],
        ),
        (
            "9.10 Messe\n11.09. Forum",
            [("9.10", "2031-10-09", None), ("11.09", "2031-09-11", None)],
        ),
        (
            "9.10 Messe\n05.09 Forum",
            [("9.10", "2031-10-09", None), ("05.09", "2031-09-05", None)],
        ),
    ],
)
def test_days_in_digits(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert days(text) == expected


def test_no_days_on_a_page_without_a_day() -> None:
    text = "14.09, Ош. Школа\n21.09, Талас. Ночь музеев"
    assert days(text, None) == days(text, "2031-08") == []
