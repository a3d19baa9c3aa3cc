from __future__ import annotations

import pytest

from crawler.parsers.article.authorship.marks import AuthorMark
from crawler.parsers.article.authorship.ruled import ruled

HEAD = {"head": 1.0, "foot": 0.0, "worked": 0.0, "rest": 0.0, "office": 0.0}
FOOT = HEAD | {"head": 0.0, "foot": 1.0}
WORKED = HEAD | {"worked": 1.0}
LD = "json-ld.article.person"


def is_person(name: str) -> bool:
    return " " in name and name != "Ore Press"


@pytest.mark.parametrize(
    ("marks", "authors"),
    [
        ([AuthorMark("oredesk", LD), AuthorMark("Jane Roe", "byline", place=HEAD)], {"jane roe"}),
        ([AuthorMark("Jane Roe", LD), AuthorMark("Newsroom", "byline", place=HEAD)], {"jane roe"}),
        ([AuthorMark("Jane", "meta.author")], {"jane"}),
        ([AuthorMark("Jane Roe", "byline", place=WORKED)], set()),
        ([AuthorMark("Ore Press", LD), AuthorMark("Jane Roe", "named", place=FOOT)], {"jane roe"}),
        ([AuthorMark("Ore Press", LD)], {"ore press"}),
        (
            [
                AuthorMark(name, "byline", number, ("Jane Roe", "John Sample"), HEAD)
                for number, name in enumerate(("Jane Roe", "John Sample"))
            ],
            {"jane roe", "john sample"},
        ),
        ([AuthorMark("Ore Society", "json-ld.article.body")], {"ore society"}),
        ([], set()),
    ],
)
def test_what_rules_say(marks: list[AuthorMark], authors: set[str]) -> None:
    assert ruled(marks, ["Ore Press"], is_person) == authors
