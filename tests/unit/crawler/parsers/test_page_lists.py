"""The lists of names of a page."""

from __future__ import annotations

import pytest

from crawler.parsers.page import _each_once


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["Memorandum on ores", "memorandum on ores"], ("Memorandum on ores",)),
        (["Kupferstrategie", "Kupferstrategie 2035"], ("Kupferstrategie 2035",)),
        (["Mining Act", "Draft Mining Act of 2031"], ("Draft Mining Act of 2031",)),
        (["Erzplan", "Erzplanung", "Plan"], ("Erzplan", "Erzplanung", "Plan")),
        (["Zinn", "Zink"], ("Zinn", "Zink")),
        ([], ()),
    ],
)
def test_a_name_stands_once_and_whole(names: list[str], kept: tuple[str, ...]) -> None:
    assert _each_once({name: name for name in names}, known=()) == kept


def test_what_a_table_knows_stands_beside_a_longer_name() -> None:
    names = {"uz-2030": "Uzbekistan-2030", "uz-digital-2030": "Digital Uzbekistan-2030"}
    assert _each_once(names, known=names) == ("Uzbekistan-2030", "Digital Uzbekistan-2030")
