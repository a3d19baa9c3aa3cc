"""Mapping and settings of an index in a cluster, made from the tables of fields.

Our searches use the token fields (`title_stem` …) and exact values. `_source` holds what hits are
made from; its `record` holds the tokens for their marks. For Kibana and other clients there are
also ordinary fields: `title`, `teaser` and `text` as full text, `published`, `first_seen` and
`event_date` as dates, `location` as points, and `events` as nested objects
(`indexer.records.event_fields`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.meaning.packing import DIMENSIONS, ENCODER_VERSION
from indexer.query.fields import FIELDS, VALUE_FIELDS, WORD_FIELDS
from indexer.records.event_fields import EVENT_FIELDS, IndexType
from indexer.stores.entry import EVENT_DAYS, FORM_FIELDS, SCHEMA_VERSION, STREAMS, token_field
from indexer.text.analysis import ANALYZER_VERSION

MAPPING_VERSION = 5
"""Increased when the mapping changes in another way than by the table of fields."""

VERSIONS = {
    "schema": SCHEMA_VERSION,
    "mapping": MAPPING_VERSION,
    "analyzer": ANALYZER_VERSION,
    "encoder": ENCODER_VERSION,
}
"""Stored in `_meta` of the index; an index of other versions has to be rebuilt."""

_LONGEST_TOKEN = 8_000
"""Characters; a term of Lucene has at most 32,766 bytes, which are 4 to a character."""
_KEYWORD = {"type": "keyword", "ignore_above": _LONGEST_TOKEN}
_NOT_KEPT = (
    *(token_field(field, stream) for field in WORD_FIELDS for stream in STREAMS),
    *FORM_FIELDS,
    *EVENT_DAYS.values(),
    *("newest", "latest_event", "published_first", "published_last"),
    *("id", "told", "meaning"),
)
"""Fields that `_source` excludes. Full names: a pattern would drop empty lists, too."""
_DAY = {"type": "date", "format": "strict_date"}
_TEXT = {"type": "text", "norms": False}
"""Without norms: nested documents make them sparse, and looking them up slows every flush."""

_MEANING = {
    "passage": {"type": "integer", "index": False},
    "vector": {
        "type": "dense_vector",
        "element_type": "byte",
        "dims": DIMENSIONS,
        "similarity": "cosine",
        # Every vector is compared, as in the embedded store, so that both find the same.
        "index_options": {"type": "flat"},
    },
}
"""The vector of each passage that has one."""

_TYPES: Mapping[IndexType, dict[str, Any]] = {
    "keyword": _KEYWORD,
    "name": {**_TEXT, "fields": {"exact": _KEYWORD}},
    "text": _TEXT,
    "day": _DAY,
    "integer": {"type": "integer"},
}


def index_settings(shards: int, *, ordinary_text: bool = True) -> dict[str, Any]:
    """Body of a new index; without `ordinary_text` other clients have no full text."""
    return {
        "settings": {
            "number_of_shards": shards,
            "auto_expand_replicas": "0-1",  # none on a single node, one where there are more
            "refresh_interval": "30s",  # writers refresh; this is for interrupted ones
            "similarity": {"default": {"type": "BM25", "discount_overlaps": False}},
            "analysis": {
                "tokenizer": {"tokens": {"type": "whitespace", "max_token_length": _LONGEST_TOKEN}},
                "analyzer": {"tokens": {"type": "custom", "tokenizer": "tokens"}},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": list(_NOT_KEPT)},
            "_meta": {"rohstoffradar": VERSIONS},
            "properties": {**_for_our_searches(), **_for_other_clients(ordinary_text)},
        },
    }


def _for_our_searches() -> dict[str, Any]:
    fields: dict[str, Any] = {
        token_field(field, stream): {
            "type": "text",
            "analyzer": "tokens",
            "index_options": "freqs" if stream == "parts" else "positions",
        }
        for field in WORD_FIELDS
        for stream in STREAMS
    }
    fields |= dict.fromkeys((*VALUE_FIELDS, *FORM_FIELDS), _KEYWORD)
    fields |= {name: {"type": "keyword", "doc_values": False} for name in EVENT_DAYS.values()}
    for name in ("published_first", "published_last", "newest", "latest_event"):
        fields[name] = {"type": "long"}
    # What has nothing to show but its id is read without what is stored of it.
    fields["id"] = {"type": "keyword", "index": False}
    fields["told"] = {"type": "binary", "doc_values": True}  # as is what a place of a story shows
    fields["revision"] = {"type": "integer", "index": False}
    fields["deleted"] = {"type": "boolean"}
    fields["meaning"] = {"type": "nested", "properties": _MEANING}
    fields["record"] = {"type": "object", "enabled": False}
    return fields


def _for_other_clients(ordinary_text: bool) -> dict[str, Any]:
    text = _TEXT if ordinary_text else {**_TEXT, "index": False}
    fields: dict[str, Any] = dict.fromkeys(("title", "teaser", "text"), text)
    fields |= {field.name: _DAY for field in FIELDS if field.days}
    return fields | {
        "url": _KEYWORD,
        "first_seen": {"type": "date", "format": "strict_date_time_no_millis"},
        "location": {"type": "geo_point"},
        "events": {"type": "nested", "properties": _event_fields()},
    }


def _event_fields() -> dict[str, Any]:
    types: dict[str, dict[str, Any]] = {"": {}, "persons": {}}
    for field in EVENT_FIELDS:
        if field.index:
            of_person = field.owner if field.owner in types else ""
            types[of_person][field.index_name or field.name] = _TYPES[field.index]
    return {
        **types[""],
        "persons": {"properties": types["persons"]},
        "stated": _KEYWORD,
        "location": {"type": "geo_point"},
    }
