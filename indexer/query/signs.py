"""Which alternatives of a query may match a page at all, by the stems that it has.

A topic has thousands of words, a passage some thirty: to see which of its alternatives have one of
them takes a fraction of the time of asking for each where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.query.compiled import AllOf, CompiledNode, OneOf, SamePassage, Words
from indexer.query.fields import PASSAGE_FIELDS
from indexer.query.view import PageView


def possible(node: OneOf, view: PageView) -> Sequence[CompiledNode]:
    """The operands that may match a passage; the others match none."""
    signs = view.passages.signs_for(len(node.operands))
    if signs is None:
        return node.operands
    lang = view.record.lang
    needs = node.needs.get(lang)
    if needs is None:
        needs = node.needs[lang] = tuple(needed(operand, lang) for operand in node.operands)
    return [
        operand
        for operand, needed_here in zip(node.operands, needs, strict=True)
        if needed_here is None or not signs.isdisjoint(needed_here)
    ]


def needed(node: CompiledNode, lang: str | None) -> frozenset[str] | None:
    """Signs, one of which a page of a language has in title or text wherever the node matches;
    None: it may match without.
    """
    match node:
        case Words(fields) if fields[0] in PASSAGE_FIELDS:
            signs = [pattern.sign for pattern in node.patterns(lang)]
            return None if None in signs else frozenset(sign for sign in signs if sign is not None)
        case AllOf(operands):
            every = (needed(operand, lang) for operand in operands)
            return min((signs for signs in every if signs is not None), key=len, default=None)
        case OneOf(operands):
            some = [needed(operand, lang) for operand in operands]
            known = [signs for signs in some if signs is not None]
            return frozenset[str]().union(*known) if len(known) == len(some) else None
        case SamePassage(operand):
            return needed(operand, lang)
        case _:
            return None
