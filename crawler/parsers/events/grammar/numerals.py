"""Numbers and ordinals in words and in Roman numerals."""

from __future__ import annotations

import re
from functools import cache

from crawler.parsers.entities.folding import has_cyrillic
from crawler.parsers.events.grammar.function_words import ORDINAL_ENDINGS
from crawler.parsers.events.grammar.word_lists import WordLists, folded

_ROMAN = re.compile(r"(?=[IVXL])(?:XL|X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_HUNDRED, _THOUSAND = 100, 1000
_SHORTEST_STACK = 10
"""Smaller numbers with an ending are adverbs (бірге: together)."""


@cache
def figures(glued_cases: str) -> re.Pattern[str]:
    """A whole number, thousands in groups among them: no part of another one, ordinal or
    percentage. One of the cases may stand right behind it (300дөн ашуун).
    """
    return re.compile(
        r"(?<![\w․.,/-])(\d{1,3}(?:[․., \u00a0]\d{3})+|\d{1,5})"
        rf"(?!(?!(?:{glued_cases})\b)\w|[ \u00a0\u202f]?%|[․.,:]\d|-?(?:{ORDINAL_ENDINGS})\b)"
    )


def roman(text: str) -> int | None:
    """Value of a Roman numeral below 50 (Cyrillic look-alikes allowed), None for anything else."""
    numeral = text.translate(str.maketrans("ХІ", "XI"))
    if not _ROMAN.match(numeral):
        return None
    values = [_ROMAN_VALUES[c] for c in numeral]
    behind = [*values[1:], 0]
    return sum(-v if v < w else v for v, w in zip(values, behind, strict=True))


def _same_script(left: str, right: str) -> bool:
    """Whether two words are both Cyrillic or both not, in a language of two scripts."""
    return has_cyrillic(left) == has_cyrillic(right)


class Numerals:
    """Words for numbers of one language."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self._ordinals = lists.forms_with_values("ordinals")
        self.words = self._compound_numbers() | self._stacked_numbers() | self._simple_numbers()

    def _compound_numbers(self) -> dict[str, int]:
        """twenty-four, vierundzwanzig: by the pattern `number_compound` with TENS and UNITS."""
        pattern = str(self._lists.cues.get("number_compound", ""))
        simple = self._simple_numbers()
        if not pattern:
            return {}
        simple |= {k: int(v) for k, v in self._lists.cues.get("number_units", {}).items()}
        return {
            pattern.replace("TENS", tens).replace("UNITS", units): simple[tens] + simple[units]
            for tens in simple
            for units in simple
            if simple[tens] in range(20, 100, 10) and simple[units] < 10
        }

    def _stacked_numbers(self) -> dict[str, int]:
        """Numbers of several words, the larger one before the smaller (екі жүз елу), and the cases
        of all from ten on that a hedge asks for (елуге жуық). `number_units` has those that take
        another form before a smaller one (бисту панҷ).
        """
        if not self._lists.grammar.stacks_numbers:
            return {}
        simple = self._simple_numbers()
        units = {k: int(v) for k, v in self._lists.cues.get("number_units", {}).items()}
        first = units or simple
        many = [(word, n) for word, n in simple.items() if n in (_HUNDRED, _THOUSAND)]
        counted = {
            f"{few} {word}": n * value
            for few, n in first.items()
            for word, value in many
            if 1 < n < min(value, _HUNDRED) and _same_script(few, word)
        }
        hundreds = {w: n for w, n in (first | counted).items() if n in range(100, 1000, 100)}
        tens = {w: n for w, n in first.items() if n in range(10, 100, 10)}
        stacked = counted | {
            f"{large} {small}": a + b
            for larger in (tens, hundreds)
            for large, a in larger.items()
            for small, b in simple.items()
            if b < (10 if larger is tens else _HUNDRED) and _same_script(large, small)
        }
        forms = self._lists.grammar.number_forms
        cases = {
            form: n
            for word, n in (stacked | simple).items()
            if n >= _SHORTEST_STACK
            for form in forms(word)
        }
        return cases | stacked

    def _simple_numbers(self) -> dict[str, int]:
        """Words for numbers as texts have them and folded, which are two where there is an ß."""
        return {
            form: int(number)
            for word, number in self._lists.cues.get("number_words", {}).items()
            for form in (word.lower(), word.casefold())
        }

    def ordinal(self, token: str) -> int | None:
        """Value of an ordinal word (fünften, second, XIX, 25th, 5.), None for other words."""
        low = folded(token).rstrip(".")
        value = self._ordinals.get(self._lists.grammar.ordinal_stem(low))
        if value is not None:
            return int(value)
        digits = re.fullmatch(  # 10м are metres
            r"(\d{1,3})(?:\.|st|nd|rd|th|-[мю]|-?(?:й|я|е|го|му|ый|ая|ое|ом|ей|ой|ую|ым)"
            rf"|[-‑]?(?:{self._lists.grammar.number_endings}))",
            token.casefold(),
        )
        if digits:
            return int(digits.group(1))
        return (
            roman(token.rstrip("."))
            if len(token.rstrip(".")) > 0 and token[:1] in "IVXLХІ"
            else None
        )
