"""A compiled query: words are tokens, labels are concepts, dates are days.

Stores translate it for their engine; the reference evaluator runs it directly.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from indexer.text.analysis import stem_token, stem_tokens
from indexer.text.stemming import STEMMED

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder
    from indexer.meaning.nearness import NearDocuments
    from indexer.query.last_word import LastWord
    from indexer.query.view import PageView

Stream = Literal["surface", "stem", "parts"]


class TokenSequence(NamedTuple):
    """Tokens that must be adjacent in one passage of a stream; a single token must occur.

    The stream `parts` has no order: there the sequence is always one token.
    """

    stream: Stream
    tokens: tuple[str, ...]


class TokenPattern(NamedTuple):
    """An alternative as it is searched in documents of one language."""

    stream: Stream
    tokens: tuple[str, ...]
    needle: str
    """The tokens as they appear in the page's token string of the stream."""
    stems: str | None = None
    """A needle in the stems that is there whenever the needle is in the surface."""

    @property
    def sign(self) -> str | None:
        """A needle of one token, among the stems or (`+`) the parts of compounds, that is there
        wherever the pattern occurs; None: none is known.
        """
        if self.stream == "parts":
            return f"+{self.needle}"
        needle = self.needle if self.stream == "stem" else self.stems
        return f" {needle.split()[0]} " if needle else None


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one of the fields: any of the alternatives."""

    fields: tuple[str, ...]
    alternatives: tuple[TokenSequence, ...]
    term: str
    """The term of the query, or of the topic, that readers see."""
    said_otherwise: int = 0
    """How many alternatives, the last ones, say the same in other words or another language."""
    _by_language: dict[str | None, tuple[TokenPattern, ...]] = dataclasses.field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    @property
    def asked(self) -> tuple[TokenSequence, ...]:
        """The alternatives that are what was asked for."""
        return self.alternatives[: len(self.alternatives) - self.said_otherwise]

    @property
    def otherwise(self) -> tuple[TokenSequence, ...]:
        """Those that say the same in other words or another language."""
        return self.alternatives[len(self.alternatives) - self.said_otherwise :]

    def with_more(
        self, asked: Iterable[TokenSequence] = (), otherwise: Iterable[TokenSequence] = ()
    ) -> Words:
        """These words, or more that are asked for, or that say the same otherwise."""
        own = tuple(dict.fromkeys((*self.asked, *asked)))
        others = dict.fromkeys((*self.otherwise, *otherwise))
        said = tuple(tokens for tokens in others if tokens not in own)
        return Words(self.fields, (*own, *said), self.term, len(said))

    def patterns(self, lang: str | None) -> tuple[TokenPattern, ...]:
        """The patterns that can occur in a document of a language."""
        found = self._by_language.get(lang)
        if found is None:
            found = self._by_language[lang] = tuple(_patterns(self.alternatives, lang))
        return found


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word of the stream `surface` with this prefix, in one of the fields."""

    fields: tuple[str, ...]
    prefix: str
    term: str


@dataclass(frozen=True, slots=True)
class ExactValue:
    """A field has one of these exact values."""

    field: str
    values: tuple[str, ...]
    term: str


@dataclass(frozen=True, slots=True)
class Interval:
    """Days of a date field overlap these (ordinals, inclusive); of `new`, when a page was first
    seen, seconds (since 1970, UTC).
    """

    field: Literal["published", "event_date", "new", "sure_event_date"]
    first: int
    last: int
    term: str


@dataclass(frozen=True, slots=True)
class About:
    """A passage whose meaning is near to that of a text; stores replace it by `Near`."""

    vector: bytes
    """Of the text."""
    term: str
    encoder: Encoder = dataclasses.field(repr=False, compare=False)
    """For documents that come from no store."""
    things: Callable[[], tuple[CompiledNode, ...]] = dataclasses.field(
        default=tuple, repr=False, compare=False
    )
    """What its words ask for, each in any of the ways in which it may be said: made only where
    documents are ranked.
    """
    share: Callable[[PageView], float] = dataclasses.field(
        default=lambda _: 0.0, repr=False, compare=False
    )
    """How much of these a document says, if it comes from no store: 1 all of them."""


