"""Days that a page shows, and elements that hold one for programs: where each of them stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import lxml.html

from crawler.parsers.article.blocks import HEADINGS, TextBlock
from crawler.parsers.article.body import Body
from crawler.parsers.article.data_blocks import data_elements, publication_words
from crawler.parsers.article.other_days import (
    entry_of_other,
    is_embedded,
    is_in_sentence,
    is_of_other_article,
    is_other_day,
    other_lines,
)
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import dates_in, days_of_spans, joins
from crawler.parsers.article.publication.marks import Mark
from crawler.parsers.article.publication.stated_marks import Parse
from crawler.parsers.elements import Elements

AT_START = 80
"""Characters before a date that is no part of a sentence."""
MOST_OF_LINE, MOST = 3, 60
"""Dates of a line, and of a page, that are looked at."""
MOST_WITHIN = 60
"""Elements of a block among which the one that holds the date is looked for."""
SHORT = 200
"""Characters of a block whose elements are searched for the one that holds the date."""
FAR = 60
"""Blocks from the headline: what is farther away stands as far as this."""
STEPS = 4
"""Elements around a date whose names are read."""
MOST_PIECES = 8
"""Pieces of text of an element that holds a day as its text."""
BEFORE = 40
"""Characters before a date that say what it is the date of."""

_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?!\.?\d)|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# The vocabulary of web design, English on sites of any language, and German.
_NAMES: Mapping[str, re.Pattern[str]] = {
    "date": re.compile(r"date|datum|time|stamp|fecha|data(?![\w-]*(?:base|set))"),
    "published": re.compile(r"publi|posted|created|issued|dateline|erschien|release"),
    "modified": re.compile(r"updat|modif|changed|revis|edited|aktual"),
    "meta": re.compile(r"meta|by-?line|author|info|credit|detail|header|hero|kicker|intro|head"),
    "entry": re.compile(r"teaser|card|list|item|related|recent|latest|more|popular|recommend|grid"),
    "other": re.compile(
        r"comment|reply|footer|sidebar|widget|event|termin|calendar|review|copyright|nav|menu|tweet"
    ),
}
_OF_EVENT = re.compile(
    r"\bdt(?:start|end)\b|\btribe[-_]events?\b|\bmec-(?:start|end|single-event-date)"
    r"|\bevents?[-_]{1,2}(?:start|end|when|schedule)|\b(?:start|end)[-_]?date\b"
)
"""What calendars (hCalendar, The Events Calendar, Modern Events Calendar) call days of events."""
PRINTED = "page"
"""Path of the days that a page shows."""
TIME = "time.datetime"
"""Path of the days that elements hold for programs."""
_PROPERTIES = frozenset({"datePublished", "dateCreated", "dateModified"})
_HOLDING = ("datetime", "content", "title")
"""Attributes that hold the day."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks that a page shows, and where headline and article stand among them."""

    blocks: Sequence[TextBlock]
    headline: int
    """Number of the headline's block."""
    text: range
    """Numbers of the article's blocks, from the first to behind the last."""
    first_of: Mapping[lxml.html.HtmlElement, int]
    """Element → number of its first block."""
    inside: frozenset[lxml.html.HtmlElement]
    """Elements of blocks of the article."""
    content: frozenset[lxml.html.HtmlElement]
    """Elements of blocks that stand in no box."""
    data: frozenset[lxml.html.HtmlElement]
    """Elements of blocks that hold data."""
    others: frozenset[str]
    """Lines with the day of a picture or an event."""

    @classmethod
    def of(
        cls,
        blocks: Sequence[TextBlock],
        body: Body,
        heading: lxml.html.HtmlElement | None,
        words: PageWords,
    ) -> Layout:
        """`blocks` are all that the page shows, those in boxes too."""
        first_of: dict[lxml.html.HtmlElement, int] = {}
        for number, block in enumerate(blocks):
            first_of.setdefault(block.element, number)
        inside = [body.blocks[i].element for i in body.chosen]
        numbers = [first_of[element] for element in inside if element in first_of]
        text = range(min(numbers), max(numbers) + 1) if numbers else range(0)
        headline = text.start
        if heading is not None:
            within = (first_of.get(e) for e in (heading, *heading.iterdescendants()))
            headline = next((n for n in within if n is not None), headline)
        content = frozenset(block.element for block in body.blocks)
        data = data_elements(body.blocks, words)
        others = other_lines(blocks, text.start, words)
        return cls(blocks, headline, text, first_of, frozenset(inside), content, data, others)

    def number(self, element: lxml.html.HtmlElement) -> int | None:
        """Number of the block that the element stands in."""
        for each in (element, *element.iterancestors()):
            if each in self.first_of:
                return self.first_of[each]
        return None


