"""How the addresses of a list's pages are numbered, learned from some of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_NUMBER = re.compile(r"(\d+)")
_PARAMETER = re.compile(r"[?&;]([^?&;=/]+=)$")
_LONGEST = 9
"""Digits of a number that may count pages; longer ones are ids and times."""
SECOND = 2
"""Number of the second page, counted from 1; a higher one is an offset."""

_SECOND_IN_QUERY = re.compile(rf"(?<==)({SECOND})(?=&|$)")


@dataclass(frozen=True, slots=True)
class PagePattern:
    """Addresses that differ only in numbers which grow evenly with the number of the page.

    `?page=2`; counted from 0; an offset (`?start=20`); several at once (`?page=2&offset=20`).
    """

    texts: tuple[str, ...]
    """What stands before, between and behind the numbers."""
    numbers: tuple[tuple[int, int], ...]
    """What each number is on page 0, and how much it grows from page to page (0: it stays)."""

    @classmethod
    def learn(cls, pages: Sequence[tuple[int, str]]) -> PagePattern | None:
        """The pattern of numbered addresses; None if they have none, or are too few.

        Page 1 may be an exception: its address often has no number.
        """
        known = [page for page in pages if page[0] != 1] if len(pages) > 2 else list(pages)
        if len(known) < 2:
            return None
        pattern = _pattern_of(known[0], known[-1])
        if pattern is None or any(pattern.number_of(url) != number for number, url in known):
            return None
        return pattern

    def number_of(self, url: str) -> int | None:
        """The number of the page at an address of the pattern."""
        texts, values = _split(url)
        if texts != self.texts:
            return None
        found: set[int] = set()
        for value, (start, step) in zip(values, self.numbers, strict=True):
            if step == 0 and value != start:
                return None
            if step:
                number, rest = divmod(value - start, step)
                if rest:
                    return None
                found.add(number)
        return found.pop() if len(found) == 1 else None

    def number_in_query(self, url: str) -> int | None:
        """The number of the page at an address that has other parameters besides the pattern's."""
        for text, (start, step) in zip(self.texts, self.numbers, strict=False):
            parameter = _PARAMETER.search(text)
            if not step or parameter is None:
                continue
            value = re.search(rf"[?&;]{re.escape(parameter[1])}(\d{{1,{_LONGEST}}})(?!\d)", url)
            if value is not None and (int(value[1]) - start) % step == 0:
                return (int(value[1]) - start) // step
        return None

    def address_of(self, number: int) -> str:
        """The address of a page."""
        values = [str(start + step * number) for start, step in self.numbers]
        return "".join(a + b for a, b in zip(self.texts, [*values, ""], strict=True))


def _pattern_of(one: tuple[int, str], other: tuple[int, str]) -> PagePattern | None:
    (texts, before), (same, after) = _split(one[1]), _split(other[1])
    apart = other[0] - one[0]
    if texts != same or apart == 0:
        return None
    numbers: list[tuple[int, int]] = []
    for low, high in zip(before, after, strict=True):
        step, rest = divmod(high - low, apart)
        start = low - step * one[0]
        if rest or step < 0 or (step and start + step < 0):
            return None
        numbers.append((start, step) if step else (low, 0))
    return PagePattern(texts, tuple(numbers)) if any(step for _, step in numbers) else None


def _split(url: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Texts and numbers of an address by turns; numbers that count no pages are texts."""
    texts, values = [""], list[int]()
    for place, piece in enumerate(_NUMBER.split(url)):
        if place % 2 and len(piece) <= _LONGEST and (len(piece) == 1 or piece[0] != "0"):
            values.append(int(piece))
            texts.append("")
        else:
            texts[-1] += piece
    return tuple(texts), tuple(values)


def page_after(before: str, page: str) -> str | None:
    """The address of the page after `page`, which came after `before`, if both are of one make.

    Where the first page has no number, that of the second tells whether it counts pages.
    """
    pattern = PagePattern.learn([(1, before), (2, page)])
    if pattern is not None:
        return pattern.address_of(3)
    stem, added = _added(before, page)
    if not added:
        return _elsewhere(before, page)
    number = int(added[1])
    following = number + (1 if number <= SECOND else number)
    return f"{stem}{added[0]}{following}{added[2]}"


def _elsewhere(before: str, page: str) -> str | None:
    """The third page, where the second has another address than the list, and its number alone in
    the query: what a script loads.
    """
    there, here = urlsplit(page), urlsplit(before)
    counted = [*_SECOND_IN_QUERY.finditer(there.query)]
    if there.path == here.path or len(counted) != 1:
        return None
    start, end = counted[0].span(1)
    query = f"{there.query[:start]}{SECOND + 1}{there.query[end:]}"
    return there._replace(query=query).geturl()


def counts_on(before: str, page: str) -> bool:
    """Whether `page` has the number of `before` and one, or 2 where that has none."""
    pattern = PagePattern.learn([(1, before), (2, page)])
    if pattern is not None:
        return all(step in (0, 1) for _, step in pattern.numbers)
    _, added = _added(before, page)
    return bool(added) and int(added[1]) == SECOND


def _added(before: str, page: str) -> tuple[str, list[str]]:
    """What both addresses begin with, and what the second has behind it: text, number, text."""
    stem = before.rstrip("/")
    added = _NUMBER.split(page.removeprefix(stem)) if page.startswith(stem) else []
    is_number = len(added) == len(("", "2", "")) and len(added[1]) <= _LONGEST
    return stem, added if is_number else []
