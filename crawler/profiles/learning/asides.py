"""Boxes in and below the text of a site's pages that never hold anything of a page's own: calls to
subscribe, whom to ask, `Read also`. They are known by their place, whatever they say tomorrow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from crawler.parsers.article.blocks import LONG
from crawler.parsers.article.title import is_cut
from crawler.profiles.learning.recurring import Recurring
from crawler.profiles.learning.sample import Box, Line, ReadSample
from crawler.profiles.lines import counter_key, exact_key

FEWEST, SHARE = 5, 0.25
"""Pages on which a box has to stand behind a text of their own, and their share of all with one."""
SHARE_TELLING = 0.75
"""Of the boxes of one name, that stand there and show what other pages say."""
FEWEST_WORDS = 6
"""That recur, of a box without links to other pages; what has fewer is a value: an author, a
section, a place.
"""
FEWEST_OF_HEADLINE = 3
"""Words of a link to another page."""
BEGINNING = 5
"""Words by which the text that an excerpt is of is looked for."""

_CALL = re.compile(r"@|[^\W\d_]{3}[.!?…](?=\s*$|\s+[^\W\d_])")
"""What is no value: an address to write to, a sentence."""

_Words = tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """What was seen of the boxes of one name."""

    boxes: int = 0
    telling: int = 0
    pages: set[int] = field(default_factory=set)
    vouched: bool = False
    """A day, or a line that is cut off, was taken for that of the page a link leads to."""
    leading: int = 0
    """Boxes that lead to another page by its headline."""

    @property
    def is_of_links(self) -> bool:
        """Links are what such days and lines are of: `Add to calendar` stands at the page's own."""
        return not self.vouched or self.leading >= FEWEST


def find_asides(
    pages: Sequence[ReadSample], recurring: Recurring, is_person: Callable[[str], bool]
) -> frozenset[str]:
    """Names of such boxes (`places.box_of`). One that shows on any page what no other has is none:
    neither is the text of articles, nor what belongs to it.
    """
    site = _Site(pages, recurring)
    found: defaultdict[str, _Found] = defaultdict(_Found)
    others: set[str] = set()
    texts = 0
    for number, page in enumerate(pages):
        own = [site.is_own_text(number, line) for line in page.lines]
        texts += any(own)
        leading = site.find_leading(page)
        first: dict[int, int] = {}
        for box in page.boxes:
            if box.name in others:
                continue
            if not site.is_of_others(number, page, box):
                others.add(box.name)
                continue
            of_name = found[box.name]
            of_name.boxes += 1
            of_name.vouched = of_name.vouched or site.is_vouched(number, page, box)
            beside = id(box.beside)  # boxes in one element share it
            if beside not in first:
                first[beside] = next((n for n in box.beside if own[n]), len(own))
            if first[beside] < box.first:
                leads = not leading.isdisjoint(range(box.first, box.end))
                of_name.leading += leads
                if leads or site.says_again(page, box):
                    of_name.telling += 1
                    of_name.pages.add(number)
    least = max(FEWEST, SHARE * texts)
    asides = {
        name
        for name, seen in found.items()
        if name not in others
        and seen.is_of_links
        and len(seen.pages) >= least
        and seen.telling >= SHARE_TELLING * seen.boxes
    }
    return frozenset(asides - _of_persons(pages, asides, is_person))


class _Site:
    """What the pages say, and where else they say it."""

    def __init__(self, pages: Sequence[ReadSample], recurring: Recurring) -> None:
        self._recurring = recurring
        self._having = Counter(
            words for page in pages for words in {line.words for line in page.lines}
        )
        self._addresses = frozenset(page.url for page in pages if page.url)
        told = {
            (line.words, number)
            for number, page in enumerate(pages)
            for line in page.lines
            if line.prose
        }
        self._paragraphs = sorted(told)
        """With the numbers of their pages: what begins alike stands together."""
        self._begun: dict[tuple[int, _Words], bool] = {}

    def is_own_text(self, number: int, line: Line) -> bool:
        """A paragraph that no other page has, nor is the beginning of one there."""
        return line.prose and self._having[line.words] == 1 and not self._begins(number, line)

    def is_of_others(self, number: int, page: ReadSample, box: Box) -> bool:
        """Whether all that a box shows stands on other pages, or leads to them."""
        linked = False
        for line in page.lines[box.first : box.end]:
            if line.linked:
                linked = True
            elif line.dated:
                if not linked:
                    return False
            elif not (
                self._having[line.words] > 1
                or counter_key(line.place, line.words) in self._recurring.counters
                or (linked and is_cut(line.text))
                or self._begins(number, line)
            ):
                return False
        return True

    def is_vouched(self, number: int, page: ReadSample, box: Box) -> bool:
        """Whether it shows a day, or a line that is cut off of which no page is known to go on."""
        return any(
            line.dated
            or (
                is_cut(line.text)
                and self._having[line.words] == 1
                and not self._begins(number, line)
            )
            for line in page.lines[box.first : box.end]
            if not line.linked
        )

    def find_leading(self, page: ReadSample) -> frozenset[int]:
        """Numbers of the lines that lead to another page by its headline."""
        headlines = self._headlines(page)
        longest = max(map(len, headlines), default=0)
        return frozenset(
            number
            for number, line in enumerate(page.lines)
            if line.linked
            and any(
                line.words[:length] in headlines
                for length in range(FEWEST_OF_HEADLINE, min(len(line.words), longest) + 1)
            )
        )

    def says_again(self, page: ReadSample, box: Box) -> bool:
        """Whether it says what other pages say, and what is no value."""
        lines = page.lines[box.first : box.end]
        said = [line for line in lines if not line.linked and self._recurs(line)]
        number = sum(len(line.words) for line in said)
        return number >= LONG or (
            number >= FEWEST_WORDS and any(_CALL.search(line.text) for line in said)
        )

    def _headlines(self, page: ReadSample) -> frozenset[_Words]:
        """Of the links to other pages of the site."""
        return frozenset(
            link.words
            for link in page.links
            if link.url in self._addresses
            and link.url != page.url
            and len(link.words) >= FEWEST_OF_HEADLINE
        )

    def _recurs(self, line: Line) -> bool:
        return exact_key(line.place, line.words) in self._recurring.lines or (
            line.prose and self._having[line.words] > 1
        )

    def _begins(self, number: int, line: Line) -> bool:
        """Whether a paragraph of another page begins with a line, which may be cut off."""
        words = line.words[:-1] if is_cut(line.text) else line.words
        if len(words) < BEGINNING:
            return False
        known = self._begun.get((number, words))
        if known is None:
            known = self._begun[number, words] = self._is_beginning(number, words)
        return known

    def _is_beginning(self, number: int, words: _Words) -> bool:
        first = bisect_left(self._paragraphs, (words, -1))
        for whole, other in islice(self._paragraphs, first, None):
            if whole[: len(words)] != words:
                return False
            if other != number and len(whole) > len(words):
                return True
        return False


def _of_persons(
    pages: Sequence[ReadSample], names: set[str], is_person: Callable[[str], bool]
) -> set[str]:
    """Names of boxes that show who wrote a page: other persons write others."""
    known: dict[str, bool] = {}
    found: set[str] = set()
    for page in pages:
        for box in page.boxes:
            if box.name not in names or box.name in found:
                continue
            for line in page.lines[box.first : box.end]:
                if line.text not in known:
                    known[line.text] = len(line.words) < LONG and is_person(line.text)
                if known[line.text]:
                    found.add(box.name)
                    break
    return found
