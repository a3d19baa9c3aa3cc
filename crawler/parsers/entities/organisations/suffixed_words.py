"""What the readers of bodies share in languages that put endings behind words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.folding import APOSTROPHES, Script, fold
from crawler.parsers.entities.grammar.suffixes import (
    ARGUMENTS,
    CASES,
    OBJECTS,
    OWNERS,
    PLURALS,
    is_linked,
    noun_forms,
)
from crawler.parsers.entities.language_rules import SuffixedRules
from crawler.parsers.entities.organisations.rules import BY_LOOSE_HEAD, organisation_match
from crawler.parsers.entities.spans import EntityMatch

_QUOTED_WORDS = r"«[^«»\n]{2,90}»|[“„\"][^“”„\"\n]{2,90}[”“\"]"
TOKEN = re.compile(rf"{_QUOTED_WORDS}|[\w'{APOSTROPHES}-]+|[^\s\w]")
WORD = re.compile(r"[^\W\d_]")
MOST_WORDS = 9
"""Words of a name besides its head."""
MOST_CAPITALS = 5
"""Words of the name of a firm."""
FORM, HEAD = "suffixed-legal-form", "suffixed-head"
"""Rules of finds."""
AGAIN = "suffixed-again"
"""Rule of firms whose legal form stands elsewhere."""
_IN_QUOTES = re.compile(_QUOTED_WORDS)
_WORD_BEFORE = re.compile(r"([\w-]+)\s\Z")
_WORD_BEHIND = re.compile(r"\s?-?([\w-]+)")
_BESIDE = 40
"""Characters before a name in which the word before it stands."""
_KEPT_WORDS = 20_000
_LONGEST_CASE = 4
_SURNAMES = "surname_endings"
_STOPS = ("determiners", "name_stops", "name_links", "name_joiners")
_QUOTES = '«“„"'


def is_quoted(token: str) -> bool:
    """Whether a token is words in quotes."""
    return len(token) > 1 and token[0] in _QUOTES


def word_before_name(text: str, start: int) -> str:
    """The word right before a name, folded; empty where there is none."""
    before = _WORD_BEFORE.search(text, max(0, start - _BESIDE), start)
    return fold(before.group(1)) if before else ""


def _folded(form: str) -> str:
    """A form, folded; the same string where nothing changes, as there are tens of thousands."""
    low = fold(form)
    return form if low == form else low


def _is_form_of(word: str, legal_form: str) -> bool:
    ending = word.removeprefix(legal_form)
    return not ending or (word.startswith(legal_form) and ending.strip("-").islower())


class SuffixedOrganisations(SuffixedRules):
    """What both kinds of languages share."""

    def __init__(
        self, languages: Mapping[str, Mapping[str, Any]], language: str, script: Script
    ) -> None:
        super().__init__(languages, language, script)
        self._legal_form = lru_cache(_KEPT_WORDS)(self._find_legal_form)
        """The legal form that a word is, maybe with an ending in small letters (ЖШСның); empty for
        another word.
        """
        self._russian = cues(languages, "ru") if script == "cyrillic" else {}
        self._surname_endings = tuple(
            ending for code in ("ru", "en") for ending in cues(languages, code).get(_SURNAMES, ())
        )
        cases = [ends[language] for ends in (ARGUMENTS, OBJECTS, OWNERS) if language in ends]
        self._plain_case = re.compile("|".join(cases) or "(?!)")
        self._case = re.compile(rf"(?:{CASES.get(language, '(?!)')})\Z")

    def _named_again(self, text: str, bodies: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Firms that stand in quotes elsewhere, without their legal form (директор «Таза Кен»);
        not events and projects that are called alike («Таза Кен» форумы).
        """
        names = dict.fromkeys(
            quoted.group()
            for body in bodies
            if body.rule.endswith(FORM)
            for quoted in _IN_QUOTES.finditer(text, body.start, body.end)
        )
        for name in names:
            for place in re.finditer(re.escape(name), text):
                known = any(b.start <= place.start() < b.end for b in bodies)
                if not known and self._head_beside(text, *place.span()) not in self._no_firms:
                    yield organisation_match(text, *place.span(), BY_LOOSE_HEAD, AGAIN)

    def _head_beside(self, text: str, start: int, end: int) -> str:
        """The word, folded, that may say what a name is: before it, if an ending links the two
        (форуми «X»), or else behind it («X» форумы); empty where there is none.
        """
        leading = word_before_name(text, start)
        if is_linked(leading, self._language):
            return leading
        behind = _WORD_BEHIND.match(text, end)
        return fold(behind.group(1)) if behind else ""

    def _named(self, text: str, start: int, end: int, sure: float, rule: str) -> EntityMatch:
        """A find, called as one writes its name alone (комитетінің: комитеті)."""
        found = organisation_match(text, start, end, sure, rule)
        return replace(found, value=self._bare(str(found.value)))

    def _bare(self, name: str) -> str:
        """A name without the ending of its legal form (ЖШСның), or else without its case."""
        last = name.rpartition(" ")[2]
        if form := self._legal_form(last):
            return name.removesuffix(last) + form
        if plain := self._without_case(last):
            return name.removesuffix(last) + plain
        bare = self._case.sub("", name)
        return bare if self._may_be_bare(bare) else name

    def _without_case(self, head: str) -> str:
        """A head without possession that has a case (Кеңештин: Кеңеш, яамны: яам), without it;
        empty for another word.
        """
        if self._language not in CASES:  # no possession
            low, plain = fold(head), self._head_of_form.get(fold(head), "")
            return head[: len(plain)] if low.startswith(plain) else head[0] + plain[1:]
        lengths = (n for n in range(1, _LONGEST_CASE + 1) if self._plain_case.fullmatch(head[-n:]))
        return next((head[:-n] for n in lengths if fold(head[:-n]) in self._plain_heads), "")

    @cached_property
    def _head_of_form(self) -> Mapping[str, str]:
        """The forms of heads in a case, but for plurals, each with its head (төвийн: төв)."""
        return {
            low: head
            for head in self._plain_heads
            for form in noun_forms(head, self._language)
            if (low := fold(form)) not in self._plain_heads
            and not any(ending in low[len(head) - 1 :] for ending in PLURALS[self._language])
        }

    @cached_property
    def _plain_heads(self) -> frozenset[str]:
        heads = (fold(head).rpartition(" ")[2] for head in self._cues.get("org_heads", ()))
        return frozenset(heads)

    def _may_be_bare(self, bare: str) -> bool:
        """Whether what is left of a name without an ending like a case ends in a head."""
        return fold(bare).rpartition(" ")[2] in self._heads

    def _find_legal_form(self, word: str) -> str:
        return next((form for form in self._legal_forms if _is_form_of(word, form)), "")

    @cached_property
    def _heads(self) -> frozenset[str]:
        return self._forms("org_heads")

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """Forms of words for firms that are no part of their names."""
        return self._forms("org_kinds")

    @cached_property
    def _works(self) -> frozenset[str]:
        """Forms of words for works, which need a proper name before them."""
        return self._forms("org_works")

    def _closes(self, word: str) -> bool:
        """Whether a folded word is one that another body ends in."""
        return word in self._heads and word not in self._works

    def _forms(self, *keys: str) -> frozenset[str]:
        """The forms of the nouns of lists, folded."""
        nouns = (noun for key in keys for noun in self._cues.get(key, ()))
        return frozenset(_folded(f) for noun in nouns for f in noun_forms(noun, self._language))

    @cached_property
    def _legal_forms(self) -> tuple[str, ...]:
        """Those of the language and, in Cyrillic, the Russian ones, which firms bear there, too."""
        own = (*self._cues.get("org_legal_forms", ()), *self._cues.get("own_legal_forms", ()))
        return (*own, *self._russian.get("org_legal_forms", ()))

    @cached_property
    def _stops(self) -> frozenset[str]:
        listed = {key: frozenset(self._cues.get(key, ())) for key in _STOPS}
        words = listed["determiners"] | listed["name_stops"] | listed["name_links"]
        return frozenset(map(fold, words - listed["name_joiners"])) | self._events

    @cached_property
    def _events(self) -> frozenset[str]:
        """Forms of words for events, which open no name of a body (Шараны …)."""
        return self._forms("event_heads", "generic_heads") - self._heads

    @cached_property
    def _no_firms(self) -> frozenset[str]:
        """Forms of words for what is no firm, though it may bear the name of one."""
        return self._events | self._forms("strategy_heads", "programme_heads") - self._heads

    @cached_property
    def _posts(self) -> frozenset[str]:
        """Forms of words for posts."""
        return self._forms("role_words")

    @cached_property
    def _joiners(self) -> frozenset[str]:
        return frozenset(map(fold, self._cues.get("name_joiners", ())))
