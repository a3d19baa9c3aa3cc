"""The page as a list of blocks of text, in reading order.

A block is what a reader sees as one paragraph, heading, list item or table row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter

import lxml.html

from crawler.parsers.elements import INVISIBLE, Elements, Seen
from crawler.parsers.scripts import UNSPACED

SENTENCE_END = re.compile(r"[.!?…]['\"»“”’)\]]*\s*$")
"""How a text ends that is a sentence."""
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
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = " | "
"""Between the cells of a row."""
LONG = 12
"""Words; shorter paragraphs say little about where the article is."""

MAX_DATUM = 300
"""Characters of a cell in a table of data."""

MAX_LABEL = 6
"""Words of the label in a row of facts."""

_NEAR_BUTTON = 2
"""Elements around a button, of which one may be a heading."""
_QUESTION_MARKS = ("?", "？", "؟")

_ROW_PARTS = frozenset({"td", "th"})
_PAIRED = frozenset({"div", "li", "p"})
_PIECES = frozenset({"span", "b", "strong", "em", "i", "label"})
"""Elements that a row of facts may have as label and value."""
_IN_LAYOUT = (*sorted(BLOCKS - {"p"}), "br")
"""Elements that a cell of data does not hold."""

_WORD = re.compile(r"\w+")
_PARTING = "’‘“”–—\N{NO-BREAK SPACE}"
"""Marks beyond ASCII that texts in ASCII have."""
_ASCII_WORDS = bytes(c if chr(c).isalnum() or chr(c) == "_" else 32 for c in range(128)) + bytes(
    128
)
"""Of each character of a word itself, of each other one a blank."""
_ENDS_AS_DAY = re.compile(
    r"(?:(?<!\d)(?:19|20)\d{2}|[./-]\d{2}|(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d)$"
)
_IS_DAY_OF_YEAR = re.compile(r"\s*(?:19|20)\d{2}[\s-][^\W\d_]{2,}[^.!?]{0,30}")
"""A day that is written with its year first, so that its month or number ends it."""
_UNSPACED = re.compile(f"[{UNSPACED}]")
_PAIR = re.compile(rf"[{UNSPACED}]{{1,2}}|[^\W{UNSPACED}]+")
"""A word, or two letters of a script without blanks: so long is a word of Chinese or Japanese."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block of text of the page."""

    element: lxml.html.HtmlElement
    text: str
    """White space folded; a line break of the page is kept as `\\n`."""
    words: tuple[str, ...]
    """Lower-case words."""
    links: tuple[int, ...]
    """Characters inside links, of each line."""
    tag: str

    @property
    def linked(self) -> int:
        """Characters inside links."""
        return sum(self.links)

    @property
    def link_share(self) -> float:
        """Share of the characters that are links, 0 to 1."""
        links = self.links
        linked = links[0] if len(links) == 1 else sum(links)
        return min(1.0, linked / max(1, len(self.text))) if linked else 0.0

    @property
    def lines(self) -> tuple[TextBlock, ...]:
        """Its lines, each as a block."""
        if len(self.links) == 1:
            return (self,)
        return tuple(
            TextBlock(self.element, line, words_of(line), (linked,), self.tag)
            for line, linked in zip(self.text.split("\n"), self.links, strict=True)
        )

    def part(self, start: int, end: int) -> TextBlock:
        """The block with nothing but its lines from `start` to before `end`."""
        text = "\n".join(self.text.split("\n")[start:end])
        return TextBlock(self.element, text, words_of(text), self.links[start:end], self.tag)

    def only(self, lines: Sequence[int]) -> TextBlock:
        """The block with nothing but the lines of these numbers."""
        given = self.text.split("\n")
        text = "\n".join(given[i] for i in lines)
        links = tuple(self.links[i] for i in lines)
        return TextBlock(self.element, text, words_of(text), links, self.tag)


