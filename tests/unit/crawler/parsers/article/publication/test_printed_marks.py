from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article.blocks import read_blocks
from crawler.parsers.article.body import read_body
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.publication.lone_days import LoneDays
from crawler.parsers.article.publication.marks import Mark
from crawler.parsers.article.publication.printed_marks import Layout, printed_marks
from crawler.parsers.html import HtmlDocument
from tests.page_reader import packaged_dates, packaged_words

PageMaker = Callable[..., str]
Marks = Callable[[str], list[Mark]]


@pytest.fixture(scope="module")
def marks() -> Marks:
    words = packaged_words()

    def found(html: str) -> list[Mark]:
        elements = HtmlDocument(html).elements
        tree = elements.root
        days = LoneDays(packaged_dates(), "en", day_first=True)
        layout = Layout.of(read_blocks(tree, is_hidden), read_body(tree), tree.find(".//h1"), words)
        return printed_marks(layout, elements, words, days.parse)

    return found


def test_the_place_of_a_day_is_measured(marks: Marks, page: PageMaker) -> None:
    line = '<p class="meta"><span class="pub-date">Published 12 March 2024, 10:15</span></p>'
    (mark,) = marks(page(before=line))
    assert (mark.day, mark.source, mark.surface) == ("2024-03-12", "printed", "12 March 2024")
    assert mark.place["distance"] == 1
    assert mark.place["name.date"]
    assert mark.place["published"]
    assert mark.place["clock"]
    assert not mark.place["updated"]
    assert not mark.place["boxed"]


def test_a_day_of_a_change_is_marked(marks: Marks, page: PageMaker) -> None:
    (mark,) = marks(page(after="<p>Last updated: 12 March 2024</p>"))
    assert mark.place["updated"]
    assert not mark.place["published"]
    assert mark.place["behind"] > 0


def test_an_element_holds_the_day_for_programs(marks: Marks, page: PageMaker) -> None:
    line = '<p><time itemprop="datePublished" datetime="2024-03-12T10:15">two days ago</time></p>'
    (mark,) = marks(page(before=line))
    assert (mark.day, mark.source, mark.path) == ("2024-03-12", "time", "time.datetime")
    assert mark.place["published"]


def test_a_property_without_an_attribute_is_its_text(marks: Marks, page: PageMaker) -> None:
    """Elementor: a list of author and day, both links, below the headline."""
    line = (
        '<ul class="post-info"><li><a href="/author/press/">press</a></li><li '
        'itemprop="datePublished"><a href="/2024/03/"><time>12 March 2024</time></a></li></ul>'
    )
    time = next(mark for mark in marks(page(before=line)) if mark.source == "time")
    assert (time.day, time.surface) == ("2024-03-12", "12 March 2024")
    assert time.place["published"]
    assert time.place["link"]


def test_days_at_places_made_alike_are_counted(marks: Marks, page: PageMaker) -> None:
    rows = "".join(f'<div class="row"><b>{day} March 2024</b></div>' for day in (3, 4, 5))
    assert {mark.place["alike"] for mark in marks(page(after=rows))} == {2}


@pytest.mark.parametrize(
    "after",
    [
        '<aside class="related"><p><a href="/1">A mine opens, 5 January 2019</a></p></aside>',
        '<aside class="related"><p>A mine opens</p><time datetime="2019-01-05">May</time></aside>',
        "<footer><p>5 January 2019</p><p>6 January 2019</p></footer>",
    ],
)
def test_days_of_other_pages_are_left_out(marks: Marks, page: PageMaker, after: str) -> None:
    assert marks(page(after=after)) == []


@pytest.mark.parametrize(
    "line",
    [
        '<dl class="tribe-events-event-meta"><dd><abbr title="2024-03-12">{}</abbr></dd></dl>',
        '<div><abbr class="dtstart" title="2024-03-12">{}</abbr></div>',
        '<div class="tribe-events-schedule"><h2>{}</h2></div>',
        '<p><span class="mec-start-date-label">{}</span></p>',
        '<p class="event__start">{}</p>',
    ],
)
def test_days_that_calendars_call_those_of_events_are_left_out(
    marks: Marks, page: PageMaker, line: str
) -> None:
    assert marks(page(before=line.format("12 March 2024"))) == []
    assert marks(page(before='<p class="events-news">12 March 2024</p>'))


