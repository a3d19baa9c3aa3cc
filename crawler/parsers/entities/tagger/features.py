"""What the tagger knows of each word of a stretch: its letters, what the word lists say of it,
which words are used alike, the words around it, and what tables and patterns found there.

Shapes, beginnings, endings and clusters as in Tkachenko and Simanovsky, "Named Entity Recognition:
Exploring Features" (2012). What depends on a word alone is made once for a word, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, Protocol

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.lexicon.forms import forms
from crawler.parsers.entities.spans import Spans
from crawler.parsers.entities.tagger.tokens import Token
from crawler.parsers.entities.tagger.word_clusters import WordClusters
from crawler.parsers.scripts import LATIN_SMALL

_LONGEST_BEGINNING, _LONGEST_ENDING = 4, 8
LONGEST_WORD = 40
"""Characters of a word that are looked at."""
_LONGEST_SHAPE, _NEAR_ENDING = 12, 3
KEPT_WORDS = 20_000
BESIDE = (-2, -1, 1, 2)
"""The words around that a word is judged by."""
BEFORE_PAIR, BEHIND_PAIR = "-1|0=", "0|1="
"""What features begin with that name a word with the one before or behind it."""
FIRST, LAST = "first", "last"
"""Features of the words at both ends."""
_SHORTEST_PART = 4
"""Letters of a head that a compound may end in."""
_BRANCHES = (4, 7, 10, 16)
"""So far down the tree of clusters words are told apart, each way of looking a feature."""
_SMALL_WORD = re.compile(f"[{LATIN_SMALL}]+")
_SEVERAL = re.compile("[A-Z]{2,}s")
"""An abbreviation of several things (ICUs)."""
_KEPT_LETTERS = _KEPT_SHAPES = _KEPT_PLACES = 5_000


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """What depends on a word alone."""

    low: str
    """The word in small letters."""
    itself: tuple[str, ...]
    near: tuple[str, ...]
    """What it says of the words right beside it; of those further away `far`."""
    far: tuple[str, ...]

    def beside(self, step: int) -> tuple[str, ...]:
        """What it says of a word from which so many steps lead to it."""
        return self.near if abs(step) == 1 else self.far


class _Word(Protocol):
    @property
    def low(self) -> str: ...


class TokenFeatures:
    """Makes the features of tokens with the word lists of one language; those of so many words are
    `kept`.
    """

    def __init__(
        self,
        languages: Mapping[str, Mapping[str, Any]],
        language: str,
        clusters: WordClusters,
        kept: int = KEPT_WORDS,
    ) -> None:
        self._clusters = clusters
        words = cues(languages, language)
        self._heads = _single_words(words.get("org_heads", ()))
        self._before_towns = frozenset(w for w in words.get("towns_after", ()) if w.islower())
        self._heads_alone = frozenset(
            fold(form) for head in self._heads for form in forms(head, language)
        )
        self._and = frozenset(words.get("name_joiners", ()))
        self._parts = _Endings(h for h in self._heads if len(h) >= _SHORTEST_PART)
        self._things = frozenset(
            thing for code in languages for thing in cues(languages, code).get("no_bodies", ())
        )
        self._listed = {
            "opener": _single_words(words.get("org_openers", ())),
            "legal": _single_words(words.get("org_legal_forms", ())),
            "role": _single_words(words.get("roles", ())),
            "first": _single_words(str(words.get("first_names", "")).split()),
        }
        plans = (*words.get("strategy_heads", ()), *words.get("programme_heads", ()))
        self._endings = {
            "event": _Endings(_gatherings(words) - self._heads),
            "plan": _Endings(_single_words(plans)),
        }
        self.word = lru_cache(kept)(self._word_features)
        """What depends on a word alone."""

    def of(self, stretch: Sequence[Token], names: Spans) -> list[list[str]]:
        """The features of each token; `names` are what tables and patterns found in the text."""
        words = [self.word(token.text[:LONGEST_WORD]) for token in stretch]
        known = what_is_known(stretch, names)
        made = []
        for at, word in enumerate(words):
            features = [*word.itself, *known[at]]
            for step in BESIDE:
                if 0 <= at + step < len(words):
                    features += (f"{step}{each}" for each in words[at + step].beside(step))
            features += pairs(words, known, at)
            made.append(features)
        return made

    def may_be_body(self, stretch: Sequence[Token]) -> bool:
        """Whether the words can name a body: no gathering, more than a head alone, no word before a
        town at the start (городе), and in Latin letters a capital there.
        """
        first = stretch[0].text
        if _SMALL_WORD.fullmatch(first) or first in self._before_towns:
            return False
        if len(stretch) == 1 and fold(stretch[0].text) in self._heads_alone:
            return False
        if self._names_thing(stretch):
            return False
        return not any(self._names_gathering(token.text) for token in stretch)

    def has_head(self, stretch: Sequence[Token]) -> bool:
        """Whether one of the words says that it is a body: a head, a compound of one, the form of a
        firm.
        """
        words = [fold(token.text) for token in stretch]
        heads = self._heads | self._listed["legal"]
        return any(word in heads or self._parts.end(word) for word in words)

    def is_rest_of_row(self, stretch: Sequence[Token], first: int) -> bool:
        """Whether a name that begins there in small letters, with no word for a body, only goes on
        behind "and" (министр промышленности и | геологии Армении).
        """
        word = stretch[first].text
        behind_and = first > 0 and stretch[first - 1].text in self._and
        return behind_and and word[0].islower() and fold(word) not in self._heads_alone

    def _names_thing(self, stretch: Sequence[Token]) -> bool:
        """Whether it is an abbreviation of things, or of several of a kind, or a compound with one
        (LED-Lampe, ICUs).
        """
        words = [token.text for token in stretch if token.text[0].isalnum()]
        if all(word in self._things or _SEVERAL.fullmatch(word) for word in words):
            return True
        first, hyphen, _ = words[0].partition("-")
        return bool(hyphen) and first in self._things and not self.has_head(stretch)

    def _names_gathering(self, word: str) -> bool:
        folded = fold(word)
        forms = (folded, folded[:-1], folded[:-2])
        return not word.isupper() and any(map(self._endings["event"].end, forms))

    def _word_features(self, word: str) -> WordFeatures:
        low, shape = word.lower(), _shape(word)
        brief = _brief(shape)
        kinds = [f"k={kind}" for kind in self._kinds(word)]
        alike = _alike(self._clusters.place(word))
        parts = low.split("-") if "-" in low else ()
        itself = (
            f"w={low}",
            f"s={shape[:_LONGEST_SHAPE]}",
            f"c={brief}",
            *[f"p{n}={low[:n]}" for n in range(1, min(_LONGEST_BEGINNING, len(low)) + 1)],
            *[f"e{n}={low[-n:]}" for n in range(1, min(_LONGEST_ENDING, len(low)) + 1)],
            *[f"h={part}" for part in parts],
            *kinds,
            *alike,
        )
        far = (f"w={low}", f"c={brief}", *kinds)
        near = (*far, f"e={low[-_NEAR_ENDING:]}", *alike)
        return WordFeatures(low, itself, near, far)

    def _kinds(self, word: str) -> Iterator[str]:
        """What the word lists say of a word."""
        folded = fold(word)
        last = folded.rpartition(" ")[2]
        if len(word) > 1 and word.isupper():
            yield "acronym"
        if folded in self._heads:
            yield "head"
        elif any(map(self._parts.end, (last, last[:-1], last[:-2]))):
            yield "compound"
        yield from (kind for kind, listed in self._listed.items() if folded in listed)
        yield from (kind for kind, endings in self._endings.items() if endings.end(last))


class _Endings:
    """What words may end in: looked up by length, as each of hundreds would be tried otherwise."""

    def __init__(self, endings: Iterable[str]) -> None:
        self._endings = frozenset(endings)
        self._lengths = sorted({len(ending) for ending in self._endings})

    def end(self, word: str) -> bool:
        """Whether one of them ends a word."""
        return not self._endings.isdisjoint([word[-length:] for length in self._lengths])


@lru_cache(_KEPT_PLACES)
def _alike(place: int | None) -> tuple[str, ...]:
    """What a place in the tree of clusters says."""
    if place is None:
        return ("b=?",)
    above = (0, *_BRANCHES)
    return tuple(
        f"b{branches}={place & ((1 << branches) - 1)}"
        for told, branches in zip(above, _BRANCHES, strict=False)
        if not told or place >> told
    )


def _gatherings(words: Mapping[str, Any]) -> frozenset[str]:
    """Heads of events and journeys, and of what meets without being a body (Arbeitsgruppe)."""
    keys = ("event_heads", "trip_heads", "body_heads")
    return _single_words([head for key in keys for head in words.get(key, ())])


def _single_words(names: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(name) for name in names if " " not in name)


def _shape(word: str) -> str:
    """Capitals as A, small letters as a, digits as 9."""
    rest = word[1:]
    if rest.islower() and rest.isalpha():  # most words
        return _sign(word[0]) + len(rest) * "a"
    return "".join(map(_sign, word))


@lru_cache(_KEPT_SHAPES)
def _brief(shape: str) -> str:
    """A shape in which what follows itself stands once."""
    return "".join(sign for sign, _ in groupby(shape))


@lru_cache(_KEPT_LETTERS)
def _sign(char: str) -> str:
    if char.isupper():
        return "A"
    if char.isalpha():
        return "a"
    return "9" if char.isdecimal() else char


def pairs(words: Sequence[_Word], known: Sequence[Sequence[str]], at: int) -> Iterator[str]:
    """The word together with its neighbours, and what is known of these."""
    if at:
        yield f"{BEFORE_PAIR}{words[at - 1].low}|{words[at].low}"
        yield from (f"-1{k}" for k in known[at - 1])
    else:
        yield FIRST
    if at + 1 < len(words):
        yield f"{BEHIND_PAIR}{words[at].low}|{words[at + 1].low}"
        yield from (f"+1{k}" for k in known[at + 1])
    else:
        yield LAST


def what_is_known(stretch: Sequence[Token], names: Spans) -> list[list[str]]:
    """For each token the fields and rules of what was found there, and whether it begins or ends
    there.
    """
    known: list[list[str]] = [[] for _ in stretch]
    for name in names.touching(stretch[0].start, stretch[-1].end):
        place = "B"
        for token, here in zip(stretch, known, strict=True):
            if token.start >= name.end:
                break
            if token.end > name.start:
                ends = token.end >= name.end
                here.append(f"{place}:{name.field}")
                if ends or place == "B":
                    here.append(f"{place}{'E' if ends else ''}:{name.field}:{name.rule}")
                place = "I"
    return known
