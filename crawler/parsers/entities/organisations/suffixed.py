"""Bodies in languages that put endings behind words, and whose heads close a name: Kazakh, Kyrgyz,
Uzbek, Mongolian («X» қауымдастығы, Savdo-sanoat palatasi). A head in small letters alone names
nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, NamedTuple

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.folding import Script, fold
from crawler.parsers.entities.grammar.suffixes import (
    ARGUMENTS,
    FIRMS_WITH_OWNERS,
    GOALS,
    NAMES_WITH_COMMAS,
    OBJECTS,
    OWNERS,
    PLURALS,
    SUFFIXED,
)
from crawler.parsers.entities.lexicon.tables import AS_LISTED, PLACES, WITH_SUFFIX
from crawler.parsers.entities.organisations.rules import BY_HEAD, BY_LEGAL_FORM, BY_LOOSE_HEAD
from crawler.parsers.entities.organisations.suffixed_words import (
    FORM,
    HEAD,
    MOST_CAPITALS,
    MOST_WORDS,
    TOKEN,
    WORD,
    SuffixedOrganisations,
    is_quoted,
)
from crawler.parsers.entities.spans import EntityMatch

_MOST_ATTRIBUTES = 2
"""Words between the quotes of a firm and the word for what it is."""
_LONGEST_NAME = 5
"""Tokens of a person's name, dots of initials among them."""
_JOINED = 2
"""Words before a joiner that tell whether a body ends there."""
_GOAL = range(1, 4)
"""Letters of endings of the goal."""


class _Listed(NamedTuple):
    """Where names of the tables start: places without an ending, and what has one."""

    bare: AbstractSet[int]
    inflected: AbstractSet[int]


