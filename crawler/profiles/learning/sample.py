"""The pages that a profile is learnt from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import lxml.html

from crawler.parsers.article.blocks import LONG, TextBlock, read_blocks
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.printed_dates import PrintedDate, has_date, printed_dates
from crawler.parsers.article.title import stated_titles, window_title
from crawler.parsers.calendars import is_calendar
from crawler.parsers.html import HtmlDocument
from crawler.parsers.language import detect_language
from crawler.parsers.markup import read_markup
from crawler.parsers.pdf import is_pdf
from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning.evidence import DayEvidence, read_evidence
from crawler.profiles.learning.links import EntryLink, read_links
from crawler.profiles.learning.pages import SamplePage
from crawler.profiles.places import NEAR, Places, box_of
from indexer.records.errors import ParseError


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: what a reader sees between two breaks."""

    place: str
    text: str
    words: tuple[str, ...]
    linked: bool
    """It is a link, for the most part."""
    dated: bool
    """It is short and holds a date: what is learnt of those is where they stand."""

    @property
    def prose(self) -> bool:
        """Long, and no link: what articles are made of."""
        return len(self.words) >= LONG and not self.linked


@dataclass(frozen=True, slots=True)
class Box:
    """An element with a name of its own, with what stands in it and beside it."""

    name: str
    """See `places.box_of`."""
    beside: Sequence[int]
    """Numbers of the paragraphs in the element around it, few elements below that."""
    first: int
    """Number of its first line."""
    end: int
    """Number behind its last one."""


@dataclass(frozen=True)
class ReadSample:
    """A sample page taken to pieces."""

    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    dates: tuple[PrintedDate, ...]
    evidence: DayEvidence
    url: str | None
    lang: str | None
    """The language of its text; boxes may be in another one."""
    titles: tuple[str, ...]
    """What markup and window give as title, with what the site puts around it."""
    listed: str
    """Its headline by feed or listing, empty where neither gave one."""
    links: tuple[EntryLink, ...]


def read_samples(pages: Sequence[SamplePage]) -> Iterator[ReadSample]:
    """The HTML pages among the samples, in an order that does not depend on theirs.

    Pages that can't be read are left out; so are other forms than HTML.
    """
    for sample in sorted(pages, key=_order):
        try:
            document = html_document(sample.raw)
            read = _read(sample, document) if document is not None else None
        except (ParseError, ValueError):  # the second: an address that is none (`https://[`)
            continue
        if read is not None and read.lines:
            yield read


def _order(sample: SamplePage) -> tuple[str, str, bytes]:
    raw = sample.raw
    content = raw.body if raw.body is not None else (raw.html or "").encode("utf-8", "replace")
    return raw.url or "", sample.fetched.isoformat(), content


def html_document(raw: RawPage) -> HtmlDocument | None:
    """The markup of a page; None of one that is no HTML."""
    if raw.text is not None:
        return None
    if raw.body is None:
        return HtmlDocument(raw.html or "")
    if is_pdf(raw.body, raw.content_type) or is_calendar(raw.body):
        return None
    return HtmlDocument.from_bytes(raw.body, raw.content_type)


def _read(sample: SamplePage, document: HtmlDocument) -> ReadSample:
    url = sample.raw.url
    places = Places()
    blocks = read_blocks(document.tree, is_hidden)
    markup = read_markup(document, url)
    told = sorted((b for b in blocks if b.link_share < 0.5), key=lambda b: -len(b.words))
    lines = [[*_lines(block, places.of(block.element))] for block in blocks]
    return ReadSample(
        tuple(chain.from_iterable(lines)),
        tuple(_boxes(blocks, lines, places)),
        tuple(printed_dates(blocks, places)),
        read_evidence(sample.fetched, sample.published, url, markup),
        url,
        detect_language("\n".join(block.text for block in told), document.lang),
        (*stated_titles(markup), window_title(document.elements) or ""),
        sample.title or "",
        tuple(read_links(document.tree, url)),
    )


def _lines(block: TextBlock, place: str) -> Iterator[Line]:
    for line in block.lines:
        dated = len(line.words) < LONG and has_date(line.text)
        yield Line(place, line.text, line.words, line.link_share > 0.5, dated)


def _boxes(
    blocks: Sequence[TextBlock], lines: Sequence[Sequence[Line]], places: Places
) -> Iterator[Box]:
    """The named elements of a page with text, in its order; `lines`: those of each block."""
    starts = [*accumulate(map(len, lines), initial=0)]
    first: dict[lxml.html.HtmlElement, int] = {}
    last: dict[lxml.html.HtmlElement, int] = {}
    paragraphs: defaultdict[lxml.html.HtmlElement, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        around = (block.element, *block.element.iterancestors())
        for element in around:
            first.setdefault(element, number)
            last[element] = number
        prose = [starts[number] + i for i, line in enumerate(lines[number]) if line.prose]
        for element in around[: NEAR + 1] if prose else ():
            paragraphs[element] += prose
    for element, number in first.items():
        name, beside = box_of(element, places), paragraphs.get(element.getparent(), ())
        if name is not None:
            yield Box(name, beside, starts[number], starts[last[element] + 1])
