from __future__ import annotations

import pytest

from crawler.parsers.article.authorship.author_choice import ALONE, MOST, likely


@pytest.mark.parametrize(
    ("odds", "chosen"),
    [
        ({"jane roe": 2.0, "john sample": 1.0, "ore press": -2.0}, ["jane roe", "john sample"]),
        ({"jane": 1.0, "jane roe": 2.0}, ["jane roe"]),
        ({"jane": 2.0, "jane roe": 1.0}, ["jane"]),
        ({"jane roe": ALONE + 0.1, "john sample": ALONE}, ["jane roe"]),
        ({"jane roe": ALONE - 0.1}, []),
        ({}, []),
    ],
)
def test_names_that_are_likely(odds: dict[str, float], chosen: list[str]) -> None:
    assert likely(odds, 0.0) == chosen


def test_a_page_has_no_more_authors_than_a_byline_holds() -> None:
    assert len(likely({f"author {n}": 1.0 for n in range(3 * MOST)}, 0.0)) == MOST
