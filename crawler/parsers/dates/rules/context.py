"""What resolvers share: what they are given, what they give, lists of numbers, the year behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crawler.parsers.dates.lexer import DateToken
from crawler.parsers.dates.lexicon import DateLexicon
from crawler.parsers.dates.spans import DateSpan


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a resolver may look at besides its tokens."""

    text: str
    lexicon: DateLexicon
    reference: date | None
    day_first: bool
    comes: Callable[[int], bool]
    """Whether the clause around this offset speaks of what is still to come."""


@dataclass(frozen=True, slots=True)
class SpanMatch:
    """A span and the tokens that name it: from `first`, up to but without `end`."""

    span: DateSpan
    first: int
    end: int


DateTokens = Sequence[DateToken]
Resolver = Callable[[DateTokens, RuleContext], list[SpanMatch]]


def one(span: DateSpan | None, tokens: DateTokens) -> list[SpanMatch]:
    """The whole reading as one expression; nothing where there is no span."""
    return [] if span is None else [SpanMatch(span, 0, len(tokens))]


def of_type(tokens: DateTokens, types: str) -> list[DateToken]:
    """The tokens of these types."""
    return [token for token in tokens if token.type in types]


def full_year(token: DateToken) -> int:
    """2023 of "2023"; 2023 of "23", 1995 of "95"."""
    if len(token.surface) > 2:
        return token.number
    return token.number + (2000 if token.number < 70 else 1900)


def put_in_year(span: DateSpan, tokens: DateTokens) -> DateSpan:
    """The span in the year that the tokens name, if they do."""
    types = "".join(token.type for token in tokens)
    for position, token in enumerate(tokens):
        if token.type in "Yy" or (token.type == "n" and types[position + 1 : position + 2] == "j"):
            return span.in_year(full_year(token))
        if token.type == "I":
            return span.in_year(None, token.number)
        if token.type == "l" and types[position + 1 : position + 2] == "j":
            return span.in_year(None, token.number)
    return span


def is_range(link: str) -> bool:
    """Whether the tokens between two numbers say "to"."""
    return any(sign in link for sign in "-tT")


def intervals_of(tokens: DateTokens, types: str = "D") -> list[tuple[int, int, int, int]]:
    """Numbers of a list as (first, last, token of the first, token behind the last).

    "3-5 and 8" gives two; "8 and 9", "24/25" and "7, 8 and 9" follow each other and give one.
    """
    found: list[tuple[int, int, int, int]] = []
    link = ""
    start = 0
    plain = True
    for position, token in enumerate(tokens):
        if token.type in "WB":
            start = min(start, position) if not link else position
            continue
        if token.type not in types:
            link += token.type
            continue
        if found and is_range(link):
            first, _, begin, _ = found[-1]
            found[-1] = (first, token.number, begin, position + 1)
            plain = False
        else:
            begin = start if not found else position
            found.append((token.number, token.number, begin, position + 1))
        link = ""
    numbers = [first for first, *_ in found]
    consecutive = all(b == a + 1 for a, b in pairwise(numbers))
    if plain and len(found) > 1 and consecutive:
        return [(numbers[0], numbers[-1], found[0][2], found[-1][3])]
    return found


def left_of(text: str, position: int) -> str:
    """The text just before a position."""
    return text[max(0, position - 32) : position]


def month_away(reference: date, months: int) -> date:
    """First day of the month that many months away."""
    index = reference.year * 12 + reference.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
