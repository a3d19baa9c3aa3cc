"""Reads the names of a kind from the search store: which there are, and what is known of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from indexer.query import as_phrase
from indexer.query.fields import FACETS
from indexer.records.reference import OrganisationEntry, PlaceEntry, Reference, StrategyEntry
from indexer.stores.base import FacetValue, Hit, SearchRequest
from indexer.stores.every_value import EveryValue
from indexer.text.folding import surfaces_of
from indexer.text.name_keys import person_key, phrase_key
from indexer.text.words import spans
from search_api.language import language
from search_api.name_kinds import NameKind
from search_api.names.letters import Letters
from search_api.names.parameters import NameParameters
from search_api.page_words import forms_to_read, value_label
from search_api.ports import SearchStore
from search_api.problems import NotFound
from search_api.suggestions.empty_results import (
    MOST_MEANT,
    MOST_PARTS,
    Called,
    as_it_is,
    with_other,
    words_meant,
)

PASSAGES = 5
"""Pages of an entry whose passages are shown."""
LONGEST = 1000
"""Characters of a name that is looked for."""
MOST_TRIED = 10
"""Words that are tried in place of one of a name that nobody has."""
TOGETHER = 8
"""Values of another field that are shown beside an entry."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a place is: WGS 84 degrees."""

    lat: float
    lon: float
    country: str | None
    """ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class NameItem:
    """A name in a list."""

    id: str
    """Value of the facet."""
    name: str
    forms: tuple[str, ...]
    """As pages write it, most frequent first."""
    documents: int
    days: Mapping[int, int]
    """Day of publication (ordinal) → number of pages."""
    position: Position | None = None
    """Of a place that the tables know."""


@dataclass(frozen=True, slots=True)
class NameStretch:
    """A part of a list of names."""

    total: int
    items: tuple[NameItem, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class OtherNames:
    """A list that would have names."""

    parameters: NameParameters
    total: int

    def to_json(self, path: str) -> dict[str, object]:
        """As `instead` of a search has it; `path` is that of the list."""
        query, address = self.parameters.q, self.parameters.address(path)
        return {"query": query, "reason": "meant", "total": self.total, "address": address}


@dataclass(frozen=True, slots=True)
class NameEntry:
    """What is known of one name."""

    item: NameItem
    hits: tuple[Hit, ...]
    """The newest pages with the passages that name it."""
    facets: Mapping[str, Sequence[FacetValue]]
    """Facet → what the same pages have, without the name itself."""


class Directory:
    """The names of all kinds. Errors are those of a search."""

    def __init__(
        self,
        search: SearchStore,
        reference: Reference | None,
        similar: Callable[[str], Sequence[str]] = lambda word: (),
        called: Called = as_it_is,
    ) -> None:
        """`similar` says which words of names are much like one, `called` what the reader calls
        one.
        """
        self._of_reader = called
        self._search = search
        self._reference = reference
        self._similar = similar
        self._letters: dict[str, tuple[Sequence[FacetValue], Letters]] = {}
        """Field → its values, as the store keeps them, and their letters."""

    def stretch(self, kind: NameKind, parameters: NameParameters) -> NameStretch:
        """The names that are asked for, most frequent first."""
        first = parameters.first()
        values, found = self._called(kind, parameters.q)
        shown = [values[number] for number in found[first : first + parameters.limit]]
        after = first + parameters.limit
        days = self._search.days(kind.field, [value.value for value in shown])
        items = tuple(self._item(kind, value, days.get(value.value, {})) for value in shown)
        return NameStretch(len(found), items, str(after) if after < len(found) else None)

    def positions(self, kind: NameKind, parameters: NameParameters) -> Iterator[NameItem]:
        """All names that are asked for and have a position, without their days."""
        values, found = self._called(kind, parameters.q)
        for number in found:
            item = self._item(kind, values[number], {})
            if item.position is not None:
                yield item

    def instead(self, kind: NameKind, parameters: NameParameters) -> Sequence[OtherNames]:
        """What would be found with a word that is much like one of those asked for; to be asked
        where nothing is found.
        """
        return tuple(islice(self._meant(kind, parameters), MOST_MEANT))

    def _meant(self, kind: NameKind, parameters: NameParameters) -> Iterator[OtherNames]:
        _, letters = self._values(kind)
        for word in [word for _, _, word in spans(parameters.q)][:MOST_PARTS]:
            for other in words_meant(self._similar(word), self._of_reader, [kind.field])[
                :MOST_TRIED
            ]:
                changed = with_other(parameters.q, word, other)
                if total := sum(1 for _ in letters.having(changed)):
                    asked = parameters.model_copy(update={"q": changed, "cursor": None})
                    yield OtherNames(asked, total)

    def _called(self, kind: NameKind, letters: str) -> tuple[Sequence[FacetValue], Sequence[int]]:
        """The values of a kind, and the numbers of those with the letters that are asked for: in
        what pages write or, of what the tables know, in the id and in any language.
        """
        if not letters.strip():
            values = self._search.values(kind.field)
            return values, range(len(values))
        values, known = self._values(kind)
        return values, list(known.having(letters))

    def _values(self, kind: NameKind) -> tuple[Sequence[FacetValue], Letters]:
        """The values of a kind and their letters, made anew only where the store has others."""
        values = self._search.values(kind.field)
        known = self._letters.get(kind.field)
        if known is not None and known[0] is values:
            return known
        known = (
            values,
            Letters(
                chain((value.label, *value.forms), self._names(kind.field, value.value))
                for value in values
            ),
        )
        if isinstance(values, EveryValue):  # a store that keeps none makes others for each question
            self._letters[kind.field] = known
        return known

    def countries(self) -> Iterator[NameItem]:
        """All countries that the tables have a position of, by their codes, without their days."""
        if self._reference is None:
            return
        places = self._reference.places.values()
        middles = {
            place.country: Position(place.lat, place.lon, place.country)
            for place in places
            if place.kind == "country" and place.lat is not None and place.lon is not None
        }
        for value in self._search.values("country"):
            if value.value in middles:
                position = middles[value.value]
                yield NameItem(value.value, value.label, (), value.count, {}, position)

    def entry(self, kind: NameKind, identity: str) -> NameEntry:
        """One name, by its value or any form; NotFound where no page names it."""
        if kind.field == "place":
            identity = self._place(identity)
        nothing = NotFound(
            "No page names this.", hint="It may have been read anew, or its page is gone."
        )
        if not surfaces_of(identity) or len(identity) > LONGEST:
            raise nothing
        exact = SearchRequest(
            f"{kind.field}:{as_phrase(identity)}",
            sort="newest",
            limit=PASSAGES,
            filters={kind.field: (identity,)},
            news_only=True,
            facets=True,
            timeline=True,
        )
        result = self._search.search(exact)
        (chosen,) = result.chosen.get(kind.field, (identity,))
        values = {v.value: v for v in result.facets.get(kind.field, ())}
        if not result.total:
            in_full = self._in_full(kind, identity, replace(exact, filters={}))
            if in_full is not None:
                return self.entry(kind, in_full)
        if not result.total or chosen not in values:
            raise nothing
        written = (values[chosen].forms, values[chosen].languages)
        value = FacetValue(chosen, values[chosen].label, result.total, *written)
        facets = {
            field: [v for v in found if v.count and (field, v.value) != (kind.field, chosen)]
            for field, found in result.facets.items()
            if field in FACETS
        }
        return NameEntry(self._item(kind, value, result.days), result.hits, facets)

    def _in_full(self, kind: NameKind, short: str, request: SearchRequest) -> str | None:
        """The value of the one name that a name in short stands for on all pages that have it, or
        of the strategy of the table that says the same: that has no forms.
        """
        tables = self._reference.strategies if self._reference and kind.field == "strategy" else {}
        key = person_key if kind.field == "person" else phrase_key
        wanted = set(key(short).split())
        result = self._search.search(request)
        found = [
            value.value
            for value in result.facets.get(kind.field, ())
            if value.count == result.total
            and (
                value.value in tables
                or any(wanted < set(key(form).split()) for form in value.forms)
            )
        ]
        return found[0] if len(found) == 1 else None

    def _item(self, kind: NameKind, value: FacetValue, days: Mapping[int, int]) -> NameItem:
        position = self._position(value.value) if kind.field == "place" else None
        name = value_label(kind.field, value, {})
        forms = forms_to_read(value.forms_in(language()))
        return NameItem(value.value, name, forms, value.count, days, position)

    def _place(self, asked: str) -> str:
        """The id of the place with this id or name that most pages name; else what is asked for."""
        known = [value.value for value in self._search.values("place")]
        wanted = surfaces_of(asked)
        if asked in known or not wanted:
            return asked
        named = (
            place
            for place in known
            if wanted in map(surfaces_of, (place, *self._names("place", place)))
        )
        return next(named, asked)

    def _names(self, field: str, value: str) -> Iterator[str]:
        """A value that the tables know, and what they call it in any language."""
        entry = self._in_tables(field, value)
        if entry is not None:
            yield value
            yield from chain.from_iterable(entry.names.values())

    def _in_tables(
        self, field: str, value: str
    ) -> PlaceEntry | OrganisationEntry | StrategyEntry | None:
        if self._reference is None:
            return None
        if field == "place":
            return self._known(value)
        if field == "organisation":
            return self._reference.organisations.get(value)
        # The table of strategies has series of events, too.
        return self._reference.strategies.get(value)

    def _position(self, place: str) -> Position | None:
        known = self._known(place)
        if known is None or known.lat is None or known.lon is None:
            return None
        return Position(known.lat, known.lon, known.country)

    def _known(self, place: str) -> PlaceEntry | None:
        if self._reference is None:
            return None
        return self._reference.places.get(place) or self._reference.towns.get(place)
