"""Idempotency keys: a receiver that is sent a message twice sees that it is one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from indexer.alerts.entries import NAMESPACE
from indexer.alerts.told import MatchContent


def message_key(
    watch: str, run: int, channel: str, contents: Iterable[MatchContent], *, first_look: bool
) -> str:
    """Idempotency key of a message.

    Its contents count: numbers of runs come again where a database was put back.
    """
    group = "first-look" if first_look else "new"
    told = sorted(f"{content.document} {' '.join(sorted(content.keys))}" for content in contents)
    return str(uuid.uuid5(NAMESPACE, "\n".join([watch, str(run), channel, group, *told])))


def notice_key(watch: str, channel: str, moment: datetime) -> str:
    """Idempotency key of a message that says that nothing is new up to a moment."""
    return str(uuid.uuid5(NAMESPACE, "\n".join([watch, channel, "nothing", moment.isoformat()])))


def digest_key(channel: str, messages: Iterable[str]) -> str:
    """Idempotency key of a digest of messages with these keys."""
    return str(uuid.uuid5(NAMESPACE, "\n".join(["digest", channel, *sorted(messages)])))
