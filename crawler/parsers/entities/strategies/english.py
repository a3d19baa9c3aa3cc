"""Strategies and programmes in English: a head with its modifiers, and what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.anchors import Anchors
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import Script
from crawler.parsers.entities.lexicon.tables import STRATEGIES
from crawler.parsers.entities.phrases.english import english_tail
from crawler.parsers.entities.phrases.marks import Tail, acronym_bracket, find_quoted
from crawler.parsers.entities.phrases.years import YearSpans
from crawler.parsers.entities.spans import EntityMatch
from crawler.parsers.entities.strategies.heads import (
    CAPITALS,
    LOOSE,
    QUOTED,
    WITH_SUBJECT,
    WITH_YEARS,
    Heads,
    strategy_match,
)
from crawler.parsers.entities.strategies.named import ACRONYM, CAPITAL, YEAR, NamedProgrammes

_DATED = re.compile(r"[^\S\n]+(?:for|until|to|by)[^\S\n]+(?:19|20)\d\d")
_BEFORE = 60
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'&/-]*"
_GOES_ON = re.compile(r"[^\S\n]+[A-Z][\w-]*")
"""A capital behind the name: it is part of a longer one (Economic Policy Research, Plan A)."""


@dataclass(frozen=True, slots=True)
class _EnglishHeadKinds:
    """Which English heads need what to be a name; the lists are explained in the language file."""

    needs_capital: re.Pattern[str]
    needs_subject: re.Pattern[str]
    everyday: re.Pattern[str]
    enough_modified: re.Pattern[str]
    parties: re.Pattern[str]
    vague_modifiers: frozenset[str]
    not_names: re.Pattern[str]
    """Whole names of other things (Cookie Policy), as a name ends."""


class EnglishStrategies:
    """Finds them in any Latin text that is not known to be German."""

    script: ClassVar[Script] = "latin"
    not_in: ClassVar[frozenset[str]] = frozenset({"de"})
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], years: YearSpans) -> None:
        self._languages = languages
        self._years = years

    def find(self, text: str) -> Iterator[EntityMatch]:
        """Finds in the order of the text."""
        head, heads, tail = self._head
        for match in self._anchors.matches(head, text):
            word = match.group("head")
            field = heads.field(word)
            name = find_quoted(text, match.end())
            if name is not None and not (
                word[0].islower() and self._kinds.needs_capital.fullmatch(word)
            ):
                yield strategy_match(text, name, field, QUOTED, "quoted")
                continue
            found = self._find_unquoted(text, match, field, tail)
            if found is not None:
                yield found
        yield from self._named.find(text)

    @cached_property
    def _named(self) -> NamedProgrammes:
        """By several words with capitals, or an acronym; what opens a sentence is none of them."""
        words = cues(self._languages, "en")
        heads = words.get("programme_heads", ())
        no_names = any_of(map(re.escape, _opening_no_name(words)))
        word, links = rf"[{CAPITAL}](?:[\w’&@+.-]*\w)?", "(?:(?:of|for|and|in)[ ])?"
        several = rf"{word}(?:[ ]{links}(?:{word}|{YEAR}))+"
        name = rf"(?!(?i:{no_names})\b)(?:{several}|{ACRONYM})"
        return NamedProgrammes(heads, rf"(?i:{literal(heads, any_case=True)})", name, name)

    def _find_unquoted(
        self, text: str, match: re.Match[str], field: str, tail: Tail
    ) -> EntityMatch | None:
        found = _Surrounded(
            self._kinds,
            self._years,
            text,
            match.start(),
            match.end(),
            match.group("left"),
            match.group("head"),
            tail(text, match.end()),
        )
        rule, confidence = found.rule(field)
        if not rule or self._is_of_body_or_post(text, match):
            return None
        if self._kinds.not_names.search(text, match.start(), match.end()):
            return None
        return strategy_match(text, (found.start, found.reach), field, confidence, rule)

    def _is_of_body_or_post(self, text: str, match: re.Match[str]) -> bool:
        """Whether a head is what a body or a post is for (Hull Centre for Metals Policy, head of
        metals strategy).
        """
        if self._bodies.search(match.group("left")):
            return True
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        return match.group("head").islower() and self._posts.search(before) is not None

    @cached_property
    def _bodies(self) -> re.Pattern[str]:
        return re.compile(
            rf"\b{literal(cues(self._languages, 'en').get('org_heads', ()))} (?:for|of)\b"
        )

    @cached_property
    def _posts(self) -> re.Pattern[str]:
        posts = literal(cues(self._languages, "en").get("strategy_posts", ()), any_case=True)
        return re.compile(rf"(?i:\b{posts} (?:of|for) (?:[\w-]+ ){{0,2}}\Z)")

    @cached_property
    def _kinds(self) -> _EnglishHeadKinds:
        kinds = cues(self._languages, "en").get("strategy_kinds", {})

        def heads(kind: str) -> re.Pattern[str]:
            return re.compile(literal(kinds.get(kind, ()), any_case=True), re.IGNORECASE)

        return _EnglishHeadKinds(
            heads("needs_capital"),
            heads("needs_subject"),
            heads("everyday"),
            heads("enough_modified"),
            heads("parties"),
            frozenset(kinds.get("vague_modifiers", ())),
            re.compile(
                rf"(?<![\w-]){literal(kinds.get('not_names', ()), any_case=True)}\Z", re.IGNORECASE
            ),
        )

    @cached_property
    def _head(self) -> tuple[re.Pattern[str], Heads, Tail]:
        words = cues(self._languages, "en")
        strategy, programme = words.get("strategy_heads", ()), words.get("programme_heads", ())
        heads = Heads(literal(strategy), literal(programme))
        left = any_of(map(re.escape, words.get("strategy_modifiers", ())))
        kinds = words.get("strategy_kinds", {})
        modifier = (
            rf"(?:\d{{4}}[-–]\d{{2,4}}|(?!{literal(kinds.get('not_left', ()))}\b){_CAPITAL}|{left})"
        )
        head = re.compile(
            rf"(?<![\w-])(?P<left>(?:{modifier}(?:,)?[^\S\n]+"
            rf"(?:(?:and|of|for)[^\S\n]+(?={modifier}[^\S\n]))?){{0,8}})"
            rf"(?P<head>(?i:{literal([*strategy, *programme], any_case=True)}))(?![\w-])"
        )
        tail = english_tail(
            ("on", "for", "in the field of", "of", "between", "in"),
            words.get("phrase_stops", ()),
            r"(?!)",
            2,
            small_letters=True,
        )
        return head, heads, tail

    @cached_property
    def _anchors(self) -> Anchors:
        words = cues(self._languages, "en")
        heads = [*words.get("strategy_heads", ()), *words.get("programme_heads", ())]
        return Anchors(heads, before=None, endings=("",))


@dataclass(frozen=True, slots=True)
class _Surrounded:
    """A head word in an English text with what stands around it."""

    words: _EnglishHeadKinds
    years: YearSpans
    text: str
    start: int
    end: int
    left: str
    head: str
    tail: int
    """End of the prepositional phrase behind the head; `end` where there is none."""

    @property
    def capitals(self) -> int:
        """Words left of the head with a capital or a digit in front."""
        return len(re.findall(r"\b[A-Z0-9]", self.left))

    @property
    def about(self) -> bool:
        """Whether a subject or a date follows."""
        return _about(self.text, self.end) and self.tail > self.end

    @property
    def dated(self) -> bool:
        """Whether years follow."""
        return self.years.end(self.text, self.tail) > self.tail or bool(
            _DATED.match(self.text, self.end)
        )

    @property
    def reach(self) -> int:
        """The end of the name."""
        if _DATED.match(self.text, self.end):
            return acronym_bracket(self.text, self.years.end(self.text, self.end))
        start = self.tail if self.about or self.dated else self.end
        return acronym_bracket(self.text, max(start, self.years.end(self.text, start)))

    def rule(self, field: str) -> tuple[str, float]:
        """The rule by which this is a name, and how sure it is; empty where none holds."""
        capital = self.head[0].isupper()
        if not capital and self.words.needs_capital.fullmatch(self.head):
            return "", 0.0
        if capital and _GOES_ON.match(self.text, self.reach):
            return "", 0.0
        if self.words.needs_subject.fullmatch(self.head) and not self.about:
            return "", 0.0
        if self.dated and (self.left or field == STRATEGIES):
            return "years", WITH_YEARS
        if capital and self.capitals >= (1 if field == STRATEGIES else 2):
            return "capitals", CAPITALS
        return self._weaker_rule() if field == STRATEGIES else ("", 0.0)

    def _weaker_rule(self) -> tuple[str, float]:
        if self.about and not self._everyday():
            return "subject", WITH_SUBJECT
        return ("modifiers", LOOSE) if self._has_modifiers() else ("", 0.0)

    def _everyday(self) -> bool:
        """A plan or strategy for anything: `a plan for the future`."""
        return self.words.everyday.fullmatch(self.head) is not None and not self._has_subject()

    def _has_modifiers(self) -> bool:
        """`mining sector strategy`, `EU-Kazakhstan strategic partnership`."""
        if self.words.parties.fullmatch(self.head):
            return self.capitals > 0 and self.left.split()[-1].lower() in self.words.vague_modifiers
        return self.words.enough_modified.fullmatch(self.head) is not None and self._has_subject()

    def _has_subject(self) -> bool:
        """Whether a modifier says what it is about (mining sector strategy), not only what kind it
        is.
        """
        words = re.findall(r"[\w-]+", self.left)
        return any(w.lower() not in self.words.vague_modifiers for w in words)


def _opening_no_name(words: Mapping[str, Any]) -> list[str]:
    """Words that open no name of a programme."""
    keys = ("determiners", "phrase_stops", "programme_no_names")
    return [word for key in keys for word in words.get(key, ())]


def _about(text: str, end: int) -> bool:
    """Whether a subject follows (on, in the field of, between, of + month or year)."""
    return (
        re.match(
            r"[^\S\n]+(?:on|for|between|in the field of|of[^\S\n]+(?:[A-Z][a-z]+[^\S\n]+)?\d{4})\b",
            text[end : end + 40],
        )
        is not None
    )
