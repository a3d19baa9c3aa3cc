import pytest

from crawler.parsers.events.grammar.word_lists import WordLists, folded, known_words


def test_folded_words_know_no_case_and_no_yo() -> None:
    assert folded("Отчёт О") == "отчет о"


def test_longest_of_known_words_wins() -> None:
    pattern = known_words(["Ore", "Ore Club"])
    assert [m.group() for m in pattern.finditer("the ore club, an Ore, Oregon")] == [
        "ore club",
        "Ore",
    ]


@pytest.mark.parametrize(
    ("word", "matches"), [("Erze", True), ("Erzen", True), ("Kupfer", True), ("Kupfers", False)]
)
def test_a_tilde_stands_for_any_ending(word: str, matches: bool) -> None:
    lists = WordLists("de", {"cues": {"ores": ["Erz~", "Kupfer"]}})
    assert bool(lists.with_stems("ores").match(word)) is matches


def test_a_list_that_a_language_has_not_matches_nothing() -> None:
    lists = WordLists("de", {})
    assert lists.phrases("ores") == []
    assert lists.with_stems("ores").match("") is None
    assert lists.whole_phrases("ores").match("") is None
    assert lists.beginnings("ores").match("") is None


def test_phrases_are_found_with_either_letter() -> None:
    begins = WordLists("ru", {"cues": {"places": ["в посёлке"]}}).beginnings("places")
    assert begins.match("в посёлке Цинк")
    assert begins.match("в поселке Цинк")


def test_apostrophes_of_lists_and_tables_are_those_of_evened_texts() -> None:
    lists = WordLists("uz", {"cues": {"heads": ["ma’ruza"], "roles": {"aʼzo": "member"}}})
    even = lists.grammar.even_signs
    assert lists.word_set("heads") == {even("ma'ruza")}
    assert lists.forms_with_values("roles")[even("a'zo")] == "member"
