"""The written forms of a name: cases, numbers and endings of German, English and Russian.

A table spells a name once, in the nominative; a text inflects it. Forms are made when the tables
are loaded, so that reading is one pass of an automaton. They may hold forms that no one writes;
those do no harm. Agglutinating languages (Kazakh, Kyrgyz, Uzbek, …) are read by suffix at match
time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Protocol, cast

import pymorphy3

from crawler.parsers.entities.lexicon.folding import fold

_GERMAN_ENDINGS = ("e", "er", "es", "en", "em")
_GERMAN_ADJECTIVE = re.compile(r"^[\w-]{3,}?(e|er|es|en|em)$")
_GERMAN_TAIL = re.compile(
    r"^(der|die|das|des|dem|den|für|und|in|im|zu|zur|zum|von|vom|mit|am|bis|ohne|über|–|-|&|\d.*)$"
)
_RUSSIAN_ADJECTIVE = re.compile(r"^[а-яё-]{2,}(ый|ий|ой|ая|яя|ое|ее|ые|ие)(ся)?$", re.IGNORECASE)
_ENGLISH_COUNTABLE = re.compile(
    r"(\s\w+|ore|ite|stone|metal|alloy|mineral|diamond|phosphate|shale)$"
)
"""English names with a plural; of a bare metal the plural is a verb or a can (leads, tins)."""
_HUSHERS = "жшщч"
_VELARS = "гкх"
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_WORD_SPLIT = re.compile(r"[\s\N{NO-BREAK SPACE}]+")


class Parse(Protocol):
    """What is used of a reading by pymorphy3."""

    tag: Tag
    lexeme: Sequence[Parse]
    word: str
    is_known: bool


class Tag(Protocol):
    """What is used of a grammatical tag by pymorphy3."""

    POS: str | None
    case: str | None
    number: str | None
    gender: str | None

    def __contains__(self, grammeme: object) -> bool:
        """Whether the tag holds the grammeme."""


@lru_cache(maxsize=1)
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[Parse, ...]:
    """The readings of a Russian word by pymorphy3, likeliest first."""
    return tuple(cast("Sequence[Parse]", _analyser().parse(word)))


def forms(name: str, language: str, *, plural: bool = False) -> set[str]:
    """The folded forms of a name; `plural`: a thing that has one (ores, alloys), not a proper name."""
    words = _WORD_SPLIT.split(name.strip())
    if language == "ru":
        made: Iterable[str] = _russian(words, plural=plural)
    elif language == "de":
        made = _german(words, plural=plural)
    elif language in ("en", "fr") and plural:
        made = _with_plural(name, language)
    else:
        made = (name,)
    return {fold(form) for form in (name, *made)}


def adjective_forms(adjective: str, language: str) -> set[str]:
    """All endings of a German adjective stem or of a Russian adjective, folded."""
    if language == "de":
        stem = adjective
        return {fold(stem), *(fold(stem + ending) for ending in _GERMAN_ENDINGS)}
    if language == "ru" and _RUSSIAN_ADJECTIVE.match(adjective):
        return {fold(adjective), *(fold(f) for f in _russian_adjective(adjective).values())}
    return {fold(adjective)}


def _with_plural(name: str, language: str) -> Iterator[str]:
    yield name
    if language == "en" and not name.endswith("s") and _ENGLISH_COUNTABLE.search(name):
        yield name[:-1] + "ies" if re.search(r"[^aeiou]y$", name) else name + "s"
    if language == "fr" and not name.endswith(("s", "x", "z")):
        yield name + "s"


def _german(words: Sequence[str], *, plural: bool) -> Iterator[str]:
    head = 0
    while head < len(words) - 1 and _german_adjective(words, head):
        head += 1
    before = [_german_adjective_forms(w) for w in words[:head]]
    after = words[head + 1 :]
    nouns = _german_noun_forms(words[head], plural=plural)
    for choice in product(*before, nouns):
        yield " ".join((*choice, *after))


def _german_adjective(words: Sequence[str], position: int) -> bool:
    return bool(_GERMAN_ADJECTIVE.match(words[position])) and not _GERMAN_TAIL.match(
        words[position + 1]
    )


def _german_adjective_forms(word: str) -> tuple[str, ...]:
    stem = re.sub(r"(e|er|es|en|em)$", "", word)
    return tuple(stem + ending for ending in _GERMAN_ENDINGS)


def _german_noun_forms(word: str, *, plural: bool) -> tuple[str, ...]:
    if word.isupper() or not word[-1:].isalpha():
        return (word, word + "s")
    made = [word]
    if not word.endswith(("s", "ß", "z", "x")):
        made.append(word + "s")
    if not word.endswith("e"):
        made.append(word + ("ses" if word.endswith("nis") else "es"))
    if plural:
        made.append(word + "e")
        if word.endswith(("e", "l", "r")):
            made.append(word + "n")
        if word.endswith(("erz", "stein", "salz", "phat", "metall", "gestein")):
            made.append(word + "en")
    return tuple(made)


def _russian(words: Sequence[str], *, plural: bool) -> Iterator[str]:
    head = _russian_head(words)
    if head is None:
        return
    noun, after = words[head], words[head + 1 :]
    for number, case, gender, form in _noun_forms(noun, plural=plural):
        before = [_agreeing(w, case, number, gender) for w in words[:head]]
        yield " ".join((*before, form, *after))


def _russian_head(words: Sequence[str]) -> int | None:
    """The noun that moves: the first one; adjectives, adverbs and `и` may stand before it."""
    for position, word in enumerate(words):
        last = position == len(words) - 1
        if _RUSSIAN_ADJECTIVE.match(word) and not last:
            continue
        if word == "и":
            continue
        if last or _nominative_noun(word.rpartition("-")[2]) is not None:
            return position
        if not word.endswith(("ски", "о")):
            return None
    return None


def _agreeing(adjective: str, case: str, number: str, gender: str) -> str:
    if not _RUSSIAN_ADJECTIVE.match(adjective):
        return adjective
    key = f"plur {case}" if number == "plur" else f"{gender} {case}"
    made = _russian_adjective(adjective)
    return made.get(key) or made.get(f"plur {case}") or adjective


def _noun_forms(noun: str, *, plural: bool) -> Iterator[tuple[str, str, str, str]]:
    """Number, case, gender and form of a noun's paradigm; the last part of a hyphenated one moves."""
    prefix, dash, last = noun.rpartition("-")
    last = last.strip("«»„“\"'")
    if not re.fullmatch(r"[а-яё]+", last.lower()) or (last.isupper() and len(last) <= 5):
        return
    found = _nominative_noun(last)
    if found is None:
        if _RUSSIAN_ADJECTIVE.match(last):
            yield from _substantivised(prefix + dash, last)
        return
    numbers = {found.tag.number} if not plural else {"sing", "plur"}
    gender = found.tag.gender or "masc"
    for form in found.lexeme:
        number, case = form.tag.number, _plain_case(form.tag.case)
        if number in numbers and case is not None:
            yield number or "sing", case, gender, prefix + dash + form.word


