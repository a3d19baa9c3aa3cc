"""Help where a search finds nothing: which of its parts alone would find something, and which words
may have been meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import chain, product
from typing import Any, TypeAlias

from indexer.query.days import written_day
from indexer.query.lexer import as_phrase
from indexer.query.parser import parse_query
from indexer.query.syntax import And, Or, Term
from indexer.records.errors import QueryError
from indexer.stores.base import SearchRequest
from indexer.text.folding import fold, surfaces_of
from indexer.text.function_words import FUNCTION_WORDS
from search_api.page_words import FILTERS
from search_api.parameters import EVERYTHING, SearchParameters
from search_api.ports import SearchStore
from search_api.problems import Problem
from search_api.suggestions.vocabulary import ALIKE, Vocabulary
from search_api.suggestions.vocabulary import FIELDS as NAMED

Called: TypeAlias = Callable[..., str]
"""Takes a name, and a field of which it is: says what the reader calls it."""

MOST_PARTS = 6
"""Parts of a query that are tried alone."""
MOST_FILTERS = 5
"""Filters without which a query is tried."""
MOST_MEANT = 3
"""Words, or sources, that are tried in place of one that finds nothing."""
MOST_OF_EACH = 2
"""The same, of each of two."""
ALIKE_IDS = 0.65
"""Likeness from which a short id of a table may have been meant: two of its three letters."""
FEW = 2
"""Pages up to which other words may have been meant than those that they have."""

_SOURCE = "source:"
_ID = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)+")
"""Of a value that a table knows, as programs write it."""
_FIELD_BEFORE = re.compile(r'(\w+):"?$')
_STOPS = ".,;:!?"
_BINDING = frozenset(chain.from_iterable(FUNCTION_WORDS.values()))
"""Of, für, по: they find much, and nothing that is meant."""


def as_it_is(name: str, *fields: str) -> str:
    """What a reader of any language calls it."""
    return name


def word_called(called: Called, word: str, *fields: str) -> str:
    """A word as the reader calls it, if that is a word, too: others of a query stay beside it."""
    other = called(word, *fields)
    return other if other.isalpha() else word


def words_meant(
    similar: Iterable[str], called: Called, fields: Sequence[str] = ()
) -> Sequence[str]:
    """Words that may have been meant, as the reader calls them, each once."""
    return list(dict.fromkeys(word_called(called, word, *fields) for word in similar))


@dataclass(frozen=True, slots=True)
class OtherSearch:
    """A search that would find something."""

    query: str
    address: str
    total: int


@dataclass(frozen=True, slots=True)
class EmptyHelp:
    """What would find something."""

    meant: tuple[OtherSearch, ...] = ()
    """The query with another word."""
    alone: tuple[OtherSearch, ...] = ()
    """Parts of the query."""
    without: tuple[tuple[str, OtherSearch], ...] = ()
    """Label of a filter, and the search without it; of no label: without all of them."""

    def to_json(self, path: str) -> list[dict[str, Any]]:
        """The list `instead` of an answer: what may have been meant first; `path` is that of the
        search.
        """
        without = [other for _, other in self.without]
        groups = (("meant", self.meant), ("alone", self.alone), ("without", without))
        return [
            {
                "query": other.query,
                "reason": reason,
                "total": other.total,
                "address": f"{path}{other.address.removeprefix('/')}",
            }
            for reason, others in groups
            for other in others
        ]


class EmptyResults:
    """Tries other searches."""

    def __init__(
        self,
        search: SearchStore,
        vocabulary: Vocabulary,
        source_names: Callable[[], Mapping[str, str]] = dict,
        called: Called = as_it_is,
    ) -> None:
        """`source_names`: id of a source → its name, which pages show in its place."""
        self._called = called
        self._search = search
        self._vocabulary = vocabulary
        self._source_names = source_names

    def help(self, parameters: SearchParameters, total: int = 0) -> EmptyHelp:
        """What would find something with the same filters, and what without one of them; at most
        two dozen searches. Of what finds a few pages only what finds more by another word: a slip
        may stand in a page, too.
        """
        if total:
            return self._of_few(parameters, total)
        every = parts_of(parameters.q)
        parts = [part for part in every if fold(part) not in _BINDING][:MOST_PARTS]
        alone = [self._try(parameters, part) for part in parts]
        lost = [part for part, found in zip(parts, alone, strict=True) if found is None]
        meant = tuple(self._meant(parameters, [part for part in lost if _may_be_mistaken(part)]))
        meant += tuple(self._meant_by_filters(parameters))
        several = len(every) > 1
        without = tuple(self._without_filters(parameters))
        return EmptyHelp(meant, tuple(o for o in alone if o and several), without)

    def _of_few(self, parameters: SearchParameters, total: int) -> EmptyHelp:
        if total > FEW:
            return EmptyHelp()
        parts = [part for part in parts_of(parameters.q) if ":" not in part]
        asked = [p for p in parts if _may_be_mistaken(p) and not self._vocabulary.knows(p)]
        meant = self._meant(parameters, asked[:1])
        return EmptyHelp(tuple(other for other in meant if other.total > FEW * total))

    def _meant(self, parameters: SearchParameters, lost: Sequence[str]) -> list[OtherSearch]:
        """With others in place of one of the first two that find nothing, or of both."""
        asked = lost[:2]
        similar = [self._similar(part)[:MOST_MEANT] for part in asked]
        one = (
            with_other(parameters.q, part, other)
            for part, others in zip(asked, similar, strict=True)
            for other in others
        )
        found = self._found(parameters, one)
        if found or len(asked) < 2:  # both of two
            return found
        pairs = product(*(others[:MOST_OF_EACH] for others in similar))
        both = (
            with_other(with_other(parameters.q, asked[0], first), asked[1], second)
            for first, second in pairs
        )
        return self._found(parameters, both)

    def _found(self, parameters: SearchParameters, queries: Iterable[str]) -> list[OtherSearch]:
        return [other for query in queries if (other := self._try(parameters, query))]

    def _meant_by_filters(self, parameters: SearchParameters) -> Iterator[OtherSearch]:
        """With what the query language makes of a filter's value that no page has: a name of a
        country, a word of a name, one that has a slip.
        """
        given = [
            (field, value) for field in parameters.filters for value in getattr(parameters, field)
        ]
        for field, value in given[:MOST_FILTERS]:
            if self._try(SearchParameters.model_validate({field: [value]}), EVERYTHING):
                continue  # some page has it
            part = _value(field, value)
            left = [other for other in getattr(parameters, field) if other != value]
            others = parameters.model_copy(update={field: left})
            similar = self._similar(part)[:MOST_MEANT] if _may_be_mistaken(part) else ()
            for meant in chain((part,), self._known(part), similar):
                if found := self._try(others, _both(parameters.q, meant)):
                    yield found
                    break

    def _known(self, part: str) -> Iterator[str]:
        """The same with a value that the field has, in place of one that it can't have."""
        try:
            self._search.search(SearchRequest(part, limit=1))
        except QueryError as error:
            if error.meant:
                field = part.partition(":")[0]
                yield _value(field, self._called(error.meant[1], field))

    def _without_filters(self, parameters: SearchParameters) -> Iterator[tuple[str, OtherSearch]]:
        """Without all of them where each alone would leave nothing."""
        kept: dict[str, dict[str, object]] = {
            FILTERS[field]: {field: []} for field in parameters.filters
        }
        if parameters.from_ or parameters.to:
            kept["Published"] = {"from_": None, "to": None}
        found = [
            (label, other)
            for label, change in list(kept.items())[:MOST_FILTERS]
            if (other := self._try(parameters.model_copy(update=change), parameters.q))
        ]
        if not found and len(kept) > 1:
            every = {name: value for change in kept.values() for name, value in change.items()}
            if other := self._try(parameters.model_copy(update=every), parameters.q):
                found = [("", other)]
        yield from found

    def _similar(self, part: str) -> Sequence[str]:
        """What may have been meant by a word, a day, a name of a field, or the name of a source."""
        if day := written_day(part):
            return [f"event_date:{day}", f"published:{day}"]
        if not part.startswith(_SOURCE):
            field, colon, name = part.rpartition(":")
            near = () if _is_id(name) else self._vocabulary.similar(name)
            words = words_meant(near, self._called, [field] if field else ())
            ids = self._ids(field, name) if field and not words else ()
            return [f"{field}{colon}{word}" for word in words] + [_value(field, i) for i in ids]
        return [f"{_SOURCE}{source}" for source in self._sources(part.removeprefix(_SOURCE))]

    def _ids(self, field: str, mistaken: str) -> Sequence[str]:
        """Those that a table knows: what it does not know has forms."""
        known = [value.value for value in self._search.values(field) if not value.forms]
        cutoff = ALIKE if _is_id(mistaken) else ALIKE_IDS
        return get_close_matches(mistaken.strip('"').lower(), known, n=MOST_MEANT, cutoff=cutoff)

    def _sources(self, named: str) -> Sequence[str]:
        """Ids of those whose name has these words, or else words or an id much like them."""
        asked, names = [fold(word) for word in surfaces_of(named)], self._source_names()
        called = {source: fold(f"{name} {source}") for source, name in names.items()}
        if found := [one for one in called if all(word in called[one] for word in asked)]:
            return found
        if near := get_close_matches(named.strip('"').lower(), called, n=MOST_MEANT, cutoff=ALIKE):
            return near
        return [
            one
            for one, name in names.items()
            if all(get_close_matches(w, surfaces_of(name), n=1, cutoff=ALIKE) for w in asked)
        ]

    def _try(self, parameters: SearchParameters, query: str) -> OtherSearch | None:
        changed = parameters.model_copy(update={"q": query, "cursor": None})
        try:
            asked = changed.request(facets=False)
            request = replace(asked, limit=1, marked=False, stories="names")
            total = self._search.search(request).total
        except QueryError:  # a word that is no query by itself
            return None
        return OtherSearch(query, changed.address("/"), total) if total else None


