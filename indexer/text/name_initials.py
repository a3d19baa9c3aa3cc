"""Initials of given names, and which of them stand for one name in other scripts and spellings:
Ж. of Жылдыз, Zhyldyz, Jyldyz and Dschyldys. Pure.

A page's name is kept with what it begins with, as it is written there; a question asks for all
beginnings that its initial may stand for. Within one script an initial is another one if it is
written otherwise, but where German and English write one letter in two ways (Z. and S. of Зафар).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import permutations
from types import MappingProxyType

from indexer.text.central_asian_names import national_letters_read, sounds_of_central_asia
from indexer.text.folding import fold
from indexer.text.name_keys import without_patronymics, words_of_person
from indexer.text.romanisation import romanise_person
from indexer.text.stemming import is_cyrillic

_LATIN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "а": ("a", ""),
        "б": ("b", ""),
        "в": ("v w", ""),
        "г": ("g gh", "h"),  # Генрих
        "д": ("d", "j dsch dzh dj"),  # Джамшед
        "дж": ("j dsch dzh dj", ""),
        "е": ("e ye je", "yo jo"),  # ё, too
        "ж": ("zh j dsch dzh dj", "sch"),
        "з": ("z s", ""),
        "и": ("i", "jo"),  # Иоганн
        "й": ("j y ja je jo ju ya ye yo yu", ""),
        "к": ("k q", "c chr"),  # Карл, Кристиан
        "л": ("l", ""),
        "м": ("m", ""),
        "н": ("n", ""),
        "о": ("o", ""),
        "п": ("p", ""),
        "р": ("r", ""),
        "с": ("s", "c st sp"),
        "т": ("t th", ""),
        "у": ("u", "o"),  # Ўткир without its mark
        "уи": ("w", ""),  # Уильям
        "ф": ("f ph", "v"),  # Фолькер
        "х": ("h kh ch x", ""),
        "ц": ("ts tz z", "c"),
        "ч": ("ch tsch tch", "c"),
        "ш": ("sh sch", "st sp"),  # Штефан
        "щ": ("shch schtsch", ""),
        "ы": ("y", ""),
        "э": ("e", ""),
        "ю": ("yu ju", "iu y j"),
        "я": ("ya ja", "ia y j"),
    }
)
"""Beginning of a name in Cyrillic → its usual ones in Latin letters, and those of some names."""
_USUAL, _ALL = (
    {letter: frozenset(" ".join(latin[:kinds]).split()) for letter, latin in _LATIN.items()}
    for kinds in (1, 2)
)
_RUSSIAN = str.maketrans({**dict(zip("әғқңөұүіўїєґҳһ", "агкноууиуиегхх", strict=True)), "ҷ": "дж"})
_LATIN_BEGINNINGS = frozenset().union(*_ALL.values())
_BEGINNING = re.compile(
    "|".join((*sorted(_LATIN_BEGINNINGS.union(_ALL), key=len, reverse=True), "."))
)
_INITIALS = (_LATIN_BEGINNINGS | {"дж"}) - {"st", "sp", "th", "ph"}
"""Those of several letters."""
_MOST_WORDS = 4
"""Words of a name that may be given name or surname: more are a list of titles."""


@lru_cache(maxsize=50_000)
def initials_of_person(name: str) -> tuple[str, ...]:
    """Tokens by which a person is found by an initial and a surname, whichever of the words is the
    given name: of initials that stand in the name, the first.
    """
    words = without_patronymics([word for word in words_of_person(name) if not word.islower()])
    initials = [word for word in words if len(word) == 1]
    words = [word for word in words if word not in initials[1:]][:_MOST_WORDS]
    pairs = permutations(words, 2)
    tokens = (_token(_beginning(one), other) for one, other in pairs if len(other) > 1)
    return tuple(dict.fromkeys(tokens))


def is_initial(word: str) -> bool:
    """Whether a word, without its point, may be the initial of a name: Z, Zh; not St, Dr."""
    if not word.isalpha() or not word[0].isupper():
        return False
    return len(word) == 1 or fold(word) in _INITIALS


def tokens_of_initial(initial: str, surname: str) -> Iterator[str]:
    """The tokens of persons whom an initial (Zh, Ж) and a word of a surname may mean."""
    return (_token(beginning, surname) for beginning in sorted(_standing_for(initial)))


def _token(beginning: str, surname: str) -> str:
    """One word that no text has: of a name in full it is no part."""
    return f"{beginning}0{romanise_person(surname)}"


def _beginning(word: str) -> str:
    folded = _folded(word)
    if folded.startswith("j") and sounds_of_central_asia(folded).startswith("zh"):
        return "j"  # not that of Jan
    found = _BEGINNING.match(folded)
    return found[0] if found else ""


def _folded(word: str) -> str:
    return fold(national_letters_read(word)).translate(_RUSSIAN)


@lru_cache(maxsize=1_000)
def _standing_for(initial: str) -> frozenset[str]:
    """The beginnings of names for which an initial may stand. A single letter may be short for
    several that are one sound (Z. for Zhyldyz).
    """
    asked = _folded(initial)
    if is_cyrillic(asked):
        more = [letters for letters in _LATIN if letters.startswith(asked)]
        more += ("ж", "дж") if asked in ("ж", "дж") else ()
        return frozenset({asked, *more}).union(*(_ALL.get(letter, ()) for letter in (asked, *more)))
    found = {latin for latin in _LATIN_BEGINNINGS if latin.startswith(asked)}
    for letter, usual in _USUAL.items():
        if asked in usual:
            found |= usual if len(asked) == 1 else _ALL[letter]
        if asked in _ALL[letter] or any(latin.startswith(asked) for latin in usual):
            found.add(letter)
    return frozenset({asked, *found})
