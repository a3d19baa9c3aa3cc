"""Names of authors in one string."""

from __future__ import annotations

import pytest

from crawler.parsers.article.authorship.names import AuthorNames
from tests.page_reader import packaged_words


@pytest.fixture(scope="module")
def names() -> AuthorNames:
    return AuthorNames(packaged_words())


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Jane Roe", ["Jane Roe"]),
        ("By Jane Roe", ["Jane Roe"]),
        ("Von Ida Musterfrau und Max Muster", ["Ida Musterfrau", "Max Muster"]),
        ("Jan Przykład i Anna Wzór", ["Jan Przykład", "Anna Wzór"]),
        ("Anna I Sample", ["Anna I Sample"]),
        ("Jane Roe, John Q. Sample and Ann Case", ["Jane Roe", "John Q. Sample", "Ann Case"]),
        ("Jane Roe, Ph.D., Chief Editor, Example Press", ["Jane Roe"]),
        ("Jane Roe, MD; John Sample, MBA", ["Jane Roe", "John Sample"]),
        ("Jane Roe, Mining Expert & John Sample, Editor", ["Jane Roe", "John Sample"]),
        ("Jane Roe - Example Press", ["Jane Roe"]),
        ("Jane Roe (Almaty)", ["Jane Roe"]),
        ("Text: Ida Muster)", ["Ida Muster"]),
        ("Jane (Jay) Roe", ["Jane (Jay) Roe"]),
        ("Ludwig van der Muster", ["Ludwig van der Muster"]),
        ("Dr. J. R. Roe", ["J. R. Roe"]),
        ("Prof. Dr.-Ing. Ida Muster und Dr Jan Roe", ["Ida Muster", "Jan Roe"]),
        ("Dr. h.c. Max Muster, Dipl.-Ing. (FH) Ida Muster", ["Max Muster", "Ida Muster"]),
        ("Prof. Dr. rer. nat. habil. Ida Muster", ["Ida Muster"]),
        ("Dr. Roe", ["Dr. Roe"]),
        ("Drew Roe", ["Drew Roe"]),
        ("к.т.н. Иван Примеров", ["Иван Примеров"]),
        ("Иван Примеров, д.т.н., профессор", ["Иван Примеров"]),
        ("д.т.н., проф. Иван Примеров", ["Иван Примеров"]),
        ("Namuna Yo‘ldosheva", ["Namuna Yo‘ldosheva"]),
        ("View all posts by Jane Roe", ["Jane Roe"]),
        ("Alle Beiträge von Ida Musterfrau", ["Ida Musterfrau"]),
        ("Автор: Иван Примеров", ["Иван Примеров"]),
        ("Das Gespräch führte Ida Musterfrau", ["Ida Musterfrau"]),
        ("Беседовала Анна Примерова", ["Анна Примерова"]),
        ("Jane &amp; Katherine", ["Jane", "Katherine"]),
        ("dpa/AFP", ["dpa", "AFP"]),
        ("dpa, AFP", ["dpa", "AFP"]),
        ("The Example Team", ["The Example Team"]),
        ("Centre for Ore and Slag Studies", ["Centre for Ore and Slag Studies"]),
        ("ore-desk7", ["ore-desk7"]),
        ("admin", []),
        ("Super User", []),
        ("eZ Systems", []),
        ("Администратор сайта", []),
        ("Site administrator", []),
        ("Propos recueillis par Anna Muster", ["Anna Muster"]),
        ("Publié par Anna Muster", ["Anna Muster"]),
        ("Auteurs : Anna Muster et Jean Exemple", ["Anna Muster", "Jean Exemple"]),
        ("Verfasserin: Ida Muster", ["Ida Muster"]),
        ("Autor/in: Ida Muster", ["Ida Muster"]),
        ("Gastbeitrag von Ida Muster", ["Ida Muster"]),
        ("Guest commentary by Jane Roe", ["Jane Roe"]),
        ("Tribune de Anna Muster", ["Anna Muster"]),
        ("Подготовил(а): Анна Примерова", ["Анна Примерова"]),
        ("Добавил: Иван Примеров", ["Иван Примеров"]),
        ("Нийтлэлийн эзэн: Б. Жишээ", ["Б. Жишээ"]),
        ("Maqola muallifi: Namuna Valiyeva", ["Namuna Valiyeva"]),
        ("Жазған: Айгүл Мысал", ["Айгүл Мысал"]),
        ("Yazı: Ayşe Örnek", ["Ayşe Örnek"]),
        ("Autor tekstu: Anna Wzór", ["Anna Wzór"]),
        ("Napsal(a): Jana Vzorová", ["Jana Vzorová"]),
        ("Przygotował(a) Jan Przykład", ["Jan Przykład"]),
        ("undefined", []),
        ("https://www.facebook.com/jane", []),
        ("jane@example.org", []),
        ("mining/desk/", []),
        ("#Recycling", []),
        ("  ", []),
        ("x" * 400, []),
    ],
)
def test_value_of_markup(names: AuthorNames, value: str, found: list[str]) -> None:
    assert names.read(value) == found


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("Jane Roe June 9, 2015", ["Jane Roe"]),
        ("Jane Roe 9 June 2015, 4 comments", ["Jane Roe"]),
        ("Jane Roe in Berlin", ["Jane Roe"]),
        ("Jane Roe Published: 9 June 2015", ["Jane Roe"]),
        ("Jane Roe. Photo: John Sample", ["Jane Roe"]),
        ("Jane Source June 9, 2015", ["Jane Source"]),
        ("the newsroom", []),
        ("9 June 2015", []),
    ],
)
def test_start_of_a_string(names: AuthorNames, shown: str, found: list[str]) -> None:
    assert names.read_start(shown) == found


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Jane Roe", True),
        ("Ида Примерова", True),
        ("J. R. Roe", True),
        ("Bilal ibn Muster", True),
        ("Jane", False),
        ("Chief Editor", False),
        ("jane roe", False),
        ("One Two Three Four Five Six", False),
        ("www.example.org News", False),
        ("#Critical #Metals", False),
    ],
)
def test_persons(names: AuthorNames, name: str, person: bool) -> None:
    assert names.is_person(name) is person


