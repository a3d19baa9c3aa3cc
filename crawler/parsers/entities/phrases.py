"""How far a name reaches to the right of its head: the tails of names of bodies and of documents.

`Ministerium | für Investitionen und Entwicklung der Republik Kasachstan`, `Ministry | of Industry and
Construction`, `Совета | по разведке, использованию и охране недр`. Every function takes the end of
the head and gives the end of the name; the same offset means: no tail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

from crawler.parsers.entities.expressions import any_of
from crawler.parsers.entities.russian.dictionary import readings

Tail = Callable[[str, int], int]
"""Text and end of the head to the end of the name."""

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'&/.-]*(?<![.'’])"
_ACRONYM_BRACKET = re.compile(r"[^\S\n]*\((?:[A-ZА-ЯЁ][\w-]*[A-ZА-ЯЁ][\w-]{0,8}|[A-ZА-ЯЁ]{2,10})\)")
_QUOTED = re.compile(
    r"[^\S\n]*(?:«([^«»\n]{2,90})»|„([^„“”\n]{2,90})[“”]|“([^“”\n]{2,90})”|\"([^\"\n]{2,90})\")"
)
_YEARS = re.compile(
    r"[^\S\n]*(?:(?:для|für|for|на|bis|до|until|to|by|von|from|в|в\s+период)\s+)?(?:(?:на|период|period|die\s+Jahre|years)\s+)*(?:(?:19|20)\d\d(?:\s?[-–—/]\s?(?:(?:19|20)?\d\d))?)(?:[-–]\w{1,3})?(?:\s?(?:годы|годов|годах|года|гг\.|г\.|год))?(?!\w)"
)


def acronym_bracket(text: str, end: int) -> int:
    """The end of an acronym in brackets right behind a name: `… für Industrie (BDI)`."""
    found = _ACRONYM_BRACKET.match(text, end)
    return found.end() if found else end


def quoted(text: str, end: int) -> tuple[int, int] | None:
    """The span between the quotes that open right behind `end`."""
    found = _QUOTED.match(text, end)
    if found is None or found.lastindex is None:
        return None
    return found.span(found.lastindex)


def years(text: str, end: int) -> int:
    """The end of `2024–2028`, `bis 2030`, `на 2016-2020 годы` behind a name."""
    found = _YEARS.match(text, end)
    return found.end() if found else end


def german_tail(
    prepositions: Iterable[str],
    stops: Collection[str],
    heads: str,
    most: int,
    further: Iterable[str] = (),
) -> Tail:
    """Tails like `für Industrie und Bau der Republik X`; `heads`: an expression of words that start
    a
    new name after `und`. `further`: prepositions that may open up to three more phrases behind
    these.
    """
    stop = rf"(?!(?:{'|'.join(map(re.escape, stops))})\b)"
    adjective = rf"{stop}[a-zäöüß-]+(?:e|er|es|en|em)[^\S\n]+"
    noun = rf"(?!{heads}\b)(?:[A-ZÄÖÜ][\w-]*-(?:[^\S\n]+(?:und|oder)[^\S\n]+))?{_CAPITAL}"
    adjective = rf"(?:{adjective}|[A-ZÄÖÜ][a-zäöüß-]+(?:e|er|es|en|em)[^\S\n]+(?=[A-ZÄÖÜ]))"
    phrase = rf"(?:{adjective}){{0,2}}{noun}(?:[^\S\n]+{_CAPITAL}(?=[^\S\n]*(?:\(|$|[,.]))){{0,1}}"
    chain = rf"{phrase}(?:(?:,[^\S\n]+(?=[^.;:\n]{{3,60}}[^\S\n]und[^\S\n])|[^\S\n]+und[^\S\n]+){phrase}){{0,4}}"
    starts = any_of(map(re.escape, prepositions))
    tail = re.compile(
        rf"(?:[^\S\n]+{starts}[^\S\n]+(?:(?:der|die|das|den|dem)[^\S\n]+)?{chain}){{1,{most}}}"
        rf"(?:[^\S\n]+{any_of(map(re.escape, further))}[^\S\n]+(?:(?:der|die|das|den|dem)[^\S\n]+)?{chain}){{0,3}}"
    )
    return _matched(tail)


def english_tail(
    prepositions: Iterable[str],
    stops: Collection[str],
    heads: str,
    most: int,
    *,
    small_letters: bool,
) -> Tail:
    """Tails like `of Industry and Construction of the Kyrgyz Republic`; with `small_letters` also
    `on raw materials, batteries and renewable hydrogen`. `heads` as in `german_tail`."""
    stop = rf"(?!(?:{'|'.join(map(re.escape, stops))})\b)"
    word = _CAPITAL
    if small_letters:
        word = rf"(?:{_CAPITAL}|{stop}[a-z][\w-]+|\d{{4}}(?:[-–]\d{{2,4}})?)"
    phrase = rf"{word}(?:[^\S\n]+{word}){{0,5}}"
    joined = rf"(?!(?:{_CAPITAL}[^\S\n]+){{0,4}}{heads}\b){phrase}"
    several = rf"(?:,[^\S\n]+{joined}){{1,4}},?[^\S\n]+and[^\S\n]+{joined}"
    chain = rf"{phrase}(?:{several}|[^\S\n]+and[^\S\n]+{joined})?"
    starts = any_of(map(re.escape, prepositions))
    tail = re.compile(rf"(?:[^\S\n]+{starts}[^\S\n]+(?:the[^\S\n]+)?{chain}){{1,{most}}}")
    return _matched(tail)


def _matched(pattern: re.Pattern[str]) -> Tail:
    def tail(text: str, end: int) -> int:
        found = pattern.match(text, end, min(len(text), end + 240))
        return found.end() if found else end

    return tail


_RUSSIAN_TOKEN = re.compile(r"([^\S\n]*,)?[^\S\n]+([\w-]+|«[^«»\n]{2,90}»)")
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
    wanted, reached, position = "gent", end, end
    for _ in range(most):
        token = _RUSSIAN_TOKEN.match(text, position)
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
        reached = position = token.end()
        if not _is_modifier(word):
            wanted = _after_noun(wanted)
    return reached


_TWO_CAPITALS = re.compile(r"[^\S\n]+([А-ЯЁ][а-яё-]+)[^\S\n]+([А-ЯЁ][а-яё-]+)(?!\w)")
_NAMED_AFTER = re.compile(r"(?:имени|им\.)\Z")


def _names_somebody(text: str, token: re.Match[str]) -> bool:
    """Whether a name of two words starts here that the body isn't named after: (Института руд | Зафара Норзода)."""
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
    return any(
        r.tag.POS in ("NOUN", "ADJF", "PRTF")
        and (r.tag.case or "") in cases.replace("gen2", "gent")
        for r in readings(word.lower().rpartition("-")[2] or word.lower())
    )


def _is_modifier(word: str) -> bool:
    likeliest = readings(word.lower())[0]
    return likeliest.tag.POS in ("ADJF", "PRTF")
