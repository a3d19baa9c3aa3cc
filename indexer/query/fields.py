"""The fields of documents in one table: what a query may name, what every store indexes, and which
facets narrow a search.

A new facet is a row here, and its label in the words of the pages (`search_api.page_words`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from indexer.records.document import KINDS, Status
from indexer.records.errors import QueryError


@dataclass(frozen=True, slots=True)
class Field:
    """A field: it has words, exact values, days, or words and exact values."""

    name: str
    words: bool = False
    """Searched by words (streams surface, stem and parts)."""
    values: bool = False
    """Has exact values: ids, codes."""
    days: bool = False
    """Has intervals of days."""
    moments: bool = False
    """Has a moment, to the second."""
    facet: str = ""
    """Of a facet, whose values are counted over the hits of a search: what they are, for the
    documentation of the API.
    """
    form: Callable[[str], str] = str
    """How its values are written in the index; users of the API write kz as well as KZ."""
    merged: bool = False
    """Its values are names, merged by `indexer.query.naming`; the index keeps their forms too."""
    closed: tuple[str, ...] = ()
    """All values that it can have, if they are fixed."""
    shape: str = ""
    """Regular expression of its values, if they all look alike."""
    such_as: str = ""
    """A value of that shape."""
    lists: tuple[str, ...] = ()
    """Lists of the page record that its values come from; mentions name them the same."""
    of_events: bool = False
    """Events state it too: beside `sure:yes` it is what they state, as far as that is sure."""


STATUSES: tuple[str, ...] = get_args(Status)
_SAME_STATUS = {"postponed": "moved", "rescheduled": "moved", "canceled": "cancelled"}
"""Other words that users have for a status."""
HAS = ("event", "date", "place", "person", "organisation", "commodity", "strategy", "contact")

FIELDS: tuple[Field, ...] = (
    Field("title", words=True),
    Field("text", words=True),
    Field("source", values=True, facet="Id of a source"),
    Field("lang", values=True, facet="ISO 639-1 code of the page's language", form=str.lower),
    Field(
        "country",
        values=True,
        facet="ISO 3166-1 alpha-2 code",
        form=str.upper,
        lists=("countries",),
        of_events=True,
    ),
    Field(
        "place",
        words=True,
        values=True,
        facet="Id of a place, or its name",
        lists=("places",),
        of_events=True,
    ),
    Field(
        "commodity",
        values=True,
        facet="Id of a commodity",
        form=str.lower,
        lists=("commodities",),
    ),
    Field(
        "strategy",
        words=True,
        values=True,
        merged=True,
        facet="Id of a strategy, or its name",
        lists=("strategies", "programmes"),
    ),
    Field(
        "organisation",
        words=True,
        values=True,
        merged=True,
        facet="Id of an organisation, or its name",
        lists=("organisations",),
        of_events=True,
    ),
    Field(
        "person",
        words=True,
        values=True,
        merged=True,
        facet="Name of a person",
        lists=("persons",),
        of_events=True,
    ),
    Field(
        "series",
        words=True,
        values=True,
        merged=True,
        facet="Series of an event",
        of_events=True,
    ),
    Field("event", words=True, of_events=True),
    Field(
        "kind",
        values=True,
        facet="Kind of page (article, event, listing, …)",
        form=str.lower,
        closed=KINDS,
    ),
    Field(
        "status",
        values=True,
        form=lambda status: _SAME_STATUS.get(status, status),
        closed=STATUSES,
        of_events=True,
    ),
    Field("published", days=True),
    Field("event_date", days=True, of_events=True),
    Field("topic"),
    Field("has", values=True, closed=HAS, of_events=True),
    Field(
        "year",
        values=True,
        facet="Year of publication (2015)",
        shape=r"[0-9]{4}",
        such_as="2015",
    ),
    Field(
        "event_month",
        values=True,
        facet="Month in which an event begins (2015-06)",
        of_events=True,
        shape=r"[0-9]{4}-(?:0[1-9]|1[0-2])",
        such_as="2015-06",
    ),
    Field("about"),
    Field("story", values=True, shape=r"[0-9a-f]{16}", such_as="46071a73f265190e"),
    Field("new", moments=True),
    Field("sure", closed=("yes",)),
)
FIELD = {field.name: field for field in FIELDS}


def sure_field(name: str) -> str:
    """Name of the field that the index keeps for the sure values of a field of events."""
    return f"sure_{name}"


SURE_FIELDS = tuple(
    Field(sure_field(field.name), words=field.words, values=field.values)
    for field in FIELDS
    if field.of_events
)
"""Fields of the index that no query names: `indexer.query.sure` puts them in."""
_INDEXED = (*FIELDS, *SURE_FIELDS)

WORD_FIELDS = tuple(field.name for field in _INDEXED if field.words)
PASSAGE_FIELDS = ("title", "text")
"""Word fields whose texts are passages of the page."""
NAME_FIELDS = tuple(name for name in WORD_FIELDS if name not in PASSAGE_FIELDS)
"""Word fields whose texts are names."""
VALUE_FIELDS = tuple(field.name for field in _INDEXED if field.values)
FILTERS = tuple(field.name for field in FIELDS if field.values)
"""Fields by whose values a request may narrow a search."""
MERGED_FIELDS = tuple(field.name for field in FIELDS if field.merged)
FACETS = {field.name: field for field in FIELDS if field.facet}
LISTED_FIELDS = tuple(field for field in FIELDS if field.lists)
MENTION_FIELDS = {listed: field.name for field in LISTED_FIELDS for listed in field.lists}
"""List of the page record, as mentions name it → field."""


def find_field(name: str, position: int) -> Field:
    """The field of that name; QueryError with a suggestion if there is none."""
    if name in FIELD:
        return FIELD[name]
    if name in ("http", "https"):
        raise QueryError(
            "an address is no query",
            position=position,
            reason="address",
            hint="in quotes its words are looked for; the search page leads to pages it knows",
        )
    raise QueryError(
        f"there is no field {name!r}{did_you_mean(name, FIELD)}",
        position=position,
        reason="unknown-field",
        hint="fields: " + ", ".join(FIELD),
        meant=meant_by(name, FIELD),
    )


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """A question to append to a message; empty if no known value is similar."""
    meant = meant_by(value, known)
    return f" (did you mean {meant[1]!r}?)" if meant else ""


def meant_by(value: str, known: Iterable[str]) -> tuple[str, str] | None:
    """A value with the known one that is similar, if any is."""
    near = get_close_matches(value, list(known), n=1, cutoff=0.6)
    return (value, near[0]) if near else None
