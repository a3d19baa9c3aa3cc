import pytest

from tests.event_texts import event_vocabulary


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


@pytest.mark.parametrize(
    ("text", "named"),
    [("Das Rohstoffforum beginnt", True), ("Die Gespräche enden", False), ("", False)],
)
def test_texts_that_name_a_gathering(text: str, named: bool) -> None:
    assert event_vocabulary("de").names_gathering(text) is named
