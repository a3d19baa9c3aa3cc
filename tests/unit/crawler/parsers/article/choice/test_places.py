"""Where blocks stand: what is around them and what it is called."""

from __future__ import annotations

import lxml.html
import pytest

from crawler.parsers.article.choice.places import FARTHEST, PLACE_MEASURES, PlaceReader

PAGE = """
<html><body><main><article class="storyBody">
<p id="first">One</p><p>Two</p>
<div class="related-cards"><ul><li><a href="/a"><span id="link">Three</span></a></li>
<li>Four</li></ul></div>
<div class="teaser"><b id="card">Five</b></div><div class="teaser">Six</div>
</article></main></body></html>
"""


def place_of(identifier: str) -> dict[str, float]:
    tree = lxml.html.document_fromstring(PAGE)
    place = PlaceReader().place(tree.get_element_by_id(identifier))  # type: ignore[attr-defined]
    return dict(zip(PLACE_MEASURES, place.measures, strict=True))


def test_elements_around_a_block_are_known() -> None:
    measured = place_of("link")
    assert {tag for tag in ("article", "main", "li", "a", "table") if measured[f"in.{tag}"]} == {
        "article",
        "main",
        "li",
        "a",
    }


@pytest.mark.parametrize(
    ("identifier", "group", "distance"),
    [
        ("first", "text", 1),
        ("link", "related", 0),
        ("link", "card", 4),
        ("card", "card", 0),
        ("first", "author", FARTHEST),
    ],
)
def test_names_count_by_how_far_up_they_stand(identifier: str, group: str, distance: int) -> None:
    assert place_of(identifier)[f"name.{group}"] == distance


def test_boxes_made_alike_side_by_side_are_counted() -> None:
    assert place_of("card")["repeated"] == 2
    assert place_of("first")["repeated"] == 1


def test_the_same_element_has_the_same_place() -> None:
    tree = lxml.html.document_fromstring(PAGE)
    reader = PlaceReader()
    element = tree.get_element_by_id("first")  # type: ignore[attr-defined]
    assert reader.place(element) is reader.place(element)
    assert reader.place(element).form == ("p", "", "article", "storyBody")
