import pytest

from crawler.parsers.events.candidates.heads import HeadFinder
from crawler.parsers.events.page.clauses import ClauseFinder
from tests.event_texts import annotate


def heads(lang: str, text: str) -> list[tuple[str, str]]:
    """The phrases of the first sentence with the kinds of their heads."""
    page = annotate(text, lang)
    finder = HeadFinder(page.vocabulary, ClauseFinder(page.vocabulary))
    return [
        (page.cut(c.sentence.part, c.name.start, c.name.end), c.kind)
        for c in finder.find(page, page.sentences[0])
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Gestern begann die 3. Erzkonferenz.", [("3. Erzkonferenz", "gathering")]),
        ("en", "The 33rd plenary session ended.", [("33rd plenary session", "gathering")]),
        (
            "en",
            "Annual meeting of the miners takes place in Rome.",
            [("Annual meeting of the miners", "gathering")],
        ),
        ("en", "The ministers made a visit to Oslo.", [("visit to Oslo", "trip")]),
        ("ru", "Начался третий форум по олову.", [("третий форум по олову", "gathering")]),
        (
            "de",
            "Im Mai besucht eine Firmendelegation Taschkent und Osch.",
            [("Firmendelegation", "trip")],
        ),
        (
            "de",
            "Die Delegationsreise Usbekistan beginnt.",
            [("Delegationsreise Usbekistan", "trip")],
        ),
        (
            "ru",
            "Рудник посетила делегация Узбекистана.",
            [("делегация Узбекистана", "trip")],
        ),
    ],
)
def test_head_becomes_a_candidate(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert heads(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "The meeting participants left Oslo.", id="says who people are"),
        pytest.param("en", "They met at the Exhibition Hall.", id="a house"),
        pytest.param("en", "The second plenary session ended.", id="a part of a programme"),
        pytest.param("de", "Das Buch „Die Tagung der Steine heute“ ist neu.", id="amid a quote"),
    ],
)
def test_head_is_no_candidate(lang: str, text: str) -> None:
    assert heads(lang, text) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Der diesjährige Wolframtag war schön.", "diesjährige Wolframtag"),
        ("Der 3. Wolframtag war schön.", "3. Wolframtag"),
    ],
)
def test_day_of_a_series(text: str, phrase: str) -> None:
    assert heads("de", text) == [(phrase, "gathering")]


def test_a_day_without_edition_or_year_may_be_anything() -> None:
    assert heads("de", "Der Wolframtag war schön.") == [("Wolframtag", "open")]


def test_a_part_of_a_programme_with_a_day_may_be_anything() -> None:
    assert heads("de", "Zur Podiumsdiskussion am 5. Mai kamen viele.") == [
        ("Podiumsdiskussion", "open")
    ]
    assert heads("de", "Zur Podiumsdiskussion kamen viele.") == []


def test_english_body_before_a_head_belongs_to_the_name() -> None:
    text = "The 91st Ore Association Convention opened."
    assert heads("en", text) == [("91st Ore Association Convention", "gathering")]
