"""The fields of documents, in one table: what a query may name and what every store indexes."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from indexer.records.document import KINDS
from indexer.records.errors import QueryError


@dataclass(frozen=True, slots=True)
class Field:
    """A field; it may have words, exact values, days, or words and exact values."""

    name: str
    words: bool = False
    """Searched by words (streams surface, stem and parts)."""
    values: bool = False
    """Has exact values: ids, codes."""
    days: bool = False
    """Has intervals of days."""
    facet: bool = False
    """Its values are counted over the hits of a search."""
    closed: tuple[str, ...] = ()
    """All values that it can have, where they are fixed."""


STATUSES = ("scheduled", "held", "moved", "cancelled")
HAS = ("event", "date", "place", "person", "organisation", "commodity", "strategy", "contact")

FIELDS: tuple[Field, ...] = (
    Field("title", words=True),
    Field("text", words=True),
    Field("source", values=True, facet=True),
    Field("lang", values=True, facet=True),
    Field("country", values=True, facet=True),
    Field("place", words=True, values=True),
    Field("commodity", values=True, facet=True),
    Field("strategy", words=True, values=True, facet=True),
    Field("organisation", words=True, values=True),
    Field("person", words=True),
    Field("series", words=True),
    Field("event", words=True),
    Field("kind", values=True, facet=True, closed=KINDS),
    Field("status", values=True, closed=STATUSES),
    Field("published", days=True),
    Field("event_date", days=True),
    Field("topic"),
    Field("has", values=True, closed=HAS),
)
FIELD = {field.name: field for field in FIELDS}

WORD_FIELDS = tuple(field.name for field in FIELDS if field.words)
PASSAGE_FIELDS = ("title", "text")
"""Word fields whose texts are passages of the page."""
NAME_FIELDS = tuple(name for name in WORD_FIELDS if name not in PASSAGE_FIELDS)
"""Word fields whose texts are names."""
VALUE_FIELDS = tuple(field.name for field in FIELDS if field.values)
FACET_FIELDS = tuple(field.name for field in FIELDS if field.facet)

# Mentions of the page record (their field) that a field's values and marks come from.
MENTION_FIELDS = {
    "countries": "country",
    "places": "place",
    "commodities": "commodity",
    "organisations": "organisation",
    "strategies": "strategy",
    "programmes": "strategy",
    "persons": "person",
}


def find_field(name: str, position: int) -> Field:
    """The field of that name; QueryError with a suggestion if there is none."""
    if name in FIELD:
        return FIELD[name]
    raise QueryError(
        f"there is no field {name!r}{did_you_mean(name, FIELD)}",
        position=position,
        reason="unknown-field",
        hint="fields: " + ", ".join(FIELD),
    )


def did_you_mean(value: str, known: dict[str, Field] | tuple[str, ...] | list[str]) -> str:
    """A question to append to a message, empty where nothing known is near."""
    near = get_close_matches(value, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""
