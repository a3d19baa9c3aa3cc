from __future__ import annotations

import pytest

from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader

FIRST = "The works in the valley melt tin from the mine nearby and sell it to makers of solder."
SECOND = "A ridge in the north was mapped this summer by three teams with drills and drones there."


def page(headline: str, behind: str) -> str:
    return (
        "<html><head><title>Tin works of the valley</title></head><body><div class=art>"
        f"<h1 class=t>Tin works of the valley</h1><div>12 March 2031</div><p>{FIRST}</p>"
        f"<p>{FIRST} Again.</p></div><div class='art next'>{headline}{behind}<p>{SECOND}</p>"
        f"<p>{SECOND} Again.</p></div></body></html>"
    )


def text(html: str) -> str:
    return packaged_reader().read(RawPage(html=html, url="https://e.example/tin-works")).text


LINKED = "<a href=/ridge><h1 class=t>A ridge is mapped at last</h1></a>"


def test_the_text_ends_where_the_next_article_begins() -> None:
    read = text(page(LINKED, "<div>10 March 2031</div>"))
    assert FIRST in read
    assert "ridge" not in read


@pytest.mark.parametrize(
    ("headline", "behind"),
    [
        (LINKED, ""),
        ("<h1 class=t>A ridge is mapped at last</h1>", "<div>10 March 2031</div>"),
        ("<a href=/ridge><h2>A ridge is mapped at last</h2></a>", "<div>10 March 2031</div>"),
    ],
)
def test_a_part_of_the_article_is_none(headline: str, behind: str) -> None:
    assert SECOND in text(page(headline, behind))


def test_parts_of_a_digest_in_the_box_of_its_headline() -> None:
    part = "<h1 class=t><a href=/ridge>A ridge is mapped at last</a></h1><p>10 March 2031</p>"
    html = page("", "").replace("</div><div class='art next'>", part)
    assert SECOND in text(html)
