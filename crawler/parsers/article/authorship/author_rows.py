"""Rows of authors: persons who stand side by side in elements made alike. Markup often states the
first of them alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import lxml.html

from crawler.parsers.article.authorship.names import AuthorNames
from crawler.parsers.article.authorship.strings import AuthorString
from crawler.parsers.article.page_words import PageWords

MOST = 12
"""Persons that wrote one page together."""
DEPTH = 4
"""Elements from a name up to what holds all names of its row."""
ABOUT = 3
"""Strings about a person that may stand between two names: an office, a town."""
LONGEST = 60
"""Characters of such a string."""
_EDGES = " ,:;&/–—-|•·"


class AuthorRows:
    """Finds the rows among the strings of a page."""

    def __init__(self, words: PageWords, names: AuthorNames) -> None:
        self._words = words
        self._names = names

    def read(self, strings: Sequence[AuthorString]) -> dict[int, tuple[str, ...]]:
        """Number of a string that is a name of a row → all names of the row."""
        rows: list[list[int]] = []
        for number, string in enumerate(strings):
            if string.evidence in ("marked", "named") and self._names.is_person(string.text):
                if rows and self._goes_on(strings, rows[-1][-1], number):
                    rows[-1].append(number)
                else:
                    rows.append([number])
        return {
            number: tuple(self._names.without_degrees(strings[each].text) for each in row)
            for row in rows
            if 1 < len(row) <= MOST
            for number in row
        }

    def _goes_on(self, strings: Sequence[AuthorString], one: int, other: int) -> bool:
        """Whether two names are of one row: nothing but commas or "and" between them, or what is
        said of the first, where one element for authors holds both.
        """
        first, second = strings[one], strings[other]
        item = _item_beside(first.parent, second.parent)
        if item is None:
            return False
        together = first.holder is not None and first.holder is second.holder
        between = strings[one + 1 : other]
        said = [string for string in between if not self._joins(string.text)]
        if not said:
            return together or bool(between)
        return (
            together and len(said) <= ABOUT and all(self._is_about(string, item) for string in said)
        )

    def _joins(self, text: str) -> bool:
        bare = text.strip(_EDGES)
        return not bare or (" " not in bare and bool(self._words.start("name_joiner", bare)))

    def _is_about(self, string: AuthorString, item: lxml.html.HtmlElement) -> bool:
        """Whether a string says something of the person of an item, but no work on the text that
        others did.
        """
        inside = string.parent is item or item in islice(string.parent.iterancestors(), DEPTH)
        return (
            inside
            and len(string.text) <= LONGEST
            and not self._words.find("worked_on_by", string.text)
        )


def _item_beside(
    one: lxml.html.HtmlElement, other: lxml.html.HtmlElement
) -> lxml.html.HtmlElement | None:
    """The element of the first that stands beside one of the second, both made alike down to the
    name; None where there is none.
    """
    for _ in range(DEPTH):
        if one is other or _make(one) != _make(other):
            return None
        above = one.getparent()
        if above is None or above is other.getparent():
            return one
        one, other = above, other.getparent()
    return None


def _make(element: lxml.html.HtmlElement) -> tuple[object, str]:
    return element.tag, element.get("class") or ""
