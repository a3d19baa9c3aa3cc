"""Which language a text is in, as ISO 639-1."""

from __future__ import annotations

import re
from array import array
from functools import cache
from typing import Any

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.parsers.scripts import (
    ALPHABET_SIGNS,
    KAZAKH_ONLY,
    KYRGYZ_ONLY,
    RARE_IN_MONGOLIAN,
    RUSSIAN_SMALL,
    TAJIK_TOO,
)

_PLAUSIBLE_CODES = (
    "ar az be bg cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ky lt lv mn nl no "
    "pl ps pt ro ru sk sl sr sv tr uk ur vi zh"
)
PLAUSIBLE = tuple(_PLAUSIBLE_CODES.split())
"""Languages that partners and their countries write in, and those that pages are mistaken for."""

ENOUGH = 40
"""Letters; below that the page's own word counts for more."""
SAMPLE, CLASSIFIED, CONFIRMING = 4_000, 1_500, 400
"""Characters whose letters are counted, that the classifier looks at, and that are enough for it
where it confirms what the page says of itself.
"""

_BYTES, _ROWS = 256, 1_000
_RUSSIAN = re.compile(f"[{RUSSIAN_SMALL}]")
# Uzbek and Turkmen in Latin letters, by apostrophe letters and by letters that Turkish lacks.
_UZBEK = re.compile(
    r"\b(?:(?:bo[ʻ‘’'`]l|o[ʻ‘’'`]z|to[ʻ‘’'`]g|respublikasi)\w*|(?:va|uchun|bilan|haqida)\b)",
    re.IGNORECASE,
)
_UZBEK_LETTERS = re.compile(r"[og][ʻ‘’'`](?=[a-z])", re.IGNORECASE)
_LIKE_UZBEK = frozenset({"az", "id"})
"""What Uzbek without its apostrophes is mistaken for: Azerbaijani has ə in every line."""
_TURKMEN = re.compile("[ňžýäöüş]", re.IGNORECASE)
_TURKMEN_ONLY = re.compile("[ňžý]", re.IGNORECASE)
# Kazakh in Latin letters, by those that Uzbek, Turkish and Turkmen lack.
_KAZAKH = re.compile("[ǵńñŋū]", re.IGNORECASE)
_WITH_KAZAKH_I = ("uk", "be")
"""They share one letter of the Kazakh alphabet, and no other: a short text is in what its page
declares.
"""
_TAG = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")
_ALIASES = {
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "kz": "kk",
    "ua": "uk",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "rus": "ru",
    "kaz": "kk",
    "qaz": "kk",
    "uzb": "uz",
    "cn": "zh",
    "kg": "ky",
    "tj": "tg",
}


def language_code(tag: str | None) -> str | None:
    """ISO 639-1 of a language tag such as `de-AT`, common slips corrected; None if it is none."""
    match = _TAG.match(tag or "")
    if not match:
        return None
    code = match.group(1).lower()
    code = _ALIASES.get(code, code)
    return code if len(code) == 2 else None


def detect_language(text: str, declared: str | None = None) -> str | None:
    """Language of a text; `declared` is what the page says of itself.

    The text wins where it is long enough: sites in several languages often declare one.
    """
    declared_code = language_code(declared)
    sample = text[:SAMPLE].lower()
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return declared_code
    by_letters = _by_letters(sample, letters, declared_code)
    if by_letters:
        return by_letters
    if letters < ENOUGH and declared_code:
        return declared_code
    code, probability = _classify(text, declared_code if letters > CONFIRMING else None)
    if letters < ENOUGH and probability < 0.9:
        return None
    if declared_code and probability < 0.8:
        return declared_code
    return str(code)


def _classify(text: str, declared_code: str | None) -> tuple[str, float]:
    """Language and probability; a short piece of the text is enough to confirm what is declared."""
    if declared_code:
        code, probability = _classifier().classify(text[:CONFIRMING])
        if code == declared_code and probability > 0.999:
            return declared_code, float(probability)
    code, probability = _classifier().classify(text[:CLASSIFIED])
    is_uzbek = code in _LIKE_UZBEK and "ə" not in text[:SAMPLE] and _UZBEK.search(text[:SAMPLE])
    return "uz" if is_uzbek else str(code), float(probability)


def load_classifier() -> None:
    """Load the classifier's model now (a second), so that no page's time counts it."""
    _classifier()


