"""Pages behind a paywall, and pages that only name one."""

from __future__ import annotations

import pytest

from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader

TEXT = "".join(
    f"<p>The smelter in Norlit was stopped on Monday after a crack had been found in its {part}, "
    "the operator said in the evening, and the harbour expects fewer ships this spring.</p>"
    for part in ("second furnace", "old chimney")
)


def kind(beside: str) -> str:
    html = (
        "<html lang=en><head><title>The smelter in Norlit was stopped</title></head><body><main>"
        f"<h1>The smelter in Norlit was stopped</h1><p>3 March 2026</p>{TEXT}{beside}</main></body>"
        "</html>"
    )
    raw = RawPage(html.encode(), url="https://s.example/news/smelter", content_type="text/html")
    return packaged_reader().read_draft(raw).kind


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<p>This article is for subscribers. Already a subscriber? Log in.</p>", "paywalled"),
        ("<p>(Members only)</p>", "paywalled"),
        ("<p>9 May: annual meeting of the guild, Skipton (members only)</p>", "article"),
        ("<nav><ul><li><a href=/m>Members Only</a></li></ul></nav>", "article"),
    ],
)
def test_words_for_what_is_not_free(beside: str, expected: str) -> None:
    assert kind(beside) == expected
