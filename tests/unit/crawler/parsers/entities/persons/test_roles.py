import pytest

from crawler.parsers.entities.persons.roles import SINGLE_WORD, last_word


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("the new minister ", "minister"),
        ("the minister’s ", "minister’s"),
        ("Gestern sprach die Vize-Präsidentin\n", "Präsidentin"),
        ("der Direktor (", "Direktor"),
        ("Direktor – „", "Direktor"),
        ("a_b", "b"),
        ("…", ""),
        ("", ""),
    ],
)
def test_the_last_word_of_what_leads_up_to_a_name(before: str, word: str) -> None:
    assert last_word(before) == word
    assert word == ["", *SINGLE_WORD.findall(before)][-1]
