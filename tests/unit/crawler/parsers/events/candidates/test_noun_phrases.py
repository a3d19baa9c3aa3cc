import pytest

from crawler.parsers.events.candidates.noun_phrases import NounPhrase, PhraseGrower
from tests.event_texts import event_vocabulary


def phrases(lang: str, text: str) -> list[NounPhrase]:
    vocabulary = event_vocabulary(lang)
    masked = vocabulary.splitter.mask(text)
    return [
        PhraseGrower(vocabulary).grow(masked, (0, len(text)), word.span(), [])
        for word in vocabulary.words(masked)
        if vocabulary.head_of(word.group()) in ("gathering", "weak")
    ]


def grow(lang: str, text: str) -> list[tuple[str, int | None]]:
    return [(text[p.start : p.end], p.ordinal) for p in phrases(lang, text)]


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
        ("de", "05.05.2031 | 7. Forum Zinn | Bonn", ("7. Forum Zinn", 7)),
        ("de", "Das war Workshop Nr. 4.", ("Workshop Nr. 4", 4)),
        ("en", "That was Workshop No. 9, as they say.", ("Workshop No. 9", 9)),
        ("en", "the 12th annual Steppe Mining Forum", ("12th annual Steppe Mining Forum", 12)),
        ("en", "the 5th annual “Ore” forum", ("5th annual “Ore” forum", 5)),
        (
            "en",
            "the 3rd edition of the “Ore” expo",
            ("3rd edition of the “Ore” expo", 3),
        ),
        ("en", "on the second day the “Green Ore” forum", ("“Green Ore” forum", None)),
        ("en", "for the first time “Green Ore” forum", ("“Green Ore” forum", None)),
        ("en", "the 4th Steppe Mining & Metals Forum", ("4th Steppe Mining & Metals Forum", 4)),
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


@pytest.mark.parametrize(
    ("lang", "text", "determiner"),
    [
        ("de", "Gestern begann die 7. Sitzung.", "die"),
        ("en", "the 12th annual Steppe Mining Forum", "the"),
        ("en", "Steppe Mining Forum", ""),
    ],
)
def test_determiner_before_the_phrase(lang: str, text: str, determiner: str) -> None:
    phrase = phrases(lang, text)[0]
    assert phrase.determiner == determiner


@pytest.mark.parametrize(
    ("text", "quote", "year"),
    [
        ("Die Tagung „Steine von morgen“ endete.", "Steine von morgen", None),
        ("Die Tagung „Steine 2031“ endete.", "Steine 2031", "2031"),
        ("Die Tagung endete.", None, None),
    ],
)
def test_quote_and_year_of_a_phrase(text: str, quote: str | None, year: str | None) -> None:
    (phrase,) = phrases("de", text)
    assert (text[slice(*phrase.quote)] if phrase.quote else None, phrase.year) == (quote, year)


def test_quote_that_closes_behind_the_head_opens_the_phrase() -> None:
    text = "Im Mai folgt der „3. Steppe Mining Congress“ in Bonn."
    assert ("3. Steppe Mining Congress", 3) in grow("de", text)


def test_phrase_enters_no_barrier() -> None:
    text = "the third meeting of the Ore Club"
    vocabulary = event_vocabulary("en")
    barrier = (text.index("Ore"), text.index("Club"))
    head = (text.index("meeting"), text.index(" of"))
    phrase = PhraseGrower(vocabulary).grow(text, (0, len(text)), head, [barrier])
    assert text[phrase.start : phrase.end] == "third meeting"
