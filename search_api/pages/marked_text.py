"""The text of a page with every value marked in its place, and what it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from indexer.query.fields import FACETS, MENTION_FIELDS
from indexer.records.document import Mention, Page
from indexer.records.event_fields import EVENT_FIELDS
from search_api.language import t
from search_api.page_words import country_name, partial_date
from search_api.pages.record import Names

_NUMBER = re.compile(r"\[\d+\]")
_EVENT = re.compile(r"events\[(\d+)\]\.(.+)")
_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "countries": "Country",
        "places": "Place",
        "commodities": "Commodity",
        "strategies": "Strategy",
        "programmes": "Programme",
        "organisations": "Organisation",
        "persons": "Person",
        "published": "Published",
        "authors": "Author",
        "contacts": "Contact",
    }
)
_EVENT_LABELS = {field.path: field.label for field in EVENT_FIELDS}
_EVENT_LABELS |= {"end": "Last day", "persons.role": "Role", "persons.organisation": "Organisation"}


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A piece of the text."""

    text: str
    label: str | None = None
    """What it supports, in words; None: nothing."""
    address: str | None = None
    """Where the value leads: to its search, or to the event in the record below."""


class MarkedText:
    """Reads the text of one page."""

    def __init__(self, page: Page, names: Names) -> None:
        self._page = page
        self._names = names

    def paragraphs(self) -> Iterator[tuple[TextPiece, ...]]:
        """The paragraphs of the text, with what is marked in them."""
        mentions = sorted(
            (m for m in self._page.mentions if m.part == "text" and m.end > m.start),
            key=lambda m: (m.start, -m.end),
        )
        offset, place = 0, 0
        for paragraph in self._page.text.split("\n\n"):
            end = offset + len(paragraph)
            inside = []
            while place < len(mentions) and mentions[place].start < end:
                inside.append(mentions[place])
                place += 1
            if paragraph.strip():
                yield tuple(self._pieces(offset, end, inside))
            offset = end + 2

    def _pieces(self, start: int, end: int, mentions: Iterable[Mention]) -> Iterator[TextPiece]:
        text, done = self._page.text, start
        for first, last, supported in _clusters(mentions, start, end):
            if first > done:
                yield TextPiece(text[done:first])
            labels = dict.fromkeys(self._label(mention) for mention in supported)
            whole = [m for m in supported if (m.start, min(m.end, end)) == (first, last)]
            yield TextPiece(text[first:last], "; ".join(labels), self._lead(whole))
            done = last
        if done < end:
            yield TextPiece(text[done:end])

    def _label(self, mention: Mention) -> str:
        event = _EVENT.fullmatch(mention.field)
        path = _NUMBER.sub("", event[2] if event else mention.field)
        if event:
            name = f"{t('Event')}, {t(_EVENT_LABELS.get(path) or path)}"
        else:
            name = t(_LISTS.get(path.partition(".")[0], path))
        if event and path == "place.city":
            value = self._town(mention, int(event[1]))
        else:
            value = self._shown(path.rpartition(".")[2], mention)
        inferred = f" ({t('inferred')})" if mention.inferred else ""
        return f"{name}: {value}{inferred}"

    def _town(self, mention: Mention, number: int) -> str:
        value, of_event = _value(mention), self._page.events[number : number + 1]
        return next((self._names.towns.name(value, e.place.country) for e in of_event), value)

    def _shown(self, kind: str, mention: Mention) -> str:
        value = _value(mention)
        if kind in ("countries", "country"):
            return country_name(value)
        if kind in ("start", "end", "published"):
            return partial_date(value)
        if kind == "status":
            return t(value)
        return self._names.of(kind, value)

    def _lead(self, mentions: Iterable[Mention]) -> str | None:
        """The first search for one of the values; else the event in the record below."""
        found = [address for m in mentions if (address := self._address(m))]
        return min(found, key=lambda address: address.startswith("#"), default=None)

    def _address(self, mention: Mention) -> str | None:
        field = MENTION_FIELDS.get(mention.field)
        if field in FACETS and mention.value is not None:
            return f"/?{urlencode({field: str(mention.value)})}"
        event = _EVENT.fullmatch(mention.field)
        return f"#event-{event[1]}" if event else None


def _value(mention: Mention) -> str:
    return str(mention.surface if mention.value is None else mention.value)


def _clusters(
    mentions: Iterable[Mention], start: int, end: int
) -> Iterator[tuple[int, int, list[Mention]]]:
    """Mentions that touch one another, as one place, within the bounds."""
    first = last = start
    together: list[Mention] = []
    for mention in mentions:
        if together and mention.start > last:
            yield first, last, together
            together = []
        if not together:
            first = last = mention.start
        last = min(end, max(last, mention.end))
        together.append(mention)
    if together:
        yield first, last, together