def prose(blocks: Iterable[TextBlock]) -> int:
    """Words in long blocks that are no lists of links: a measure of how much there is to read."""
    return sum(len(b.words) for b in blocks if len(b.words) >= LONG and b.link_share < 0.5)


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words, the way blocks and extracted lines are compared."""
    if not text.isascii():
        for mark in _PARTING:
            text = text.replace(mark, " ")
    if text.isascii():  # three times as fast
        return tuple(text.lower().encode().translate(_ASCII_WORDS).decode().split())
    pattern = _PAIR if _UNSPACED.search(text) else _WORD
    return tuple(pattern.findall(text.lower()))


def fold(text: str) -> str:
    """White space folded to single blanks, line breaks of the page kept."""
    return "\n".join([" ".join(line.split()) for line in text.split("\n")]).strip()


def is_invisible(element: lxml.html.HtmlElement) -> bool:
    """Shows no text of the page. A button that was never closed holds what stands behind it, and
    one that unfolds an answer is the heading of that.
    """
    tag = element.tag
    return tag in INVISIBLE and (
        tag != "button" or (element.find(".//p") is None and not _heads_answer(element))
    )


def _heads_answer(button: lxml.html.HtmlElement) -> bool:
    """Two of three: it says that it unfolds something, is all of a heading, asks a question."""
    unfolds = button.get("aria-expanded") is not None or "collapse" in (
        button.get("data-toggle"),
        button.get("data-bs-toggle"),
    )
    said = button.text_content().strip()
    around = islice(button.iterancestors(), _NEAR_BUTTON)
    heading = next((e for e in around if e.tag in HEADINGS or e.tag == "dt"), None)
    heads = heading is not None and heading.text_content().strip() == said
    asks = said.endswith(_QUESTION_MARKS)
    return (unfolds, heads, asks).count(True) > 1


Skip = Callable[[lxml.html.HtmlElement], bool]


def read_blocks(
    root: lxml.html.HtmlElement, skip: Skip, elements: Elements | None = None
) -> list[TextBlock]:
    """The blocks below `root` in reading order; elements for which `skip` says so are left out.
    `elements`: those of the tree that were looked at already.
    """
    return _read(root, lambda seen: skip(seen.element), elements)


def read_shown_blocks(
    root: lxml.html.HtmlElement, elements: Elements | None = None
) -> list[TextBlock]:
    """The blocks below `root` that a reader is shown, as far as attributes say."""
    return _read(root, attrgetter("hidden"), elements)


def _read(
    root: lxml.html.HtmlElement, skip: Callable[[Seen], bool], elements: Elements | None
) -> list[TextBlock]:
    collector = _Collector(skip)
    collector.visit((elements or Elements(root)).of(root))
    return collector.blocks


class _Collector:
    def __init__(self, skip: Callable[[Seen], bool]) -> None:
        self.blocks: list[TextBlock] = []
        self._skip = skip
        self._pieces: list[str] = []
        self._links = 0
        """Links that what comes next is inside of: a link may hold blocks."""
        self._has_text = False
        """One of the pieces is no white space."""
        self._linked = [0]
        """Characters inside links, of each line."""
        self._owner: lxml.html.HtmlElement | None = None

    def visit(self, seen: Seen) -> None:
        """Depth is bounded: libxml2 cuts off at 256 elements."""
        tag = seen.tag
        if not tag or (tag in INVISIBLE and is_invisible(seen.element)) or self._skip(seen):
            return
        if tag in BLOCKS:
            if tag in _ROW_PARTS:
                self._cell(seen)
                return
            self._flush()
            self._owner = seen.element
            self._inside(seen)
            self._flush()
            self._owner = seen.element.getparent()
        elif tag == "br":
            self._put("\n")
        else:
            self._inside(seen)

    def _cell(self, seen: Seen) -> None:
        """Cells of a plain row stay in one block; a layout table's cells are blocks."""
        element = seen.element
        if _is_layout(element):
            self._flush()
            self._owner = element
            self._inside(seen)
            self._flush()
            self._owner = element.getparent()
            return
        if self._has_text:
            self._put(CELLS)
        before, self._owner = self._owner, element
        text = "".join(_visible(seen, self._skip))
        self._linked[-1] += sum(len("".join(a.itertext())) for a in element.iter("a"))
        self._put(text)
        self._owner = before

    def _inside(self, seen: Seen) -> None:
        tag = seen.tag
        self._links += tag == "a"
        text = seen.text
        if text:
            self._put_in(tag, text)
        for child in seen.children:
            if not text and self._has_text:
                if self._only_looks_apart(child):
                    self._put(" ")
                elif _is_second_of_row(child):
                    self._put(CELLS)
            self.visit(child)
            text = child.tail
            if text:
                self._put_in(tag, text)
        self._links -= tag == "a"

    def _only_looks_apart(self, seen: Seen) -> bool:
        """Letters or digits stand on both sides where two pieces of a line meet that only looks
        part: a date and how long it takes to read, who wrote, when it was changed. Digits without a
        date are one number: `12` and `000`. Some dates end with their month (`2031-yil 9-iyun`).
        """
        if not seen.text or not seen.text[0].isalnum():
            return False
        element, before, piece = seen.element, seen.element.getprevious(), self._pieces[-1]
        if before is None or not all(e.tag == "span" and e.get("class") for e in (before, element)):
            return False
        return bool(_ENDS_AS_DAY.search(piece) or _IS_DAY_OF_YEAR.fullmatch(piece))

    def _put_in(self, tag: str, text: str) -> None:
        """What stands in an element of that tag; line breaks of the source are blanks."""
        # Most of it is white space between elements.
        if self._has_text or self._links or tag == "pre" or not text.isspace():
            self._put(_space(text, tag))

    def _put(self, text: str) -> None:
        if "\n" in text:
            first, *more = [len(line) if self._links else 0 for line in text.split("\n")]
            self._linked[-1] += first
            self._linked.extend(more)
        elif self._links:
            self._linked[-1] += len(text)
        elif not self._has_text and text.isspace():
            return  # blanks at the start of a line are folded away
        self._pieces.append(text)
        if not self._has_text and text and not text.isspace():
            self._has_text = True

    def _flush(self) -> None:
        if not self._pieces:
            return
        if self._has_text and self._owner is not None:
            self._end_row()
            self._add(self._owner, "".join(self._pieces))
        self._pieces = []
        self._linked = [0]
        self._has_text = False

    def _end_row(self) -> None:
        """Empty cells at its end (of a headline without its day) are parted from nothing."""
        for place in range(len(self._pieces) - 1, -1, -1):
            piece = self._pieces[place]
            if piece and not piece.isspace() and piece != CELLS:
                return
            if piece == CELLS:
                self._pieces[place] = ""

    def _add(self, owner: lxml.html.HtmlElement, text: str) -> None:
        if "\n" not in text:
            whole, words = _folded(text)
            if words:
                self.blocks.append(TextBlock(owner, whole, words, tuple(self._linked), owner.tag))
            return
        lines = zip(map(fold, text.split("\n")), self._linked, strict=True)
        # Two line breaks in a row are how old pages part paragraphs.
        for blank, paragraph in groupby(lines, key=lambda line: not line[0]):
            if blank:
                continue
            texts, links = zip(*paragraph, strict=True)
            whole, words = _folded("\n".join(texts))
            if words:
                self.blocks.append(TextBlock(owner, whole, words, links, owner.tag))


