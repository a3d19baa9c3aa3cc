"""The orders `upcoming` and `past` as a cluster sorts by them: by the nested events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.stores.base import SearchRequest
from indexer.stores.event_order import NEVER, EventPlace

_DAY = 86_400_000
"""Milliseconds."""
_EPOCH = 719_163
"""The day (ordinal) from which the cluster counts them."""
_NONE_TO_COME, _NONE_OVER = 2**63 - 1, -(2**63)
"""Sort values of documents without an event of the kind: they come last."""


def event_order(request: SearchRequest) -> list[dict[str, Any]]:
    """The part `sort` of a search."""
    today = request.today.isoformat()
    to_come = _first_days("asc", "min", {"gte": today})
    over = _first_days("desc", "max", {"lt": today})
    days = [to_come, over] if request.sort == "upcoming" else [over, to_come]
    return [*days, {"latest_event": "desc"}]


def event_sort_values(request: SearchRequest, place: EventPlace) -> list[int]:
    """What the cluster sorts a document of this place by."""
    to_come = _NONE_TO_COME if place.next == NEVER else (place.next - _EPOCH) * _DAY
    over = (place.last - _EPOCH) * _DAY if place.last else _NONE_OVER
    days = [to_come, over] if request.sort == "upcoming" else [over, to_come]
    return [*days, place.key]


def event_place(request: SearchRequest, sort_values: Sequence[Any]) -> EventPlace:
    """The inverse of `event_sort_values`."""
    *days, key = map(int, sort_values)
    to_come, over = days if request.sort == "upcoming" else reversed(days)
    return EventPlace(
        NEVER if to_come == _NONE_TO_COME else to_come // _DAY + _EPOCH,
        0 if over == _NONE_OVER else over // _DAY + _EPOCH,
        key,
    )


def _first_days(order: str, mode: str, end: Mapping[str, str]) -> dict[str, Any]:
    """By the first day of those events of a document that end then."""
    among = {"path": "events", "filter": {"range": {"events.end": end}}}
    return {"events.start": {"order": order, "mode": mode, "nested": among, "missing": "_last"}}