def _is_amid(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word stands amid a sentence, so that its capital is that of a name."""
    return is_quoted(tokens[at].group()) or (
        at > 0 and tokens[at - 1].group() not in {".", "!", "?", ":"}
    )


class HeadLastOrganisations(SuffixedOrganisations):
    """Bodies whose head closes their name."""

    def __init__(
        self, languages: Mapping[str, Mapping[str, Any]], language: str, script: Script
    ) -> None:
        super().__init__(languages, language, script)
        self._languages = languages
        self._argument = re.compile(rf"[\w']{{3,}}(?:{ARGUMENTS[language]})\Z")
        self._goal = re.compile(rf"[\w']{{5,}}(?:{GOALS[language]})\Z")
        self._goal_ending = re.compile(rf"(?:{GOALS[language]})\Z")
        self._object = re.compile(rf"[\w']+(?:{OBJECTS[language]})\Z")
        self._owner = re.compile(rf"[\w'-]{{3,}}(?:{OWNERS[language]})\Z")

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Bodies in the order of the text."""
        listed = _Listed(
            frozenset(n.start for n in names if n.field == PLACES and n.rule == AS_LISTED),
            frozenset(n.start for n in names if n.rule == WITH_SUFFIX),
        )
        found: list[EntityMatch] = []
        for line in re.finditer(r"[^\n]+", text):
            tokens = list(TOKEN.finditer(text, *line.span()))
            for at, token in enumerate(tokens):
                span = self._span(tokens, at, token, listed)
                if span is not None:
                    found.append(self._named(text, *span))
        yield from found
        yield from self._named_again(text, found)

    def _span(
        self,
        tokens: Sequence[re.Match[str]],
        at: int,
        token: re.Match[str],
        listed: _Listed,
    ) -> tuple[int, int, float, str] | None:
        """Where the name stands that the token `at` closes, how sure it is, and by what rule."""
        word = token.group()
        if self._legal_form(word):
            first = self._first_of_firm(tokens, at)
            end = token.start() + len(word.partition("-")[0])
            return None if first is None else (first, end, BY_LEGAL_FORM, FORM)
        head = word if fold(word) in self._heads else word.partition("-")[0]
        low, end = fold(head), token.start() + len(head)
        if low in self._kinds:
            return self._before_kind(tokens, at)
        if low not in self._heads:
            return None
        opens, phrase = self._whole_head(tokens, at, low)
        first = self._first(tokens, opens, listed)
        if first is None and opens < at and tokens[opens].group()[0].isupper():
            first, phrase = opens, low  # Засгийн газар: two words, no name before them
        if first is None or self._is_no_name(tokens[first : at + 1]):
            return None
        if phrase in self._works and not _is_amid(tokens, first):
            return None
        return tokens[first].start(), end, BY_HEAD, HEAD

    def _is_no_name(self, tokens: Sequence[re.Match[str]]) -> bool:
        """Whether words that look like a body are what is spoken of (аж үйлдвэр: industry), or end
        in what an event is called (“X” зуны сургууль: a summer school).
        """
        words = [fold(token.group()) for token in tokens]
        return " ".join(words) in self._no_names or " ".join(words[-2:]) in self._events

    @cached_property
    def _after_whom(self) -> frozenset[str]:
        """Words behind a person that somebody's body is called by."""
        return frozenset(map(fold, self._cues.get("behind_namesakes", ())))

    @cached_property
    def _no_names(self) -> frozenset[str]:
        return self._forms("org_no_names")

    def _first_of_firm(self, tokens: Sequence[re.Match[str]], at: int) -> int | None:
        """Where the firm begins whose legal form is the token `at`: at quotes, or capitals, a
        word for works between them perhaps. Quotes behind the form are its firm
        (ТОО «X»), whoever stands before it.
        """
        behind = at + 1 < len(tokens) and is_quoted(tokens[at + 1].group())
        if behind and not (at and is_quoted(tokens[at - 1].group())):
            return None
        first: int | None = None
        for back in range(at - 1, max(-1, at - 1 - MOST_CAPITALS), -1):
            word = tokens[back].group()
            if is_quoted(word):
                return tokens[back].start() if first is None else first
            low = fold(word)
            if not WORD.match(word) or low in self._stops or self._ends_before_firm(word):
                break
            if word[0].isupper():
                first = tokens[back].start()
            elif low not in self._heads:
                break
        return first

    def _ends_before_firm(self, word: str) -> bool:
        """Whether the name of a firm begins behind a word: the legal form of another firm, a case,
        whose the firm is.
        """
        low = fold(word)
        may_own = word[0].isupper() and self._language not in FIRMS_WITH_OWNERS
        is_owner = may_own and self._owner.match(low)
        return bool(self._legal_form(word) or self._argument.match(low) or is_owner)

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
        quotes = self._quotes_before(tokens, at)
        if quotes is not None:
            return (*quotes.span(), BY_HEAD, HEAD)
        first = at
        while first and at - first < MOST_CAPITALS:
            word = tokens[first - 1].group()
            if is_quoted(word):
                return None
            low = fold(word)
            if not word[0].isupper() or self._owner.match(low) or self._argument.match(low):
                break
            first -= 1
        if first == at or not _is_amid(tokens, first):
            return None
        return tokens[first].start(), tokens[at - 1].end(), BY_LOOSE_HEAD, HEAD

    def _quotes_before(self, tokens: Sequence[re.Match[str]], at: int) -> re.Match[str] | None:
        """The quotes before a word for firms, attributes between them («X» мамлекеттик
        ишканасы).
        """
        for back in range(at - 1, max(-1, at - 2 - _MOST_ATTRIBUTES), -1):
            word = tokens[back].group()
            if is_quoted(word):
                return tokens[back]
            low = fold(word)
            if not word.islower() or low in self._stops or self._argument.match(low):
                return None
        return None

    def _first(self, tokens: Sequence[re.Match[str]], at: int, listed: _Listed) -> int | None:
        """The first token of the name whose head is the token `at`; None where it has none."""
        first: int | None = None
        lists = self._language in NAMES_WITH_COMMAS
        for back in range(at - 1, max(-1, at - 1 - MOST_WORDS), -1):
            token = tokens[back].group()
            if is_quoted(token):
                return back
            if "," in token and first is None and lists:
                continue
            low = fold(token)
            if low in self._after_whom:
                return self._first_of_namesake(tokens, back)
            lists |= low in self._joiners  # Экология, геология және … министрлігі
            if self._stops_name(tokens, back, low, begun=first is not None):
                break
            of_verb = self._argument.match(low) and tokens[back].start() not in listed.bare
            if of_verb and token[0].isupper() and first is None and back + 1 < at:
                return back if self._is_name_like_case(tokens[back], listed) else None
            closed = of_verb or self._closes(low)
            if closed or self._opens_clause(tokens, back, at, first):
                break
            if token[0].isupper():
                if first is not None and self._is_surname(token):
                    break  # Бакыт Асанов | Фрайберг тоо-кен академиясы
                first = back
        return first

    def _first_of_namesake(self, tokens: Sequence[re.Match[str]], behind: int) -> int | None:
        """The first token of the name of a person that ends before the token `behind`."""
        first: int | None = None
        for at in range(behind - 1, max(-1, behind - 1 - _LONGEST_NAME), -1):
            word = tokens[at].group()
            is_dot = word == "." and at > 0 and len(tokens[at - 1].group()) == 1
            if not (is_dot or word[0].isupper()) or self._object.match(fold(word)):
                break
            first = first if is_dot else at
        return first

    def _is_name_like_case(self, token: re.Match[str], listed: _Listed) -> bool:
        """Whether a name only looks like a case of the verb: small letters follow the case of no
        name (Сарыарқа | техникалық университеті).
        """
        low = fold(token.group())
        has_case = token.start() in listed.inflected or self._is_inflected_first_name(low)
        return self._goal.match(low) is not None and not has_case

    def _stops_name(
        self, tokens: Sequence[re.Match[str]], at: int, low: str, *, begun: bool
    ) -> bool:
        """Whether the name of a body begins behind a token, folded `low`; `begun`: it has a capital
        already.
        """
        token = tokens[at].group()
        if begun and low in self._joiners and self._ends_another(tokens, at):
            return True
        return not WORD.match(token) or low in self._stops or bool(self._legal_form(token))

    def _ends_another(self, tokens: Sequence[re.Match[str]], joiner: int) -> bool:
        """Whether another body ends before a joiner: a firm in Latin letters, several capitals
        before another capital, or quotes with the word for what they name.
        """
        before = [token.group() for token in tokens[max(0, joiner - _JOINED) : joiner]]
        if not before:
            return False
        last = before[-1]
        if is_quoted(last) or (self.script == "cyrillic" and last.isascii() and last.isalpha()):
            return True
        if fold(last) in self._heads and is_quoted(before[0]):
            return True
        capitals = [word for word in before if word[0].isupper()]
        owned = any(self._owner.match(fold(word)) for word in before)
        behind = tokens[joiner + 1].group() if joiner + 1 < len(tokens) else ""
        return len(capitals) == _JOINED and not owned and behind[:1].isupper()

    def _is_inflected_first_name(self, low: str) -> bool:
        """Whether a folded word is a first name in the case of a goal (Қайратқа)."""
        return any(
            low[:-n] in self._first_names for n in _GOAL if self._goal_ending.match(low[-n:])
        )

    @cached_property
    def _first_names(self) -> frozenset[str]:
        """Of all these languages: neighbours share them."""
        lists = (cues(self._languages, code).get("first_names", "") for code in SUFFIXED)
        return frozenset(fold(name) for names in lists for name in names.split())

    def _opens_clause(
        self, tokens: Sequence[re.Match[str]], back: int, head: int, first: int | None
    ) -> bool:
        """Whether the token `back` before a head or the `first` capital of a name is what the
        sentence is about, or its object (Делегацияны | қауымдастық төрағасы).
        """
        word = tokens[back].group()
        is_object = self._object.match(fold(word)) is not None
        if first == back + 1:
            return is_object or self._is_subject(tokens, back)
        return is_object and back == head - 1 and word[0].isupper()

    def _is_surname(self, word: str) -> bool:
        """Whether a word ends like a surname, and is no owner."""
        return word.endswith(self._surname_endings) and not self._owner.match(fold(word))

    def _is_subject(self, tokens: Sequence[re.Match[str]], at: int) -> bool:
        """Whether a plural opens the sentence: it is whom the sentence is about."""
        word = tokens[at].group()
        plural = fold(word).endswith(PLURALS.get(self._language, ()))
        return plural and not _is_amid(tokens, at)