def printed_marks(layout: Layout, elements: Elements, words: PageWords, parse: Parse) -> list[Mark]:
    """All that a page shows, with measures of where it stands; those near the headline first.

    What stands in a box as links, entries of a list and other articles do is left out: of 772 such
    days on pages that state no other, 10 were the day of publication. So is the day as of which a
    box beside the article gives its values: prices, the weather.
    """
    found = [*_in_times(layout, elements, words, parse), *_in_lines(layout, words, parse)]
    days: defaultdict[str, set[str]] = defaultdict(set)
    for likeness, mark in found:
        days[likeness].add(mark.day)
    return [
        replace(mark, place={**mark.place, "alike": len(days[likeness]) - 1.0})
        for likeness, mark in found
        if not (mark.place["boxed"] and _is_of_others(mark.place, len(days[likeness])))
    ]


def times(elements: Elements, parse: Parse) -> Iterator[tuple[lxml.html.HtmlElement, Mark]]:
    """Elements that hold a day for programs, in the order of the page."""
    for element, tag, given in elements.every:
        is_titled = tag == "abbr" and "title" in given
        if not (tag == "time" or "datetime" in given or "itemprop" in given or is_titled):
            continue
        said = given.get("itemprop", "")
        if said and said not in _PROPERTIES and tag != "time":
            continue
        if _is_of_span(element) or _is_of_another(element, _names(element)) or is_embedded(element):
            continue
        value = next((v for name in _HOLDING if (v := given.get(name))), None)
        if value is None and said in _PROPERTIES:
            value = _text(element)
        found = parse(value) if value and len(value) <= BEFORE else None
        if value and found and len(found[0]) == len("2015-06-09"):
            yield element, Mark(*found, "time", "markup", value, "time", TIME)


def _text(element: lxml.html.HtmlElement) -> str | None:
    """What a property of microdata holds that has no attribute for it."""
    pieces = islice(element.itertext(), MOST_PIECES)
    return " ".join(" ".join(pieces).split()) or None


def _is_of_span(element: lxml.html.HtmlElement) -> bool:
    """It is the first or last day of an event: `<time>4 March</time> – <time>5 March</time>`."""
    before, after = element.getprevious(), element.getnext()
    return (after is not None and after.tag == "time" and joins(element.tail or "")) or (
        before is not None and before.tag == "time" and joins(before.tail or "")
    )


def _is_of_another(element: lxml.html.HtmlElement, names: str) -> bool:
    """It is the day of an event, by the names around it, or of another article."""
    return _OF_EVENT.search(names) is not None or is_of_other_article(element)


def _is_of_entry(element: lxml.html.HtmlElement, layout: Layout) -> bool:
    """It stands in an entry of a list of other articles: one without the headline of the page."""
    entry = entry_of_other(element)
    if entry is None or not layout.blocks:
        return entry is not None
    headline = layout.blocks[layout.headline].element
    return headline is not entry and entry not in headline.iterancestors()


def _is_of_others(place: Mapping[str, float], days: int) -> bool:
    """The day of what a box shows; one of several made alike; that of a teaser; and, unless it is
    said to be the day of publication, a link or an entry beside the article.
    """
    if place["as_of"] and not place["in.footer"]:
        return True
    if place["published"] and days == 1:
        return bool(place["teaser"])
    return bool(place["link"] or days > 1 or (place["name.entry"] and place["tag.aside"]))


def _in_lines(layout: Layout, words: PageWords, parse: Parse) -> Iterator[tuple[str, Mark]]:
    """Days in lines, each with what its place is made like."""
    budget = MOST
    for number, line, match in _dates(layout, words):
        found = parse(match.group())
        if not found or len(found[0]) != len("2015-06-09"):
            continue
        block = layout.blocks[number]
        element = _holder(block, match.group())
        names = _names(element)
        if _is_of_another(element, names) or _is_of_entry(element, layout):
            continue
        place = _measure(layout, number, element, block, names)
        above = _label_above(layout, number, line, words)
        place |= _measure_line(line, match.start(), match.end(), words, above)
        surface = match.group()
        yield (
            _likeness(element),
            Mark(*found, "printed", "markup", surface, "printed", PRINTED, place),
        )
        budget -= 1
        if not budget:
            return


