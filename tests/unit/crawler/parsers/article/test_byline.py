"""Lines and elements near the article that say who wrote it, and when."""

from __future__ import annotations

import pytest

from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader

TEXT = "".join(
    f"<p>The foundry of the cluster cast the {part} of a mill for the mine in Norlit, and the "
    "engineers of both firms watched how the metal cooled over four nights in the old hall.</p>"
    for part in ("first ring", "second ring", "shaft", "lid")
)
CARD = '<a class="card-news" href="/news/{0}"><span class="card-news__date">{1}</span>{2}</a>'
CARDS = CARD.format("winch", "11.12.2025", "<b>Winches for the mine of Solikamsk are built</b>")
OWN = '<a href="/news/mill"><span class="news-date">9 March 2026</span> {0}</a>'


def published(head: str, beside: str) -> str | None:
    """The day of a page with something above and something beside its text."""
    html = (
        f"<html><body><main><div class=row><div>{head}{TEXT}</div><div>{beside}</div></div></main>"
        "</body></html>"
    )
    raw = RawPage(html.encode(), url="https://cluster.example/news/mill", content_type="text/html")
    return packaged_reader().read(raw).published


def test_the_day_within_a_link_to_other_news_is_none_of_the_page() -> None:
    assert published("<h1>A mill is cast</h1>", CARDS) is None


@pytest.mark.parametrize("inner", ["<h1>A mill is cast for Norlit at last</h1>", "by Anna Weber"])
def test_a_link_to_the_page_itself_holds_its_day(inner: str) -> None:
    head = OWN.format(inner) + ("" if "<h1>" in inner else "<h1>A mill is cast</h1>")
    assert published(head, CARDS) == "2026-03-09"


@pytest.mark.parametrize(
    "calendar",
    [
        "<table><tr><th colspan=7>« <a href=/2026/03/>March 2026</a></th></tr>{}</table>",
        "<table id=wp-calendar><caption>March 2026</caption>{}</table>",
        "<div class=ui-datepicker><div class=title>March 2026</div></div>",
    ],
)
def test_the_month_of_a_calendar_is_none_of_the_page(calendar: str) -> None:
    days = "".join(f"<td>{day}</td>" for day in range(1, 8))
    shown = calendar.format(f"<tr>{days}</tr>")
    assert published(f"{shown}<h1>A mill is cast</h1>", "") is None
    assert published("<p>March 2026</p><h1>A mill is cast</h1>", "") == "2026-03"
