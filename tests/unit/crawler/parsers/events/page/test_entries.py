import pytest

from crawler.parsers.events.page.entries import find_entries, mask_days
from tests.event_texts import annotate, read_events

CALENDAR = (
    "Termine\n\n7. Mai 2031: Erzforum, Aue\nFr., 9. Mai 2031: Messe, Halle\nAnmeldung im Büro."
)


def entries(text: str, published: str | None = "2031-03-30") -> list[tuple[str, str]]:
    """First line and day of each entry."""
    page = annotate(text, "de", published)
    dates = [d for s in page.sentences for d in s.dates]
    return [(text[e.start : e.end], e.dated.first) for e in find_entries(text, dates, published)]


def test_lines_that_begin_with_a_day() -> None:
    assert entries(CALENDAR) == [
        ("7. Mai 2031: Erzforum, Aue", "2031-05-07"),
        ("Fr., 9. Mai 2031: Messe, Halle", "2031-05-09"),
    ]


def test_a_bullet_stands_before_the_day() -> None:
    text = "● 7. Mai 2031: Erzforum\n● 9. Mai 2031: Messe"
    assert [day for _, day in entries(text)] == ["2031-05-07", "2031-05-09"]


def test_day_alone_in_its_line() -> None:
    text = "7. Mai 2031\nErzforum\nAue\n9. Mai 2031\nMesse\nHalle"
    assert entries(text) == [
        ("7. Mai 2031\nErzforum\nAue\n", "2031-05-07"),
        ("9. Mai 2031\nMesse\nHalle", "2031-05-09"),
    ]


def test_days_in_headings_with_what_they_head() -> None:
    text = (
        "7. Mai 2031, Erzstadt\nErzforum. Mit Gästen.\n\n"
        "9. Mai 2031, online\nMesse\n\nOhne Tag: Ball"
    )
    assert entries(text) == [
        ("7. Mai 2031, Erzstadt\nErzforum. Mit Gästen.", "2031-05-07"),
        ("9. Mai 2031, online\nMesse", "2031-05-09"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "7. Mai 2031: Erzforum, Aue",
        "Das Erzforum tagt am 7. Mai 2031.\nDie Messe beginnt am 9. Mai 2031.",
        "30. März 2031\n7. Mai 2031: Erzforum, Aue",
        "30. März 2031\nErzforum, Aue",
    ],
)
def test_no_entries(text: str) -> None:
    assert entries(text) == []


def test_numbers_that_are_days_are_masked() -> None:
    text = "Mai\n7. Erzforum, Aue\n9. Messe, Halle\n\n11. Juni. Erztag, Aue"
    page = annotate(text, "de", "2031-03-30")
    dates = [d for s in page.sentences for d in s.dates]
    masked = mask_days(text, find_entries(text, dates, "2031-03-30"))
    assert masked == "Mai\n|| Erzforum, Aue\n|| Messe, Halle\n\n11. Juni| Erztag, Aue"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "de",
            "April\n29. Rohstoffforum, Freiberg\n\nMai\n12.–14. Bergbaumesse, Leipzig",
            {
                ("Rohstoffforum", "2031-04-29", None, "Freiberg"),
                ("Bergbaumesse", "2031-05-12", "2031-05-14", "Leipzig"),
            },
        ),
        (
            "en",
            "April\nMon 7 to Wed 9: Raw Materials Forum, London\nThu 22: Tailings Workshop",
            {
                ("Raw Materials Forum", "2031-04-07", "2031-04-09", "London"),
                ("Tailings Workshop", "2031-04-22", None, None),
            },
        ),
        (
            "ru",
            "7 октября. Форум «Редкие металлы». Алматы.\n17 ноября. Семинар по меди. Ташкент.",
            {
                ("Форум «Редкие металлы»", "2031-10-07", None, "Almaty"),
                ("Семинар по меди", "2031-11-17", None, "Tashkent"),
            },
        ),
    ],
)
def test_what_an_entry_tells_is_of_its_day_and_town(
    lang: str, text: str, expected: set[tuple[str, str, str | None, str | None]]
) -> None:
    published = "2031-08-30" if lang == "ru" else "2031-03-30"
    read = {(e.name, e.start, e.end, e.place.city) for e in read_events(text, lang, published)}
    assert read == expected


def test_an_entry_may_be_of_the_day_of_the_page() -> None:
    text = "7 May 2031: Tin Workshop, Perth\n12 May 2031: Deadline\n20 May: Ore Congress, Oslo"
    read = {(e.name, e.start, e.place.city) for e in read_events(text, "en", "2031-05-07")}
    assert read == {
        ("Tin Workshop", "2031-05-07", "Perth"),
        ("Ore Congress", "2031-05-20", "Oslo"),
    }


def test_an_entry_tells_one_event() -> None:
    text = (
        "14.–16. April, Leipzig\nErzTech 2031, Fachmesse für Siebe.\n\n"
        "7. Mai, Aue\nZinntagung mit Grubenfahrt."
    )
    read = [(e.name, e.start, e.end) for e in read_events(text, "de", "2031-03-30")]
    assert read == [
        ("ErzTech 2031", "2031-04-14", "2031-04-16"),
        ("Zinntagung", "2031-05-07", None),
    ]


def test_day_of_the_page_behind_a_word_opens_none() -> None:
    text = "Updated 30. März 2031\n\n7. Mai 2031 · Aue\nErzforum\n\n9. Mai 2031 · Halle\nMesse"
    assert [day for _, day in entries(text)] == ["2031-05-07", "2031-05-09"]
