"""Persons are found by words in every script, and by a spelling of umlauts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.as_written import as_written
from indexer.query.evaluator import holds
from indexer.query.person_words import ShortName, person_of_word, short_name
from indexer.records.document import Event, Page, Person, StoredDocument, document_id
from indexer.records.reference import load_reference

COMPILER = QueryCompiler(load_reference(), {})


def found(query: str, name: str, lang: str, *, written: bool = False) -> bool:
    """Whether a query finds a page with an event at which a person spoke."""
    person = Person(name)
    page = Page(
        "https://example.org/",
        text=f"{name} (а, a, i, и).",
        lang=lang,
        events=(Event("x", persons=(person,)),),
    )
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    view = COMPILER.view(StoredDocument(document_id("x"), page.url or "", "s", 1, seen, page))
    root = COMPILER.compile(parse_query(query)).root
    return holds(as_written(root) if written else root, view)


NAMES = {"Ida Bäcker": "de", "Ida Baecker": "en", "Ида Беккер": "ru"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", [*NAMES, "Bäcker", "Baecker", "Беккер", 'person:"Ида Беккер"'])
def test_umlauts_and_scripts_find_each_other(query: str, name: str) -> None:
    assert found(query, name, NAMES[name])


@pytest.mark.parametrize(
    ("query", "name", "lang", "is_found"),
    [
        ("Dawletow", "Арман Давлетов", "ru", True),
        ("Давлетов", "Arman Davletov", "en", True),
        ("Röder", "Уве Рёдер", "ru", True),
        ("Bäcker", "Ida Becker", "de", False),
        ("Becker", "Ida Bäcker", "de", False),
        ("davletov", "Арман Давлетов", "ru", True),
        ("arman davletov", "Арман Давлетов", "ru", True),
        ("dawletow", "Арман Давлетов", "ru", True),
        ("давлетов", "Arman Davletov", "en", True),
        ("bäcker", "Ида Беккер", "ru", True),
        ("becker", "Ida Bäcker", "de", False),
        ("there", "Терье Хансен", "ru", False),
        ("том", "Tom Schroeter", "de", False),
        ("tom", "Том Шрётер", "ru", False),
        ("Davletov", "Арман Дауленов", "ru", False),
        ('"Davletov"', "Арман Давлетов", "ru", False),
    ],
)
def test_a_name_is_told_from_others(query: str, name: str, lang: str, is_found: bool) -> None:
    assert found(query, name, lang) is is_found


def test_who_takes_words_as_they_are_written_asks_for_no_persons() -> None:
    assert found("Беккер", "Ида Беккер", "ru", written=True)
    assert not found("Беккер", "Ida Bäcker", "de", written=True)
    assert not found("Bäcker", "Ида Беккер", "ru", written=True)


@pytest.mark.parametrize("word", ["zum", "there", "для", "eye", "Al", "B2B", "2026", "X1"])
def test_what_is_written_as_no_name_is_none(word: str) -> None:
    assert person_of_word(word, word) is None


SHORT_NAMES = {
    "А. Ломайер": ("Annegret Lohmeyer", "Annegret Lohmeier", "Аннегрет Ломайер"),
    "A. Lohmeyer": ("Аннегрет Ломайер", "Ломайер Аннегрет"),
    "Lohmeyer, A.": ("Аннегрет Ломайер",),
    "Ф.М. Назаров": ("Farruch Nasarow", "Farrukh Nazarov", "Назаров Фаррух Махмадович"),
    "Назаров Ф. М.": ("Farrukh Nazarov", "Ф. Назаров", "F. Nasarow"),
    "А.Мюллер": ("Anneliese Mueller", "Anneliese Müller"),
    "Х. Вайс": ("Helmut Weiß", "Hans-Peter Weiss"),
    "H.-P. Weiss": ("Хельмут Вайс",),
    "Ж. Оморова": ("Zhyldyz Omorova", "Dschyldys Omorowa", "Jyldyz Omorova", "Жылдыз Оморова"),
    "Zh. Omorova": ("Жылдыз Оморова", "Schyldys Omorowa"),
    "J. Omorova": ("Жылдыз Оморова", "Zhyldyz Omorova"),
    "Д. Саидов": ("Dschamsched Saidow", "Jamshed Saidov", "Ҷамшед Саидов"),
    "Z. Hakimov": ("Зафар Хакимов", "Safar Chakimow"),
    "Ш. Юлдашев": ("Shukhrat Yuldashev", "Schuchrat Juldaschew"),
    "Ш. Кёниг": ("Stefan König",),
    "Ч. Айтбаев": ("Tschingis Aitbajew", "Chingiz Aitbayev"),
    "Э. Ротермунд": ("Ernst Rothermund",),
    "Yu. Egorova": ("Юлия Егорова", "Julija Jegorowa"),
    "Я. Щербакова": ("Yana Shcherbakova", "Jana Schtscherbakowa"),
    "К. Хаас": ("Christian Haas", "Karl Haas"),
    "И. Мюллер-Линденау": ("Ines Müller-Lindenau",),
    "U. von der Leyen": ("Урсула фон дер Ляйен",),
    "N Tokobayev": ("Нурлан Токобаев", "Nurlan Tokobajew"),
}


@pytest.mark.parametrize(
    ("query", "name"), [(query, name) for query, names in SHORT_NAMES.items() for name in names]
)
def test_an_initial_and_a_surname_find_the_person(query: str, name: str) -> None:
    assert found(query, name, "de" if name.isascii() or "ö" in name or "ü" in name else "ru")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("А. Назаров", "Timur Nazarov"),
        ("А. Назаров", "Тимур Назаров"),  # а is a word of the page
        ("A. Weber", "Ida Weber"),
        ("Ф. Назаров", "Firus Rachimow"),
        ("Ж. Омурова", "Zafar Omurov"),
        ("С. Назаров", "Зафар Назаров"),
        ("К. Вебер", "Хельмут Вебер"),
        ("Х. Вебер", "Christian Weber"),
        ("S. Weber", "Zhanna Weber"),
        ("F. Weber", "Wolf Weber"),
        ('"F. Nasarow"', "Farruch Nasarow"),
        ('person:"F. Nasarow"', "Farruch Nasarow"),
    ],
)
def test_who_has_another_initial_is_somebody_else(query: str, name: str) -> None:
    assert not found(query, name, "de" if name.isascii() else "ru")


def test_initial_and_surname_stand_in_one_name() -> None:
    persons = (Person("Firus Rachimow"), Person("Timur Nasarow"))
    page = Page("https://example.org/", text="x", lang="de", events=(Event("x", persons=persons),))
    view = COMPILER.view(
        StoredDocument(
            document_id("x"), page.url or "", "s", 1, datetime(2026, 1, 1, tzinfo=UTC), page
        )
    )
    assert not holds(COMPILER.compile(parse_query("F. Nasarow")).root, view)
    assert holds(COMPILER.compile(parse_query("T. Nasarow F. Rachimow")).root, view)
    assert holds(COMPILER.compile(parse_query("Nasarow T., Rachimow F.")).root, view)


@pytest.mark.parametrize(
    "text", ["St. Petersburg", "U. S.", "F. nazarov", "f. Nazarov", "B2 B", "Dr. Weber", "A. B1"]
)
def test_what_is_no_initial_with_a_surname_is_no_short_name(text: str) -> None:
    assert short_name(text) is None


def test_a_raw_material_is_no_surname_and_a_country_no_initial() -> None:
    for query in ("U.S. Kupfer", "U.S. Zölle", "U. S. Zölle", "Zölle U.S."):
        assert found(query, "x (Zölle der Vereinigten Staaten, Kupfer)", "de"), query
    assert short_name("A. Yu") == ShortName("A", "Yu", is_marked=True)