def _nominative_noun(word: str) -> Parse | None:
    nouns = [r for r in readings(word.lower()) if r.tag.POS == "NOUN"]
    nominative = [r for r in nouns if r.tag.case == "nomn"]
    places = [r for r in nominative if "Geox" in r.tag]
    chosen = places or nominative
    return chosen[0] if chosen and fold(chosen[0].word) == fold(word) else None


def _plain_case(case: str | None) -> str | None:
    return {"gen2": "gent", "loc2": "loct", "acc2": "accs"}.get(case or "", case)


def _substantivised(prefix: str, adjective: str) -> Iterator[tuple[str, str, str, str]]:
    gender = "femn" if adjective.endswith(("ая", "яя")) else "masc"
    gender = "neut" if adjective.endswith(("ое", "ее")) else gender
    number = "plur" if adjective.endswith(("ые", "ие")) else "sing"
    made = _russian_adjective(adjective)
    for case in _CASES:
        key = f"{number} {case}" if number == "plur" else f"{gender} {case}"
        yield number, case, gender, prefix + made[key]


@lru_cache(maxsize=4096)
def _russian_adjective(adjective: str) -> dict[str, str]:
    """`gender case` or `plur case` → form, by the regular declension."""
    if adjective.endswith("ся"):
        return {key: form + "ся" for key, form in _russian_adjective(adjective[:-2]).items()}
    stem, last = adjective[:-2], adjective[-3:-2].lower()
    soft = adjective.endswith(("яя", "ее")) or (
        adjective.endswith(("ий", "ие")) and last not in _VELARS + _HUSHERS
    )
    o = "е" if soft or last in "жшщчц" else "о"
    y = "и" if soft or last in _VELARS + _HUSHERS else "ы"
    a, u = ("я", "ю") if soft else ("а", "у")
    short_masculine = "ой" if adjective.endswith("ой") else y + "й"
    oblique = {"gent": o + "го", "datv": o + "му", "ablt": y + "м", "loct": o + "м"}
    made = {f"{g} {c}": stem + e for g in ("masc", "neut") for c, e in oblique.items()}
    made |= {"masc nomn": stem + short_masculine, "masc accs": stem + short_masculine}
    made |= {"neut nomn": stem + o + "е", "neut accs": stem + o + "е"}
    made |= {f"femn {c}": stem + o + "й" for c in ("gent", "datv", "ablt", "loct")}
    made |= {"femn nomn": stem + a + a.replace("а", "я"), "femn accs": stem + u + "ю"}
    plural = {"nomn": "е", "gent": "х", "datv": "м", "accs": "е", "ablt": "ми", "loct": "х"}
    made |= {f"plur {c}": stem + y + e for c, e in plural.items()}
    return made
