"""Words of a language that is written in two scripts."""

import pytest

from indexer.records.reference import load_reference
from indexer.records.second_script import in_both_scripts

LETTERS = {"sh": "ш", "^e": "э", "e": "е", "oʻ": "ў", "ʼ": "ъ", "k": "к", "o": "о", "h": "ҳ"}


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("eshko", "эшко"),
        ("Shoke X", "Шоке X"),
        ("o‘k", "ўк"),
        ("ko’ke", "кўке"),
        ("keʼk", "кеък"),
        ("e-eh~", "э-эҳ~"),
    ],
)
def test_letters_of_several_signs_go_first(word: str, other: str) -> None:
    content = {"transcription": LETTERS, "cues": {"heads": [word]}}
    assert in_both_scripts(content)["cues"]["heads"] == [word, other]


def test_tables_of_words_expressions_and_other_sections() -> None:
    content = {
        "transcription": LETTERS,
        "cues": {
            "roles": {"kosh": "head"},
            "count_qualifiers": {"ko": ["kok"]},
            "patterns": [r"koh\w+"],
            "common_words": "ok sho",
            "first_names": "Kosho Eko",
        },
        "dates": {"ordinals": {"1": ["ko"]}},
        "pages": {"closing": ["ok"]},
    }
    made = in_both_scripts(content)
    assert made["cues"] == {
        "roles": {"kosh": "head", "кош": "head"},
        "count_qualifiers": {"ko": ["kok", "кок"]},
        "patterns": [r"koh\w+"],
        "common_words": "ok sho",
        "first_names": "Kosho Eko Кошо Эко",
    }
    assert made["dates"] == {"ordinals": {"1": ["ko", "ко"]}}
    assert made["pages"] == {"closing": ["ok"]}


def test_a_language_of_one_script_stays_as_it_is() -> None:
    content = {"cues": {"heads": ["ok"]}}
    assert in_both_scripts(content) is content


@pytest.mark.parametrize("letters", [{}, {"^": "э"}, {"": "э"}])
def test_a_table_without_letters_changes_nothing(letters: dict[str, str]) -> None:
    content = {"transcription": letters, "cues": {"heads": ["ok"]}}
    assert in_both_scripts(content) is content


def test_an_entry_without_letters_is_passed_over() -> None:
    content = {"transcription": {**LETTERS, "^": "x", "": "x"}, "cues": {"heads": ["eshko"]}}
    assert in_both_scripts(content)["cues"]["heads"] == ["eshko", "эшко"]


def test_uzbek_words_are_known_in_cyrillic() -> None:
    cues = load_reference().languages["uz"]["cues"]
    assert {"йиғилиш", "конференция", "маъруза"} <= set(cues["event_heads"])
    assert "X ҳамкорликда ташкил этди" in cues["organiser"]
    assert "МЧЖ" in cues["org_legal_forms"]
    assert cues["roles"]["бошқарма бошлиғи"] == "head_of_department"
