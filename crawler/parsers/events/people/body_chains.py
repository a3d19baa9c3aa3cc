"""Bodies that stand in a row: how they are joined, and what is read of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.parsers.events.grammar.function_words import (
    AND,
    AS_WELL_AS,
    DEFINITE,
    OF,
    SMALL,
    WITH,
)
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from indexer.records.document import Mention

if TYPE_CHECKING:
    from crawler.parsers.events.grammar.vocabulary import EventVocabulary

LINK = re.compile(
    rf"\s*(?:\([^)]*\))?[\s,“”»\"]*(?:{AND}|{AS_WELL_AS}|&|,|{WITH})"
    rf"(?:\s+(?:{AND}))?(?:\s+[{SMALL}][\w-]*){{0,3}}\s*[„“«\"]?\s*\Z"
)
"""What stands between two bodies of a row."""
_BEFORE = 2
"""Words before a body among which a preposition says that it is a place."""
_LONGEST_HOUSE = 80
"""Characters before a body in which its house and the preposition before that stand."""
_OF_HOUSES = frozenset((*DEFINITE.split("|"), *OF.split("|")))
OF_RULES, OF_MODELS = 0.75, 0.6
"""How sure a body is that a rule or a trained model gives, before it is calibrated."""
_ARTICLES = frozenset(DEFINITE.split("|"))


def outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that are no part of a longer one."""
    return [
        m
        for m in mentions
        if not any(
            o is not m
            and o.start <= m.start
            and m.end <= o.end
            and o.end - o.start > m.end - m.start
            for o in mentions
        )
    ]


def are_joined(masked: str, one: Mention, other: Mention, vocabulary: EventVocabulary) -> bool:
    """Whether two bodies stand in a row: by what stands between them, or, in languages with cases,
    by that of the second alone (X Y-мен бірлесіп); an owner is of the next one.
    """
    gap = masked[one.end : other.start]
    if LINK.fullmatch(gap):
        return True
    joined = vocabulary.joins_bodies.fullmatch(gap) is not None
    written = masked[one.start : one.end + len(gap.partition(" ")[0])]
    return joined and not vocabulary.grammar.is_owner(written)


def joined_behind(
    masked: str,
    mentions: Sequence[Mention],
    vocabulary: EventVocabulary,
    places: frozenset[str] = frozenset(),
) -> list[Mention]:
    """The coordinated ones from the first on; what something takes place in is no further one."""
    chain = [mentions[0]]
    for m in mentions[1:]:
        gap = masked[chain[-1].end : m.start]
        words = [w for w in gap.casefold().split() if w not in _ARTICLES]
        if (words and words[-1] in places) or not are_joined(masked, chain[-1], m, vocabulary):
            break
        chain.append(m)
    return chain


def joined_before(
    masked: str, mentions: Sequence[Mention], vocabulary: EventVocabulary
) -> list[Mention]:
    """The coordinated ones up to the last."""
    chain = [mentions[-1]]
    for m in reversed(mentions[:-1]):
        if not are_joined(masked, m, chain[0], vocabulary):
            break
        chain.insert(0, m)
    return chain


def is_at_place(page: AnnotatedPage, sentence: AnnotatedSentence, m: Mention) -> bool:
    """Whether a preposition or label of places stands right before a body (im Museum) or before the
    house that it has (at the headquarters of X).
    """
    places = page.vocabulary.place_prepositions
    start = max(sentence.start, m.start - _LONGEST_HOUSE)
    before = page.masked[sentence.part][start : m.start].casefold().split()
    if any(word in places for word in before[-_BEFORE:]):
        return True
    while before and before[-1] in _OF_HOUSES:
        before.pop()
    return (
        bool(before)
        and page.vocabulary.is_house(before[-1])
        and any(word in places for word in before[-1 - _BEFORE : -1])
    )


def body_found(m: Mention, rule: str, confidence: float = OF_RULES) -> FoundValue[str]:
    """A body as a value."""
    return FoundValue(m.surface, m.part, m.start, m.end, rule, confidence)
