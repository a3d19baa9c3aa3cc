"""Parses the tokens of a query to its tree, in one pass and within fixed bounds.

either  = both { OR both }
both    = single { [AND] single }
single  = { NOT | - } ( "(" either ")" | term )
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.query.lexer import QueryToken, Symbol, tokenize
from indexer.query.syntax import And, Node, Not, Or, Query
from indexer.records.errors import QueryError

LONGEST_QUERY = 2000
DEEPEST_QUERY = 20
MOST_LEAVES = 100


def parse_query(text: str) -> Query:
    """Parse user syntax. Errors are QueryError with the position and a reason:

    too-long, too-deep, too-many-terms, empty, operand-missing, unbalanced-bracket,
    unexpected-bracket, unbalanced-quote, no-words, value-missing, prefix-too-short,
    asterisk-inside, bar, bad-range.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            f"the query has {len(text)} characters, {LONGEST_QUERY} are allowed",
            position=LONGEST_QUERY,
            reason="too-long",
        )
    parser = _Parser(tokenize(text))
    if parser.at("end"):
        raise QueryError(
            "the query is empty", position=0, reason="empty", hint="* finds every document"
        )
    root = parser.either(0)
    if not parser.at("end"):
        raise QueryError(
            "this bracket was never opened",
            position=parser.token.position,
            reason="unbalanced-bracket",
        )
    return Query(text, root)


class _Parser:
    def __init__(self, stream: Iterator[QueryToken]) -> None:
        self._stream = stream
        self.token: QueryToken = next(stream)
        self._leaves = 0

    def at(self, *signs: str) -> bool:
        return isinstance(self.token, Symbol) and self.token.sign in signs

    def _advance(self) -> QueryToken:
        passed = self.token
        if not self.at("end"):
            self.token = next(self._stream)
        return passed

    def either(self, depth: int) -> Node:
        operands = [self._both(depth)]
        while self.at("OR"):
            self._advance()
            operands.append(self._both(depth))
        return operands[0] if len(operands) == 1 else Or(tuple(operands))

    def _both(self, depth: int) -> Node:
        operands = [self._single(depth)]
        while not self.at("OR", ")", "end"):
            if self.at("AND"):
                self._advance()
            operands.append(self._single(depth))
        return operands[0] if len(operands) == 1 else And(tuple(operands))

    def _single(self, depth: int) -> Node:
        negated = False
        while self.at("NOT"):
            self._advance()
            negated = not negated
        node = self._group(depth) if self.at("(") else self._leaf()
        return Not(node) if negated else node

    def _group(self, depth: int) -> Node:
        opening = self._advance()
        if depth >= DEEPEST_QUERY:
            raise QueryError(
                f"more than {DEEPEST_QUERY} brackets inside each other",
                position=opening.position,
                reason="too-deep",
            )
        if self.at(")"):
            raise QueryError(
                "this bracket is empty",
                position=opening.position,
                reason="operand-missing",
            )
        node = self.either(depth + 1)
        if not self.at(")"):
            raise QueryError(
                "this bracket is never closed",
                position=opening.position,
                reason="unbalanced-bracket",
            )
        self._advance()
        return node

    def _leaf(self) -> Node:
        token = self.token
        if isinstance(token, Symbol):
            raise _missing(token)
        self._advance()
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            raise QueryError(
                f"more than {MOST_LEAVES} terms",
                position=token.position,
                reason="too-many-terms",
            )
        return token


def _missing(symbol: Symbol) -> QueryError:
    if symbol.sign == ")":
        return QueryError(
            "this bracket was never opened, or a term is missing before it",
            position=symbol.position,
            reason="unbalanced-bracket",
        )
    where = "at the end" if symbol.sign == "end" else f"before {symbol.sign}"
    return QueryError(
        f"a term is missing {where}",
        position=symbol.position,
        reason="operand-missing",
        hint="AND, OR and NOT in capitals are operators; in quotes they are words",
    )
