"""The one line that says what a message brings, in the language that is spoken."""

from __future__ import annotations

from indexer.alerts.message import Digest, Message
from search_api.language import t, tn

DIGESTS = {
    "hourly": "Hourly digest",
    "daily": "Daily digest",
    "weekly": "Weekly digest",
    "run": "Digest",
}
"""Cadence of a digest → its name; `run`: its watch was edited while it waited."""


def subject_of(message: Message) -> str:
    """The name of the watch and how many there are: `Copper: 2 new mentions`."""
    name = message.name
    if isinstance(message, Digest):
        name = t(DIGESTS[name])
    return f"{name}: {_counts(message)}"


def _counts(message: Message) -> str:
    if message.first_look:
        return tn("{n} pages at first look", len(message.entries))
    if not message.entries:
        return t("nothing new")
    changed = sum(len(entry.events) for entry in message.entries)
    mentions = sum(not entry.events for entry in message.entries)
    parts = [tn("{n} new mentions", mentions)] if mentions or not changed else []
    parts += [tn("{n} events changed", changed)] if changed else []
    return ", ".join(parts)
