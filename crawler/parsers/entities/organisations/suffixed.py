"""Bodies in languages that put endings behind words.

In Kazakh, Kyrgyz, Uzbek and Mongolian the head closes the name («X» қауымдастығы, Savdo-sanoat
palatasi), in Tajik it opens it (Вазорати саноат). A head in small letters alone names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.folding import APOSTROPHES, Script, fold
from crawler.parsers.entities.grammar.suffixes import (
    ARGUMENTS,
    CASES,
    GOALS,
    NAMES_WITH_COMMAS,
    OBJECTS,
    OWNERS,
    PLURALS,
    is_linked,
    noun_forms,
)
from crawler.parsers.entities.lexicon.tables import PLACES
from crawler.parsers.entities.organisations.rules import (
    BY_HEAD,
    BY_LEGAL_FORM,
    BY_LOOSE_HEAD,
    organisation_match,
)
from crawler.parsers.entities.spans import EntityMatch

_TOKEN = re.compile(
    rf"«[^«»\n]{{2,90}}»|[“„\"][^“”„\"\n]{{2,90}}[”“\"]|[\w'{APOSTROPHES}-]+|[^\s\w]"
)
_WORD = re.compile(r"[^\W\d_]")
_MOST_WORDS = 9
_MOST_CAPITALS = 5
_AS_LISTED = "table"
"""Rule of names of the tables without an ending."""
_BY_FORM, _BY_HEAD = "suffixed-legal-form", "suffixed-head"
_STOPS = ("determiners", "name_stops", "name_links", "name_joiners")
_QUOTES = '«“„"'


def _is_quoted(token: str) -> bool:
    return len(token) > 1 and token[0] in _QUOTES


def _is_amid(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word stands amid a sentence, so that its capital is that of a name."""
    return _is_quoted(tokens[at].group()) or (
        at > 0 and tokens[at - 1].group() not in {".", "!", "?", ":"}
    )


def _is_form_of(word: str, legal_form: str) -> bool:
    ending = word.removeprefix(legal_form)
    return not ending or (word.startswith(legal_form) and ending.strip("-").islower())


class _SuffixedOrganisations:
    """What both kinds of languages share."""

    not_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self, languages: Mapping[str, Mapping[str, Any]], language: str, script: Script
    ) -> None:
        """Take the words of one language, on whose texts alone the patterns are tried."""
        self.script = script
        self.only_in = frozenset({language})
        self._language = language
        self._cues = cues(languages, language)
        self._russian = cues(languages, "ru") if script == "cyrillic" else {}
        self._case = re.compile(rf"(?:{CASES.get(language, '(?!)')})\Z")

    def _named(self, text: str, start: int, end: int, sure: float, rule: str) -> EntityMatch:
        """A find, called as one writes its name alone (комитетінің: комитеті)."""
        found = organisation_match(text, start, end, sure, rule)
        return replace(found, value=self._bare(str(found.value)))

    def _bare(self, name: str) -> str:
        """A name without the ending of its legal form (ЖШСның), or else without its case."""
        last = name.rpartition(" ")[2]
        if form := self._legal_form(last):
            return name.removesuffix(last) + form
        bare = self._case.sub("", name)
        return bare if self._may_be_bare(bare) else name

    def _may_be_bare(self, bare: str) -> bool:
        """Whether what is left of a name without an ending like a case ends in a head."""
        return fold(bare).rpartition(" ")[2] in self._heads

    def _legal_form(self, word: str) -> str:
        """The legal form that a word is, maybe with an ending in small letters (ЖШСның); empty for
        another word.
        """
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

    @cached_property
    def _closing(self) -> frozenset[str]:
        """Forms of words that another body ends in."""
        return self._heads - self._works

    def _forms(self, *keys: str) -> frozenset[str]:
        """The forms of the nouns of lists, folded."""
        nouns = (noun for key in keys for noun in self._cues.get(key, ()))
        return frozenset(fold(f) for noun in nouns for f in noun_forms(noun, self._language))

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
    def _posts(self) -> frozenset[str]:
        """Forms of words for posts."""
        return self._forms("role_words")

    @cached_property
    def _joiners(self) -> frozenset[str]:
        return frozenset(map(fold, self._cues.get("name_joiners", ())))


