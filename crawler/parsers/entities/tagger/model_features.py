"""The features of words as far as a trained model has a weight for them.

A model knows about a fourth of the features of a text's words, passes over the others, and would
have each handed over and looked up anew for each word. So they are left out where the features of a
word are made, and the others are kept once for all words, as the bytes that the library takes: it
tags in half of the time, and says the same.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from crawler.parsers.entities.spans import Spans
from crawler.parsers.entities.tagger.features import (
    BEFORE_PAIR,
    BEHIND_PAIR,
    BESIDE,
    KEPT_WORDS,
    LONGEST_WORD,
    TokenFeatures,
    pairs,
    what_is_known,
)
from crawler.parsers.entities.tagger.tokens import Token

Attributes = Mapping[bytes, bytes]
"""The features that a model knows, each by itself: so all words share it."""

_MODEL, _CRF = b"lCRF", b"FOMC"
_OFFSET_OF_ATTRIBUTES = 36
"""Where the header of a model says where its features begin."""
_NAMES = b"CQDB"
_NUMBERS = struct.Struct("<I")
_BACKWARD = struct.Struct("<II")
_BACKWARD_AT = 16
"""Where the header of names says how many there are, and where their places begin."""
_NAME_AT = 8
"""Bytes of a name's number and length, before its letters."""


def read_attributes(content: bytes) -> Attributes:
    """The features that a model file (CRFsuite 0.12) knows; raises ValueError where it is none."""
    try:
        (size,) = _NUMBERS.unpack_from(content, len(_MODEL))
        (start,) = _NUMBERS.unpack_from(content, _OFFSET_OF_ATTRIBUTES)
        marks = content[:4], content[8:12], content[start : start + 4]
        if marks != (_MODEL, _CRF, _NAMES):
            raise ValueError("it is no CRFsuite model")
        if size != len(content):
            raise ValueError("it is cut short")
        count, places = _BACKWARD.unpack_from(content, start + _BACKWARD_AT)
        found = {}
        for (place,) in _NUMBERS.iter_unpack(
            content[start + places : start + places + count * _NUMBERS.size]
        ):
            if place:
                name = start + place + _NAME_AT
                (length,) = _NUMBERS.unpack_from(content, name - _NUMBERS.size)
                feature = content[name : name + length - 1]
                found[feature] = feature
    except struct.error as error:
        raise ValueError("it is cut short") from error
    return found


class _KnownWord(NamedTuple):
    """The known features of a word, and what it says of the words around."""

    low: str = ""
    itself: tuple[bytes, ...] = ()
    two_behind: tuple[bytes, ...] = ()
    next: tuple[bytes, ...] = ()
    last: tuple[bytes, ...] = ()
    two_before: tuple[bytes, ...] = ()
    """Of the word two places before it; `last` of the one right before."""


_NOTHING = (_KnownWord(), _KnownWord())


class ModelFeatures:
    """Makes the features of tokens that a model knows; those of so many words are `kept`."""

    def __init__(
        self, features: TokenFeatures, attributes: Attributes, kept: int = KEPT_WORDS
    ) -> None:
        self._features = features
        self._attributes = attributes
        self._paired = {
            prefix: _first_words(attributes, prefix) for prefix in (BEFORE_PAIR, BEHIND_PAIR)
        }
        self._word = lru_cache(kept)(self._known_word)

    def of(self, stretch: Sequence[Token], names: Spans) -> list[list[bytes]]:
        """The features of each token, in the order of `TokenFeatures.of`."""
        words = [self._word(token.text[:LONGEST_WORD]) for token in stretch]
        known = what_is_known(stretch, names)
        around = [*_NOTHING, *words, *_NOTHING]
        return [
            [
                *word.itself,
                *(self.known(known[at]) if known[at] else ()),
                *around[at].two_behind,
                *around[at + 1].next,
                *around[at + 3].last,
                *around[at + 4].two_before,
                *self._pairs(words, known, at),
            ]
            for at, word in enumerate(words)
        ]

    def _pairs(
        self, words: Sequence[_KnownWord], known: Sequence[Sequence[str]], at: int
    ) -> list[bytes]:
        """As `pairs`; most words are the first of no pair that is known."""
        before, behind = self._paired[BEFORE_PAIR], self._paired[BEHIND_PAIR]
        inside = 0 < at < len(words) - 1
        if inside and words[at - 1].low not in before and words[at].low not in behind:
            beside = known[at - 1], known[at + 1]
            if not (beside[0] or beside[1]):
                return []
        return self.known(pairs(words, known, at))

    def _known_word(self, word: str) -> _KnownWord:
        found = self._features.word_features(word)
        beside = (tuple(self.known(found.beside[step])) for step in BESIDE)
        return _KnownWord(found.low, tuple(self.known(found.itself)), *beside)

    def known(self, features: Iterable[str]) -> list[bytes]:
        """Those of the features that the model knows."""
        attributes = self._attributes
        return [
            known
            for feature in features
            if (known := attributes.get(feature.encode(errors="surrogatepass"))) is not None
        ]


def _first_words(attributes: Attributes, prefix: str) -> frozenset[str]:
    """The first words of the pairs that are known."""
    begins = prefix.encode()
    rest = (known[len(begins) :].decode() for known in attributes if known.startswith(begins))
    return frozenset(pair[0] + pair[1:].partition("|")[0] for pair in rest)
