import pytest

from tests.event_texts import annotate, read_events


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The tin forum will be held in Oslo in October.", ["2031-10"]),
        ("de", "Die Erzmesse findet im Herbst in Jena statt.", ["2031-autumn"]),
        ("ru", "Форум по меди пройдёт в Оше 12 декабря.", ["2031-12-12"]),
        ("en", "The tin forum was held in Oslo in October.", ["2030-10"]),
        ("en", "The tin forum, which was held in October, will be held again.", ["2030-10"]),
        ("en", "The tin forum will be held in Oslo on 5 March.", ["2031-03-05"]),
        ("en", "The tin forum of October 2030 will be held again in Oslo.", ["2030-10"]),
    ],
)
def test_what_is_to_come_is_behind_the_page(lang: str, text: str, expected: list[str]) -> None:
    page = annotate(text, lang, "2031-03-10")
    assert [d.first for s in page.sentences for d in s.dates] == expected


def test_such_an_event_is_upcoming() -> None:
    text = "The tin forum will be held in Oslo in October."
    read = [(e.name, e.start, e.role) for e in read_events(text, "en", "2031-03-10")]
    assert read == [("tin forum", "2031-10", "upcoming")]
