"""Dots that end no sentence: of ordinals, initials and abbreviations, and inside of words.

Every dot of a text is looked at with what stands around it; expressions that have to be tried at
each letter of a text take many times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.parsers.scripts import CYRILLIC_CAPITALS

MASKED_DOT = "\u2024"
"""Stands for a dot that ends no sentence."""

_INITIAL = re.compile(rf"(?<!\w)[A-Z{CYRILLIC_CAPITALS}ÄÖÜ]\.(?=\s?[\w(])")
_ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}\.(?=[\s\u00a0]+[\wÄÖÜ„\"(])")
_ROMAN = re.compile(r"(?<!\w)[IVXL]{1,6}\.(?=[\s\u00a0]+[A-ZÄÖÜ])")
_LONGEST_ROMAN = 6
_HEAD = re.compile(r"\w+(?:-\w+)*")
"""What stands before the first dot of an abbreviation (д-р.)."""
_NEVER = re.compile(r"(?!)")


class DotMask:
    """Masks dots in texts of one language; the parameters are those of `SentenceSplitter`."""

    def __init__(
        self, abbreviations: Iterable[str], unit_abbreviations: Iterable[str], *, ordinal_dots: bool
    ) -> None:
        words = sorted({a for a in abbreviations if a.endswith(".")}, key=len, reverse=True)
        alternatives = "|".join(map(re.escape, words))
        self._abbreviation = (
            re.compile(rf"(?<![\w.])(?:{alternatives})", re.IGNORECASE) if words else _NEVER
        )
        heads = [word.partition(".")[0] for word in words]
        self._hyphens = max((head.count("-") for head in heads), default=0)
        self._longest = max(map(len, heads), default=0)
        self._anywhere = not all(map(_HEAD.fullmatch, heads))
        """Whether one begins with other signs than letters: they are looked for at each letter."""
        self._units = frozenset(u.casefold() for u in unit_abbreviations)
        self._ordinal_dots = ordinal_dots

    def mask(self, text: str) -> str:
        """`text` with every dot that ends no sentence replaced; same length."""
        places = list(_dots(text, 0, len(text)))
        dots = {at for at in places if at and self._ends_none(text, at)}
        for match in self._abbreviations(text, places):
            if not self._ends_sentence(text, match):
                dots.update(_dots(text, *match.span()))
        if not dots:
            return text
        characters = list(text)
        for i in dots:
            characters[i] = MASKED_DOT
        return "".join(characters)

    def _ends_none(self, text: str, at: int) -> bool:
        """Whether a dot is that of an ordinal or an initial, or inside of a word."""
        last, behind = text[at - 1], text[at + 1 : at + 2]
        if behind.isalnum() or behind == "_":
            return last.isalnum() or last == "_"
        if last.isdecimal():
            first = at - 2 if at > 1 and text[at - 2].isdecimal() else at - 1
            return self._ordinal_dots and _ORDINAL.match(text, first) is not None
        if not last.isupper():
            return False
        if _INITIAL.match(text, at - 1):
            return True
        first = at - 1
        while first and at - first < _LONGEST_ROMAN and text[first - 1].isupper():
            first -= 1
        return _ROMAN.match(text, first) is not None

    def _abbreviations(self, text: str, dots: Iterable[int]) -> Iterator[re.Match[str]]:
        """As `finditer`, tried only where a word begins that a dot ends."""
        if self._anywhere:
            yield from self._abbreviation.finditer(text)
            return
        done = 0
        for at in dots:
            for start in self._beginnings(text, at):
                match = self._abbreviation.match(text, start) if start >= done else None
                if match:
                    yield match
                    done = match.end()
                    break

    def _beginnings(self, text: str, dot: int) -> list[int]:
        """Where a word that ends at a dot may begin, the first one first: hyphens part it."""
        starts: list[int] = []
        start = dot
        while dot - start <= self._longest:
            before = text[start - 1] if start else ""
            if before.isalnum() or before == "_":
                start -= 1
                continue
            if start < dot:
                starts.insert(0, start)
            if before != "-" or len(starts) > self._hyphens:
                break
            start -= 1
        return starts

    def _ends_sentence(self, text: str, match: re.Match[str]) -> bool:
        """A unit after a number, with a capital behind it, ends a sentence (2015 г. Совет …)."""
        if match.group().casefold() not in self._units:
            return False
        before, behind = text[: match.start()].rstrip(), text[match.end() :].lstrip(" \u00a0")
        return before[-1:].isdigit() and (not behind or behind[0].isupper() or behind[0] == "\n")


def _dots(text: str, start: int, end: int) -> Iterator[int]:
    at = text.find(".", start, end)
    while at >= 0:
        yield at
        at = text.find(".", at + 1, end)
