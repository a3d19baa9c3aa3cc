"""Organisations in Russian: a head in any case, a short name (Минприроды), a legal form and a name
in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.anchors import Anchors
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import Script
from crawler.parsers.entities.lexicon.forms import forms
from crawler.parsers.entities.organisations.rules import (
    BY_HEAD,
    BY_LEGAL_FORM,
    BY_LOOSE_HEAD,
    organisation_match,
)
from crawler.parsers.entities.phrases.marks import acronym_bracket, find_quoted
from crawler.parsers.entities.phrases.russian import russian_tail
from crawler.parsers.entities.russian.dictionary import readings
from crawler.parsers.entities.spans import EntityMatch

_SEVERAL = re.compile(r"(?<![\w-])[А-ЯЁа-яё-]+(?:ие|ые|их|ых|ими|ыми)[^\S\n]+\Z")
"""An adjective in the plural before a head: several bodies, of which none is named (крупнейшие
компании).
"""


_PERSON_BEHIND = re.compile(
    r"(?<!имени)(?<!им\.)[^\S\n]+[А-ЯЁ][а-яё]+(?:[^\S\n]+[А-ЯЁ][а-яё]+)?[^\S\n]+([А-ЯЁ][а-яё]+)$"
)
"""Two or three words with capitals that end a stretch."""


class RussianLegalForms:
    """Finds firms in quotes behind a legal form in any Cyrillic text: they bear it there, too."""

    script: ClassVar[Script] = "cyrillic"
    not_in: ClassVar[frozenset[str]] = frozenset()
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages = languages

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """In the order of the text."""
        for match in self._quoted_company.finditer(text):
            span = find_quoted(text, match.end())
            if span is not None:
                yield organisation_match(
                    text, match.start(), span[1] + 1, BY_LEGAL_FORM, "legal-form"
                )

    @cached_property
    def _quoted_company(self) -> re.Pattern[str]:
        legal = cues(self._languages, "ru").get("org_legal_forms", ())
        return re.compile(rf"(?<!\w){literal(legal)}[^\S\n]*(?=[«„“\"])")


class RussianOrganisations:
    """Finds them in Cyrillic text, but not where other grammars make of its words other names."""

    script: ClassVar[Script] = "cyrillic"
    not_in: ClassVar[frozenset[str]] = frozenset({"ky", "mn", "tg"})
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages = languages

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """By short name, by ending and by head, each in the order of the text."""
        head, before, short = self._patterns
        for match in short.finditer(text):
            yield organisation_match(text, match.start(), match.end(), BY_HEAD, "short-name")
        for match in self._one_word.finditer(text):
            yield organisation_match(text, match.start(), match.end(), BY_HEAD, "one-word")
        for match in self._anchors.matches(head, text):
            yield from self._by_head(text, match, before)

    def _by_head(
        self, text: str, match: re.Match[str], before: re.Pattern[str]
    ) -> Iterator[EntityMatch]:
        if _SEVERAL.search(text, max(0, match.start() - 60), match.start()):
            return
        left = before.search(text, max(0, match.start() - 90), match.start())
        opening = left.group().split()[0] if left else ""
        kind = readings(opening.lower())[0].tag.POS if left else None
        # Рядом завод …; a post is no part of its body: начальник управления.
        if left and (kind == "ADVB" or (kind == "NOUN" and opening.islower())):
            left = before.search(text, left.start() + len(opening), match.start())
        start = left.start() if left else match.start()
        name = find_quoted(text, match.end())
        latin = re.compile(r"[^\S\n]+[A-Z][\w-]+(?:[^\S\n]+[A-Z][\w-]+){0,3}").match(
            text, match.end()
        )
        if name is not None:
            end = name[1] + 1
        elif latin is not None:
            end = latin.end()
        else:
            bracketed = acronym_bracket(text, match.end())
            tail = russian_tail(text, bracketed, ("по", "при"), other=self._other)
            end = acronym_bracket(text, tail)
        if self._deed.match(text, match.start()):
            return
        capital = match.group()[0].isupper()
        if end == match.end() and not (left and left.group()[0].isupper()):
            return
        if (
            not capital
            and left is None
            and name is None
            and latin is None
            and not _has_capital(text[match.end() : end])
        ):
            return
        yield organisation_match(
            text, start, end, BY_HEAD if capital or left else BY_LOOSE_HEAD, "head"
        )

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        words = cues(self._languages, "ru")
        head = re.compile(
            rf"(?<![\w-]){any_of(map(re.escape, self._forms))}(?![\w-])", re.IGNORECASE
        )
        before = re.compile(
            r"(?:(?:[А-ЯЁ][\w-]*|[а-яё-]+(?:ск|цк|енн|альн)\w{2,3})(?:ый|ий|ая|ое|ой|ого|ому|ым|им|ом|ем|ую|ей|его|ему)[^\S\n]+)"
            r"(?:[а-яё-]+(?:ый|ий|ая|ое|ой|ого|ому|ым|им|ом|ую|ей|его)[^\S\n]+){0,3}$"
        )
        short = re.compile(
            rf"(?<![\w-]){literal(words.get('org_prefixes', ()))}\w*"
            rf"(?:[^\S\n]+(?:{literal(words.get('states', ()))}|[А-Я]\w+(?:стана|ии))(?!\w))?"
        )
        return head, before, short

    @cached_property
    def _deed(self) -> re.Pattern[str]:
        """That something is organised (организацией форума занимался …), which is no body."""
        heads = cues(self._languages, "ru").get("event_heads", ())
        events = {form for head in heads if " " not in head for form in forms(head, "ru")}
        return re.compile(
            rf"организаци(?:я|и|ю|ей|ею)[^\S\n]+{literal(events)}(?![\w-])", re.IGNORECASE
        )

    @cached_property
    def _anchors(self) -> Anchors:
        return Anchors(self._forms, endings=("",))

    @cached_property
    def _forms(self) -> frozenset[str]:
        heads = cues(self._languages, "ru").get("org_heads", ())
        return frozenset(form for head in heads for form in forms(head, "ru", plural=False))

    @cached_property
    def _one_word(self) -> re.Pattern[str]:
        """`Эксимбанка`: a capital and an ending that firms have, in any case."""
        endings = any_of(
            re.escape(form)
            for ending in cues(self._languages, "ru").get("org_endings", ())
            for form in {ending, *forms(ending, "ru")}
        )
        return re.compile(rf"(?<![\w-])[А-ЯЁ][а-яё]{{1,}}?{endings}(?![\w-])")

    @cached_property
    def _other(self) -> re.Pattern[str]:
        """A further body: a head with a capital, adjectives before it, an acronym (и ЕБРР), or a
        head before a name (и компании Aurubis).
        """
        head = self._patterns[0].pattern
        words = cues(self._languages, "ru")
        short = literal((*words.get("org_prefixes", ()), *words.get("org_legal_forms", ())))
        adjectives = (
            r"(?:[А-ЯЁа-яё-]+(?:ого|ему|ому|ой|ей|их|ых|ий|ый|ая|ое|им|ым|ую)[^\S\n]+){0,3}"
        )
        named = rf"{adjectives}{any_of(map(re.escape, self._forms))}[^\S\n]+[A-ZА-ЯЁ«„]"
        return re.compile(
            rf"[^\S\n]*(?:(?=[А-ЯЁ])(?:{short}|{adjectives}(?i:{head}))"
            rf"|[А-ЯЁA-Z]{{2,}}(?![\w-])|[A-Z][\w-]+|{named})"
        )


def _has_capital(tail: str) -> bool:
    """Whether a name is in it; that of a person behind it is no part of the body's (начальник
    управления планирования Темир Садыков).
    """
    person = _PERSON_BEHIND.search(tail)
    if person and any("Surn" in reading.tag for reading in readings(person[1].lower())):
        tail = tail[: person.start()]
    return re.search(r"[А-ЯЁA-Z]", tail) is not None
