import re

import pytest

from crawler.parsers.entities.grammar import grammar_of


@pytest.mark.parametrize(
    ("language", "name", "plural", "form"),
    [
        ("de", "Ministerium", False, "Ministeriums"),
        ("de", "Nationale Strategie", False, "Nationalen Strategie"),
        ("de", "Ministerium für Bau", False, "Ministeriums für Bau"),
        ("de", "Kupfererz", True, "Kupfererzen"),
        ("en", "copper ore", True, "copper ores"),
        ("en", "rare alloy", True, "rare alloys"),
        ("fr", "minerai", True, "minerais"),
        ("ru", "министерство", False, "министерством"),
        ("ru", "зелёный проект", False, "зелёного проекта"),
        ("ru", "руда", True, "рудами"),
    ],
)
def test_names_are_inflected(language: str, name: str, plural: bool, form: str) -> None:
    assert form in list(grammar_of(language).inflect(name.split(), plural=plural))


@pytest.mark.parametrize(
    ("language", "name", "plural"),
    [
        ("en", "lead", True),
        ("en", "Ministry of Energy", False),
        ("fr", "gaz", True),
        ("kk", "министрлік", True),
        (None, "Ministerium", True),
    ],
)
def test_other_names_stay_as_they_are(language: str | None, name: str, plural: bool) -> None:
    assert list(grammar_of(language).inflect(name.split(), plural=plural)) == []


@pytest.mark.parametrize(
    ("language", "role", "written"),
    [
        ("de", "Präsident", "Vizepräsidentin"),
        ("de", "Vorsitzender", "Vorsitzende"),
        ("en", "Managing Director", "managing  directors"),
        ("ru", "министр", "министром"),
        ("ru", "министр", "замминистра"),
        ("ru", "первый заместитель", "первого заместителя"),
        ("kk", "министр", "министр"),
    ],
)
def test_roles_are_found_in_their_forms(language: str, role: str, written: str) -> None:
    expression = grammar_of(language).role_expression([role], [])
    assert re.fullmatch(expression, written, re.IGNORECASE)


def test_words_that_only_look_like_a_role_are_none() -> None:
    expression = grammar_of("de").role_expression(["Leitung"], ["Rohrleitung"])
    assert re.fullmatch(expression, "Projektleitung", re.IGNORECASE)
    assert not re.fullmatch(expression, "Rohrleitung", re.IGNORECASE)


@pytest.mark.parametrize(
    ("language", "office", "written"),
    [
        ("de", "Minister", "außenminister"),
        ("en", "Minister", "minister"),
        ("ru", "посол", "послом"),
    ],
)
def test_offices_before_a_surname(language: str, office: str, written: str) -> None:
    expressions = grammar_of(language).office_expressions(office)
    assert any(re.fullmatch(expression, written) for expression in expressions)
