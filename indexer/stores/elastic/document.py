"""Converts a document to its form in the cluster, and back to the record of a hit."""

from __future__ import annotations

import json
import struct
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date
from typing import Any

from indexer.query.days import Days, event_days
from indexer.query.fields import VALUE_FIELDS
from indexer.query.record import EventSummary, PassageText, SearchRecord
from indexer.query.view import PageView
from indexer.records.document import DocumentId, Event, StoredDocument, iso_instant
from indexer.records.event_fields import EVENT_FIELDS
from indexer.records.half_characters import without_halves
from indexer.stores.base import Hit
from indexer.stores.elastic.official_client import OrjsonSerializer, SerializationError
from indexer.stores.entry import make_entry
from indexer.stores.hits import bare_hit
from indexer.text.analysis import Analyzer

_JSON = OrjsonSerializer()
_EVENT_FIELDS = [field for field in EVENT_FIELDS if field.index and field.owner != "persons"]
_PERSON_FIELDS = [field for field in EVENT_FIELDS if field.index and field.owner == "persons"]


def document_body(document: StoredDocument, view: PageView) -> bytes:
    """The body to index, as JSON, without empty fields.

    Lone surrogates in texts are replaced one for one, so that offsets stay valid; in a value they
    raise UnicodeEncodeError.
    """
    body = _body(document, view)
    try:
        return _JSON.dumps(body)
    except SerializationError:
        for field in (*VALUE_FIELDS, "url"):
            value = body.get(field, ())
            "".join((value,) if isinstance(value, str) else value).encode()
        return without_halves(json.dumps(body, ensure_ascii=False)).encode()


def _body(document: StoredDocument, view: PageView) -> dict[str, Any]:
    entry = make_entry(view)
    # numpy, which a process that only searches does not need
    from indexer.meaning.vectors import in_context  # noqa: PLC0415

    page = document.page
    first, last = entry.published or (None, None)
    body: dict[str, Any] = {
        **entry.tokens,
        **entry.values,
        **entry.forms,
        "id": document.id,
        "told": _told(view.record),
        "event_days": entry.event_days,
        "sure_event_days": entry.sure_event_days,
        "published_first": first,
        "published_last": last,
        "newest": entry.newest,
        "latest_event": entry.latest_event,
        "revision": document.revision,
        "url": document.url,
        "title": page.title,
        "teaser": page.teaser,
        "text": page.text,
        "published": _day(entry.published),
        "first_seen": iso_instant(document.first_seen),
        "event_date": [_day(days) for days in view.details.events if days],
        "events": [_event_body(event) for event in page.events],
        "location": [found for event in page.events if (found := _location(event))],
        "meaning": [
            {"passage": passage, "vector": list(struct.unpack(f"{len(vector)}b", vector))}
            for passage, vector in in_context(document.vectors)
            if any(vector)  # nothing has a cosine with zeros
        ],
        "record": _stored_record(view),
    }
    stored = {name: value for name, value in body.items() if value or value == 0}
    return {**stored, "deleted": False}  # the filter of the alias for searches


def tombstone(revision: int) -> dict[str, Any]:
    """Replaces a deleted document, so that a late write of an older revision is refused."""
    return {"deleted": True, "revision": revision}


IDS_ALONE = {"stored_fields": "_none_", "docvalue_fields": ["id"]}
"""Of a request: found documents come without what is stored of them, which takes longer to unpack
than many of them to find.
"""


def id_of(hit: Mapping[str, Any]) -> DocumentId:
    """Of a document that was found so."""
    (identity,) = hit["fields"]["id"]
    return DocumentId(identity)


PLACES_ALONE = {**IDS_ALONE, "docvalue_fields": ["id", "story", "told"]}
"""Of a request: the same for what a story shows of the documents that tell it."""


def place_of(hit: Mapping[str, Any]) -> Hit:
    """A document that was found so: its address, title, source, language, day and story."""
    (told,), (story,) = hit["fields"]["told"], hit["fields"]["story"]
    url, title, source, lang, published = json.loads(b64decode(told))
    return bare_hit(id_of(hit), None)._replace(
        url=url, title=title, source=source, lang=lang, published=published, story=story
    )


def _told(record: SearchRecord) -> str:
    """What `place_of` reads. A lone surrogate is replaced, as in all texts."""
    shown = [record.url, record.title, record.source, record.lang, record.published]
    return b64encode(without_halves(json.dumps(shown, ensure_ascii=False)).encode()).decode()


def read_view(identity: str, stored: Mapping[str, Any], analyzer: Analyzer) -> PageView:
    """A found document; its passages are cut out of the stored title, teaser and text.

    Values stay as JSON gives them.
    """
    own = stored["record"]
    lang = stored.get("lang")
    record = SearchRecord(
        id=DocumentId(identity),
        url=stored["url"],
        title=stored.get("title"),
        source=stored["source"][0],
        lang=lang[0] if lang else None,
        kind=stored["kind"][0],
        revision=stored["revision"],
        published=own["published"],
        passages=tuple(
            [PassageText(p, a, b, stored[p][a:b]) for p, a, b in own.get("passages", ())]
        ),
        values=stored,
        events=tuple([EventSummary._make(event) for event in own.get("events", ())]),
        details=own.get("details", ""),
    )
    return PageView(record, analyzer, own.get("tokens"))


def _stored_record(view: PageView) -> dict[str, Any]:
    """The part of a hit that no other field holds."""
    record = view.record
    return {
        "tokens": view.passages.stored_tokens(),
        "published": record.published,
        "passages": [[p.part, p.start, p.end] for p in record.passages],
        "events": [list(event) for event in record.events],
        "details": view.details.to_json(),
    }


def _event_body(event: Event) -> dict[str, Any]:
    days = event_days(event.start, event.end)
    body = {
        **{field.index_name or field.name: field.value(event) for field in _EVENT_FIELDS},
        "start": _day(days),
        "end": _day(days and (days[1], days[1])),
        "stated": [day for day in (event.start, event.end) if day],
        "location": _location(event),
        "persons": [
            {field.name: getattr(person, field.name) for field in _PERSON_FIELDS}
            for person in event.persons
        ],
    }
    return {name: value for name, value in body.items() if value}


def _location(event: Event) -> dict[str, float] | None:
    place = event.place
    if place.lat is None or place.lon is None:
        return None
    return {"lat": place.lat, "lon": place.lon}


def _day(days: Days | None) -> str | None:
    """The first day as ISO date."""
    return date.fromordinal(days[0]).isoformat() if days else None
