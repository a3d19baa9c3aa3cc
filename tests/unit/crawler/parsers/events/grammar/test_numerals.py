import pytest

from crawler.parsers.events.grammar.numerals import Numerals, figures, roman
from tests.event_texts import event_vocabulary


@pytest.mark.parametrize(
    ("text", "value"), [("XIX", 19), ("IV", 4), ("ХII", 12), ("IC", None), ("", None)]
)
def test_roman_numerals(text: str, value: int | None) -> None:
    assert roman(text) == value


@pytest.mark.parametrize(
    ("lang", "word", "value"),
    [
        ("de", "achten", 8),
        ("de", "5.", 5),
        ("en", "25th", 25),
        ("en", "123rd", 123),
        ("ru", "109-е", 109),
        ("en", "1960th", None),
        ("en", "second", 2),
        ("ru", "пятое", 5),
        ("ru", "27-й", 27),
        ("ru", "27й", 27),
        ("ru", "10-м", 10),
        ("ru", "10м", None),
        ("ru", "20ю", None),
        ("en", "mining", None),
    ],
)
def test_ordinals(lang: str, word: str, value: int | None) -> None:
    assert Numerals(event_vocabulary(lang)).ordinal(word) == value


@pytest.mark.parametrize(
    ("lang", "word", "value"),
    [("de", "vierundzwanzig", 24), ("en", "twenty-four", 24), ("de", "zwölf", 12)],
)
def test_number_words(lang: str, word: str, value: int) -> None:
    assert Numerals(event_vocabulary(lang)).words[word] == value


@pytest.mark.parametrize(
    ("lang", "word", "value"),
    [
        ("kk", "он бір", 11),
        ("kk", "елуге", 50),
        ("kk", "үш жүзден", 300),
        ("kk", "екі жүз елу", 250),
        ("kk", "он мыңнан", 10_000),
        ("ky", "токсонго", 90),
        ("ky", "жүздөн", 100),
        ("uz", "икки юзга", 200),
        ("uz", "oʻn bir", 11),
        ("uz", "ellikta", 50),
        ("tg", "саду бист", 120),
        ("tg", "дусаду панҷоҳ", 250),
        ("tg", "сию ду", 32),
        ("mn", "хорин тав", 25),
        ("mn", "гурван зуун тавин", 350),
    ],
)
def test_numbers_of_several_words_with_their_endings(lang: str, word: str, value: int) -> None:
    words = event_vocabulary(lang)
    assert words.number_words[words.grammar.even_signs(word)] == value


@pytest.mark.parametrize(("lang", "word"), [("kk", "бірге"), ("uz", "birga"), ("mn", "гурав зуу")])
def test_no_numbers(lang: str, word: str) -> None:
    assert word not in event_vocabulary(lang).number_words


@pytest.mark.parametrize(
    ("lang", "text", "numbers"),
    [
        ("kk", "200нан астам, 300ге жуық адам", ["200", "300"]),
        ("ky", "300дөн ашуун адам", ["300"]),
        ("uz", "300dan ortiq, 150ta odam, 200 нафар", ["300", "150", "200"]),
        ("uz", "300га, 5ga", []),
        ("ru", "300га, 5ка, 7ка, 20 человек", ["20"]),
        ("de", "5ka, 12 Personen", ["12"]),
        ("de", "20 % der 30 Gäste", ["30"]),
        ("ru", "31-е заседание, 5-му ряду, 20\u00a0%, 40 гостей", ["40"]),
    ],
)
def test_cases_right_behind_figures(lang: str, text: str, numbers: list[str]) -> None:
    whole = figures(event_vocabulary(lang).grammar.glued_cases)
    assert [found.group() for found in whole.finditer(text)] == numbers
