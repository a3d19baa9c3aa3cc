"""The event record of a page as rows to read: each value with the sentences that support it.

Pure: from a `Page` to rows; nothing of HTML.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from urllib.parse import urlencode

from indexer.events.facts import EventFacts, EventNames
from indexer.events.listing import ListedEvent
from indexer.query.concepts import concepts_of
from indexer.query.fields import LISTED_FIELDS, MERGED_FIELDS
from indexer.query.naming import Naming
from indexer.query.record import naming_of_page
from indexer.records.document import Contact, Event, Mention, Page, Part, Person
from indexer.records.event_fields import EVENT_FIELDS, EventField
from indexer.records.interface_languages import DEFAULT
from indexer.records.reference import NO_REFERENCE, PlaceEntry, Reference
from indexer.stores.base import FacetValue
from indexer.text.folding import surfaces_of
from search_api.language import language, t
from search_api.page_words import ROLES, country_name, date_span, partial_date
from search_api.pages.highlight import Segment, Sentences, cut_sentence
from search_api.town_names import TownNames

EVIDENCE_LIMIT = 3
"""Sentences shown for one value; a commodity may be named in every paragraph."""

LIST_OF = {field.name: field.lists[0] for field in LISTED_FIELDS}
"""Facet → list of the page record that its values come from."""

_SEARCHES = {list_: field.name for field in LISTED_FIELDS for list_ in field.lists} | {
    "country": "country",
    "city": "place",
    "series": "series",
    "organisers": "organisation",
}
"""Last part of the path of a value → facet by which it is searched."""
_AT_A_GLANCE = ("Date", "City", "Country", "Organiser", "Person")
"""Labels of the values of an event that stand beside the text."""

_INDEX = re.compile(r"\[(\d+)\]$")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence of the page with what supports the value marked."""

    part: str
    """The part of the page that contains it."""
    segments: tuple[Segment, ...]
    inferred: bool
    """The value was inferred from what is marked (country from city)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A value of the record and its evidence."""

    label: str
    value: str
    evidence: tuple[MarkedSentence, ...] = ()
    more: int = 0
    """Number of further sentences that are not shown."""
    address: str | None = None
    """The search for the value; None: there is none."""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event of the page."""

    name: str
    role: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """A part of what stands beside the text."""

    place: str
    """Of the event in the page; empty for what the page names."""
    name: str
    values: tuple[tuple[str, tuple[Row, ...]], ...]
    """By their label."""


class Names:
    """Names of the concepts that a page holds by id."""

    def __init__(self, reference: Reference | None) -> None:
        self.towns = TownNames(reference)
        """Of events."""
        self._tables: dict[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = {}
        self._towns: Mapping[str, PlaceEntry] = {}
        self._reference = reference
        if reference is not None:
            self._towns = reference.towns  # read when one is needed
            self._tables = {
                "places": {e.id: e.names for e in reference.places.values()},
                "organisations": {e.id: e.names for e in reference.organisations.values()},
                "strategies": {e.id: e.names for e in reference.strategies.values()},
                "commodities": {e.id: e.names for e in reference.commodities.values()},
            }
            self._tables["programmes"] = self._tables["strategies"]

    @cached_property
    def naming(self) -> Naming:
        """What the names of a page are one with."""
        return Naming(concepts_of(self._reference) if self._reference else None)

    @cached_property
    def _event_names(self) -> EventNames:
        """Made for the first page that is shown: the words for it take 3 MiB, unpacked."""
        return EventNames(self._reference or NO_REFERENCE)

    def facts(self, page: Page) -> list[EventFacts]:
        """What the names of a page's events say."""
        return self._event_names.facts(page)

    def of(self, field: str, value: str) -> str:
        """Name of an id in the language of the page, else in English, else its first one; an
        unknown value stays as it is.
        """
        names = self._tables.get(field, {}).get(value)
        if names is None and field == "places" and value in self._towns:
            names = self._towns[value].names
        if not names:
            return value
        return (names.get(language()) or names.get("en") or next(iter(names.values())))[0]

    def called(self, name: str, *fields: str) -> str:
        """What the tables call, in the language of the page, what they call so in another one: of
        some fields, or of any; another name, and what a page in English has, stays as it is.
        """
        if language() == DEFAULT:
            return name
        known = (self._by_name.get(field, {}) for field in fields or self._by_name)
        found = next((names for of in known if (names := of.get(surfaces_of(name)))), {})
        return found.get(language(), (name,))[0]

    @cached_property
    def _by_name(self) -> Mapping[str, Mapping[tuple[str, ...], Mapping[str, tuple[str, ...]]]]:
        """Field → a name in any language, folded → all names of what is called so."""
        if self._reference is None:
            return {}
        places = self._reference.places.values()
        tables: dict[str, Iterable[Mapping[str, tuple[str, ...]]]] = {
            "commodity": self._tables["commodities"].values(),
            "country": [place.names for place in places if place.kind == "country"],
            "place": [place.names for place in places if place.kind != "country"],
            "organisation": self._tables["organisations"].values(),
            **dict.fromkeys(("strategy", "series"), self._tables["strategies"].values()),
        }
        return {
            field: {surfaces_of(name): n for n in entries for name in chain(*n.values())}
            for field, entries in tables.items()
        }

    def in_facets(
        self, facets: Mapping[str, Sequence[FacetValue]]
    ) -> dict[str, tuple[FacetValue, ...]]:
        """Facets with the names of the tables in the language of the page."""
        if language() == DEFAULT:  # stores have them
            return {field: tuple(values) for field, values in facets.items()}
        return {
            field: tuple(replace(value, label=self._label(field, value)) for value in values)
            for field, values in facets.items()
        }

    def _label(self, field: str, value: FacetValue) -> str:
        if field == "country":
            return country_name(value.value)
        table = "strategies" if field == "series" else LIST_OF.get(field, "")
        name = self.of(table, value.value)
        return value.label if name == value.value else name