def test_a_body_stays_whole(names: AuthorNames) -> None:
    assert names.read_whole("Sample &amp; Sample") == ["Sample & Sample"]


def test_letters_with_an_apostrophe_make_names(names: AuthorNames) -> None:
    assert all(names.is_person(f"Namuna Yo{sign}ldosheva") for sign in "'’‘ʼʻ`")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane Roe", ["Jane Roe"]),
        ("Jane Roe, J. Sample & Ann Case", ["Jane Roe", "J. Sample", "Ann Case"]),
        ("Jane Roe und Jan Roe", ["Jane Roe", "Jan Roe"]),
        ("Jane Roe, Freiberg", []),
        ("Jane Roe & Ore Press", []),
        ("Jane Roe leaves", []),
        ("Vitamin C", []),
        ("", []),
    ],
)
def test_a_string_of_persons_alone(names: AuthorNames, text: str, found: list[str]) -> None:
    assert names.read_persons(text) == found


@pytest.mark.parametrize(
    ("name", "is_sure"),
    [
        ("K. Petrov", True),
        ("K.-J. Petrov", True),
        ("Петров К.С.", True),
        ("К.С.Петров", True),
        ("D. Yo‘ldosheva", True),
        ("Sh. Karimov", True),
        ("E.ON", False),
        ("St. Petersburg", False),
        ("A. B.", False),
        ("K. Petrov left", False),
    ],
)
def test_persons_by_their_initials(names: AuthorNames, name: str, is_sure: bool) -> None:
    assert names.is_sure_person(name) == is_sure
