"""The case in which a Russian person stands."""

from __future__ import annotations

from tests.unit.crawler.parsers.entities.conftest import Finder


def test_a_preposition_asks_for_the_case_also_behind_a_role(find: Finder) -> None:
    found = find("Принял гостей во главе с Фридбальдом Брайтлингом.", "ru", "persons")
    assert [value for _, value in found] == ["Фридбальд Брайтлинг"]