class HeadLastOrganisations(_SuffixedOrganisations):
    """Bodies whose head closes their name."""

    def __init__(
        self, languages: Mapping[str, Mapping[str, Any]], language: str, script: Script
    ) -> None:
        super().__init__(languages, language, script)
        self._argument = re.compile(rf"[\w']{{3,}}(?:{ARGUMENTS[language]})\Z")
        self._goal = re.compile(rf"[\w']{{5,}}(?:{GOALS[language]})\Z")
        self._object = re.compile(rf"[\w']+(?:{OBJECTS[language]})\Z")
        self._owner = re.compile(rf"[\w'-]{{3,}}(?:{OWNERS[language]})\Z")

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Bodies in the order of the text."""
        bare = frozenset(n.start for n in names if n.field == PLACES and n.rule == _AS_LISTED)
        for line in re.finditer(r"[^\n]+", text):
            tokens = list(_TOKEN.finditer(text, *line.span()))
            for at, token in enumerate(tokens):
                span = self._span(tokens, at, token, bare)
                if span is not None:
                    yield self._named(text, *span)

    def _span(
        self,
        tokens: Sequence[re.Match[str]],
        at: int,
        token: re.Match[str],
        bare: AbstractSet[int],
    ) -> tuple[int, int, float, str] | None:
        """Where the name stands that the token `at` closes, how sure it is, and by what rule;
        `bare`: where the names of places stand that have no ending.
        """
        word = token.group()
        if self._legal_form(word):
            first = self._first_of_firm(tokens, at)
            end = token.start() + len(word.partition("-")[0])
            return None if first is None else (first, end, BY_LEGAL_FORM, _BY_FORM)
        head = word if fold(word) in self._heads else word.partition("-")[0]
        low, end = fold(head), token.start() + len(head)
        if low in self._kinds:
            return self._before_kind(tokens, at)
        if low not in self._heads:
            return None
        opens, phrase = self._whole_head(tokens, at, low)
        first = self._first(tokens, opens, bare)
        if first is None and opens < at and tokens[opens].group()[0].isupper():
            first, phrase = opens, low  # Засгийн газар: two words, no name before them
        if first is None or self._is_no_name(tokens[first : at + 1]):
            return None
        if phrase in self._works and not _is_amid(tokens, first):
            return None
        return tokens[first].start(), end, BY_HEAD, _BY_HEAD

    def _is_no_name(self, tokens: Sequence[re.Match[str]]) -> bool:
        """Whether words that look like a body are what is spoken of (аж үйлдвэр: industry)."""
        return " ".join(fold(token.group()) for token in tokens) in self._no_names

    @cached_property
    def _no_names(self) -> frozenset[str]:
        return self._forms("org_no_names")

    def _first_of_firm(self, tokens: Sequence[re.Match[str]], at: int) -> int | None:
        """Where the firm begins whose legal form is the token `at`: at quotes, or capitals, a
        word for works between them perhaps.
        """
        first: int | None = None
        for back in range(at - 1, max(-1, at - 1 - _MOST_CAPITALS), -1):
            word = tokens[back].group()
            if _is_quoted(word):
                return tokens[back].start() if first is None else first
            low = fold(word)
            if not _WORD.match(word) or low in self._stops or self._argument.match(low):
                break
            if word[0].isupper():
                first = tokens[back].start()
            elif low not in self._heads:
                break
        return first

    def _whole_head(self, tokens: Sequence[re.Match[str]], at: int, low: str) -> tuple[int, str]:
        """The first token of a head whose last word, folded, is `low`, and all its words."""
        for size in range(min(self._most_head_words, at + 1), 1, -1):
            before = [fold(token.group()) for token in tokens[at + 1 - size : at]]
            if (phrase := " ".join([*before, low])) in self._heads:
                return at + 1 - size, phrase
        return at, low

    @cached_property
    def _most_head_words(self) -> int:
        return max((head.count(" ") + 1 for head in self._heads), default=1)

    def _before_kind(
        self, tokens: Sequence[re.Match[str]], at: int
    ) -> tuple[int, int, float, str] | None:
        """The name of a firm right before the word for what it is («X» компаниясы)."""
        first = at
        while first and at - first < _MOST_CAPITALS:
            word = tokens[first - 1].group()
            if _is_quoted(word):
                return (*tokens[first - 1].span(), BY_HEAD, _BY_HEAD) if first == at else None
            low = fold(word)
            if not word[0].isupper() or self._owner.match(low) or self._argument.match(low):
                break
            first -= 1
        if first == at or not _is_amid(tokens, first):
            return None
        return tokens[first].start(), tokens[at - 1].end(), BY_LOOSE_HEAD, _BY_HEAD

    def _first(
        self, tokens: Sequence[re.Match[str]], at: int, bare: AbstractSet[int]
    ) -> int | None:
        """The first token of the name whose head is the token `at`; None where it has none."""
        first: int | None = None
        for back in range(at - 1, max(-1, at - 1 - _MOST_WORDS), -1):
            token = tokens[back].group()
            if _is_quoted(token):
                return back
            if "," in token and first is None and self._language in NAMES_WITH_COMMAS:
                continue
            low = fold(token)
            if not _WORD.match(token) or low in self._stops or self._legal_form(token):
                break
            of_verb = self._argument.match(low) and tokens[back].start() not in bare
            if of_verb and token[0].isupper() and first is None and back + 1 < at:
                # Сарыарқа | техникалық университеті: small letters follow the case of no name.
                return back if self._goal.match(low) else None
            if of_verb or low in self._closing:
                break
            if back == at - 1 and token[0].isupper() and self._object.match(low):
                break  # Делегацияны | қауымдастық төрағасы
            opens_name = first == back + 1
            if opens_name and (self._object.match(low) or self._is_subject(tokens, back)):
                break
            if token[0].isupper():
                first = back
        return first

    def _is_subject(self, tokens: Sequence[re.Match[str]], at: int) -> bool:
        """Whether a plural opens the sentence: it is whom the sentence is about."""
        word = tokens[at].group()
        plural = fold(word).endswith(PLURALS.get(self._language, ()))
        return plural and not _is_amid(tokens, at)


class EzafeOrganisations(_SuffixedOrganisations):
    """Bodies whose head opens their name; an ending links what follows (Агентии омор)."""

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Bodies in the order of the text."""
        for line in re.finditer(r"[^\n]+", text):
            tokens = list(_TOKEN.finditer(text, *line.span()))
            for at, token in enumerate(tokens[:-1]):
                behind = tokens[at + 1]
                if token.group() in self._legal_forms and _is_quoted(behind.group()):
                    yield organisation_match(
                        text, token.start(), behind.end(), BY_LEGAL_FORM, _BY_FORM
                    )
                elif fold(token.group()) in self._kinds:
                    for start, end in self._behind_kind(tokens, at):
                        yield organisation_match(text, start, end, BY_HEAD, _BY_HEAD)
                elif token.group()[0].isupper() and self._links(token.group()):
                    last = self._end(tokens, at)
                    if last is not None:
                        yield self._named(text, token.start(), last, BY_HEAD, _BY_HEAD)

    def _behind_kind(self, tokens: Sequence[re.Match[str]], at: int) -> Iterator[tuple[int, int]]:
        """Names in quotes behind a word for firms, adjectives between them."""
        for token in tokens[at + 1 : at + 1 + _MOST_CAPITALS]:
            word = token.group()
            if _is_quoted(word):
                yield token.span()
            elif fold(word) not in self._joiners and not is_linked(word, self._language):
                return

    def _may_be_bare(self, bare: str) -> bool:
        """A name closes with any word: the ending counts behind one that is no head."""
        return True

    def _links(self, word: str) -> bool:
        low = fold(word)
        return low in self._heads and is_linked(low, self._language)

    def _end(self, tokens: Sequence[re.Match[str]], at: int) -> int | None:
        """Where the name ends whose head is the token `at`; None where nothing follows it."""
        end: int | None = None
        is_open, is_joined = True, False
        for token in tokens[at + 1 : at + 1 + _MOST_WORDS]:
            word = token.group()
            if _is_quoted(word) and is_open:
                return token.end()
            low = fold(word)
            if low in self._joiners and end is not None:
                is_open = is_joined = True
                continue
            if is_joined and low in self._posts:
                break  # Институти X ва | мутахассиси олмонӣ
            is_joined = False
            if not _WORD.match(word) or low in self._stops or not is_open:
                break
            if word in self._legal_forms:
                break
            if word[0].isupper() and low in self._heads:
                break
            end, is_open = token.end(), is_linked(low, self._language)
        return end
