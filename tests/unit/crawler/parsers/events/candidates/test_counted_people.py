import pytest

from crawler.parsers.events.candidates.counted_people import PeopleCounter
from tests.event_texts import annotate


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Forty founders and 58 regional buyers came.", [(40, "Forty founders")]),
        ("en", "Some 58 regional buyers came.", [(58, "58 regional buyers")]),
        ("en", "We counted 1,389 buyers.", [(1389, "1,389 buyers")]),
        ("en", "Seven of us came.", [(7, "Seven of us")]),
        ("en", "Ninety-one of you came.", [(91, "Ninety-one of you")]),
        ("de", "Siebzehn von uns kamen.", [(17, "Siebzehn von uns")]),
        ("de", "Ein Dutzend Gründer kam.", [(0, "Dutzend Gründer")]),
        ("ru", "Приехали девять наших.", [(9, "девять наших")]),
        ("ru", "Девять из нас приехали.", [(9, "Девять из нас")]),
    ],
)
def test_numbers_of_people(lang: str, text: str, expected: list[tuple[int, str]]) -> None:
    page = annotate(text, lang)
    found = PeopleCounter(page.vocabulary).find(page.masked["text"], page.sentences[0])
    assert [(n.value, text[n.start : end]) for n, end in found][:1] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "Seven of the trucks came.", id="of others"),
        pytest.param("en", "The share of 15 percent of output fell.", id="share"),
        pytest.param("en", "Some 15 tonnes members gave.", id="measure"),
        pytest.param("en", "It rose by 2.50 members a day.", id="decimal number"),
        pytest.param("en", "A 30-member crew came.", id="part of a word"),
        pytest.param("en", "We saw seven. Members slept.", id="mark"),
        pytest.param("en", "Seven old rusty lorries of members came.", id="too far"),
        pytest.param("de", "Am 12. Mai Mitglieder zählen.", id="date"),
        pytest.param("de", "Am 12. Juni stieg er um 17 Prozent von Kupfer.", id="von"),
        pytest.param("ru", "Взяли 9 из запасов.", id="из"),
    ],
)
def test_numbers_of_others(lang: str, text: str) -> None:
    page = annotate(text, lang)
    counter = PeopleCounter(page.vocabulary)
    assert [*counter.find(page.masked["text"], page.sentences[0])] == []
