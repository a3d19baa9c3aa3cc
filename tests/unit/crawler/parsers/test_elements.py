"""What is read of elements, once."""

import gc
import weakref

import pytest

from crawler.parsers.elements import Elements, Seen
from crawler.parsers.html import HtmlDocument


def _seen(html: str, tag: str) -> Seen:
    element = HtmlDocument(f"<body>{html}</body>").tree.find(f".//{tag}")
    return Elements().of(element)


def test_text_tail_names_and_children() -> None:
    seen = _seen('<p class="lead" id="a">Zinn<!-- x --><b>erz</b> steigt</p> danach', "p")
    assert (seen.tag, seen.text, seen.tail, seen.names) == ("p", "Zinn", " danach", "lead a")
    comment, bold = seen.children
    assert (comment.tag, comment.text) == ("", None)
    assert (bold.tag, bold.text, bold.tail) == ("b", "erz", " steigt")


def test_an_element_is_looked_at_once() -> None:
    elements = Elements()
    tree = HtmlDocument("<body><p>Zinn</p></body>").tree
    body = elements.of(tree).children[-1]
    assert elements.of(tree.find("body")) is body


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