def corrected(query: str, problem: Problem, called: Called = as_it_is) -> str:
    """A mistaken query with what may have been meant, as the reader calls it; empty where nothing
    is like it.
    """
    if problem.meant is None or problem.position is None:
        return ""
    wrong, right = problem.meant
    before, rest = query[: problem.position], query[problem.position :]
    found = re.search(re.escape(wrong), rest, re.IGNORECASE)
    if found is None:
        return ""
    field = _FIELD_BEFORE.search(before + rest[: found.start()])
    right = called(right, field[1]) if field else right
    quoted = rest[found.start() - 1 : found.start()] == '"'
    written = right if quoted or right.replace("-", "").isalnum() else as_phrase(right)
    return f"{before}{rest[: found.start()]}{written}{rest[found.end() :]}"


def parts_of(query: str) -> list[str]:
    """The words, phrases and values that must all hold, each as a query of its own; just the one of
    a query that has no others.
    """
    try:
        root = parse_query(query).root
    except QueryError:
        return []
    operands = root.operands if isinstance(root, And) else (root,)
    return list(dict.fromkeys(_written(node) for node in operands if isinstance(node, Term)))


def _may_be_mistaken(part: str) -> bool:
    field, _, name = part.rpartition(":")
    if written_day(part):
        return True
    if part.startswith(_SOURCE) or (field in NAMED and _is_id(name)):
        return True
    return name.isalpha() and (not field or field in NAMED)


def _is_id(name: str) -> bool:
    return bool(_ID.fullmatch(name.strip('"').lower()))


def _written(term: Term) -> str:
    """A word without the commas and stops beside it, which find nothing else."""
    text = f'"{term.text}"' if term.kind == "phrase" else term.text.strip(_STOPS) or term.text
    prefix = "*" if term.kind == "prefix" else ""
    return f"{term.field}:{text}{prefix}" if term.field else f"{text}{prefix}"


def _value(field: str, value: str) -> str:
    return f"{field}:{value if value.isalnum() else as_phrase(value)}"


def _both(query: str, part: str) -> str:
    """What is asked, and a part more."""
    if not query.strip():
        return part
    return f"({query}) {part}" if isinstance(parse_query(query).root, Or) else f"{query} {part}"


def with_other(text: str, word: str, other: str) -> str:
    """A query or name with another word, or part, in place of the first one like this: neither amid
    another word, nor as the value of a field, which may know no others.
    """
    alone = re.compile(rf"(?<![\w:]){re.escape(word)}(?![\w:])")
    return alone.sub(lambda _: other, text, count=1)
