"""Russian tails: the genitive chain behind a noun, by the cases of its words."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from crawler.parsers.entities.russian.dictionary import readings

_TOKEN = re.compile(r"([^\S\n]*,)?[^\S\n]+([\w-]+|«[^«»\n]{2,90}»)")
_PREPOSITION_CASES = {
    "по": "datv",
    "о": "loct",
    "об": "loct",
    "в": "loct",
    "для": "gent",
    "между": "ablt",
    "с": "ablt",
    "со": "ablt",
    "на": "loct",
    "при": "loct",
    "к": "datv",
}


_RARE = 0.005
"""Share of the uses of a form below which it is not what a verb stands for (были, of быль)."""
_ATTACHED = re.compile(
    r"[^\S\n]+(?:[А-ЯЁ]|правительств|президент|министерств|кабинет|акимат|совет)"
)
"""What a body is attached to by `при`; behind any other word it opens a phrase of its own (при
поддержке).
"""


def russian_tail(
    text: str,
    end: int,
    prepositions: Collection[str] = (),
    *,
    most: int = 12,
    other: re.Pattern[str] | None = None,
) -> int:
    """The genitive chain behind a noun, with phrases opened by one of the prepositions.

    Words are taken as long as they can stand in the case asked for; `и` and commas join, and are
    given back when nothing fitting follows. `other`: what starts another name behind `и` or a
    comma.
    """
    wanted, reached = "gent", _behind_namesake(text, end)
    position = reached
    for _ in range(most):
        token = _TOKEN.match(text, position)
        if token is None:
            break
        comma, word = token.group(1), token.group(2)
        joins = word == "и" or comma
        if joins and other and other.match(text, token.start(2) if comma else token.end()):
            break
        if word == "при" and not _ATTACHED.match(text, token.end()):
            break
        if word in prepositions and not comma:
            wanted, position = _PREPOSITION_CASES[word], token.end()
            continue
        if word == "и" and not comma and reached > end:
            position = token.end()
            continue
        if not joins and _names_somebody(text, token):
            break
        if not _stands_in(word, wanted) or (comma and not _joins_later(text, token.end())):
            break
        reached = position = _behind_namesake(text, token.end())
        if not _is_modifier(word):
            wanted = _after_noun(wanted)
    return reached


_TWO_CAPITALS = re.compile(r"[^\S\n]+([А-ЯЁ][а-яё-]+)[^\S\n]+([А-ЯЁ][а-яё-]+)(?!\w)")
_NAMED_AFTER = re.compile(r"(?:имени|им\.)\Z")
_AFTER_PERSON = re.compile(
    r"[^\S\n]+(?:имени[^\S\n]+|им\.[^\S\n]*)(?:[А-ЯЁ]\.[^\S\n]?){1,2}[А-ЯЁ][а-яё]+(?!\w)"
)
"""Whom a body is named after, by initials (Институт имени И. И. Иванова)."""


def _behind_namesake(text: str, end: int) -> int:
    """Where a body's name ends whose words up to `end` are known."""
    person = _AFTER_PERSON.match(text, end)
    return person.end() if person else end


def _names_somebody(text: str, token: re.Match[str]) -> bool:
    """Whether a name of two words starts here: (Института руд | Зафара Норзода).

    One that the body is named after is no such name.
    """
    pair = _TWO_CAPITALS.match(text, token.start())
    if pair is None or _NAMED_AFTER.search(text, max(0, token.start() - 6), token.start()):
        return False
    return all(_personal(word) for word in pair.groups())


@lru_cache(maxsize=8192)
def _personal(word: str) -> bool:
    """A word that the dictionary knows as a name of people, or doesn't know."""
    likeliest = readings(word.lower())[0]
    tag = likeliest.tag
    named = any(g in tag for g in ("Name", "Surn", "Patr"))
    return named or (not likeliest.is_known and tag.POS == "NOUN" and "Geox" not in tag)


def _after_noun(wanted: str) -> str:
    """Behind a noun either its genitive or, joined by `и`, the same case follows."""
    return wanted if "|" in wanted or wanted == "gent" else f"{wanted}|gent"


def _joins_later(text: str, end: int) -> bool:
    """Whether an enumeration that a comma opened is closed by `и` in the same clause."""
    return re.match(r"[^.;:\n]{0,70}?\sи\s", text[end : end + 80]) is not None


@lru_cache(maxsize=8192)
def _stands_in(word: str, cases: str) -> bool:
    if word.startswith("«") or (word.isupper() and word.isalpha() and len(word) <= 6):
        return True
    if not re.fullmatch(r"[А-Яа-яЁё-]{3,}", word):
        return re.fullmatch(r"[A-Z][\w-]+", word) is not None
    known = readings(word.lower().rpartition("-")[2] or word.lower())
    if known[0].tag.POS == "PREP":  # под, which is also a hearth
        return False
    least = _RARE if known[0].tag.POS == "VERB" else 0.0
    return any(
        r.tag.POS in ("NOUN", "ADJF", "PRTF")
        and (r.tag.case or "") in cases.replace("gen2", "gent")
        and r.score >= least
        for r in known
    )


def _is_modifier(word: str) -> bool:
    likeliest = readings(word.lower())[0]
    return likeliest.tag.POS in ("ADJF", "PRTF")
