"""Feeds as JSON (JSON Feed 1.1). Pure: records in, bytes out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.records.document import iso_instant
from search_api.feeds.atom import FeedEntry, FeedHead, summary_html
from search_api.page_words import NO_TITLE

MEDIA_TYPE = "application/feed+json"


def described(media_type: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI is told of the shape of an answer: a feed is an object, of others nothing (they
    are taken for text).
    """
    if media_type != MEDIA_TYPE:
        return {}
    return {200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}}


def json_feed(feed: FeedHead, entries: Sequence[FeedEntry]) -> bytes:
    """The feed as a UTF-8 document; half characters are replaced."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "next_url": feed.next,
        "items": [_item(entry) for entry in entries],
    }
    return json.dumps(_known(document), ensure_ascii=False).encode(errors="replace")


def _item(entry: FeedEntry) -> dict[str, object]:
    return _known(
        {
            "id": entry.id,
            "url": entry.link,
            "title": entry.title or NO_TITLE,
            "content_html": summary_html(entry),
            "date_published": entry.published and iso_instant(entry.published),
            "date_modified": iso_instant(entry.updated),
            "authors": [{"name": entry.source}],
            "language": entry.lang,
            "tags": [entry.thread] if entry.thread else None,
        }
    )


def _known(record: Mapping[str, object]) -> dict[str, object]:
    """Without what is unknown: JSON Feed leaves it out."""
    return {key: value for key, value in record.items() if value is not None}