def _by_letters(sample: str, letters: int, declared_code: str | None) -> str | None:
    russian = len(_RUSSIAN.findall(sample))
    if russian * 2 > letters:
        return _cyrillic(sample, letters, declared_code)
    if len(_UZBEK_LETTERS.findall(sample)) * 100 >= letters and _UZBEK.search(sample):
        return "uz"
    if _is_latin_kazakh(sample, letters):
        return "kk"
    marked = len(_TURKMEN.findall(sample))
    if marked * 12 >= letters and len(_TURKMEN_ONLY.findall(sample)) * 40 >= letters:
        return "tk" if "ý" in sample and "ň" in sample else None
    return None


def _is_latin_kazakh(sample: str, letters: int) -> bool:
    """By letters that others have not all of: Spanish has hardly a k, Azerbaijani a ə, Karakalpak
    a w.
    """
    own, q, k = len(_KAZAKH.findall(sample)), sample.count("q"), sample.count("k")
    foreign = sample.count("ə") + sample.count("w")
    return min(own, q) * 200 >= letters and k * 50 >= letters and foreign * 200 < letters


def _cyrillic(sample: str, letters: int, declared_code: str | None) -> str | None:
    """Language by letters that make up at least 1 % of the text; None where they tell nothing.

    The classifier knows no Tajik and no Uzbek.
    """
    shares = {code: sum(map(sample.count, own)) for code, own in ALPHABET_SIGNS.items()}
    kazakh_only = sum(map(sample.count, KAZAKH_ONLY))
    is_short = letters < ENOUGH and declared_code not in _WITH_KAZAKH_I
    is_turkic = is_short or kazakh_only + shares["ky"] > 0
    marked = shares["tg"] and sample.count(TAJIK_TOO) * 50 >= letters
    if marked or shares["tg"] * 100 >= letters:
        return "tg"
    if shares["uk"] * 100 >= letters:
        return "uk"
    if shares["uz"] * 100 >= letters and not shares["kk"] * 50 >= letters:
        return "uz"
    if kazakh_only * 50 >= letters or (is_turkic and shares["kk"] * 25 >= letters):
        return "kk"
    if shares["ky"] * 50 >= letters:
        marked = sample.count(KYRGYZ_ONLY) * 200 >= letters
        kyrgyz = sum(map(sample.count, RARE_IN_MONGOLIAN))
        return "ky" if marked or kyrgyz * 25 >= letters else "mn"
    return None


class _SmallIdentifier(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
    """The same with a table a fifth smaller: bytes that lead everywhere to the same state have one
    column; numbers of states stand in arrays.
    """

    def __init__(self, whole: LanguageIdentifier) -> None:
        """Take over what is left of all languages: the first one keeps the numbers of all of them
        (27 MB).
        """
        super().__init__(
            whole.nb_ptc,
            whole.nb_pc,
            whole.nb_classes,
            whole.tk_nextmove,
            array("i", whole.tk_output),
            norm_probs=True,
            tk_row=whole.tk_row,
        )
        self._columns, width = _join_columns(self.tk_nextmove)
        """The column of each byte."""
        self._rowbase = array("I", (row * width for row in whole.tk_row))

    def _raw_score(self, text: bytes) -> Any:
        return super()._raw_score(text.translate(self._columns))


def _join_columns(moves: array[int]) -> tuple[bytes, int]:
    """Leave one of all columns that are the same; the column of each byte, and how many there are.

    Rows are moved up where they stand: a second table would take the memory that is to be saved.
    """
    flat = np.frombuffer(moves, moves.typecode)
    table = flat.reshape(-1, _BYTES)
    sums = [hash(table[:, byte].tobytes()) for byte in range(_BYTES)]
    first = [sums.index(own) for own in dict.fromkeys(sums)]
    numbers = {sums[byte]: number for number, byte in enumerate(first)}
    width, rows = len(first), len(table)
    for start in range(0, rows, _ROWS):
        moved = table[start : start + _ROWS, first].ravel()
        flat[start * width : start * width + len(moved)] = moved
    del flat, table  # an array that is looked at keeps its length
    del moves[rows * width :]
    return bytes(numbers[own] for own in sums), width


@cache
def _classifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(PLAUSIBLE))
    return _SmallIdentifier(identifier)
