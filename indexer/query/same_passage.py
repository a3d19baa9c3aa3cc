"""Queries that must hold within one passage (`SamePassage`), and how a search store answers them.

An engine knows which words a document has, not which of them share a passage. So a store looks for
all documents that may match, has those checked of which that is not certain, and leaves out what
failed (`decide`). With words that must not occur beside others, that is the few documents that
have both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from indexer.query.close_words import passages_with_close_words
from indexer.query.compiled import (
    About,
    AllOf,
    CompiledNode,
    Everything,
    ExactValue,
    Interval,
    Leaf,
    Near,
    OneOf,
    Prefix,
    SamePassage,
    Without,
    Words,
)
from indexer.query.fields import PASSAGE_FIELDS
from indexer.query.leaves import (
    WITH_EVIDENCE,
    evidence_of,
    leaf_holds,
    near_passage,
    occurrences_of,
)
from indexer.query.same_sentence import Sentences, passages_with_sentence
from indexer.query.signs import possible
from indexer.query.view import Occurrence, PageView


class MatchedLeaf(NamedTuple):
    """A leaf that matches."""

    leaf: Leaf
    occurrences: Sequence[Occurrence] = ()
    """Of words, in title and text."""
    only: Collection[int] | None = None
    """Numbers of the passages in which its evidence counts; None: all."""
    context: bool = False
    """It only says which sense of the words before it is meant."""


ID = "id"
"""Field of `ExactValue` for ids of documents: stores have it, queries of users do not."""


def passages_with(node: CompiledNode, view: PageView) -> set[int]:
    """Numbers of the passages, each a document of its own, that match."""
    known = view.in_passages.get(id(node))
    if known is None:
        known = view.in_passages[id(node)] = node, _passages_with(node, view)
    return known[1]


def _passages_with(node: CompiledNode, view: PageView) -> set[int]:
    match node:
        case AllOf(operands):
            found = _every(view)
            for operand in operands:
                if not found:
                    break
                found &= passages_with(operand, view)
            return found
        case OneOf():
            may_match = possible(node, view)
            return {number for operand in may_match for number in passages_with(operand, view)}
        case Without(operand):
            return _every(view) - passages_with(operand, view)
        case SamePassage(operand, sentence, gap, last_word):
            found = (passages_with_sentence if sentence else passages_with)(operand, view)
            if gap is not None and found:
                found = found & passages_with_close_words(operand, view, gap)
            return last_word.of(found, view) if last_word and found else found
        case Everything():
            return _every(view)
        case _:
            return _passages_with_leaf(node, view)


def _passages_with_leaf(leaf: Leaf, view: PageView) -> set[int]:
    if isinstance(leaf, Words | Prefix):
        return {number for number, _, _ in occurrences_of(leaf, view) or ()}
    if isinstance(leaf, About | Near):
        number = near_passage(leaf, view)
        return set() if number is None else {number}
    if leaf.field in WITH_EVIDENCE:
        return {number for number, _, _ in evidence_of(leaf, view)}
    return _every(view) if leaf_holds(leaf, view) else set()


def leaves_within(
    node: SamePassage,
    view: PageView,
    numbers: Collection[int],
    *,
    context: bool = False,
    sentences: Sentences | None = None,
) -> Iterator[MatchedLeaf]:
    """The leaves that make some of these passages match, each or (`sentences`: so is what it stands
    in) a sentence of it by itself.
    """
    if sentences is None and node.sentence:
        sentences = Sentences(view)
    return _leaves_in(node.operand, view, numbers, context=context, sentences=sentences)


def _leaves_in(
    node: CompiledNode,
    view: PageView,
    numbers: Collection[int],
    *,
    context: bool,
    sentences: Sentences | None,
) -> Iterator[MatchedLeaf]:
    """Where several must be there, the first is what is looked for, the others are its context."""
    here = _held(node, view, sentences).intersection(numbers)
    if not here:
        return
    inside = partial(_leaves_in, view=view, numbers=here, sentences=sentences)
    match node:
        case AllOf(operands):
            for operand in operands:
                found = list(inside(operand, context=context))
                yield from found
                context = context or bool(found)
        case OneOf(operands, by_first):
            for operand in operands:
                yield from _leaves_in(operand, view, here, context=context, sentences=sentences)
                if by_first:
                    here = here - _held(operand, view, sentences)
        case SamePassage():
            yield from leaves_within(node, view, here, context=context, sentences=sentences)
        case Words() | Prefix():
            found_here = [o for o in occurrences_of(node, view) or () if o[0] in here]
            yield MatchedLeaf(node, found_here, here, context)
        case ExactValue(field) | Interval(field) if field in WITH_EVIDENCE:
            yield MatchedLeaf(node, (), here, context)
        case _:  # what says nothing of these passages: the language of the page, what is not there
            pass


def _held(node: CompiledNode, view: PageView, sentences: Sentences | None) -> set[int]:
    return passages_with(node, view) if sentences is None else sentences.passages_with(node)


_Find: TypeAlias = Callable[[CompiledNode], Iterable[PageView]]


def decide(root: CompiledNode, find: _Find) -> CompiledNode:
    """The query without `SamePassage`, for an engine that holds the documents which `find` finds.

    It matches the same documents of that engine, as long as none is written.
    """
    return _decided(root, may_match(root), find) if has_same_passage(root) else root


def _decided(node: CompiledNode, among: CompiledNode, find: _Find) -> CompiledNode:
    # No function within `decide`: one that calls itself would keep `find`, and with it the readers
    # of an index, until the next collection of garbage.
    match node:
        case AllOf(operands):
            return AllOf(tuple([_decided(each, among, find) for each in operands]))
        case OneOf(operands):
            return OneOf(tuple([_decided(each, among, find) for each in operands]))
        case Without(operand):
            return Without(_decided(operand, among, find))
        case SamePassage():
            return _without_failures(node, among, find)
        case _:
            return node


def undecided(node: SamePassage) -> TypeError:
    """The error of a translator that meets a node which `decide` replaces."""
    return TypeError(f"to be decided before it is translated: {node}")


def _without_failures(node: SamePassage, among: CompiledNode, find: _Find) -> CompiledNode:
    """What may match, without the documents in which no passage does."""
    widest, certain = may_match(node), _certain(node)
    if certain == widest:
        return widest
    doubtful = (among, widest) if certain is None else (among, widest, Without(certain))
    failures = [view.record.id for view in find(AllOf(doubtful)) if not passages_with(node, view)]
    if not failures:
        return widest
    return AllOf((widest, Without(ExactValue(ID, tuple(failures), ID))))


def may_match(node: CompiledNode, *, passage: bool = False) -> CompiledNode:
    """Documents that may match, told by whole documents (`passage`: may in one of its passages): a
    query without `SamePassage`.
    """
    match node:
        case AllOf(operands):
            return AllOf(tuple(may_match(operand, passage=passage) for operand in operands))
        case OneOf(operands):
            return OneOf(tuple(may_match(operand, passage=passage) for operand in operands))
        case Without(operand):
            return Everything() if passage or has_same_passage(operand) else node
        case SamePassage(operand):
            return may_match(operand, passage=True)
        case _:
            return node


def _certain(node: CompiledNode) -> CompiledNode | None:
    """Documents with a passage that matches for sure, told by whole documents; None: none."""
    match node:
        case Words(fields) | Prefix(fields) if fields[0] in PASSAGE_FIELDS:
            return node
        case OneOf(operands):
            sure = [found for operand in operands if (found := _certain(operand)) is not None]
            return OneOf(tuple(sure)) if sure else None
        case AllOf(operands):
            there = [operand for operand in operands if not isinstance(operand, Without)]
            found = _certain(there[0]) if len(there) == 1 else None
            if found is None:
                return None
            absent = (o.operand for o in operands if isinstance(o, Without))
            nowhere = (Without(may_match(operand, passage=True)) for operand in absent)
            return AllOf((found, *nowhere))
        case SamePassage(operand, last_word=None):
            return _certain(operand)
        case _:
            return None


def has_same_passage(node: CompiledNode) -> bool:
    """Whether something must hold within one passage: `decide` has to ask for documents."""
    match node:
        case SamePassage():
            return True
        case AllOf(operands) | OneOf(operands):
            return any(map(has_same_passage, operands))
        case Without(operand):
            return has_same_passage(operand)
        case _:
            return False


def _every(view: PageView) -> set[int]:
    return set(range(len(view.record.passages)))
