import pytest

from crawler.parsers.events.grammar.vocabulary import folded, known_words, roman
from tests.event_texts import event_vocabulary


@pytest.mark.parametrize("word", ["Rohstoffpreise", "Landkreise", "Ermessen"])
def test_lookalikes_are_no_heads(word: str) -> None:
    assert event_vocabulary("de").head_of(word) is None


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
    assert event_vocabulary(lang).ordinal(word) == value


@pytest.mark.parametrize(
    ("lang", "word", "kind"),
    [
        ("de", "Rohstoffkonferenz", "gathering"),
        ("de", "konferenz", None),
        ("de", "Online-Konferenz", "gathering"),
        ("de", "Gespräche", "weak"),
        ("de", "Delegationsreise", "trip"),
        ("en", "conference", "gathering"),
        ("en", "mini-conference", "gathering"),
        ("en", "visit", "trip"),
        ("en", "mining", None),
        ("ru", "конференции", "gathering"),
        ("ru", "визитом", "trip"),
        ("ru", "руда", None),
    ],
)
def test_heads(lang: str, word: str, kind: str | None) -> None:
    assert event_vocabulary(lang).head_of(word) == kind


@pytest.mark.parametrize(
    ("lang", "word", "value"),
    [("de", "vierundzwanzig", 24), ("en", "twenty-four", 24), ("de", "zwölf", 12)],
)
def test_number_words(lang: str, word: str, value: int) -> None:
    assert event_vocabulary(lang).number_words[word] == value


@pytest.mark.parametrize(
    ("lang", "text", "ordinal"),
    [
        ("de", "Sie tagte zum dritten Mal in Bonn", "dritten"),
        ("en", "It met for the third time in Oslo", "third"),
        ("de", "Sie tagte in Bonn", None),
    ],
)
def test_ordinal_phrases(lang: str, text: str, ordinal: str | None) -> None:
    found = event_vocabulary(lang).ordinal_phrases(text, 0, len(text))
    assert [next(g for g in m.groups() if g) for m in found] == ([ordinal] if ordinal else [])


@pytest.mark.parametrize(
    ("word", "is_person"), [("Vertreter", True), ("Ministerin", False), ("Bergbau", False)]
)
def test_nouns_for_people(word: str, is_person: bool) -> None:
    assert event_vocabulary("de").is_person_noun(word) is is_person


@pytest.mark.parametrize(
    ("line", "is_contact"),
    [("Tel.: 030 123", True), ("E-Mail: (", True), ("Telegramm aus Bonn", False)],
)
def test_contact_line(line: str, is_contact: bool) -> None:
    assert bool(event_vocabulary("de").contact_line.search(line)) is is_contact


def test_folded_words_know_no_case_and_no_yo() -> None:
    assert folded("Отчёт О") == "отчет о"


def test_longest_of_known_words_wins() -> None:
    pattern = known_words(["Ore", "Ore Club"])
    assert [m.group() for m in pattern.finditer("the ore club, an Ore, Oregon")] == [
        "ore club",
        "Ore",
    ]


def test_the_month_of_a_stem_in_letters_that_only_expressions_take_for_its_own() -> None:
    words = event_vocabulary("de")
    for text in ("Junitreffen", "JUNİTREFFEN", "JUNıTREFFEN"):
        month = words.named_months.match(text)
        assert month is not None
        assert words.phrase_of_month(month.group()) == words.phrase_of_month("Juni")


@pytest.mark.parametrize(
    ("lang", "word", "house"),
    [
        ("de", "Kulturhaus", True),
        ("de", "Zinnwerk", True),
        ("de", "Netzwerk", False),
        ("en", "Hall", True),
        ("en", "Shall", False),
    ],
)
def test_words_for_houses(lang: str, word: str, house: bool) -> None:
    assert event_vocabulary(lang).is_house(word) is house
