"""The nominative of a Russian personal name: Ираном Шарханом → Иран Шархан.

By endings, not by dictionary: most names on our pages (Бейбут Атамкулов) stand in none. Each case
and gender that the endings allow is tried; known first names, the shape of surnames and the case of
the words before decide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from crawler.parsers.entities.folding import fold

_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_PREPOSITIONS = {
    "с": "ablt",
    "со": "ablt",
    "между": "ablt",
    "перед": "ablt",
    "к": "datv",
    "ко": "datv",
    "у": "gent",
    "от": "gent",
    "для": "gent",
    "из": "gent",
    "о": "loct",
    "об": "loct",
    "при": "loct",
}
_MALE_HARD = {"gent": ("а",), "accs": ("а",), "datv": ("у",), "ablt": ("ом", "ем"), "loct": ("е",)}
_MALE_SOFT = {
    "gent": ("я",),
    "accs": ("я",),
    "datv": ("ю",),
    "ablt": ("ем", "ём"),
    "loct": ("е", "и"),
}
_HARD_A = {"gent": ("ы", "и"), "accs": ("у",), "datv": ("е",), "ablt": ("ой", "ей"), "loct": ("е",)}
_SOFT_A = {
    "gent": ("и",),
    "accs": ("ю",),
    "datv": ("е", "и"),
    "ablt": ("ей", "ой"),
    "loct": ("е", "и"),
}
_MALE_ADJECTIVE = {
    "gent": ("ого", "его"),
    "accs": ("ого", "его"),
    "datv": ("ому", "ему"),
    "ablt": ("им", "ым"),
    "loct": ("ом", "ем"),
}
_FEMALE_ADJECTIVE = {
    "gent": ("ой", "ей"),
    "accs": ("ую", "юю"),
    "datv": ("ой", "ей"),
    "ablt": ("ой", "ей"),
    "loct": ("ой", "ей"),
}
_FEMALE_SURNAME = {
    "gent": ("ой",),
    "accs": ("у",),
    "datv": ("ой",),
    "ablt": ("ой",),
    "loct": ("ой",),
}
_MALE_SURNAME = re.compile(r"(ов|ев|ёв|ин|ын)$")
_FEMALE_SURNAME_END = re.compile(r"(ова|ева|ёва|ина|ына|ая)$")
_OBLIQUE_SURNAME = re.compile(r"((ов|ев|ёв|ин|ын)(ой|ым|у|е)|(ск|цк)(ого|ому|им|ом|ой|ую))$")
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")


def cases_before(preposition: str) -> frozenset[str]:
    """The case that a preposition asks for; empty where the word is none or leaves it open."""
    found = _PREPOSITIONS.get(preposition.lower())
    return frozenset({found} if found else ())


def nominative(
    words: Sequence[str], first_names: Collection[str], cases: Collection[str] = ()
) -> str:
    """The name in the nominative; `cases` are those that the words before it allow (none: all).

    Initials may stand behind the surname (Петровым А. Б.).
    """
    behind = 0
    while behind < len(words) - 1 and words[-behind - 1].endswith("."):
        behind += 1
    turned = (*words[len(words) - behind :], *words[: len(words) - behind])
    found = _nominative(turned, frozenset(first_names), frozenset(cases)).split()
    return " ".join((*found[behind:], *found[:behind]))


@lru_cache(maxsize=4_096)
def _nominative(words: tuple[str, ...], first_names: frozenset[str], cases: frozenset[str]) -> str:
    best, best_score = " ".join(words), -1.0
    for case in _CASES:
        for female in (False, True):
            bases = _bases(words, case, first_names, female=female)
            if bases is None:
                continue
            score = _score(words, bases, case, cases, first_names, female=female)
            if score > best_score:
                best, best_score = " ".join(bases), score
    return best


def _score(
    words: Sequence[str],
    bases: Sequence[str],
    case: str,
    cases: Collection[str],
    first_names: Collection[str],
    *,
    female: bool,
) -> float:
    score = 1.0 if case == "nomn" else 0.0
    if case == "nomn" and _OBLIQUE_SURNAME.search(words[-1]):
        score -= 2.0
    if cases:
        score += 2.5 if case in cases else -1.0
    parts = (part for base in bases for part in base.split("-"))
    score += 3.0 * any(len(part) > 3 and fold(part) in first_names for part in parts)
    shape = _FEMALE_SURNAME_END if female else _MALE_SURNAME
    score += 1.0 * any(shape.search(b) for b in bases)
    if case != "nomn" and list(bases) == list(words):
        score -= 2.0
    if case != "nomn" and not any(w != b for w, b in zip(words, bases, strict=True)):
        score -= 1.0
    return score


def _bases(
    words: Sequence[str], case: str, first_names: Collection[str], *, female: bool
) -> list[str] | None:
    bases = []
    for position, word in enumerate(words):
        base = word if case == "nomn" else _base(word, case, position, first_names, female=female)
        if base is None or (position == len(words) - 1 and not _fits_gender(base, female=female)):
            return None
        bases.append(base)
    return bases


def _fits_gender(surname: str, *, female: bool) -> bool:
    return not (_MALE_SURNAME if female else _FEMALE_SURNAME_END).search(surname)


def _base(
    word: str, case: str, position: int, first_names: Collection[str], *, female: bool
) -> str | None:
    """The nominative that this form may come from; the word itself where it does not decline. Both
    parts of a double first name do (Хансом-Петером).
    """
    if "-" in word and position == 0:
        parts = [_base(part, case, 0, first_names, female=female) for part in word.split("-")]
        if all(parts):
            return "-".join(filter(None, parts))
    if fold(word) in first_names and not _CONSONANT.search(word) and (female or position):
        return word
    if (
        (word.endswith(("о", "ых", "их")) and not word.endswith(("ого", "его")))
        or word.isupper()
        or word.endswith(".")
    ):
        return word
    found = [
        base
        for paradigm, ending in _paradigms(position, female=female)
        for base in _undone(word, paradigm[case], ending)
    ]
    known = [b for b in found if fold(b) in first_names]
    if known:
        return known[0]
    if found:
        return found[0]
    indeclinable = female and bool(_CONSONANT.search(word))
    return word if indeclinable or word.endswith(("и", "у", "ю", "э", "е")) else None


def _paradigms(position: int, *, female: bool) -> Sequence[tuple[Mapping[str, Sequence[str]], str]]:
    if position == 0:
        if female:
            return [(_HARD_A, "а"), (_SOFT_A, "я")]
        return [
            (_MALE_HARD, ""),
            (_MALE_SOFT, "й"),
            (_MALE_SOFT, "ь"),
            (_HARD_A, "а"),
            (_SOFT_A, "я"),
        ]
    if female:
        return [(_FEMALE_ADJECTIVE, "ая"), (_FEMALE_SURNAME, "а"), (_HARD_A, "а")]
    surname = {**_MALE_HARD, "ablt": ("ым", "ом", "ем")}
    return [(_MALE_ADJECTIVE, "ий"), (surname, ""), (_MALE_SOFT, "й"), (_MALE_SOFT, "ь")]


def _undone(word: str, endings: Sequence[str], nominative_ending: str) -> list[str]:
    """The ending taken off and that of the nominative put on, where the stem allows it."""
    return [
        word[: -len(ending)] + nominative_ending
        for ending in endings
        if word.endswith(ending)
        and len(word) - len(ending) >= 2
        and _stem_allows(word[: -len(ending)], nominative_ending)
    ]


def _stem_allows(stem: str, nominative_ending: str) -> bool:
    if nominative_ending in ("ий", "ая"):
        return stem.endswith(("ск", "цк"))
    consonant = _CONSONANT.search(stem) is not None
    if nominative_ending == "й":
        return not consonant
    return consonant or nominative_ending == "я"
