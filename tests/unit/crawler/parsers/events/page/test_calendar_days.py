from collections.abc import Sequence

import pytest

from crawler.parsers.dates.reader import PartialDate
from crawler.parsers.events.page.calendar_days import read_calendar_days
from tests.page_reader import packaged_dates


def days(text: str, lang: str) -> list[tuple[str, str | None, str | None]]:
    """What stands in the place of a day, its first and its last day."""
    dates = packaged_dates()

    def read(words: str) -> Sequence[PartialDate]:
        return dates.find_partial(words, lang, "2031-03-30")

    return [(text[d.start : d.end], d.iso, d.iso_end) for d in read_calendar_days(text, read)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "de",
            "April\n29. Erzforum, Aue\n\nMai\n12.–14. Messe, Halle",
            [("29.", "2031-04-29", None), ("12.–14.", "2031-05-12", "2031-05-14")],
        ),
        (
            "en",
            "MAY 2032\n- Tue 4: Ore Forum\n- 7 to 9 Ore Fair",
            [("4", "2032-05-04", None), ("7 to 9", "2032-05-07", "2032-05-09")],
        ),
        (
            "ru",
            "Май\n7 — форум, Алматы\n11 — семинар, Бишкек",
            [("7", "2031-05-07", None), ("11", "2031-05-11", None)],
        ),
        (
            "en",
            f"MAY\n12 | Forum\n{'later | Women in Mining evening, with tea ' * 3}\n17–28 | Tour",
            [("12", "2031-05-12", None), ("17–28", "2031-05-17", "2031-05-28")],
        ),
        ("ru", "Май\n3–6.05, Ош. Форум\n7. Семинар", []),
        ("de", "Mai\n12. Erzforum, Aue\n3. Seminar für Sprengmeister", []),
        ("de", "Mai\n12. Erzforum, Aue", []),
        ("de", "Seminare\n7. Erzforum, Aue\n8. Erzforum, Halle", []),
        ("de", "Mai\n31. Forum\n32. Forum", []),
        ("de", "Mai\n1. Kupfer wird teurer\n2. Fachtagung in Aue\n3. Forum lockt Gäste", []),
        ("en", "May 2031\n15 companies came to the Ore Forum\n20 students joined", []),
    ],
)
def test_days_below_a_month(
    lang: str, text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert days(text, lang) == expected


def test_running_text_ends_a_calendar() -> None:
    told = (
        "Der Verband hat im vergangenen Jahr viele neue Mitglieder aus allen Ländern gewonnen, wie "
    )
    text = f"Mai\n3. Forum\n7. Messe\n{told}der Vorstand berichtete.\n12. Erzforum, Aue"

    assert [d[0] for d in days(text, "de")] == ["3.", "7."]


def test_months_of_a_calendar_follow_one_another() -> None:
    text = "MAY\n5: Ore Forum\nSEPTEMBER\n20: Ore Fair\nOCTOBER\n16: Ore Hearing"
    assert [first for _, first, _ in days(text, "en")] == ["2031-05-05", "2031-09-20", "2031-10-16"]
    text = "DECEMBER\n5: Ore Forum\nJANUARY\n20: Ore Fair"
    assert [first for _, first, _ in days(text, "en")] == ["2030-12-05", "2031-01-20"]


@pytest.mark.parametrize(
    ("between", "year"),
    [
        ("Ore House, Hull\n", "2032"),
        ("Past events\n", "2031"),
        (f"{'The forum is held for all who work with ores and metals. ' * 2}\n", "2031"),
    ],
)
def test_a_heading_or_running_text_opens_a_calendar_of_its_own(between: str, year: str) -> None:
    text = f"AUGUST\n5: Ore Forum\n{between}JANUARY\n20: Ore Fair"
    assert [first for _, first, _ in days(text, "en")] == ["2031-08-05", f"{year}-01-20"]


def test_a_house_below_the_last_entry_heads_no_calendar() -> None:
    entries = "3.: Tagung\nMesse Berlin\n12.: Seminar\nMesse Berlin\n"
    for heading, year in (("", "2032"), ("Rückblick\n", "2031")):
        text = f"Termine\nAlle Orte\nAugust\n{entries}{heading}Januar\n5.: Forum\n20.: Messe"
        assert [first for _, first, _ in days(text, "de")][2] == f"{year}-01-05"
