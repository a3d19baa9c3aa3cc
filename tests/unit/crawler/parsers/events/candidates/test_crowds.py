import pytest

from crawler.parsers.events.candidates.crowds import CrowdFinder
from crawler.parsers.events.page.clauses import ClauseFinder
from tests.event_texts import annotate, read_events


def names(lang: str, text: str) -> list[str]:
    page = annotate(text, lang, "2031-11-20")
    finder = CrowdFinder(page.vocabulary, ClauseFinder(page.vocabulary))
    return [
        page.cut(c.sentence.part, c.name.start, c.name.end)
        for c in finder.find(page, page.sentences[0], [])
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "de",
            "Vierzehn von uns fuhren am 12. Juni nach Lodz hinüber.",
            "fuhren am 12. Juni nach Lodz",
        ),
        ("de", "Ein Dutzend Gründer ist im Mai nach Osch gereist.", "nach Osch gereist"),
        (
            "de",
            "Zu neunt saßen wir im Mai um einen Tisch in Jena.",
            "saßen wir im Mai um einen Tisch in Jena",
        ),
        ("en", "Seven quarry managers flew to Oslo on 4 October.", "flew to Oslo"),
        ("en", "Ninety-one of us turned up in Oulu in March.", "turned up in Oulu"),
        ("ru", "В мае девять наших гостили в Оше.", "гостили в Оше"),
        ("en", "Nine of us met for three loud days in Oulu in March.", "met for three loud"),
        (
            "de",
            "Ein Dutzend Gründer ist im Mai durch die Mongolei gefahren.",
            "durch die Mongolei gefahren",
        ),
        ("ru", "Сорок рудокопов заперлись в феврале в Бишкеке.", "заперлись"),
    ],
)
def test_a_counted_crowd_is_an_event(lang: str, text: str, expected: str) -> None:
    assert names(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("de", "Drei Lastwagen fuhren am 5. Mai nach Halle.", id="no people"),
        pytest.param("de", "Einige von uns fuhren am 5. Mai nach Halle.", id="no number"),
        pytest.param("en", "Seven quarry managers flew to Oslo.", id="no day"),
        pytest.param("en", "Seven quarry managers turned up on 4 October.", id="no place"),
        pytest.param(
            "en", "A share of 15 percent of output came to Riga on 6 May 2031.", id="a share"
        ),
        pytest.param(
            "de",
            "Am 12. Juni stieg der Anteil um 17 Prozent von Kupfer, und Erze fuhren nach Lubin.",
            id="ein Anteil",
        ),
        pytest.param("ru", "12 мая в Оше собрали 30 тонн лома.", id="tonnes"),
    ],
)
def test_others_are_none(lang: str, text: str) -> None:
    assert names(lang, text) == []


def test_the_month_and_town_of_a_chronicle_are_the_crowd_s() -> None:
    text = "Февраль, Ош. Сорок рудокопов заперлись на три дня в санатории.\n\nМарт. Шёл снег."
    read = [(e.start, e.place.city) for e in read_events(text, "ru", "2031-11-20")]
    assert read == [("2031-02", "Osh")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Seven managers flew to Oslo on 4 May for a tin workshop.", id="small letters"
        ),
        pytest.param("Seven managers flew to Oslo on 4 May for the Tin Forum.", id="in it"),
    ],
)
def test_what_a_gathering_names_is_no_crowd_s(text: str) -> None:
    assert names("en", text) == []


def test_a_gathering_in_the_clause_is_the_event() -> None:
    text = "On 4 October 2031 seven quarry managers flew to Oslo for the Tin Forum."
    assert [e.name for e in read_events(text, "en", "2031-11-20")] == ["Tin Forum"]
