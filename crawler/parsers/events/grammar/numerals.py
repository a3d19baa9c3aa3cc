"""Numbers and ordinals in words and in Roman numerals."""

from __future__ import annotations

import re
from functools import cache

from crawler.parsers.events.grammar.function_words import ORDINAL_ENDINGS
from crawler.parsers.events.grammar.word_lists import WordLists, folded

_ROMAN = re.compile(r"(?=[IVXL])(?:XL|X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@cache
def figures(glued_cases: str) -> re.Pattern[str]:
    """A whole number, thousands in groups among them: no part of another one, ordinal or
    percentage. One of the cases may stand right behind it (300дөн ашуун).
    """
    return re.compile(
        r"(?<![\w․.,/-])(\d{1,3}(?:[․., \u00a0]\d{3})+|\d{1,5})"
        rf"(?!(?!(?:{glued_cases})\b)[\w%]|[․.,:]\d|-?(?:{ORDINAL_ENDINGS})\b)"
    )


def roman(text: str) -> int | None:
    """Value of a Roman numeral below 50 (Cyrillic look-alikes allowed), None for anything else."""
    numeral = text.translate(str.maketrans("ХІ", "XI"))
    if not _ROMAN.match(numeral):
        return None
    values = [_ROMAN_VALUES[c] for c in numeral]
    behind = [*values[1:], 0]
    return sum(-v if v < w else v for v, w in zip(values, behind, strict=True))


class Numerals:
    """Words for numbers of one language."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self._ordinals = lists.forms_with_values("ordinals")
        self.words = self._compound_numbers() | self._simple_numbers()

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
            r"(\d{1,2})(?:\.|st|nd|rd|th|-[мю]|-?(?:й|я|е|го|му|ый|ая|ое|ом|ей|ой|ую|ым)"
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
