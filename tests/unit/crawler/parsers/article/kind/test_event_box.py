from __future__ import annotations

import pytest

from crawler.parsers.article.blocks import read_blocks
from crawler.parsers.article.kind.event_box import names_day_and_place
from crawler.parsers.html import HtmlDocument
from tests.page_reader import packaged_words

WORDS = packaged_words()
TEXT = "The survey invites to a forum on tin, at which two rules for old dumps are discussed."


def is_box(html: str) -> bool:
    tree = HtmlDocument(f"<html><body><main>{html}</main></body></html>").tree
    return names_day_and_place(read_blocks(tree, lambda _: False), WORDS)


@pytest.mark.parametrize(
    ("html", "holds"),
    [
        ("<p><b>When:</b> 25.03.2031, 10:00<br><b>Where:</b> Hall 2, Grünbach</p>", True),
        ("<div>Хэзээ: 2031-03-25</div><div>Хаана: Сургалтын танхим</div>", True),
        ("<dl><dt>Wann</dt><dd>25.03.2031</dd><dt>Wo</dt><dd>Grünbach, Saal 2</dd></dl>", True),
        (
            "<table><tr><td>Качан</td><td>25.03.2031</td></tr><tr><td>Кайда</td><td>2-зал</td></tr></table>",
            True,
        ),
        ("<p>Где: Красноозёрск</p><p>Когда: 25.03.2031</p>", True),
        # with other places far above
        (
            f"{'<p>Where: A 2</p>' * 6}{'<p>A: b</p>' * 6}<p>Where: A 2</p><p>When: 25.03.2031</p>",
            True,
        ),
        # one of them, without a day, far from each other, in a sentence, as a link
        ("<p>When: 25.03.2031</p>", False),
        ("<p>Where: Hall 2</p>", False),
        ("<p>When: in spring</p><p>Where: Hall 2</p>", False),
        (f"<p>When: 25.03.2031</p>{'<p>A: b</p>' * 6}<p>Where: Hall 2</p>", False),
        ("<p>When the mine closed on 25.03.2031</p><p>Where the ore went</p>", False),
        (f"<p>When: 25.03.2031 {TEXT} {TEXT}</p><p>Where: Hall 2</p>", False),
        ("<p><a href=/a>When: 25.03.2031</a></p><p><a href=/b>Where: Hall 2</a></p>", False),
    ],
)
def test_day_and_place_of_an_event(html: str, *, holds: bool) -> None:
    assert is_box(html + f"<p>{TEXT}</p>") is holds
