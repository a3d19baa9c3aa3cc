"""Entries of lists: what their links say."""

from __future__ import annotations

import pytest

from crawler.discovery.listings.entries import without_day


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Tin pit of Oruro reopens 11 March 2031", "Tin pit of Oruro reopens"),
        ("11.03.2031 | Tin pit of Oruro reopens", "Tin pit of Oruro reopens"),
        ("11.03.2031 10:30 Tin pit of Oruro reopens", "Tin pit of Oruro reopens"),
        ("Tin pit of Oruro reopens – 2031-03-11, 10:30", "Tin pit of Oruro reopens"),
        (
            "Tin pit to reopen on 11 March 2031 at last",
            "Tin pit to reopen on 11 March 2031 at last",
        ),
        ("Tin pit to reopen on 11 March 2031", "Tin pit to reopen on 11 March 2031"),
        ("Tin forum 11.03.2031", "Tin forum 11.03.2031"),
        ("", ""),
    ],
)
def test_the_day_at_the_edge_of_a_label_is_no_part_of_the_headline(label: str, said: str) -> None:
    assert without_day(label) == said
