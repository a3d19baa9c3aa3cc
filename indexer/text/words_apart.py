"""Words that say apart what a compound says in one: Förderung von Lithium, Erkundung von Zinn und
Wolfram, Phosphat wird gefördert; добыча золота; waste water.

A page with such words gets the token of the compound, marked as one of words apart, in the stream
`parts`, so that Lithiumförderung finds it. What tells them stands in the key `compounds` of
config/languages. German: a noun, a word that binds (`links`) or an attribute in the genitive, and
another noun; one of the two is a known part of compounds. Russian: a word that ends compounds
(`telling`), and what follows it. In both, forms of a verb (`forms`) stand for the noun of its
action. English: a word that is also written together with the one before it (`adjoining`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from indexer.text.compounds import part_stem
from indexer.text.folding import fold
from indexer.text.function_words import FUNCTION_WORDS
from indexer.text.stemming import stem

APART = "+"
"""Begins the tokens: who asks for a compound as such leaves them out."""
FARTHEST = 4
"""Words from the one to the other: Erkundung von Zinn und Wolfram."""
SHORTEST = 3
"""Letters of a word that is a part."""
_KINDS_WITH_KEYS = frozenset(("noun", "verb", "adjoining"))
_BINDS = frozenset(("link", "attribute"))
_SHORTEST_ATTRIBUTE = 5
_BREAKS_BEFORE = frozenset("([–—")
_BREAKS_AFTER = frozenset(".,;:!?)]…")

Kind: TypeAlias = Literal["noun", "verb", "link", "attribute", "adjoining", "function", ""]
Role: TypeAlias = tuple[bool, Kind, tuple[str, ...], bool, bool, bool]
"""Whether a word can be the head of others; what it is; its keys, as tokens of compounds hold it;
whether it is a known part; whether something ends before it; whether something ends after it.
"""
NO_ROLE: Role = (False, "", (), False, True, True)
"""Of what nothing is known: phrases end there."""
Joined: TypeAlias = tuple[str, int, int]
"""Token of a compound; numbers of the first and the last of the words that say it."""


class WordsApart:
    """Finds them in texts of one language.

    `lists`: the key `compounds` of the language, where `capital_nouns` is "true" if its nouns are
    told by their capital, and `genitive` has the endings of their attributes; `forms`: part → forms
    of a verb that stand for it.
    """

    def __init__(
        self, lang: str, lists: Mapping[str, Any], forms: Mapping[str, Sequence[str]]
    ) -> None:
        self._lang = lang
        self._capitals = lists.get("capital_nouns") == "true"
        self._genitive = tuple(lists.get("genitive", ()))
        self._links = set(map(fold, lists.get("links", ())))
        self._functions = FUNCTION_WORDS.get(lang, frozenset())
        adjoining = [fold(word) for word in lists.get("adjoining", ())]
        self._adjoining = {stem(word, lang) for word in adjoining}
        self._ends = (*adjoining, *(f"{word}s" for word in adjoining))
        self._verbs = {
            form.casefold(): stem(fold(part), lang) for part in forms for form in forms[part]
        }

    def role(self, written: str, word: str, keys: Sequence[str], *, known: bool) -> Role:
        """What a word does, `written` with its punctuation; `keys`: its stem and its parts, by
        which compounds hold it; `known`: whether it is a part of compounds.
        """
        kind = self._kind(word)
        if kind == "verb":
            keys, known = (self._verbs[word.casefold()],), True
        elif self._adjoining:
            keys, known = (fold(word),), False
        if kind not in _KINDS_WITH_KEYS:
            keys = ()
        begins, ends = written[0] in _BREAKS_BEFORE, written[-1] in _BREAKS_AFTER
        leads = kind in ("verb", "adjoining") or (kind == "noun" and (known or self._capitals))
        return leads, kind, tuple(keys), known, begins, ends

    def _kind(self, word: str) -> Kind:
        folded = fold(word)
        if folded in self._links:
            return "link"
        if folded in self._functions or not folded.isalpha() or len(folded) < SHORTEST:
            return "function" if folded in self._functions else ""
        if word.casefold() in self._verbs:
            return "verb"
        if self.adjoins(folded):
            return "adjoining"
        if not self._capitals or word[0].isupper():
            return "noun"
        genitive = word.endswith(self._genitive) and len(word) >= _SHORTEST_ATTRIBUTE
        return "attribute" if genitive else ""

    def binds(self, folded: str) -> bool:
        """Whether a folded word only binds others."""
        return folded in self._links

    def adjoins(self, folded: str) -> bool:
        """Whether a folded word is also written together with the one before it."""
        return bool(self._adjoining) and stem(folded, self._lang) in self._adjoining

    def ends_with_adjoining(self, folded: str) -> bool:
        """Whether a folded word may be two that are also written apart (wastewater, toolmakers)."""
        return folded.endswith(self._ends) and folded not in self._ends

    def find(self, roles: Sequence[Role]) -> list[Joined]:
        """All of them among the words of a text."""
        found: list[Joined] = []
        for place in [place for place, role in enumerate(roles) if role[0]]:
            kind = roles[place][1]
            if kind == "adjoining":
                found += self._adjoined(roles, place)
            elif not roles[place][5] and place + 1 < len(roles):
                following = roles[place + 1][1]
                # Most nouns lead nothing: no call for them.
                if (following in _BINDS) if kind == "noun" and self._capitals else following:
                    found += self._behind(roles, place)
            if kind == "verb":
                found += self._before(roles, place)
        return found

    def _behind(self, roles: Sequence[Role], head: int) -> Iterator[Joined]:
        """What follows its head, up to where another phrase begins."""
        _, _, keys, head_known, _, _ = roles[head]
        bound = False
        for place in range(head + 1, min(head + 1 + FARTHEST, len(roles))):
            _, kind, others, known, begins, ends = roles[place]
            if begins or kind == "verb" or (kind == "link" and bound):
                return
            if kind == "function" and place == head + 1:
                return
            if kind == "noun":
                bound = True
                if known or head_known:
                    yield from [(APART + a + b, head, place) for a in others for b in keys]
            if ends:
                return

    def _before(self, roles: Sequence[Role], verb: int) -> Iterator[Joined]:
        """What stands before the verb that says what is done to it."""
        keys = roles[verb][2]
        for place in range(verb - 1, max(verb - 1 - FARTHEST, -1), -1):
            if roles[place][5] or roles[place + 1][4]:
                return
            if roles[place][1] == "noun":
                yield from [(APART + a + b, place, verb) for a in roles[place][2] for b in keys]

    def _adjoined(self, roles: Sequence[Role], place: int) -> Iterator[Joined]:
        """The word together with the one before it."""
        _, kind, keys, _, _, ends = roles[place - 1] if place else NO_ROLE
        if kind in ("noun", "adjoining") and not ends:
            (word,) = roles[place][2]
            yield from [(APART + part_stem(key + word), place - 1, place) for key in keys]
