"""Names that a page shows where authors stand: behind byline words, in elements for them, around
headline and text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import lxml.html

from crawler.parsers.article.authorship.author_rows import AuthorRows
from crawler.parsers.article.authorship.closing_line import ClosingLine, read_closing_line
from crawler.parsers.article.authorship.marks import AuthorMark, marks_of
from crawler.parsers.article.authorship.names import AMONG, GROUPS, PARTS, AuthorNames
from crawler.parsers.article.authorship.strings import AuthorString
from crawler.parsers.article.blocks import HEADINGS
from crawler.parsers.article.data_blocks import without_publication
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import dates_in

MOST = 200
"""Names that are looked at."""
MOST_SMALL = 2
"""Words in small letters behind a name that stands beside a date or alone (in, on), and in a last
line that names the author and ends as a sentence: led, and.
"""
MOST_OFFICE = 5
"""Words of an office before the name in a last line."""
FAR = 40
"""Strings from the headline: what is farther away stands as far as this."""
STEPS = 5
"""Elements around a string whose names are read."""
_MAX_LABEL = 40
"""Characters before a byline word: a date, a label."""
_MAX_DATE = 60
"""Characters of a date line."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d[./-]\d{1,2}[./-]\d{2}(?!\d)")
_AT_START = 12
"""Characters before the day with which a string begins: a weekday."""
# Behind it "Uhr", "p.m.", a time zone or another short word.
_CLOCK = re.compile(
    r"^\W{0,3}\d{1,2}[:.]\d{2}(?::\d{2})?"
    r"(?:\s?(?:Uhr|[apAP]\.?[mM]|[A-Z]{1,3}T|UTC|MSK|(?P<short>[^\W\d_]{1,3}))(?![^\W\d_])\.?)?"
)
_EDGES = " ,:–—-|•·"
# The vocabulary of web design, English on sites of any language, and German.
_NAMES: Mapping[str, re.Pattern[str]] = {
    "author": re.compile(r"author|autor|writer|contribut|avtor"),
    "byline": re.compile(r"by-?line|posted-?by|written-?by|submitted"),
    "name": re.compile(r"name|title|heading|\bfn\b"),
    "bio": re.compile(r"bio|about|box|profile|info|desc"),
    "meta": re.compile(r"meta|date|detail|header|entry|post"),
    "image": re.compile(r"photo|image|img|avatar|caption|credit|figure|gallery|copyright"),
    "other": re.compile(r"comment|reply|review|editor|tag|categor|source|footer|user"),
    "entry": re.compile(r"card|list|item|recent|latest|more|recommend|grid|sidebar|widget|aside"),
    "social": re.compile(r"social|share|follow|twitter|facebook|linkedin|instagram"),
}


