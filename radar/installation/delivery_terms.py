"""When the messages of each watch may go to each of its channels, as configured."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.marks import snoozed
from indexer.alerts.outbox import waiting_for
from indexer.alerts.subscriptions import ALL, ended_subscriptions
from indexer.alerts.watches import Watch
from indexer.records.instants import has_come
from indexer.records.window import Window
from radar.channels.registry import CHANNELS
from radar.configuration.models import ChannelSettings
from radar.configuration.settings import Settings
from radar.installation.watches import all_watches

LONGEST_SNOOZE = timedelta(days=366)
MOST_AT_ONCE = 500
"""Databases take only so many parameters in one statement: of more pairs all watches are read."""


def current_terms(
    settings: Settings,
    connection: sa.Connection,
    now: datetime,
    only: Collection[tuple[str, str]] | None = None,
) -> Mapping[tuple[str, str], DeliveryTerms]:
    """The terms of all watches (or of these pairs), by watch and channel; an address that took
    itself off has none.

    What waits of a watch that stands still, because of a mistake or as the folder of watches is
    missing, is held until that is mended.
    """
    ids = None if only is None or len(only) > MOST_AT_ONCE else {watch for watch, _ in only}
    watches = all_watches(settings, connection, ids)
    asleep = {
        watch
        for watch, until in snoozed(connection, ids).items()
        if not has_come(until, now, LONGEST_SNOOZE)
    }
    ended = ended_subscriptions(connection, ids)
    found = {
        (watch, channel): replace(terms, paused=watch in asleep and terms.waits)
        for (watch, channel), terms in delivery_terms(settings, watches, only).items()
    }
    if not settings.knows_all_watches:
        waiting = waiting_for(connection)
        if only is not None:
            waiting &= set(only)
        found |= _held(settings, waiting, {watch.id for watch in watches})
    return {
        (watch, channel): terms
        for (watch, channel), terms in found.items()
        if ended.isdisjoint({(watch, channel), (ALL, channel)})
    }


def _held(
    settings: Settings, waiting: Iterable[tuple[str, str]], known: Collection[str]
) -> Mapping[tuple[str, str], DeliveryTerms]:
    """Terms of messages whose watch is not known: it may stand still."""
    held = DeliveryTerms(zone=settings.timezone, language=settings.language, paused=True)
    return {(watch, channel): held for watch, channel in waiting if watch not in known}


def delivery_terms(
    settings: Settings,
    watches: Iterable[Watch],
    only: Collection[tuple[str, str]] | None = None,
) -> Mapping[tuple[str, str], DeliveryTerms]:
    """The same by the configuration alone."""
    configured = {entry.channel: entry for entry in settings.channels}
    return {
        (watch.id, channel): _terms(watch, channel, configured.get(channel), settings)
        for watch in watches
        for channel in watch.channels
        if only is None or (watch.id, channel) in only
    }


def language_of(settings: Settings, watch: Watch, channel: str) -> str:
    """The language of what a watch sends to one of its channels."""
    return delivery_terms(settings, [watch])[watch.id, channel].language


def _terms(
    watch: Watch, channel: str, entry: ChannelSettings | None, settings: Settings
) -> DeliveryTerms:
    kind = CHANNELS[channel.partition(":")[0]]
    per_hour = entry.per_hour if entry else None
    language = (entry and entry.language) or watch.language or settings.language
    if not kind.waits:
        return DeliveryTerms(
            per_hour=per_hour,
            waits=False,
            reads_matches=kind.reads_matches,
            language=language,
        )
    return DeliveryTerms(
        cadence=watch.cadence,
        zone=watch.timezone or settings.timezone,
        quiet=tuple(_quiet((watch, entry), settings.timezone)),
        per_hour=per_hour,
        combined=kind.combines,
        reads_matches=kind.reads_matches,
        report_nothing=watch.report_nothing,
        language=language,
    )


def _quiet(entries: Iterable[Watch | ChannelSettings | None], timezone: str) -> Iterator[Window]:
    for entry in entries:
        if entry is not None and entry.quiet is not None:
            yield Window.parse(entry.quiet, entry.timezone or timezone)
