"""Splits a query into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from indexer.query.syntax import Asterisk, Range, Term, TermKind
from indexer.records.errors import QueryError
from indexer.text.folding import surfaces_of

Sign = Literal["(", ")", "AND", "OR", "NOT", "end"]
SHORTEST_PREFIX = 3
"""Letters before an asterisk: shorter prefixes match a large part of all words."""

_BLANK = re.compile(r"[\s\0]+")
_FIELD = re.compile(r"([A-Za-z_]+):")
_RANGE = re.compile(r"\[\s*([^\s\[\]]+)\s+TO\s+([^\s\[\]]+)\s*\]")
_QUOTES = '"„“”«»'
_PHRASE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_RUN = re.compile(rf"[^\s\0()\[\]{_QUOTES}]+")
_BAR = re.compile(r"(?<=\w)\|+(?=\w)|^\|\|$")
_PROSE = frozenset({"about"})
"""Fields whose value is prose as it was written somewhere: an asterisk is a mark of that text."""
OPERATORS: dict[str, Sign] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}


@dataclass(frozen=True, slots=True)
class Symbol:
    """An operator, a bracket or the end."""

    sign: Sign
    position: int


QueryToken: TypeAlias = Symbol | Term | Range | Asterisk


def tokenize(text: str) -> Iterator[QueryToken]:
    """Tokens of a query, `end` last. Punctuation on its own is skipped."""
    position = 0
    while position < len(text):
        blank = _BLANK.match(text, position)
        if blank:
            position = blank.end()
            continue
        token, position = _read_token(text, position)
        if token is not None:
            yield token
    yield Symbol("end", len(text))


def as_phrase(value: str) -> str:
    """A value as a query has it: in quotation marks, with its own (ОАО «Рудник») and asterisks left
    out.
    """
    return '"' + re.sub(f"[{_QUOTES}*]", " ", value).strip() + '"'


def _read_token(text: str, position: int) -> tuple[QueryToken | None, int]:
    letter = text[position]
    if letter == "(":
        return Symbol("(", position), position + 1
    if letter == ")":
        return Symbol(")", position), position + 1
    if letter in "[]":
        raise QueryError(
            "square brackets are only allowed after a date field",
            position=position,
            reason="unexpected-bracket",
            hint="published:[2015-01 TO 2015-06]",
        )
    if letter == "-" and position + 1 < len(text) and not text[position + 1].isspace():
        return Symbol("NOT", position), position + 1
    field = _FIELD.match(text, position)
    if field:
        return _read_field_value(text, position, field[1].lower(), field.end())
    return _read_bare(text, position)


def _read_bare(text: str, position: int) -> tuple[QueryToken | None, int]:
    if text[position] in _QUOTES:
        return _read_phrase(text, position, None, position)
    run = _match_run(text, position)
    end = position + len(run)
    if run in OPERATORS:
        return Symbol(OPERATORS[run], position), end
    if run == "*":
        return Asterisk(position), end
    _refuse_bar(run, position)
    if not _word_lengths(run):
        return None, end
    return _make_word(run, None, position, position), end


def _read_field_value(text: str, start: int, field: str, position: int) -> tuple[QueryToken, int]:
    if position < len(text) and text[position] == "[":
        found = _RANGE.match(text, position)
        if not found:
            raise QueryError(
                "a range is written [from TO to]",
                position=position,
                reason="bad-range",
                hint=f"{field}:[2015-01 TO *]",
            )
        low, high = (None if bound == "*" else bound for bound in found.groups())
        return Range(field, low, high, start), found.end()
    if position < len(text) and text[position] in _QUOTES:
        return _read_phrase(text, start, field, position)
    run = _match_run(text, position)
    if not run:
        raise QueryError(
            f"a value is missing after {field}:", position=position, reason="value-missing"
        )
    if field not in _PROSE:
        _refuse_bar(run, position)
    return _make_word(run, field, start, position), position + len(run)


def _match_run(text: str, position: int) -> str:
    found = _RUN.match(text, position)
    return found[0] if found else ""


def _read_phrase(text: str, start: int, field: str | None, position: int) -> tuple[Term, int]:
    found = _PHRASE.match(text, position)
    if not found:
        raise QueryError(
            "this quotation mark is never closed", position=position, reason="unbalanced-quote"
        )
    if not _word_lengths(found[1]):
        raise QueryError("this phrase has no words", position=position, reason="no-words")
    if field not in _PROSE:
        _refuse_asterisk(found[1], found.start(1))
    return Term(field, found[1], "phrase", start), found.end()


def _make_word(run: str, field: str | None, start: int, position: int) -> Term:
    kind: TermKind = "word"
    text = run
    if run.endswith("*"):
        kind, text = "prefix", run.rstrip("*")
        if _word_lengths(text)[-1:] < [SHORTEST_PREFIX]:
            raise QueryError(
                f"at least {SHORTEST_PREFIX} letters must come before *",
                position=position,
                reason="prefix-too-short",
            )
    _refuse_asterisk(text, position)
    if not _word_lengths(text):
        raise QueryError("this value has no words", position=position, reason="no-words")
    return Term(field, text, kind, start)


def _refuse_asterisk(text: str, position: int) -> None:
    """It would be left out without a word."""
    if "*" in text:
        raise QueryError(
            "* stands for the end of a word only",
            position=position + text.index("*"),
            reason="asterisk-inside",
            hint="raw* finds words that begin so",
        )


def _refuse_bar(run: str, position: int) -> None:
    """Elsewhere it stands for "or"; read as any other mark it would make a phrase of both words,
    which a watch might never find.
    """
    found = _BAR.search(run)
    if found:
        raise QueryError(
            "| joins nothing: write OR, and what is meant word for word in quotes",
            position=position + found.start(),
            reason="bar",
            hint="lithium OR copper",
        )


def _word_lengths(text: str) -> list[int]:
    """Number of letters and digits of each word; what folds to nothing is no word."""
    return [len(word) for word in surfaces_of(text)]