class ShownMarks:
    """Reads the strings around a text."""

    def __init__(self, words: PageWords, names: AuthorNames) -> None:
        self._words = words
        self._names = names
        self._rows = AuthorRows(words, names)

    def read(
        self,
        strings: Sequence[AuthorString],
        heading: lxml.html.HtmlElement | None,
        last_line: str = "",
    ) -> list[AuthorMark]:
        """All names, with measures of where they stand, in the order of the page. `last_line`: of
        the text, where a press office signs as a person does.
        """
        headline = _headline(strings, heading)
        rows = self._rows.read(strings)
        found: list[tuple[str, AuthorMark]] = []
        for number, string in enumerate(strings):
            marks = list(self._in_string(strings, number, last_line))
            if not marks:
                continue
            place = self._measure(strings, number, headline)
            rest = len(string.text.split()) - sum(len(mark.name.split()) for mark in marks)
            place["rest"] = max(-1, min(20, rest))
            likeness = _likeness(string.parent)
            row = rows.get(number, ())
            found += [(likeness, replace(mark, place=place, row=row)) for mark in marks]
            if len(found) >= MOST:
                break
        alike: defaultdict[str, set[str]] = defaultdict(set)
        for likeness, mark in found:
            alike[likeness].add(mark.key)
        return [
            replace(mark, place={**mark.place, "alike": min(FAR, len(alike[likeness]))})
            for likeness, mark in found
        ]

    def _in_string(
        self, strings: Sequence[AuthorString], number: int, last_line: str
    ) -> Iterator[AuthorMark]:
        string = strings[number]
        written = self._behind_byline(strings, number)
        if string.evidence == "signed" and (
            not all(map(self._names.is_person, written))
            or _is_sentence(self._names.unlabelled(without_publication(string.text, self._words)))
        ):
            return  # a sentence that begins as a byline does
        yield from marks_of(written, "byline")
        if written:
            return
        if string.evidence in ("signed", "") and (
            self._is_datum(strings, number) or self._is_credited(strings, number)
        ):
            return
        if string.evidence == "signed":
            is_desk = string.text == last_line and self._is_desk_alone(string)
            signing = [string.text.strip(_EDGES)] if is_desk else self._signing(string.text)
            yield from marks_of(signing, "signed")
        elif string.evidence == "labelled":
            found = self._names.read_start(string.text)
            if all(map(self._names.is_known_person, found)):
                yield from marks_of(found, "marked")
        elif string.evidence:
            text = self._names.unlabelled(string.text).strip(_EDGES)
            desk = self._names.is_desk(text)
            yield from marks_of([text] if desk else self._names.read_start(text), string.evidence)
        elif string.place == "head":
            yield from self._in_head(strings, number)

    def _is_desk_alone(self, string: AuthorString) -> bool:
        """Whether it is a press office or newsroom; neither the heading of a box, nor a link."""
        leads = HEADINGS | {"a"}
        return self._names.is_desk(string.text.strip(_EDGES)) and not any(
            element.tag in leads for element in _around(string)
        )

    def _is_datum(self, strings: Sequence[AuthorString], number: int) -> bool:
        """Whether a person stands in a table, or under the words for a contact: who speaks or is
        to be called. What is the author by a byline or an element is not asked this.
        """
        string = strings[number]
        if number:
            before = strings[number - 1].text
            if len(before) <= _MAX_LABEL and self._words.start("contact", before):
                return True
        return _is_value(string.parent, is_last=string.evidence == "signed")

    def _is_credited(self, strings: Sequence[AuthorString], number: int) -> bool:
        """Whether nothing but the word for a picture or a source stands right before a person:
        `Photo: <b>Jane Roe</b>`.
        """
        before = strings[number - 1].text if number else ""
        label = self._words.start("credit", f"{before.rstrip(' :')}:") if before else ""
        return bool(label) and len(before.rstrip(" :")) <= len(label)

    def is_signature(self, text: str) -> bool:
        """Whether a line is persons with known first names or initials, or a person and an office:
        `Jane Roe, press officer`, `Press officer J. Roe`.
        """
        return bool(self._signing(text))

    def _signing(self, text: str) -> list[str]:
        """The persons whom a line names; none where it is no signature."""
        line = text.strip(_EDGES)
        if self._names.is_sure_person(line):
            return [line]
        if persons := self._names.read_persons(line) or self._beside(read_closing_line(line)):
            return persons
        name, _, office = line.partition(",")
        if not office:
            return self._behind_office(name)
        if self._is_with_credit(line):
            return [name]
        is_office = self._words.find("office", office) and not _is_sentence(office)
        return [name] if is_office and self._names.is_person(name) else []

    def _is_with_credit(self, line: str) -> bool:
        """Whether a line is a person who took the picture as well: `Jane Roe, photo by the
        author`.
        """
        name, _, credit = line.partition(",")
        return bool(self._words.start("credit", credit)) and self._names.is_sure_person(name)

    def closes(self, line: str) -> bool:
        """Whether a line says where and when a text was written, and by whom; or the last, and who
        took the picture.
        """
        if self._is_with_credit(line):
            return True
        closing = read_closing_line(line)
        return closing is not None and (closing.is_coded or bool(self._beside(closing)))

    def _beside(self, closing: ClosingLine | None) -> list[str]:
        """The persons beside place and day: `Perth, 4 March 2031 / Jane Roe`."""
        if closing is None or (closing.before and closing.behind):
            return []
        return self._names.read_persons(closing.before or closing.behind)

    def _behind_office(self, text: str) -> list[str]:
        """The person behind an office that a line begins with; none where it does not."""
        words = text.split()
        for start in range(1, min(MOST_OFFICE, len(words) - 2) + 1):
            office, name = " ".join(words[:start]), " ".join(words[start:])
            if self._names.is_sure_person(name) and self._words.find("office", office):
                return [name]
        return []

    def _in_head(self, strings: Sequence[AuthorString], number: int) -> Iterator[AuthorMark]:
        """Persons with known first names beside or behind a date; outside of boxes one alone."""
        string = strings[number]
        name = self._names.shortened(string.text).strip(_EDGES)
        persons = self._names.read_persons(name)
        if persons and self._is_beside_date(strings, number, name):
            yield from marks_of(persons, "beside")
        elif behind := self._behind_day(string.text):
            yield from marks_of(behind, "beside")
        elif not string.boxed and self._names.is_known_person(name):
            rest = string.text.strip(_EDGES)[len(name) :].split()
            if len(rest) <= MOST_SMALL and all(map(str.islower, rest)):
                yield AuthorMark(name, "alone")

    def _is_beside_date(self, strings: Sequence[AuthorString], number: int, name: str) -> bool:
        """Whether in a string, behind the name that it begins with, or beside it stands a date."""
        text = strings[number].text
        rest = text.strip(_EDGES)[len(name) :]
        if sum(word.islower() for word in rest.split()) > MOST_SMALL:
            return False  # a sentence about somebody
        around = (strings[n].text for n in (number - 1, number + 1) if 0 <= n < len(strings))
        return bool(_YEAR.search(rest)) or (not rest and any(map(_is_date, around)))

    def _behind_day(self, text: str) -> list[str]:
        """Persons with known first names or initials behind the day with which a string begins:
        `12 March 2031, 10:15 | Jane Roe | Press`; none where there are none.
        """
        day = next(dates_in(text, _AT_START, 1), None)
        if day is None:
            return []
        behind = PARTS.split(_without_clock(text[day.end() :]).strip(_EDGES))[0].strip(_EDGES)
        for said in (behind, AMONG.split(behind)[0]):
            name = self._names.shortened(said).strip(_EDGES)
            if len(name) == len(said) and (persons := self._names.read_persons(name)):
                return persons
        return []

    def _behind_byline(self, strings: Sequence[AuthorString], number: int) -> list[str]:
        """Names behind a byline word: `Published on 9 June 2015 by Jane Roe`; behind some nothing
        but names: `Interview: Jane Roe`, for what says more is a headline about her, and so is any
        heading, or such a line beside others who wrote.
        """
        string = strings[number]
        pieces = [AMONG.split(part) for part in PARTS.split(string.text)]
        for piece, others in ((p[n], p[n + 1 :]) for p in pieces for n in range(len(p))):
            if self._words.start("credit", piece):
                continue  # Photo by
            found = self._words.find("byline", piece)
            alone = self._words.find("byline_alone", piece) if found is None else None
            found = found or alone
            if found is None or not self._is_label(piece[: found.start()]):
                continue
            rest = self._names.unlabelled(piece[found.start() :])
            if alone is not None and (self._says_more(rest) or self._is_about(string, strings)):
                continue
            if names := self._in_row(rest, string, strings[number + 1 :]):
                return names + self._names.read_persons("; ".join(others))
        return []

    def _says_more(self, text: str) -> bool:
        """Whether it holds more than names and what joins them."""
        named = sum(len(name.split()) for name in self._names.read_start(text))
        joiners = sum(bool(self._words.start("name_joiner", word)) for word in text.split())
        return len(text.split()) > named + joiners

    def _is_about(self, string: AuthorString, strings: Sequence[AuthorString]) -> bool:
        """Whether a line such as `Interview: Jane Roe` says who was asked: it is a heading, or the
        page names its author by an element or another byline.
        """
        if not HEADINGS.isdisjoint(element.tag for element in _around(string)):
            return True
        return not string.evidence and any(
            other.evidence in ("marked", "named") or self._words.start("byline", other.text)
            for other in strings
        )

    def _in_row(
        self, text: str, string: AuthorString, strings: Sequence[AuthorString]
    ) -> list[str]:
        """Names in strings that follow each other, as long as commas or "and" join them, or they
        are items of a field. What follows a name in an element of authors behind a comma, and
        stands in none itself, is its office unless it has a known first name.
        """
        found: list[str] = []
        joined = True
        before = ""
        is_proven = False
        last = string
        for other in [replace(string, text=text), *strings]:
            shown, proven = other.text, other.evidence
            joined = joined or (_is_next_item(last, other) and self._names.is_known_person(shown))
            last = other
            if self._is_joiner(shown):
                joined = True
                before = shown
                continue
            if not joined and not self._begins_joined(shown):
                break
            names = [
                name
                for name in self._names.read_start(self._names.unlabelled(shown))
                if proven or not name[0].islower()
            ]
            is_person = self._names.is_person
            if is_proven and not proven and self._parts_by_comma(before, shown):
                is_person = self._names.is_known_person
            if not names or (found and not all(map(is_person, names))):
                break
            found.extend(names)
            is_proven = is_proven or bool(proven)
            joined = self._ends_joined(shown)
            before = shown
        return found

    def _is_label(self, before: str) -> bool:
        """What stands before a byline word: nothing, a date, "Published"; no part of a sentence."""
        if not before.strip(_EDGES):
            return True
        if len(before) > _MAX_LABEL:
            return False
        return any(map(str.isdigit, before)) or bool(self._words.start("published", before))

    def _is_joiner(self, text: str) -> bool:
        bare = text.strip(_EDGES + ";&/")
        return not bare or (" " not in bare and bool(self._words.start("name_joiner", bare)))

    def _begins_joined(self, text: str) -> bool:
        return text[0] in ",&" or bool(self._words.start("name_joiner", text))

    def _parts_by_comma(self, before: str, text: str) -> bool:
        return "," in before[-1:] + text[:1] and not self._words.start("name_joiner", text)

    def _ends_joined(self, text: str) -> bool:
        last = text.rsplit(maxsplit=1)[-1]
        return text[-1] in ",&" or bool(last.islower() and self._words.start("name_joiner", last))

    def _measure(
        self, strings: Sequence[AuthorString], number: int, headline: int
    ) -> dict[str, float]:
        string = strings[number]
        around = _around(string)
        names = " ".join(
            f"{e.get('class') or ''} {e.get('id') or ''} {e.get('itemprop') or ''}" for e in around
        ).lower()
        tags = {e.tag for e in around}
        measures: dict[str, float] = {
            f"name.{name}": bool(pattern.search(names)) for name, pattern in _NAMES.items()
        }
        own = f"{string.parent.get('class') or ''} {string.parent.get('itemprop') or ''}".lower()
        measures["own.author"] = bool(_NAMES["author"].search(own))
        measures["own.name"] = bool(_NAMES["name"].search(own))
        measures["rel"] = any("author" in (e.get("rel") or "").split() for e in around)
        measures["itemprop"] = any("author" in (e.get("itemprop") or "") for e in around)
        measures["link"] = "a" in tags
        measures["tag.heading"] = bool(tags & HEADINGS)
        measures["tag.list"] = bool(tags & {"li", "td"})
        measures["tag.figure"] = bool(tags & {"figure", "figcaption"})
        measures["tag.article"] = "article" in tags
        measures["boxed"] = string.boxed
        measures["head"] = string.place == "head"
        measures["foot"] = string.place == "foot"
        measures["distance"] = max(-FAR, min(FAR, number - headline))
        measures["away"] = abs(measures["distance"])
        return measures | self._measure_beside(strings, number)

    def _measure_beside(self, strings: Sequence[AuthorString], number: int) -> dict[str, float]:
        """What the string itself and its neighbours say."""
        text = strings[number].text
        before = strings[number - 1].text if number else ""
        behind = strings[number + 1].text if number + 1 < len(strings) else ""
        words = self._words
        return {
            "by": bool(words.start("byline", text)),
            "by.before": len(before) <= _MAX_LABEL and bool(words.find("byline", before)),
            "worked": bool(
                words.start("worked_on_by", text) or words.start("worked_on_by", before)
            ),
            "more": bool(words.start("more_by", text) or words.start("more_by", before)),
            "office": bool(words.find("office", text)),
            "office.behind": len(behind) <= _MAX_DATE and bool(words.find("office", behind)),
            "date": _is_date(text),
            "date.before": _is_date(before),
            "date.behind": _is_date(behind),
            "published": bool(words.find("published", f"{before} {text} {behind}")),
            "reading": bool(words.find("reading_time", behind)),
        }