@dataclass(frozen=True, slots=True)
class Near:
    """One of these documents, which a store has found near to a text."""

    found: NearDocuments = dataclasses.field(hash=False)  # a dict has none; stores remember queries
    term: str


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """All operands."""

    operands: tuple[CompiledNode, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one operand."""

    operands: tuple[CompiledNode, ...]
    by_first: bool = False
    """The first operand that a passage matches tells why it does; else all that it matches do."""
    needs: dict[str | None, tuple[frozenset[str] | None, ...]] = dataclasses.field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """Language of a page → what each operand needs there (`indexer.query.signs`)."""


@dataclass(frozen=True, slots=True)
class Without:
    """Not the operand."""

    operand: CompiledNode


@dataclass(frozen=True, slots=True)
class SamePassage:
    """The operand, within one passage of title and text: what other passages say doesn't count."""

    operand: CompiledNode
    sentence: bool = False
    """Within one sentence of it."""
    gap: int | None = None
    """Words that may stand between those of the operand; None: any number."""
    last_word: LastWord | None = None
    """Says which of these passages mean what is wanted; None: all."""


Leaf: TypeAlias = Words | Prefix | ExactValue | Interval | About | Near
CompiledNode: TypeAlias = Leaf | Everything | AllOf | OneOf | Without | SamePassage


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """A compiled query."""

    text: str
    """As the user wrote it."""
    root: CompiledNode


def _patterns(alternatives: Sequence[TokenSequence], lang: str | None) -> Iterator[TokenPattern]:
    """Words are where their stems are; stems of other languages never occur."""
    stems = {tokens for stream, tokens in alternatives if stream == "stem"}
    before = stem_token("", lang)
    for stream, tokens in alternatives:
        if stream == "parts":
            yield TokenPattern(stream, tokens, _needle(tokens))
        elif stream == "stem" and tokens[0].startswith(before):
            yield TokenPattern(stream, tokens, _needle(tokens, before))
        elif stream == "surface" and lang not in STEMMED:
            # Words are their own stems, which are stored: no page is analysed again.
            yield TokenPattern("stem", tokens, _needle(tokens))
        elif stream == "surface":
            stemmed = stem_tokens(tokens, lang)
            if stemmed not in stems:
                yield TokenPattern(stream, tokens, _needle(tokens), _needle(stemmed, before))


def _needle(tokens: Iterable[str], before: str = "") -> str:
    """The tokens as they appear in a page, without the language `before` each."""
    return f" {' '.join([token.removeprefix(before) for token in tokens])} "


def names_field(node: CompiledNode, field: str) -> bool:
    """Whether a query asks for exact values of a field, or for others than some."""
    match node:
        case AllOf(operands) | OneOf(operands):
            return any(names_field(operand, field) for operand in operands)
        case Without(operand) | SamePassage(operand):
            return names_field(operand, field)
        case _:
            return isinstance(node, ExactValue) and node.field == field


def asks_meaning(node: CompiledNode) -> bool:
    """Whether a query looks for a meaning (`about:`)."""
    match node:
        case AllOf(operands) | OneOf(operands):
            return any(map(asks_meaning, operands))
        case Without(operand) | SamePassage(operand):
            return asks_meaning(operand)
        case _:
            return isinstance(node, About)


def has_words(node: CompiledNode) -> bool:
    """Whether a query has words or a meaning, by which documents can be ranked."""
    match node:
        case AllOf(operands) | OneOf(operands):
            return any(has_words(operand) for operand in operands)
        case SamePassage(operand):
            return has_words(operand)
        case _:
            return isinstance(node, Words | About | Near)
