from __future__ import annotations

import pytest

from indexer.text.word_families import words_of_form


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("rekultivierte", "rekultivierung"),
        ("modernisiert", "modernisieren"),
        ("gebohrt", "bohren"),
        ("gefordertes", "fordern"),
        ("ausgebildete", "ausbilden"),
        ("wiedergewonnen", None),
        ("bohrten", "bohren"),
        ("рекультивированные", "рекультивация"),
        ("финансирован", "финансирование"),
        ("экспортирующий", "экспортировать"),
        ("образованного", "образование"),
        ("поставок", "поставка"),
        ("рынка", "рынок"),
        ("торговцев", "торговец"),
        ("lithium", None),
        ("руда", None),
    ],
)
def test_a_form_leads_to_words_that_it_may_be_of(form: str, word: str | None) -> None:
    words = list(words_of_form(form))
    assert word in words if word else not words