def _is_next_item(one: AuthorString, other: AuthorString) -> bool:
    """Whether a string is that of the element right behind another's, made like it."""
    own = one.parent.get("class")
    return (
        bool(own)
        and other.parent.get("class") == own
        and one.parent.getnext() is other.parent
        and one.parent.tag == other.parent.tag
    )


def _headline(strings: Sequence[AuthorString], heading: lxml.html.HtmlElement | None) -> int:
    """Number of the first string of the headline, or of the head where it has none."""
    if heading is not None:
        inside = {heading, *heading.iterdescendants()}
        for number, string in enumerate(strings):
            if string.parent in inside:
                return number
    return next((n for n, string in enumerate(strings) if string.place == "head"), 0)


def _is_value(element: lxml.html.HtmlElement, *, is_last: bool) -> bool:
    """The value of a term, or a cell of a table with heads; of a last line also an item of a list
    of several: nobody signs so.
    """
    for around in (element, *islice(element.iterancestors(), STEPS - 1)):
        if around.tag == "dd":
            return True
        if around.tag == "li":
            return is_last and len(around.getparent().findall("li")) > 1
        if around.tag == "td":
            table = next(around.iterancestors("table"), None)
            return table is not None and _has_heads(table)
    return False


def _has_heads(table: lxml.html.HtmlElement) -> bool:
    """A calendar inside a table for the layout has its own."""
    return any(next(head.iterancestors("table")) is table for head in table.iter("th"))


def _around(string: AuthorString) -> list[lxml.html.HtmlElement]:
    """The element that it stands in, and those around it."""
    return [string.parent, *islice(string.parent.iterancestors(), STEPS - 1)]


def _likeness(element: lxml.html.HtmlElement) -> str:
    """Tags and classes of the element and the two around it: what a template makes alike."""
    around = [element, *islice(element.iterancestors(), 2)]
    return " ".join(f"{e.tag}.{e.get('class') or ''}" for e in around)


def _is_sentence(text: str) -> bool:
    """It says more than who wrote: By Jane Roe there is also a book on tin."""
    return text.rstrip().endswith((".", "!", "?")) and any(
        sum(word.islower() for word in piece.split()) > MOST_SMALL for piece in GROUPS.split(text)
    )


def _is_date(text: str) -> bool:
    return len(text) <= _MAX_DATE and bool(_YEAR.search(text))


def _without_clock(text: str) -> str:
    """What follows the time that a text begins with. A short word behind it belongs to it unless it
    is written large, as first names are (Jan, Eva).
    """
    clock = _CLOCK.match(text)
    if clock is None:
        return text
    short = clock["short"]
    return text[clock.start("short") if short and not short.islower() else clock.end() :]
