"""Strategies and programmes in Russian: a head in any case, its adjectives, and what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.anchors import Anchors
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import Script, starts_sentence
from crawler.parsers.entities.lexicon.forms import forms
from crawler.parsers.entities.lexicon.tables import PROGRAMMES, STRATEGIES
from crawler.parsers.entities.phrases.marks import find_quoted
from crawler.parsers.entities.phrases.russian import russian_tail
from crawler.parsers.entities.phrases.years import YearSpans
from crawler.parsers.entities.russian.dictionary import readings
from crawler.parsers.entities.russian.nominatives import nominative_phrase
from crawler.parsers.entities.spans import EntityMatch
from crawler.parsers.entities.strategies.heads import (
    CAPITALS,
    LOOSE,
    NAMED,
    NAMED_RULE,
    QUOTED,
    WITH_SUBJECT,
    WITH_YEARS,
    strategy_match,
)
from crawler.parsers.entities.strategies.named import ACRONYM_NAME

_WORD = re.compile(r"[\w-]+")
_FOREIGN_NAME = re.compile(rf"[ ]({ACRONYM_NAME})")
"""An acronym in Latin letters right behind a head (проект GeoHub)."""

_NEXT_NOUN = re.compile(r"[ ](?:[А-Яа-яЁё-]+(?:ого|его|ой|ей)[ ]){0,3}([А-Яа-яЁё]+)")
"""The word behind a head and the adjectives of its genitive."""


@dataclass(frozen=True, slots=True)
class _RussianHeadKinds:
    """What makes a Russian head a name; the lists are explained in the language file."""

    opening: re.Pattern[str]
    developing: re.Pattern[str]
    telling: re.Pattern[str]
    vague: re.Pattern[str]
    area: re.Pattern[str]
    generic: tuple[str, ...]
    only_quoted: tuple[str, ...]
    drafts: tuple[str, ...]
    years: YearSpans


class RussianStrategies:
    """Finds them in any Cyrillic text."""

    script: ClassVar[Script] = "cyrillic"
    not_in: ClassVar[frozenset[str]] = frozenset()
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], years: YearSpans) -> None:
        self._languages = languages
        self._years = years

    def find(self, text: str) -> Iterator[EntityMatch]:
        """Finds in the order of the text, their values in the nominative."""
        head, fields, left = self._head
        for match in self._anchors.matches(head, text.replace("ё", "е")):
            field = fields.get(match.group().lower())
            if field is None:  # letters that ignoring case takes for Russian ones
                continue
            if self._is_draft(text, match, fields):
                continue
            name = find_quoted(text, match.end())
            if name is not None:
                yield strategy_match(text, name, field, QUOTED, "quoted")
                continue
            foreign = _FOREIGN_NAME.match(text, match.end()) if field == PROGRAMMES else None
            if foreign is not None:
                yield strategy_match(text, foreign.span(1), field, NAMED, NAMED_RULE)
                continue
            found = _find_unquoted(text, match, field, left, self._kinds)
            if found is not None:
                yield _in_nominative(found, match)

    def _is_draft(self, text: str, match: re.Match[str], fields: Mapping[str, str]) -> bool:
        """Whether a head says that what the next one names is a draft (проект Стратегии …)."""
        if not match.group().lower().startswith(self._kinds.drafts):
            return False
        behind = _NEXT_NOUN.match(text, match.end())
        return behind is not None and fields.get(behind[1].lower()) == STRATEGIES

    @cached_property
    def _kinds(self) -> _RussianHeadKinds:
        kinds = cues(self._languages, "ru").get("strategy_kinds", {})
        blank = r"[^\S\n]+"
        opening = literal(kinds.get("opening", ()))
        genitive = rf"(?:[а-яё]+(?:ого|ой|его|ей|ых|их){blank}){{0,3}}"
        return _RussianHeadKinds(
            re.compile(rf"{blank}{opening}{blank}"),
            re.compile(rf"{blank}{genitive}{literal(kinds.get('developing', ()))}"),
            re.compile(literal(kinds.get("telling", ()))),
            re.compile(literal(kinds.get("vague", ()))),
            re.compile(rf"{blank}{literal(kinds.get('areas', ()))}"),
            tuple(kinds.get("generic", ())),
            tuple(kinds.get("only_quoted", ())),
            tuple(kinds.get("drafts", ())),
            self._years,
        )

    @cached_property
    def _head(self) -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str]]:
        words = cues(self._languages, "ru")
        fields: dict[str, str] = {}
        for key, field in (("strategy_heads", STRATEGIES), ("programme_heads", PROGRAMMES)):
            for head in words.get(key, ()):
                for form in forms(head, "ru"):
                    fields.setdefault(form, field)
        head = re.compile(rf"(?<![\w-]){any_of(map(re.escape, fields))}(?![\w-])", re.IGNORECASE)
        left = re.compile(
            r"(?:[А-Яа-яЁё-]+(?:ый|ий|ая|яя|ое|ее|ой|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ей)[^\S\n]+){1,4}$"
        )
        return head, fields, left

    @cached_property
    def _anchors(self) -> Anchors:
        return Anchors(self._head[1], endings=("",))


def _find_unquoted(
    text: str, match: re.Match[str], field: str, left: re.Pattern[str], words: _RussianHeadKinds
) -> EntityMatch | None:
    end = match.end()
    found = left.search(text, max(0, match.start() - 80), match.start())
    before = _agreeing(found, match.group()) if found else ""
    start = found.end() - len(before) if found and before else match.start()
    opened = words.opening.match(text, end) is not None
    tail = russian_tail(text, end, ("по", "о", "об", "для", "между", *(("в",) if opened else ())))
    area = words.area.match(text, tail)
    tail = russian_tail(text, area.end(), ("по", "и")) if area and tail > end else tail
    until = words.years.end(text, tail)
    if until > tail:
        return strategy_match(text, (start, until), field, WITH_YEARS, "years")
    generic = match.group().lower().startswith(words.generic)
    enough = opened and len(text[end:tail].split()) >= 2 and not (generic and not before)
    develops = words.developing.match(text, end, tail) and not match.group().lower().startswith(
        words.only_quoted
    )
    if enough or develops:
        return strategy_match(text, (start, tail), field, WITH_SUBJECT, "subject")
    proper = text[match.start()].isupper() and not starts_sentence(text, match.start())
    if proper and tail > end:
        return strategy_match(text, (start, tail), field, CAPITALS, "capitals")
    if before and _has_modifiers(text, start, before, words, alone=tail == end, generic=generic):
        return strategy_match(text, (start, tail), field, LOOSE, "modifiers")
    return None


def _agreeing(before: re.Match[str], head: str) -> str:
    """The adjectives before a head without those that belong to another word (совещание,
    посвящённое | национальной стратегии).
    """
    start = before.end()
    for word in reversed([*_WORD.finditer(before.string, before.start(), before.end())]):
        if not _may_agree(word.group(), head):
            break
        start = word.start()
    return before.string[start : before.end()]


def _may_agree(adjective: str, noun: str) -> bool:
    """Whether an adjective can stand in the case, number and gender of a noun."""
    of_noun = [found.tag for found in readings(noun.lower())]
    return not of_noun or any(
        found.tag.case == tag.case
        and found.tag.number == tag.number
        and (tag.number == "plur" or found.tag.gender == tag.gender)
        for found in readings(adjective.lower().rpartition("-")[2])
        for tag in of_noun
    )


def _has_modifiers(
    text: str, start: int, before: str, words: _RussianHeadKinds, *, alone: bool, generic: bool
) -> bool:
    """Whether the adjectives before a head, from `start` on, make a name of it: a capital, or what
    they tell.
    """
    adjectives = before.lower()
    if before[0].isupper() and not starts_sentence(text, start):
        return True
    if alone and words.vague.search(adjectives):
        return False
    return not generic and words.telling.search(adjectives) is not None


def _in_nominative(found: EntityMatch, head: re.Match[str]) -> EntityMatch:
    """With the name in the nominative as value: Концепцию развития → Концепция развития."""
    if re.search(r"\s{2}|\n", found.value):
        return found
    span = (head.start() - found.start, head.end() - found.start)
    return replace(found, value=nominative_phrase(found.value, span))