class RecordReader:
    """Reads the rows of one page."""

    def __init__(self, page: Page, names: Names, home: str | None = None) -> None:
        """`home`: the name of the page's source."""
        self._page = page
        self._names = names
        self._naming = naming_of_page(names.naming, page, {}, home)
        self._sentences: dict[str, Sentences] = {}
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in page.mentions:
            for field in {mention.field, _INDEX.sub("", mention.field)}:
                self._mentions[field].append(mention)

    def page_rows(self) -> tuple[Row, ...]:
        """Rows about the page itself: publication date and authors."""
        page, persons = self._page, self._persons_named
        authors = [
            replace(row, address=search_for("person", row.value)) if row.value in persons else row
            for row in self._list("Author", "authors", page.authors)
        ]
        published = page.published and partial_date(page.published)
        return (*self._row("Published", published, "published"), *authors)

    def events(self) -> tuple[EventRecord, ...]:
        """The events in the order of the page."""
        facts = self._names.facts(self._page)
        return tuple(
            EventRecord(
                self._names.towns.event_name(ListedEvent.of_page(event, of_event)),
                t(ROLES[event.role]),
                tuple(self._event(index, event)),
            )
            for index, (event, of_event) in enumerate(zip(self._page.events, facts, strict=True))
        )

    def concepts(self) -> tuple[Row, ...]:
        """Rows of what the page names: countries, commodities, strategies, …"""
        page = self._page
        return (
            *self._list("Country", "countries", page.countries),
            *self._list("Place", "places", page.places),
            *self._list("Commodity", "commodities", [c.id for c in page.commodities]),
            *self._list("Strategy", "strategies", page.strategies),
            *self._list("Programme", "programmes", page.programmes),
            *self._list("Organisation", "organisations", page.organisations),
            *self._others_named(),
            *self._contacts(page.contacts),
        )

    @cached_property
    def _persons_named(self) -> dict[str, list[Mention]]:
        """Persons whom the page names, its authors among them, and where."""
        named: dict[str, list[Mention]] = {}
        for mention in self._mentions.get("persons", ()):
            if mention.value is not None:
                named.setdefault(str(mention.value), []).append(mention)
        return named

    def _others_named(self) -> Iterator[Row]:
        """Persons beside those of its events and its authors."""
        for name in self._page.further_persons:
            mentions = self._persons_named[name]
            yield self._make_row("Person", name, mentions, search_for("person", name))

    def _event(self, index: int, event: Event) -> Iterator[Row]:
        for field in EVENT_FIELDS:
            if not field.label:
                continue
            at = f"events[{index}].{field.path}"
            if field.owner == "persons":
                yield from self._persons(f"events[{index}].persons", event.persons)
            elif field.many:
                yield from self._list(field.label, at, field.value(event))
            elif field.path == "start":
                end = f"events[{index}].end"
                yield from self._row(field.label, date_span(event.start, event.end), at, end)
            else:
                found = self._search_for(_SEARCHES.get(field.name), field.value(event))
                yield from self._row(
                    field.label, _single(field, event, self._names), at, address=found
                )

    def _persons(self, at: str, persons: Iterable[Person]) -> Iterator[Row]:
        for number, person in enumerate(persons):
            yield self._person(f"{at}[{number}]", person)

    def _person(self, at: str, person: Person) -> Row:
        name = person.name_norm or person.name
        value = ", ".join(v for v in (name, person.role, person.organisation) if v)
        return self._make_row("Person", value, self._below(at), search_for("person", person.name))

    def _contacts(self, contacts: Iterable[Contact]) -> Iterator[Row]:
        for index, contact in enumerate(contacts):
            parts = [contact.name, contact.role]
            parts += [f"tel. {contact.phone}"] if contact.phone else []
            parts += [f"fax {contact.fax}"] if contact.fax else []
            value = ", ".join(v for v in (*parts, contact.email) if v)
            yield self._make_row("Contact", value, self._below(f"contacts[{index}]"))

    def _row(
        self, label: str, value: str | None, *fields: str, address: str | None = None
    ) -> Iterator[Row]:
        if value:
            mentions = [m for f in fields for m in self._mentions.get(f, ())]
            yield self._make_row(label, value, mentions, address)

    def _list(self, label: str, field: str, values: Iterable[str]) -> Iterator[Row]:
        kind = field.rpartition(".")[2]
        for index, value in enumerate(values):
            shown = country_name(value) if kind == "countries" else self._names.of(kind, value)
            found = self._search_for(_SEARCHES.get(kind), value)
            yield self._make_row(label, shown, self._item(field, index, value), found)

    def _item(self, field: str, index: int, value: str) -> list[Mention]:
        """The mentions of one value of a list: by index if they have one, else by value."""
        numbered = self._mentions.get(f"{field}[{index}]")
        if numbered:
            return numbered
        return [m for m in self._mentions.get(field, ()) if value in (m.value, m.surface)]

    def _below(self, at: str) -> list[Mention]:
        return [
            m
            for field, mentions in self._mentions.items()
            if field.startswith(f"{at}.")
            for m in mentions
        ]

    def _make_row(
        self, label: str, value: str, mentions: Iterable[Mention], address: str | None = None
    ) -> Row:
        sentences: dict[tuple[str, tuple[int, int]], list[Mention]] = {}
        for mention in mentions:
            span = self._sentences_of(mention.part).around(mention.start, mention.end)
            sentences.setdefault((mention.part, span), []).append(mention)
        evidence = tuple(
            MarkedSentence(
                part,
                cut_sentence(self._page.part(part), span, sorted((m.start, m.end) for m in found)),
                all(m.inferred for m in found),
            )
            for (part, span), found in sentences.items()
        )
        more = max(0, len(evidence) - EVIDENCE_LIMIT)
        return Row(t(label), value, evidence[:EVIDENCE_LIMIT], more, address)

    def _search_for(self, facet: str | None, value: str | None) -> str | None:
        """The search for a value, by the name in full that it is short for on this page."""
        if facet in MERGED_FIELDS and value:
            value = self._naming.written(facet, value)
        return search_for(facet, value)

    def _sentences_of(self, part: Part) -> Sentences:
        if part not in self._sentences:
            self._sentences[part] = Sentences(self._page.part(part))
        return self._sentences[part]


