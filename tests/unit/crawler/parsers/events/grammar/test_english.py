"""The constructions of English."""

from __future__ import annotations

import pytest

from tests.event_texts import event_vocabulary, read_events


@pytest.mark.parametrize(
    ("text", "even"),
    [
        ("the 'Green Ore' forum", "the “Green Ore” forum"),
        ("the ‘Miner’s Day’ fair", "the “Miner’s Day” fair"),
        ("'Ore 2031' opened", "“Ore 2031” opened"),
        ("the miners' fair and the firms' day", "the miners' fair and the firms' day"),
        ("in the '90s the miners' fair", "in the '90s the miners' fair"),
        ("it's what we don't know", "it's what we don't know"),
    ],
)
def test_single_quotes_around_capitals_are_quotes(text: str, even: str) -> None:
    assert event_vocabulary("en").grammar.even_signs(text) == even


def test_a_name_and_a_theme_in_single_quotes() -> None:
    text = (
        "The 'Gobi Ore 2031' international expo opened in Darkhan on 5 May 2031 under the motto "
        "'Better Mines'."
    )
    (event,) = read_events(text, "en", "2031-05-06")
    assert (event.name, event.theme) == ("'Gobi Ore 2031' international expo", "Better Mines")
