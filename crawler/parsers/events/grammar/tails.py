"""How far a name reaches to the right of its head.

The default walk serves English and the languages without a module; German and Russian override its
verdict on a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crawler.parsers.events.grammar.vocabulary import EventVocabulary

Step = Literal["take", "wait", "stop"]
"""`take`: the name reaches to this word; `wait`: only if a later word is taken; `stop`: it ends."""

MOST_WORDS = 16
_MOST_WAITING = 4
YEAR = re.compile(r"(?:19|20)\d\d\Z")
_AND = frozenset({"und", "and", "sowie"})
_OPENING_ARTICLES = frozenset(
    {"der", "die", "das", "den", "dem", "the", "a", "ein", "eine", "einen"}
)

_ARTICLES = _OPENING_ARTICLES | {"des"}
_RIGHT_BEHIND = 2
"""The words of "and the" where they are the first ones behind a head."""
_INDEFINITE = frozenset({"ein", "eine", "einem", "einen", "einer"})


class TailReader:
    """Judges the words behind one head, from left to right."""

    def __init__(self, words: EventVocabulary, *, linked: bool) -> None:
        self.words = words
        self.linked = linked
        """Whether a word such as "of" or "für" opened the tail."""
        self.of_trip = False
        """Whether the head is that of a trip."""
        self._count = 0
        self._bracket = False
        self._waiting = 0
        self._joined = ""
        self._indefinite = False

    def step(self, text: str) -> Step:
        """The verdict on the next token."""
        self._count += 1
        if self._count > MOST_WORDS:
            return "stop"
        if text in "()" or self._bracket:
            return self._step_in_bracket(text)
        if YEAR.match(text):
            return "take"
        low = text.casefold()
        if low not in self.words.name_links and self.words.name_stops.match(text):
            return "stop"
        if self._opens_another_event(text, low) or self._is_for_another_event(text, low):
            return "stop"
        verdict = self.judge(text, low)
        self._waiting = self._waiting + 1 if verdict == "wait" else 0
        return "stop" if self._waiting > _MOST_WAITING else verdict

    def judge(self, text: str, low: str) -> Step:
        """The verdict on a plain word; `low` is the word case folded."""
        if low in self.words.name_links:
            self.linked = True
            return "wait"
        if text == "&":
            return "wait"  # Conference & Exhibition
        if not text[0].isalnum():
            return "stop"
        if text[0].isupper() or text[0].isdigit():
            return "take"
        return self.judge_small(text)

    def judge_small(self, text: str) -> Step:
        """The verdict on a word in small letters that is no link."""
        word = text.replace("-", "").replace("‑", "")
        return "take" if self.linked and word.isalpha() and not text.endswith("ly") else "stop"

    def _opens_another_event(self, text: str, low: str) -> bool:
        """Behind "and the" another head opens another event (die Sitzung und den Besuch), and right
        behind the head anything is something else (vom Forum und der Stiftung).
        """
        if low in _AND:
            self._joined = "and"
        elif self._joined == "and" and low in _ARTICLES:
            if self._count == _RIGHT_BEHIND:
                return True
            self._joined = "and the" if low in _OPENING_ARTICLES else ""
        elif self._joined == "and the" and self.words.head_of(text):
            return True
        else:
            self._joined = ""
        return False

    def _is_for_another_event(self, text: str, low: str) -> bool:
        """Behind "zu einer" another head is another event (die Messe zu einer Sitzung nutzen)."""
        if low in _INDEFINITE:
            self._indefinite = True
        elif text[:1].isupper() and self._indefinite:
            self._indefinite = False
            return self.words.head_of(text) is not None
        return False

    def _step_in_bracket(self, text: str) -> Step:
        if text == "(":
            self._bracket = True
            return "wait"
        if text == ")" and self._bracket:
            self._bracket = False
            return "take"
        return "wait" if text[:1].isupper() or YEAR.match(text) else "stop"
