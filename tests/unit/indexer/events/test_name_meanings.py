"""What names of events say, whatever their language."""

from __future__ import annotations

import pytest

from indexer.events.name_meanings import (
    MeaningTables,
    NameMeanings,
    other_subject,
    same_subject,
)
from indexer.records.reference import load_reference
from indexer.text.folding import fold

LANGUAGES = load_reference().languages
TABLES = MeaningTables(LANGUAGES)


def read(name: str, lang: str) -> NameMeanings:
    return TABLES.read(map(fold, name.split()), lang)


@pytest.mark.parametrize(
    "names",
    [
        {"de": "Bergbaukonferenz", "en": "mining conference", "ru": "горная конференция"},
        {"de": "Schulung für Markscheider", "en": "surveyors course", "ru": "тренинг маркшейдеров"},
        {"de": "Rohstoffforum", "en": "minerals forum", "ru": "сырьевой форум"},
        {"de": "Usbekischer Wirtschaftsrat", "en": "Uzbek business", "ru": "узбекский деловой"},
        {"de": "Hochwassermesse", "en": "flood fair", "ru": "выставка паводков"},
    ],
)
def test_names_say_the_same_in_each_language(names: dict[str, str]) -> None:
    one, *others = (read(name, lang) for lang, name in names.items())
    assert one.subjects
    assert others == [one] * len(others)


def test_words_that_begin_alike_are_other_words() -> None:
    assert read("водородный форум", "ru").subjects == ("hydrogen",)
    assert read("Wasserstoff", "de").subjects == ("hydrogen",)
    assert read("туркменский", "ru").countries == ("tm",)
    assert read("Eisenbahn", "de").subjects == ("railway",)


def test_a_language_without_tables_says_nothing() -> None:
    assert read("тау-кен форумы", "kk") == NameMeanings()
    assert TABLES.read(["forum"], None) == NameMeanings()


@pytest.mark.parametrize("table", ["subjects", "countries", "kinds"])
def test_the_languages_know_the_same(table: str) -> None:
    known = [set(LANGUAGES[lang]["event_names"][table]) for lang in ("de", "en", "ru")]
    assert known[0] == known[1] == known[2]


def subjects(*ids: str, countries: tuple[str, ...] = ()) -> NameMeanings:
    return NameMeanings(tuple(sorted(ids)), countries)


@pytest.mark.parametrize(
    ("one", "other", "same", "another"),
    [
        (subjects("water"), subjects("water"), True, False),
        (subjects("water"), subjects("water", "business"), True, False),
        (subjects("mining"), subjects("mining", "safety"), False, False),
        (subjects("water", "women"), subjects("water", "safety"), False, True),
        (subjects("mining"), subjects("raw-materials"), False, False),
        (subjects(), subjects("water"), False, False),
        (subjects("water"), subjects("flood"), False, True),
        (subjects("business"), subjects("business"), False, False),
        (
            subjects("business", countries=("kz",)),
            subjects("business", countries=("kz",)),
            True,
            False,
        ),
        (subjects(countries=("mn",)), subjects(countries=("am",)), False, True),
        (subjects(countries=("de", "kz")), subjects(countries=("kz",)), False, False),
    ],
)
def test_subjects_join_and_part(
    one: NameMeanings, other: NameMeanings, same: bool, another: bool
) -> None:
    for left, right in ((one, other), (other, one)):
        assert same_subject(left, right) == same
        assert other_subject(left, right) == another
