"""Boxes that swallowed the page: a `nav` that was never closed, a "widget" that holds the article,
answers that unfold below their questions.

By its markup alone such a box is boilerplate, and the page would be read without its article. What
tells it from a menu is how much prose stands in it, compared with what is left outside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import lxml.etree
import lxml.html

from crawler.parsers.article.blocks import TextBlock, prose, read_blocks, read_shown_blocks
from crawler.parsers.article.boilerplate import find_boilerplate, is_hidden
from crawler.parsers.elements import Elements

_TIMES = 2
"""A swallower holds more than so many times the prose that stands outside of all boxes."""

_LEAST = 40
"""Words of prose; a box with less is a box."""

_DEPTH = 5
"""Swallowers inside one another that are opened."""

_FEWEST_FOLDS, _SHARE_OF_FOLDS = 3, 0.25
"""Hidden boxes made alike (two may be copies of the article for search engines), and their prose
beside that which is shown. Of 1,490 labelled pages ten with such boxes, seven of open hosts, read
better when these are opened, none worse; with less prose than that two of nine read worse."""

# May well be longer than a short article, and are never one.
_NO_ARTICLE = re.compile(
    r"[ck]omment|disqus|respond|cookie|consent|gdpr|onetrust|dialog|footer|related|recommend",
    re.IGNORECASE,
)
# May be hidden many times on one page, and hold as much as it shows: profiles of its people.
_NO_FOLD = re.compile(r"modal|popup|pop-up|overlay|lightbox|tooltip|menu|nav", re.IGNORECASE)


def open_swallowers(
    tree: lxml.html.HtmlElement,
    boilerplate: frozenset[lxml.html.HtmlElement],
    elements: Elements | None = None,
) -> tuple[frozenset[lxml.html.HtmlElement], list[TextBlock]]:
    """The boilerplate without boxes that hold the page, and the blocks outside of it."""
    elements = elements or Elements(tree)
    blocks = read_blocks(tree, boilerplate.__contains__, elements)
    for _ in range(_DEPTH):
        swallowers = frozenset(
            [
                *_swallowers(boilerplate, blocks, elements),
                *_folds(boilerplate, blocks, elements),
            ]
        )
        if not swallowers:
            break
        boilerplate = boilerplate - swallowers | frozenset(_boilerplate_inside(swallowers))
        blocks = read_blocks(tree, boilerplate.__contains__, elements)
    return boilerplate, blocks


def _swallowers(
    boilerplate: Iterable[lxml.html.HtmlElement],
    outside: Sequence[TextBlock],
    elements: Elements,
) -> Iterable[lxml.html.HtmlElement]:
    shown = prose(outside)
    least = max(_LEAST, _TIMES * shown)
    for element in boilerplate:
        if _is_never_article(element) or len(element.text_content()) < 2 * least:
            continue  # so many words have as many letters and blanks between them
        # Scripts show a page that is hidden as a whole; beside a text such a box is a copy of it.
        read = _unfolded if shown < _LEAST else read_shown_blocks
        if prose(read(element, elements)) > least:
            yield element


def _folds(
    boilerplate: Iterable[lxml.html.HtmlElement],
    outside: Sequence[TextBlock],
    elements: Elements,
) -> Iterable[lxml.html.HtmlElement]:
    """Hidden boxes made alike that together hold much of the page's prose: what a reader unfolds,
    as answers below their questions.
    """
    alike: defaultdict[tuple[str, ...], list[lxml.html.HtmlElement]] = defaultdict(list)
    for element in boilerplate:
        if elements.of(element).hidden and not (
            _is_never_article(element) or _NO_FOLD.search(elements.of(element).names)
        ):
            alike[_form(element)].append(element)
    least = max(_LEAST, _SHARE_OF_FOLDS * prose(outside))
    for boxes in alike.values():
        if len(boxes) < _FEWEST_FOLDS:
            continue
        if sum(prose(_unfolded(box, elements)) for box in boxes) > least:
            yield from boxes


def _form(element: lxml.html.HtmlElement) -> tuple[str, ...]:
    """Tags and classes of an element and of what it stands in."""
    parent = element.getparent()
    around = () if parent is None else (str(parent.tag), parent.get("class") or "")
    return (str(element.tag), element.get("class") or "", *around)


def _unfolded(element: lxml.html.HtmlElement, elements: Elements) -> list[TextBlock]:
    """The blocks of an element, shown or not, without those that are hidden inside of it."""
    return read_blocks(
        element, lambda inside: inside is not element and elements.of(inside).hidden, elements
    )


def _is_never_article(element: lxml.html.HtmlElement) -> bool:
    names = (element.tag, element.get("class"), element.get("id"), element.get("role"))
    return any(_NO_ARTICLE.search(name) for name in names if name)


def _boilerplate_inside(
    swallowers: Iterable[lxml.html.HtmlElement],
) -> Iterable[lxml.html.HtmlElement]:
    for element in swallowers:
        for child in element.iterchildren(tag=lxml.etree.Element):
            if is_hidden(child):
                yield child
            else:
                yield from find_boilerplate(child)
