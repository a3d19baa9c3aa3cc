import pytest

from crawler.parsers.events.candidates.noun_phrases import PhraseGrower
from crawler.parsers.events.grammar.vocabulary import EventVocabulary, roman
from indexer.records.reference import load_reference

LANGUAGES = load_reference().languages
VOCABULARY = {lang: EventVocabulary(lang, LANGUAGES[lang]) for lang in ("de", "en", "ru")}


def grow(lang: str, text: str) -> list[tuple[str, int | None]]:
    vocabulary = VOCABULARY[lang]
    masked = vocabulary.splitter.mask(text)
    names = []
    for word in vocabulary.words(masked):
        if vocabulary.head_of(word.group()) in ("gathering", "weak"):
            name = PhraseGrower(vocabulary).grow(masked, (0, len(text)), word.span(), [])
            names.append((text[name.start : name.end], name.ordinal))
    return names


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "de",
            "Gestern begann die 7. Sitzung der Arbeitsgruppe Wasser.",
            ("7. Sitzung der Arbeitsgruppe Wasser", 7),
        ),
        ("de", "Der Verband hielt seinen zwölften Erzkongress ab.", ("zwölften Erzkongress", 12)),
        ("de", "Die Tagung „Steine von morgen“ endete.", ("Tagung „Steine von morgen“", None)),
        ("en", "the 12th annual Steppe Mining Forum", ("12th annual Steppe Mining Forum", 12)),
        (
            "en",
            "a two-day seminar on tailings and water took place",
            ("two-day seminar on tailings and water", None),
        ),
        (
            "en",
            "the third meeting of the Working Group on Water Use opened",
            ("third meeting of the Working Group on Water Use", 3),
        ),
        (
            "ru",
            "открылся IV Международный форум «Медь и олово» в городе",
            ("IV Международный форум «Медь и олово»", 4),
        ),
        (
            "ru",
            "прошло второе заседание рабочей группы по геологии и недрам",
            ("второе заседание рабочей группы по геологии и недрам", 2),
        ),
    ],
)
def test_head_grows_to_its_phrase(lang: str, text: str, expected: tuple[str, int | None]) -> None:
    assert expected in grow(lang, text)


@pytest.mark.parametrize("word", ["Rohstoffpreise", "Landkreise", "Ermessen"])
def test_lookalikes_are_no_heads(word: str) -> None:
    assert VOCABULARY["de"].head_of(word) is None


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
        ("en", "second", 2),
        ("ru", "пятое", 5),
        ("ru", "27-й", 27),
        ("en", "mining", None),
    ],
)
def test_ordinals(lang: str, word: str, value: int | None) -> None:
    assert VOCABULARY[lang].ordinal(word) == value
