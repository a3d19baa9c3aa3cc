"""The page as a list of blocks of text, in reading order, furniture left out by its markup.

A block is what a reader sees as one paragraph, heading, list item or table row. The words in names
of classes and ids are the vocabulary of web design, English on sites of any language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import lxml.html

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
INVISIBLE = frozenset(
    [
        "audio",
        "base",
        "button",
        "canvas",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "meta",
        "noframes",
        "noscript",
        "object",
        "optgroup",
        "option",
        "param",
        "picture",
        "progress",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "track",
        "video",
        "math",
    ]
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MAX_DATUM = 300
"""Characters of a cell in a table of data."""

_ROW_PARTS = frozenset({"td", "th"})

_FURNITURE_TAGS = frozenset({"nav", "figcaption", "footer", "form", "aside", "menu", "dialog"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog",
     "menu", "menubar", "toolbar", "tooltip"}
)  # fmt: skip
# As a part of a name: share-buttons, block--related, field_newsletter.
_FURNITURE = re.compile(
    r"""(?:^|[\s_-])(?:
        share|sharing|sharebar|sharedaddy|addtoany|addthis|social|socials|
        related|relatedposts|recommended|recommendations?|outbrain|taboola|zergnet|
        comments?|commentlist|disqus|livefyre|
        newsletter|subscribe|signup|sign-up|mailchimp|
        breadcrumbs?|pagination|pager|navbar|navigation|sidebar|submenu|topbar|
        cookies?|consent|gdpr|onetrust|
        advert|sponsored|promo|promobox|
        most-?(?:read|popular|viewed)|trending|read-?more|read-?next|more-?(?:news|stories)|
        see-?also|also-?read|story-?timeline|taglist|tag-?links|tagcloud|
        author-?(?:bio|box|info|card)|about-?author|nav-?links|print-?only|skip-?links?|
        element-invisible|visually-?hidden|screen-reader|sr-only
    )(?=$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
# As a whole name only: "field-label-hidden" and "modal-enabled" stand on articles.
_FURNITURE_NAMES = frozenset(
    [
        "hidden",
        "invisible",
        "d-none",
        "modal",
        "overlay",
        "popup",
        "lightbox",
        "tooltip",
        "widget",
        "toolbar",
        "menu",
        "tags",
        "ads",
        "ad",
        "advertisement",
        "advertising",
        "adsbox",
        "caption",
        "captions",
        "wp-caption-text",
        "credit",
        "credits",
        "copyright",
        "respond",
        "popular",
        "rating",
        "votes",
        "hashtags",
        "hashtag",
        "disclaimer",
        "cmp",
        "print_only",
        "subscription",
        "promotion",
        "recommend",
    ]
)
_KEPT_TAGS = frozenset({"html", "body", "main", "article"})
# A page builder may put "widget" or "no-sidebar" on what holds the article.
_UNLESS = re.compile(
    r"(?:^|[\s_-])(?:no|without|has|with|left|right)-?_?sidebar|layout|container|wrapper|content(?:$|[\s_-])|"
    r"elementor|wp-block-group|article-?body|post-?body|entry-content|theme|embed",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" *\n *")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text of the page."""

    element: lxml.html.HtmlElement
    text: str
    """White space folded; a line break of the page is kept as `\\n`."""
    words: tuple[str, ...]
    """Lower-case words."""
    linked: int
    """Characters inside links."""
    tag: str

    @property
    def link_share(self) -> float:
        """Share of the characters that are links, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words, the way blocks and extracted lines are compared."""
    return tuple(_WORD.findall(text.lower()))


def fold(text: str) -> str:
    """White space folded to single blanks, line breaks of the page kept."""
    return _AROUND_BREAK.sub("\n", _SPACE.sub(" ", text)).strip()


def is_hidden(element: lxml.html.HtmlElement) -> bool:
    """Not shown to a reader, as far as its own attributes say."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


def named_furniture(element: lxml.html.HtmlElement) -> bool:
    """Share row, related box, comments, consent, caption … by the names of its class and id."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if len(names) == 1:
        return False
    named = not _FURNITURE_NAMES.isdisjoint(names.split()) or _FURNITURE.search(names)
    return bool(named) and not _UNLESS.search(names)


def _is_candidate(element: lxml.html.HtmlElement) -> bool:
    tag = element.tag
    if tag in _KEPT_TAGS:
        return False
    return (
        tag in _FURNITURE_TAGS
        or is_hidden(element)
        or (element.get("role") or "").lower() in _FURNITURE_ROLES
        or named_furniture(element)
    )


def find_furniture(root: lxml.html.HtmlElement) -> frozenset[lxml.html.HtmlElement]:
    """Elements to leave out: navigation, boxes, comments, consent, captions, what is hidden.

    What holds the first heading or half of the page's text is kept whatever its name: whole pages
    stand inside a form, a "widget" or a "modal".
    """
    total = _visible_length(root)
    found: set[lxml.html.HtmlElement] = set()
    stack = [root]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in INVISIBLE:
            continue
        if _is_candidate(element) and not _holds_page(element, total):
            found.add(element)
            continue
        stack.extend(element)
    return frozenset(found)


def _holds_page(element: lxml.html.HtmlElement, total: int) -> bool:
    if element.tag in ("nav", "figcaption", "footer"):
        return False
    return 2 * _visible_length(element) > total or (
        4 * _visible_length(element) > total and element.find(".//h1") is not None
    )


def _visible_length(root: lxml.html.HtmlElement) -> int:
    length = 0
    for element in root.iter():
        if element.text and isinstance(element.tag, str) and element.tag not in INVISIBLE:
            length += len(element.text)
        if element.tail:
            length += len(element.tail)
    return length


Skip = Callable[[lxml.html.HtmlElement], bool]


def read_blocks(root: lxml.html.HtmlElement, skip: Skip) -> list[Block]:
    """The blocks below `root` in reading order; elements for which `skip` says so are left out."""
    collector = _Collector(skip)
    collector.walk(root)
    return collector.blocks


class _Collector:
    def __init__(self, skip: Skip) -> None:
        self.blocks: list[Block] = []
        self._skip = skip
        self._pieces: list[str] = []
        self._linked = 0
        self._owner: lxml.html.HtmlElement | None = None

    def walk(self, element: lxml.html.HtmlElement) -> None:
        """Depth is bounded: libxml2 cuts off at 256 elements."""
        tag = element.tag
        if not isinstance(tag, str) or tag in INVISIBLE or self._skip(element):
            return
        if tag == "br":
            self._pieces.append("\n")
            return
        if tag in _ROW_PARTS:
            self._cell(element)
            return
        block = tag in BLOCKS
        if block:
            self._flush()
            self._owner = element
        self._inside(element)
        if block:
            self._flush()
            self._owner = element.getparent()

    def _cell(self, element: lxml.html.HtmlElement) -> None:
        """Cells of a plain row stay in one block; a layout table's cells are blocks."""
        if _is_layout(element):
            self._flush()
            self._owner = element
            self._inside(element)
            self._flush()
            return
        if "".join(self._pieces).strip():
            self._pieces.append(" | ")
        before, self._owner = self._owner, element
        text = "".join(_visible(element, self._skip))
        self._linked += sum(len("".join(a.itertext())) for a in element.iter("a"))
        self._pieces.append(text)
        self._owner = before

    def _inside(self, element: lxml.html.HtmlElement) -> None:
        linked = element.tag == "a"
        before = sum(map(len, self._pieces)) if linked else 0
        if element.text:
            self._pieces.append(_space(element.text, element))
        for child in element:
            self.walk(child)
            if child.tail:
                self._pieces.append(_space(child.tail, element))
        if linked:
            self._linked += max(0, sum(map(len, self._pieces)) - before)

    def _flush(self) -> None:
        if self._pieces:
            text = fold("".join(self._pieces))
            owner = self._owner
            if text and owner is not None:
                self._add(owner, text)
            self._pieces = []
        self._linked = 0

    def _add(self, owner: lxml.html.HtmlElement, text: str) -> None:
        # Two line breaks in a row are how old pages part paragraphs.
        for paragraph in re.split(r"\n{2,}", text):
            words = words_of(paragraph)
            if words:
                self.blocks.append(Block(owner, paragraph.strip(), words, self._linked, owner.tag))


def _is_layout(cell: lxml.html.HtmlElement) -> bool:
    """The cell holds blocks, line breaks or more text than a datum."""
    if any(child.tag in BLOCKS and child.tag != "p" for child in cell.iterdescendants()):
        return True
    return cell.find(".//br") is not None or len(cell.text_content()) > MAX_DATUM


def _space(text: str, element: lxml.html.HtmlElement) -> str:
    """Line breaks of the source are blanks, except in preformatted text."""
    if element.tag == "pre":
        return text
    return text.replace("\n", " ") if "\n" in text else text


def _visible(element: lxml.html.HtmlElement, skip: Skip) -> Iterator[str]:
    if element.text:
        yield _space(element.text, element)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in INVISIBLE and not skip(child):
            yield " " if child.tag in ("br", "p") else ""
            yield from _visible(child, skip)
        if child.tail:
            yield _space(child.tail, element)