def _dates(layout: Layout, words: PageWords) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Number of the block, line and place of what may be a date, those near the headline first."""
    for number in sorted(range(len(layout.blocks)), key=lambda n: abs(n - layout.headline)):
        block = layout.blocks[number]
        if block.element in layout.data or not _DIGIT.search(block.text):
            continue
        for line in block.text.split("\n"):
            if line in layout.others:
                continue
            matches = [*dates_in(line, AT_START, MOST_OF_LINE)]
            spanned = days_of_spans(line, matches)
            for match in matches:
                if match in spanned:
                    continue
                start, end = match.span()
                before = line[max(0, start - BEFORE) : start]
                if not (is_in_sentence(line, start, end, words) or is_other_day(before, words)):
                    yield number, line, match


def _in_times(
    layout: Layout, elements: Elements, words: PageWords, parse: Parse
) -> Iterator[tuple[str, Mark]]:
    """Days of elements that hold one for programs."""
    for element, mark in islice(times(elements, parse), MOST):
        if _is_of_entry(element, layout):
            continue
        said = element.get("itemprop") or ""
        number = layout.number(element)
        block = layout.blocks[number] if number is not None else None
        place = _measure(layout, number, element, block, _names(element))
        shown = " ".join(element.text_content().split())
        line = block.text.replace("\n", " ") if block is not None else ""
        at = max(0, line.find(shown)) if shown else 0
        above = _label_above(layout, number, line, words) if number is not None else ""
        place |= _measure_line(line, at, at + len(shown), words, above)
        if said in ("datePublished", "dateCreated") or element.get("pubdate") is not None:
            place["published"] = 1
        if said == "dateModified":
            place["updated"] = 1
        yield _likeness(element), replace(mark, place=place)


def _measure(
    layout: Layout,
    number: int | None,
    element: lxml.html.HtmlElement,
    block: TextBlock | None,
    names: str,
) -> dict[str, float]:
    measures: dict[str, float] = {
        f"name.{name}": bool(pattern.search(names)) for name, pattern in _NAMES.items()
    }
    tags = {e.tag for e in (element, *element.iterancestors())}
    measures["boxed"] = block is None or block.element not in layout.content
    measures["inside"] = block is not None and block.element in layout.inside
    measures["shown"] = number is not None
    measures["link"] = block is not None and block.link_share > 0.5
    measures["tag.heading"] = bool(tags & HEADINGS)
    measures["tag.time"] = "time" in tags
    measures["tag.list"] = bool(tags & {"li", "td"})
    measures["tag.footer"] = "footer" in tags
    measures["in.footer"] = measures["tag.footer"] or "foot" in names
    measures["tag.aside"] = bool(tags & {"aside", "nav"})
    measures["tag.article"] = "article" in tags
    beside = measures["name.entry"] and measures["tag.aside"]
    measures["teaser"] = beside and _is_in_teaser(element)
    distance = FAR if number is None else number - layout.headline
    measures["distance"] = max(-FAR, min(FAR, distance))
    measures["away"] = abs(measures["distance"])
    behind = 0 if number is None else number - layout.text.stop + 1
    measures["behind"] = max(0, min(FAR, behind))
    measures["first"] = number is not None and 0 <= number - layout.text.start <= 1
    measures["words"] = min(60, len(block.words)) if block is not None else 0
    return measures


def _is_in_teaser(element: lxml.html.HtmlElement) -> bool:
    """Whether an entry that holds it beside the article has a link: to another article."""
    for holder in (element, *element.iterancestors()):
        if holder.tag in ("aside", "nav"):
            return False
        names = f"{holder.get('class', '')} {holder.get('id', '')}".lower()
        is_entry = holder.tag == "li" or _NAMES["entry"].search(names)
        if is_entry and holder.find(".//a[@href]") is not None:
            return True
    return False


def _label_above(layout: Layout, number: int, line: str, words: PageWords) -> str:
    """The line above one of a block, where it holds nothing but words that say when the page was
    published: `<h3>Published</h3>`. A bare "Date" may be that of an event.
    """
    lines = layout.blocks[number].text.split("\n")
    before = lines[: lines.index(line)] if line in lines else []
    if not before and number:
        before = layout.blocks[number - 1].text.split("\n")
    above = before[-1] if before else ""
    label = publication_words(above, words)
    return label if label and not above[len(label) :].strip(": ") else ""


def _measure_line(
    line: str, start: int, end: int, words: PageWords, above: str
) -> dict[str, float]:
    """What a line says of its day; `above`: the label of a day with which it begins."""
    before = line[max(0, start - BEFORE) : start]
    if not before.strip():
        before = above
    beside = f"{before} {line[end : end + BEFORE]}"
    label = words.last(before, "published", "updated")
    return {
        "published": label == "published",
        "updated": label == "updated" or (label is None and bool(words.start("updated", line))),
        "by": bool(words.find("byline", beside)),
        "event": bool(words.find("event_day", before)),
        "as_of": bool(words.find("as_of", before)),
        "reading": bool(words.find("reading_time", beside)),
        "before": min(AT_START, start),
        "after": min(200, len(line) - end),
        "clock": bool(_CLOCK.search(line[end : end + 15])),
    }


def _holder(block: TextBlock, surface: str) -> lxml.html.HtmlElement:
    """The innermost element of a short block that holds the date."""
    if len(block.text) > SHORT:
        return block.element
    holder = block.element
    for element in islice(block.element.iterdescendants(), MOST_WITHIN):
        text = element.text_content() if isinstance(element.tag, str) else ""
        if surface in text or surface in " ".join(text.split()):
            holder = element
    return holder


def _names(element: lxml.html.HtmlElement) -> str:
    """Names of classes and ids of the element and those right around it."""
    names = []
    for number, each in enumerate((element, *element.iterancestors())):
        if number >= STEPS or each.tag in ("body", "article", "main"):
            break
        names += [each.get("class") or "", each.get("id") or "", each.get("itemprop") or ""]
    return " ".join(names).lower()


def _likeness(element: lxml.html.HtmlElement) -> str:
    """Tags and classes of the element and the two around it: what a template makes alike."""
    around = [element, *element.iterancestors()][:3]
    return " ".join(f"{e.tag}.{e.get('class') or ''}" for e in around)
