"""`radar watch test`."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
import sqlalchemy as sa

from indexer.alerts.message import Channel, Message, MessageEntry
from indexer.alerts.subscriptions import ALL, ended_subscriptions
from indexer.alerts.watches import Watch
from indexer.database.engine import usable
from indexer.records.errors import DeliveryError
from indexer.records.marked_passage import MarkedPassage
from radar.channels.feed import NAME as FEED
from radar.channels.patience import ALTOGETHER, IN_VAIN, Patience
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.commands.watch import find_watch
from radar.exit_codes import ExitCode
from radar.installation.clock import real_clock
from radar.installation.delivery_terms import language_of
from search_api.language import speaking, t

_OFF = "it took itself off; `radar watch subscribe` sends to it again"


@click.command("test")
@click.argument("watch")
@config_option
@home_option
@json_option
def test(watch: str, config: Path | None, home: Path | None, as_json: bool) -> int:
    """Send a sample through every channel of a watch, but to no address that took itself off; its
    matches stay as they are.

    Exit codes: 0 all channels took it; 1 one did not; 2 command or configuration wrong.
    """
    opened = installation(config, home)
    known = find_watch(opened, watch)
    now = real_clock()
    engine = opened.open_reader()
    patience = Patience(threading.Event(), IN_VAIN, ALTOGETHER)
    failed = False
    ended = _ended(engine)
    with opened.channels(engine, patience) as open_channel:
        for channel in known.channels:
            sample = sample_message(known, now, language_of(opened.settings, known, channel))
            # A feed is written from the matches, under the name of the watch.
            message = replace(sample, name=known.name) if channel == FEED else sample
            is_off = not ended.isdisjoint({(known.id, channel), (ALL, channel)})
            error = _OFF if is_off else _failure(open_channel, channel, message)
            failed = failed or error is not None
            if as_json:
                print_json({"watch": known.id, "channel": channel, "error": error})
            else:
                click.echo(f"{channel}: {'sent' if error is None else error}")
    return ExitCode.NEEDS_A_PERSON if failed else ExitCode.DONE


def _ended(engine: sa.Engine | None) -> frozenset[tuple[str, str]]:
    """Watch and channel of those that took themselves off."""
    if engine is None:
        return frozenset()
    with usable(), engine.connect() as connection:
        return ended_subscriptions(connection)


def _failure(open_channel: Callable[[str], Channel], channel: str, message: Message) -> str | None:
    """Why the channel did not take the message; None: it did."""
    try:
        open_channel(channel).deliver(message)
    except DeliveryError as error:
        return error.message
    return None


def sample_message(watch: Watch, now: datetime, language: str) -> Message:
    """A message that says that it is a sample."""
    with speaking(language):
        sample = t("Sample")
        text = (
            f"{t('A sample of what the watch {name} sends:', name=watch.name)} {watch.whole_query}"
        )
    start = len(text) - len(watch.whole_query)
    entry = MessageEntry(
        id=uuid.uuid4().urn,
        url="https://example.org/",
        title=sample,
        source="Rohstoffradar",
        published=None,
        found=now,
        change="new-document",
        terms=("sample",),
        passages=(MarkedPassage(text, ((start, len(text)),)),),
    )
    return Message(
        str(uuid.uuid4()),
        watch.id,
        f"[{sample}] {watch.name}",
        now,
        first_look=False,
        entries=(entry,),
        language=language,
    )
