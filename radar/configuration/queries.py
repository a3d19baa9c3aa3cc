"""Queries in the configuration: read, their fields known, their topics configured.

Values of closed fields (commodity:lithium) need the reference tables and are checked where the
query is compiled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from indexer.query import parse_query
from indexer.query.fields import PASSAGE_FIELDS, find_field
from indexer.query.sure import beside_sure
from indexer.query.syntax import And, Asterisk, Node, Not, Or, Range, Term
from indexer.records.errors import QueryError
from indexer.records.values import suggestion
from indexer.text.words import spans

# The same topics and watches are read with the settings again and again.
_parse = lru_cache(maxsize=1_000)(parse_query)


def forget_queries() -> None:
    """For a process that reads them seldom: 1.5 MiB."""
    _parse.cache_clear()
    _look_through.cache_clear()


def mistake_in(query: str, topics: Collection[str]) -> str | None:
    """What is wrong with a query, with the character where it is; None: nothing."""
    named, mistake = _look_through(query)
    for topic in named:
        if topic not in topics:
            return f'there is no topic "{topic}"{suggestion(topic, topics)}'
    return mistake


@lru_cache(maxsize=1_000)
def _look_through(query: str) -> tuple[tuple[str, ...], str | None]:
    """What is wrong with a query whatever topics there are, and the topics that it names before."""
    named: list[str] = []
    try:
        root = _parse(query).root
        beside_sure(root)
        for leaf in _leaves(root):
            if leaf.field is None:
                continue
            find_field(leaf.field, leaf.position)
            if leaf.field == "topic" and isinstance(leaf, Term):
                named.append(leaf.text)
    except QueryError as error:
        return tuple(named), f"{error.message} (at character {error.position + 1})"
    return tuple(named), None


def words_in(query: str) -> list[str]:
    """The words that pages must or may have, each once, of a query that can be read: without
    fields, and not in phrases.
    """
    leaves = _leaves(_parse(query).root, left_out=False)
    terms = (leaf for leaf in leaves if isinstance(leaf, Term) and not leaf.field)
    return list(dict.fromkeys(t.text for t in terms if t.kind == "word" and t.text.isalpha()))


def topics_in(query: str) -> frozenset[str]:
    """Ids of the topics that a query names, which can be read."""
    return frozenset(
        leaf.text
        for leaf in _leaves(_parse(query).root)
        if isinstance(leaf, Term) and leaf.field == "topic"
    )


def sources_in(query: str) -> frozenset[str]:
    """Ids of the sources that a query asks for, beside those that it leaves out; none of one that
    can't be read.
    """
    try:
        root = _parse(query).root
    except QueryError:
        return frozenset()
    return frozenset(
        leaf.text
        for leaf in _leaves(root, left_out=False)
        if isinstance(leaf, Term) and leaf.field == "source"
    )


def asks_for_several_words(query: str) -> bool:
    """Whether words of a query can be close to each other; False of one that can't be read."""
    try:
        return _words_at_once(_parse(query).root) > 1
    except QueryError:
        return False


def _words_at_once(node: Node) -> int:
    """How many words a query asks for at once: 0, 1, or (2) several."""
    match node:
        case And(operands):
            return min(2, sum(map(_words_at_once, operands)))
        case Or(operands):
            return max(map(_words_at_once, operands))
        case Term(field, text) if field is None or field in PASSAGE_FIELDS:
            return min(2, sum(1 for _ in spans(text)))
        case _:
            return 0


def _leaves(node: Node, *, left_out: bool = True) -> Iterator[Term | Range]:
    """Terms and ranges of a query tree, from left to right, with those below a NOT or without."""
    match node:
        case And(operands) | Or(operands):
            for operand in operands:
                yield from _leaves(operand, left_out=left_out)
        case Not(operand):
            if left_out:
                yield from _leaves(operand)
        case Term() | Range():
            yield node
        case Asterisk():
            pass