def test_days_in_sentences_are_left_out(marks: Marks, page: PageMaker) -> None:
    sentence = "The meeting will be held on 14 October 2025 in Freiberg and lasts for two days."
    assert marks(page(body=f"<p>{sentence}</p><p>{sentence}</p>")) == []
    start = "FREIBERG, 14 October 2025 – The survey has shown a map of deposits to the public."
    assert [mark.day for mark in marks(page(body=f"<p>{start}</p>"))] == ["2025-10-14"]


@pytest.mark.parametrize("label", ["Stand:", "As of"])
def test_the_day_as_of_which_a_box_gives_its_values_is_left_out(
    marks: Marks, page: PageMaker, label: str
) -> None:
    line = f"<p>{label} 12.03.2024</p>"
    prices = "<h3>Prices</h3><table><tr><td>Copper</td><td>9194 €/t</td></tr></table>"
    assert marks(page(after=f"<aside>{prices}{line}</aside>")) == []
    for ours in (f"<footer>{line}</footer>", f'<div class="page-footer">{line}</div>'):
        assert [mark.day for mark in marks(page(after=ours))] == ["2024-03-12"]
    assert [mark.day for mark in marks(page(before=line))] == ["2024-03-12"]


@pytest.mark.parametrize(
    ("above", "published"),
    [
        ("<h3>Published</h3>", True),
        ("<dt>Veröffentlicht am:</dt>", True),
        ("<h3>Date</h3>", False),
        ("<h3>Published maps</h3>", False),
        ("<h3>Updated</h3>", False),
    ],
)
def test_a_label_may_stand_above_its_day(
    marks: Marks, page: PageMaker, above: str, published: bool
) -> None:
    day = '<p><time datetime="2024-03-12">12 March 2024</time></p>'
    found = marks(page(before=f"<div>{above}{day}</div>"))
    assert {(m.source, bool(m.place["published"])) for m in found} == {
        ("time", published),
        ("printed", published),
    }
    beside = marks(page(after=f'<aside><div class="item">{above}{day}</div></aside>'))
    assert len(beside) == 2 * published


def test_the_day_of_a_teaser_beside_the_article_is_none_of_the_page(
    marks: Marks, page: PageMaker
) -> None:
    entry = '<li class="item">{}<span>Published: 12 March 2024</span></li>'
    for link, found in (("", 1), ('<a href="/other">A lead mine closes</a> ', 0)):
        beside = f"<aside><ul>{entry.format(link)}</ul></aside>"
        assert len(marks(page(after=beside))) == found


def test_the_days_of_other_articles_below_the_text_are_none_of_the_page(
    marks: Marks, page: PageMaker
) -> None:
    """A list beside no article, each entry with a linked headline: also where only one of its days
    is left to choose.
    """
    entry = '<li><a href="/{0}">A lead mine closes in {0}</a> <span>{1} March 2024</span></li>'
    listed = f"<h3>Read also</h3><ul>{entry.format('Leeds', 12)}{entry.format('York', 14)}</ul>"
    assert marks(page(after=f"<div>{listed}</div>")) == []
    rows = listed.replace("li>", "tr>").replace("ul>", "table>")
    assert marks(page(after=f"<div>{rows}</div>")) == []


@pytest.mark.parametrize(
    "line",
    [
        '<ul><li>By <a href="/u/1">Office of the Press Secretary</a>, 12 March 2024</li></ul>',
        '<p class="f"><a href="/e">Energy, mines and water news</a></p><p>12 March 2024</p>',
    ],
)
def test_a_link_beside_the_day_of_the_page_makes_it_none_of_another(
    marks: Marks, page: PageMaker, line: str
) -> None:
    assert [mark.day for mark in marks(page(before=line))] == ["2024-03-12"]