def at_a_glance(events: Iterable[EventRecord], concepts: Iterable[Row]) -> tuple[Glance, ...]:
    """What stands beside the text: of each event the values that most ask for, then what the page
    names.
    """
    labels = {t(label) for label in _AT_A_GLANCE}
    contact = t("Contact")
    parts = [
        Glance(f"#event-{number}", event.name, _by_label(event.rows, lambda label: label in labels))
        for number, event in enumerate(events)
    ]
    parts.append(Glance("", "", _by_label(concepts, lambda label: label != contact)))
    return tuple(part for part in parts if part.values)


def _by_label(
    rows: Iterable[Row], wanted: Callable[[str], bool]
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    grouped = groupby(rows, lambda row: row.label)
    return tuple((label, tuple(found)) for label, found in grouped if wanted(label))


def search_for(facet: str | None, value: str | None) -> str | None:
    """The address of the search for a value; None where it has no facet or there is no value."""
    return f"/?{urlencode({facet: value})}" if facet and value else None


def _single(field: EventField, event: Event, names: Names) -> str | None:
    """A single value in words."""
    value = field.value(event)
    if value is None:
        return None
    if field.path == "place.country":
        return country_name(value)
    if field.path == "place.city":
        return names.towns.name(value, event.place.country)
    if field.path == "status":
        return t(str(value))
    approximate = field.path == "participants.count" and event.participants.approximate
    return f"{t('about')} {value}" if approximate else str(value)
