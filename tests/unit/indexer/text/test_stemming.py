"""Stems tell a word from all others, function words above all."""

from __future__ import annotations

import pytest

from indexer.text.folding import fold
from indexer.text.function_words import FUNCTION_WORDS
from indexer.text.stemming import stem


@pytest.mark.parametrize(
    ("lang", "word", "function_word"),
    [
        ("ru", "появится", "по"),
        ("ru", "приём", "при"),
        ("ru", "послы", "после"),
        ("ru", "подам", "под"),
        ("ru", "тема", "тем"),
        ("de", "Ware", "war"),
        ("de", "Seite", "seit"),
        ("de", "Wille", "will"),
        ("de", "eine", "ein"),
        ("en", "wills", "will"),
        ("en", "doe", "does"),
        ("en", "ins", "in"),
    ],
)
def test_a_word_is_no_function_word(lang: str, word: str, function_word: str) -> None:
    assert stem(fold(word), lang) != stem(fold(function_word), lang)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ru", ("появится", "появились", "появился")),
        ("ru", ("приём", "приёма", "приёме")),
        ("ru", ("руда", "руды", "рудой", "рудам")),
        ("ru", ("Казахстан", "Казахстане", "Казахстана")),
        ("ru", ("газ", "газа", "газом")),
        ("ru", ("тема", "темы", "темой")),
        ("ru", ("Ош", "Оше", "Оша", "Ошем")),
        ("ru", ("юг", "юга", "юге", "югом")),
        ("de", ("Ware", "Waren")),
        ("de", ("Seite", "Seiten")),
        ("de", ("Weg", "Wege")),
        ("de", ("Konferenz", "Konferenzen")),
        ("en", ("mine", "mines", "mining")),
        ("en", ("EV", "EVs")),
        ("fr", ("an", "ans")),
    ],
)
def test_forms_of_a_word_agree(lang: str, words: tuple[str, ...]) -> None:
    assert len({stem(fold(word), lang) for word in words}) == 1


@pytest.mark.parametrize("lang", FUNCTION_WORDS)
def test_function_words_stay_as_they_are(lang: str) -> None:
    assert [word for word in FUNCTION_WORDS[lang] if stem(word, lang) != word] == []


@pytest.mark.parametrize(("word", "acronym"), [("оси", "ОС"), ("ела", "ЕЛ")])
def test_what_is_left_of_a_short_word_is_no_word(word: str, acronym: str) -> None:
    assert stem(fold(word), "ru") != stem(fold(acronym), "ru")
