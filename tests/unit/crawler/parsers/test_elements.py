"""What is read of elements, once."""

import gc
import weakref

import pytest

from crawler.parsers.elements import FEW, Elements, Seen
from crawler.parsers.html import HtmlDocument


def _seen(html: str, tag: str) -> Seen:
    element = HtmlDocument(f"<body>{html}</body>").tree.find(f".//{tag}")
    return Elements(element).of(element)


def test_text_tail_names_and_children() -> None:
    seen = _seen('<p class="lead" id="a">Zinn<!-- x --><b>erz</b> steigt</p> danach', "p")
    assert (seen.tag, seen.text, seen.tail, seen.names) == ("p", "Zinn", " danach", "lead a")
    comment, bold = seen.children
    assert (comment.tag, comment.text) == ("", None)
    assert (bold.tag, bold.text, bold.tail) == ("b", "erz", " steigt")


def test_an_element_is_looked_at_once() -> None:
    elements = HtmlDocument("<body><p>Zinn</p></body>").elements
    body = elements.of(elements.root).children[-1]
    assert elements.of(elements.root.find("body")) is body


def test_elements_by_tag_are_in_the_order_of_the_page() -> None:
    html = '<svg><a id="c"/></svg><p><a id="a">x</a><!-- x --></p><b id="b">y</b><a id="d">z</a>'
    elements = HtmlDocument(f"<body>{html}</body>").elements
    assert [one.attributes["id"] for one in elements.with_tags("a")] == ["c", "a", "d"]
    assert [one.get("id") for one in elements.tagged("b", "a")] == ["c", "a", "b", "d"]
    assert elements.tagged("i") == []


def test_elements_by_tag_are_the_same_however_often_they_are_asked_for() -> None:
    html = '<svg><a id="c"/></svg><p><a id="a">x</a><!-- x --></p><b id="b">y</b>'
    elements = HtmlDocument(f"<body>{html}</body>").elements
    elements.of(elements.root)
    told = [
        [(each.element, each.tag, dict(each.attributes)) for each in elements.with_tags("b", "a")]
        for _ in range(FEW + 2)
    ]
    assert all(found == told[0] for found in told)
    assert [tag for _, tag, _ in told[0]] == ["a", "a", "b"]


def test_elements_within_one_are_those_that_the_page_has_looked_at() -> None:
    page = HtmlDocument('<body><p id="a">Zinn</p><div><p id="b">Erz</p></div>').elements
    page.of(page.root)
    box = page.root.find(".//div")
    inside = page.within(box)
    assert inside.root is box
    assert inside.of(box) is page.of(box)
    for _ in range(FEW + 2):
        assert [one.get("id") for one in inside.tagged("p")] == ["b"]
    assert [one.tag for one in inside.every] == ["div", "p"]


def test_every_element_has_its_attributes_and_no_comment_is_one() -> None:
    html = '<link rel="next" href="/2"><!-- x --><select id="s"><option value="1">x</select>'
    elements = HtmlDocument(f"<body>{html}</body>").elements
    told = [(one.tag, dict(one.attributes)) for one in elements.every if one.attributes]
    assert told == [
        ("link", {"rel": "next", "href": "/2"}),
        ("select", {"id": "s"}),
        ("option", {"value": "1"}),
    ]
    assert [one.element for one in elements.every] == [*elements.root.iter("*")]


def test_what_was_looked_at_is_freed_with_the_page() -> None:
    gc.disable()
    try:
        document = HtmlDocument("<body><p>Zinn</p></body>")
        document.elements.of(document.tree)
        page = weakref.ref(document.elements)
        del document
        assert page() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ("hidden", True),
        ('style="DISPLAY: none"', True),
        ('style="color: red"', False),
        ('hidden id="S:1"', False),
        ('hidden role="tabpanel"', False),
        ("", False),
    ],
)
def test_hidden_by_attributes(attributes: str, hidden: bool) -> None:
    assert _seen(f"<div {attributes}>Zinn</div>", "div").hidden is hidden


def test_what_shows_no_text_is_not_looked_into() -> None:
    assert _seen("<noscript><p>Zinn</p></noscript>", "noscript").children == ()
    (paragraph,) = _seen("<button><p>Zinn</p></button>", "button").children
    assert paragraph.text == "Zinn"
