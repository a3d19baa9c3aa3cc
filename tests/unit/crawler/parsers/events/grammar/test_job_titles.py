from __future__ import annotations

from functools import cache

import pytest

from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from crawler.parsers.events.grammar.job_titles import JobTitleGrammar
from tests.event_texts import event_vocabulary


@cache
def grammar(lang: str) -> JobTitleGrammar:
    vocabulary = event_vocabulary(lang)
    return vocabulary.grammar.job_titles(JobTitleWords(vocabulary))


@pytest.mark.parametrize(
    ("lang", "title", "plural"),
    [
        ("de", "Ministerinnen", True),
        ("de", "Ministerin", False),
        ("en", "directors", True),
        ("en", "president", False),
        ("en", "Minister", False),
        ("ru", "министры", True),
        ("ru", "министр", False),
    ],
)
def test_a_job_title_of_several_people(lang: str, title: str, plural: bool) -> None:
    assert grammar(lang).is_plural(title) is plural


@pytest.mark.parametrize(
    ("lang", "title", "of_others"),
    [
        ("en", "directors", True),
        ("en", "director", False),
        ("ru", "руководители", True),
        ("ru", "руководитель", False),
        ("de", "Direktoren", False),
    ],
)
def test_a_plural_behind_one_name(lang: str, title: str, of_others: bool) -> None:
    assert grammar(lang).is_of_others(title) is of_others


@pytest.mark.parametrize(
    ("lang", "text", "remit"),
    [
        ("de", "für Industrie und Bergbau", True),
        ("de", "sprach mit", False),
        ("de", "für Bergbau, sagte", False),
        ("en", "of Energy", True),
        ("en", "Energy", False),
        ("ru", "экологии, геологии и природных ресурсов", True),
        ("ru", "экологии; геологии", False),
    ],
)
def test_the_remit_between_a_job_title_and_a_name(lang: str, text: str, remit: bool) -> None:
    words = text.replace(",", "").replace(";", "").split()
    assert grammar(lang).is_remit(text, words, before_comma=False) is remit


def test_a_small_noun_is_a_remit_only_before_a_comma() -> None:
    words = ["for", "energy"]
    assert grammar("en").is_remit("for energy", words, before_comma=True)
    assert not grammar("en").is_remit("for energy", words, before_comma=False)


@pytest.mark.parametrize(
    ("lang", "word", "next_word", "belongs"),
    [
        ("de", "stellvertretender", "Vorsitzender", True),
        ("de", "der", "Vorsitzende", False),
        ("en", "Regional", "Director", True),
        ("en", "regional", "director", False),
        ("ru", "первый", "заместитель", True),
        ("ru", "вчера", "министр", False),
    ],
)
def test_a_word_before_a_job_title(lang: str, word: str, next_word: str, belongs: bool) -> None:
    assert grammar(lang).belongs_before(word, next_word) is belongs


@pytest.mark.parametrize(
    ("lang", "word", "ends"),
    [
        ("de", "sprach", True),
        ("de", "Bergbau", False),
        ("de", "und", False),
        ("en", "opened", True),
        ("en", "mining", False),
        ("ru", "открыл", False),
    ],
)
def test_the_first_word_behind_an_apposition(lang: str, word: str, ends: bool) -> None:
    assert grammar(lang).ends_apposition(word) is ends


def test_an_english_chain_opens_with_its_first_job_title() -> None:
    words = ["the", "Chairman", "of", "the", "Cabinet", "of", "Ministers"]
    assert grammar("en").first_of_chain(words, 6) == 1
    assert grammar("de").first_of_chain(words, 6) == 6


def test_two_remits_of_an_english_office() -> None:
    words = ["Mines", "and", "Energy", "minister"]
    assert grammar("en").joins_remits(words, 2, 3)
    assert not grammar("en").joins_remits(words, 3, 3)
    assert not grammar("de").joins_remits(words, 2, 3)


def test_two_russian_adjectives_of_one_job_title() -> None:
    words = ["Чрезвычайный", "и", "Полномочный", "Посол"]
    assert grammar("ru").opens_pair(words, 2)
    assert not grammar("ru").opens_pair(words, 3)


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("эксперт по рудам НЦРМ ", "НЦРМ"),
        ("эксперт по рудам НЦРМ РК ", "НЦРМ РК"),
        ("министр энергетики РК ", None),
        ("эксперт по рудам ", None),
    ],
)
def test_the_acronym_of_a_body_before_a_russian_name(text: str, acronym: str | None) -> None:
    span = grammar("ru").acronym_before_name(text, 0, len(text))
    assert (text[slice(*span)] if span else None) == acronym


@pytest.mark.parametrize(
    ("text", "titled", "title"),
    [
        ("министром стал ", False, "министром "),
        ("министр энергетики, ", True, "министр энергетики"),
        ("министр энергетики ", False, "министр энергетики "),
    ],
)
def test_where_a_russian_job_title_ends(text: str, titled: bool, title: str) -> None:
    assert text[: grammar("ru").end_of_title(text, 0, len(text), titled=titled)] == title
