"""Cue phrases of a language, found in one pass over the words of a text.

A phrase is written as people say it: `veranstaltet von X`. `X` is where the value stands, `~` at
the end of a word is any ending (`организован~`), `…` is a gap within the sentence (`fand … statt`).
Only the first plain word of a phrase is looked up for each word of the text; the rest is a regular
expression tried there, so a page costs one dictionary access a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from crawler.parsers.events.grammar.any_case import evened

WORD = re.compile(r"\w+(?:[-’'‑]\w+)*")
_LETTERS = re.compile(r"\w+")
_DOT_ABOVE = "\N{COMBINING DOT ABOVE}"
_ELLIPSIS, _VALUE = "…", "X"
_GAP = r"[^.;!?\n]{0,320}?"


@dataclass(frozen=True, slots=True)
class CueHit:
    """A phrase found: its span, and the span where its value is to be looked for."""

    category: str
    start: int
    end: int
    side: str
    """left, right or between: where X stands; `none` for phrases without X."""
    x_start: int = -1
    x_end: int = -1
    """Span of X where it is closed in (`between`)."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    category: str
    pattern: re.Pattern[str]
    side: str
    further: str
    """A word behind the first one, or how it begins, as `evened` writes it: without it in the
    text, no match.
    """
    is_whole: bool
    """Whether that stands as a word by itself."""


class CueIndex:
    """All phrases of one language. `phrases` maps a category to its phrases."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        for category, texts in phrases.items():
            for text in texts:
                self._add(category, text)
        self._lengths = sorted({len(s) for s in self._stems})
        self._candidates = lru_cache(maxsize=20_000)(self._look_up)

    def _add(self, category: str, text: str) -> None:
        tokens = text.split()
        side = "none"
        if tokens[0] == "X":
            side, tokens = "left", tokens[1:]
            if tokens and tokens[0] == "…":
                side, tokens = "left-gap", tokens[1:]
        elif tokens[-1] == "X":
            side, tokens = "right", tokens[:-1]
        elif "X" in tokens:
            side = "between"
        pattern = re.compile(_expression(tokens), re.IGNORECASE)
        phrase = _Phrase(category, pattern, side, *_further(tokens[1:]))
        first = tokens[0].casefold()
        if first.endswith("~"):
            self._stems.setdefault(first[:-1], []).append(phrase)
        else:
            self._exact.setdefault(
                WORD.findall(first)[0] if WORD.search(first) else first, []
            ).append(phrase)

    def _look_up(self, surface: str) -> tuple[_Phrase, ...]:
        word = surface.casefold()
        found = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found += self._stems.get(word[:length], ())
        return tuple(found)

    def find(self, masked: str) -> list[CueHit]:
        """All phrases in a text whose guarded dots are masked; in order of their start, longest
        first.
        """
        places = list(WORD.finditer(masked))
        words = [match.group() for match in places]
        distinct = set(words)
        phrases_of = {word: found for word in distinct if (found := self._candidates(word))}
        if not phrases_of:
            return []
        text, evened_words = evened(masked), _letters_of(masked, distinct)
        for word, phrases in phrases_of.items():
            phrases_of[word] = tuple(
                phrase
                for phrase in phrases
                if phrase.further in evened_words
                or (not phrase.is_whole and phrase.further in text)
            )
        hits = []
        for word, place in zip(words, places, strict=True):
            for phrase in phrases_of.get(word, ()):
                hit = phrase.pattern.match(masked, place.start())
                if hit is None:
                    continue
                x = hit.span("x") if phrase.side == "between" else (-1, -1)
                hits.append(CueHit(phrase.category, *hit.span(), phrase.side, *x))
        return sorted(hits, key=lambda h: (h.start, -h.end))


def _letters_of(masked: str, words: AbstractSet[str]) -> AbstractSet[str]:
    """The words of a text as it is evened, without hyphens, and the empty one; `words` are those of
    the text.
    """
    # A dot of its own parts words, and is none where it is evened.
    whole = masked if _DOT_ABOVE in masked else " ".join(words)
    return {"", *_LETTERS.findall(evened(whole))}


def _further(tokens: list[str]) -> tuple[str, bool]:
    """The longest word, rather a whole one, and whether it is whole; empty without one."""
    words = [token for token in tokens if token not in (_ELLIPSIS, _VALUE)]
    whole = [word for word in words if _LETTERS.fullmatch(word)]
    longest = max(whole or words, key=len, default="")
    return evened(longest.removesuffix("~")), bool(whole) or not words


def _expression(tokens: list[str]) -> str:
    """Regular expression of a phrase; white space separates words, a gap may be empty."""
    pieces: list[str] = []
    for token in tokens:
        if token == _ELLIPSIS:
            pieces.append(_GAP)
        elif token == _VALUE:
            pieces.append(r"(?P<x>[^.;!?\n]{2,240}?)")
        else:
            word = re.escape(token.removesuffix("~"))
            piece = (
                rf"\b{word}\w*"
                if token.endswith("~")
                else word + (r"\b" if token[-1].isalnum() else "")
            )
            pieces.append(piece)
    expression = pieces[0]
    for before, piece in zip(tokens, pieces[1:], strict=False):
        loose = before == _ELLIPSIS or piece == _GAP
        expression += (
            r"[\s,]*\b" if loose and piece != _GAP else "" if loose else r"[\s\u00a0]+"
        ) + piece
    return expression