@lru_cache(maxsize=1_000)
def _folded(text: str) -> tuple[str, tuple[str, ...]]:
    """A text with its white space folded, and its words. The blocks of a page are read several
    times, each time without others of its boxes.
    """
    whole = fold(text)
    return whole, words_of(whole)


def _is_layout(cell: lxml.html.HtmlElement) -> bool:
    """The cell holds blocks, line breaks or more text than a datum."""
    if any(True for _ in cell.iterdescendants(*_IN_LAYOUT)):
        return True
    return len(cell.text_content()) > MAX_DATUM


def _is_second_of_row(seen: Seen) -> bool:
    """What a style sheet sets apart as a label and its value, without a blank between them: the
    second of the two elements of a box that stands beside another such box. A word with letters of
    its own style, and a name in two colours, stand alone.
    """
    element, row = seen.element, seen.element.getparent()
    first = element.getprevious()
    # Told by the neighbours first: to count a row takes a look at each of its elements.
    if first is None or first.getprevious() is not None or element.getnext() is not None:
        return False
    if seen.tag not in _PIECES or row is None or not _is_pair(row):
        return False
    return any(
        other is not None and other.tag == row.tag and _is_pair(other)
        for other in (row.getprevious(), row.getnext())
    )


def _is_pair(row: lxml.html.HtmlElement) -> bool:
    """A box of two plain elements, a label and its value, and nothing else. Paragraphs in two
    styles are none: what opens them goes on behind a blank, or is a letter or half a sentence.
    """
    if row.tag not in _PAIRED or len(row) != 2 or (row.text or "").strip():
        return False
    if any(piece.tag not in _PIECES or len(piece) or piece.tail for piece in row):
        return False
    label, value = (piece.text or "" for piece in row)
    if not label.strip() or not value.strip() or label[-1].isspace() or value[0].isspace():
        return False
    return len(label.strip()) > 1 and len(words_of(label)) <= MAX_LABEL


def _space(text: str, tag: str) -> str:
    """Line breaks of the source are blanks, except in preformatted text."""
    return text if tag == "pre" else text.replace("\n", " ")


def _visible(seen: Seen, skip: Callable[[Seen], bool]) -> Iterator[str]:
    if seen.text:
        yield _space(seen.text, seen.tag)
    for child in seen.children:
        if child.tag and not is_invisible(child.element) and not skip(child):
            yield " " if child.tag in ("br", "p") else ""
            yield from _visible(child, skip)
        if child.tail:
            yield _space(child.tail, seen.tag)
