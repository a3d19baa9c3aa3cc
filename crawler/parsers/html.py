"""A page's markup: decoded once, guarded, parsed once with lxml.

Here belongs what every reader of a page needs from its markup. What the markup says (article,
metadata) is read elsewhere.
"""

from __future__ import annotations

import re
from functools import cached_property

import lxml.html
from lxml import etree

from crawler.parsers.characters import clean_characters
from crawler.parsers.charset import decode
from crawler.parsers.elements import Elements
from crawler.parsers.start_tags import change_attributes, count_attributes, start_tags
from indexer.records.errors import ParseError

MAX_BYTES = 8 * 1024 * 1024
"""A longer body is refused: the crawl's limit on a response."""
MAX_TAG = 16_384
"""Characters of one tag; longer attribute values (inline images, state of scripts) are emptied."""
MAX_ATTRIBUTES = 500
"""Attributes of one tag: parsers compare each with all before it, so 60,000 take half a minute."""

_LONG_VALUE = 2_000
# What Inertia (Laravel) keeps in `data-page` is all that its pages hold; so may a property of Vue.
_HOLDS_DATA = re.compile(r"(?:\bdata-page|^(?:v-bind)?:[\w.-]+)$")
LEAST_PARAGRAPHS = 3
"""Of a `noscript` that is the page: what shops and applications ask for there has one or two."""
# One class for elements of all names (there is no need of those for forms) spares lxml a call of
# Python for each element that is looked at.
_ONE_CLASS = etree.ElementDefaultClassLookup(
    element=lxml.html.HtmlElement,
    comment=lxml.html.HtmlComment,
    pi=lxml.html.HtmlProcessingInstruction,
    entity=lxml.html.HtmlEntity,
)
# Up to the next tag only, or each of many that are left open would be read to the end of the page.
_END_OF_PAGE = re.compile(r"</[hH][tT][mM][lL](?![\w-])[^<>]*>")
_ENDS = re.compile(r"</(?:body|html)(?![\w-])[^<>]*>", re.IGNORECASE)
_START_OF_ELEMENT = re.compile("<[a-zA-Z]")
_ANOTHER_PAGE = re.compile(r"<(?:html|!doctype)(?![\w-])", re.IGNORECASE)
# Where a word may be parted at the end of a line; inside of a word it hides the word.
_SOFT_HYPHEN = "\u00ad"
# It begins with one sign, in any case the same: what does not is looked for at every character.
_NAMED_SOFT_HYPHEN = re.compile("&(?:[sS][hH][yY]|#0*173|#[xX]0*[aA][dD]);")


class HtmlDocument:
    """One page: its markup as text, and the tree of its one parse.

    Readers must not change `tree`; who prunes takes a copy.
    """

    def __init__(self, markup: str, *, encoding: str = "unicode") -> None:
        """Take decoded markup; charset declarations in it are ignored.

        Raises ParseError with reason `empty`, `too-large` or `hostile-markup`.
        """
        if len(markup) > MAX_BYTES:
            raise ParseError(f"page of {len(markup)} characters", reason="too-large")
        markup = clean_characters(markup)
        if not markup.strip():
            raise ParseError("page without content", reason="empty")
        # First what tags may be hidden behind.
        self.markup = _disarm(_NAMED_SOFT_HYPHEN.sub("", markup.replace(_SOFT_HYPHEN, "")))
        self.encoding = encoding

    @classmethod
    def from_bytes(cls, body: bytes, content_type: str | None = None) -> HtmlDocument:
        """Decode by evidence (`crawler.parsers.charset`), then as the constructor."""
        if len(body) > MAX_BYTES:
            raise ParseError(f"page of {len(body)} bytes", reason="too-large")
        decoded = decode(body, content_type)
        return cls(decoded.text, encoding=decoded.encoding)

    @property
    def tree(self) -> lxml.html.HtmlElement:
        """The page's root element; raises ParseError with reason `empty`."""
        return self.elements.root

    @cached_property
    def elements(self) -> Elements:
        """The elements of the tree; raises ParseError with reason `empty`.

        libxml2 cuts off what is nested deeper than 256 elements, so depth needs no guard here.
        """
        parser = etree.HTMLParser(encoding="utf-8")
        parser.set_element_class_lookup(_ONE_CLASS)
        try:
            tree = lxml.html.document_fromstring(_joined(self.markup).encode(), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
            raise ParseError("no markup in the page", reason="empty") from error
        _open_noscript(tree)
        return Elements(tree)

    @cached_property
    def lang(self) -> str | None:
        """`lang` of the root element or a language meta tag, as given."""
        given = self.tree.get("lang") or self.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        if not given:
            body = self.tree.find("body")
            given = body.get("lang") if body is not None else None
        if not given:
            found = self.tree.xpath(
                "//meta[translate(@http-equiv,'CONTENT-LAGU','content-lagu')='content-language']/@content"
            )
            given = found[0] if found else None
        return given.strip() or None if given else None

    @cached_property
    def truncated(self) -> bool:
        """The markup ends before the body does: the transfer was cut off."""
        # The end of the page is looked at first: most pages are whole, and in small letters.
        ended = re.search(r"</(?:body|html)\s*>", self.markup[-20_000:], re.IGNORECASE)
        return not ended and "<body" in self.markup.lower()


def _joined(markup: str) -> str:
    """The markup without what ends the page, where more of it stands behind: that belongs to the
    body, by HTML and in browsers, but libxml2 drops it. It does so with whole pages behind, too,
    and may: they are other pages.
    """
    end = _END_OF_PAGE.search(markup)
    if end is None or _START_OF_ELEMENT.search(markup, end.end()) is None:
        return markup
    return markup if _ANOTHER_PAGE.search(markup, end.end()) else _ENDS.sub("", markup)


def _open_noscript(tree: lxml.html.HtmlElement) -> None:
    """Make a division of a `noscript` that holds more paragraphs than the rest of the page: some
    sites have their text there alone, for readers without scripts.
    """
    for element in list(tree.iter("noscript")):
        inside = sum(1 for _ in element.iter("p"))
        if inside >= LEAST_PARAGRAPHS and 2 * inside > sum(1 for _ in tree.iter("p")):
            element.tag = "div"


def _disarm(markup: str) -> str:
    """The markup, over-long attribute values emptied; raises ParseError where a tag is a trap."""
    pieces, done = [], 0
    for start, end in start_tags(markup, 2 * MAX_ATTRIBUTES):
        inside = markup[start:end]
        if count_attributes(inside) > MAX_ATTRIBUTES:
            raise ParseError(
                f"a tag with over {MAX_ATTRIBUTES} attributes", reason="hostile-markup"
            )
        if len(inside) > MAX_TAG:
            pieces += [markup[done:start], change_attributes(inside, _emptied)]
            done = end
    return "".join((*pieces, markup[done:])) if pieces else markup


def _emptied(attribute: str) -> str:
    """An attribute, its over-long value emptied unless a page may be read from that."""
    name, _, value = attribute.partition("=")
    value = value.lstrip()
    if len(value) < _LONG_VALUE or value[0] not in "\"'":
        return attribute
    is_data = value[1] in "{[" and _HOLDS_DATA.search(name.rstrip())
    return attribute if is_data else f'{name}=""'
