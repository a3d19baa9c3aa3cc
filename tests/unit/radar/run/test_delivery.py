"""What is written down beside the database of accepted messages."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from indexer.alerts.sent_ledger import SentMessage
from radar.channels.feed import NAME as FEED
from radar.installation.clock import real_clock
from radar.run.delivery import Delivery


def message(channel: str) -> SentMessage:
    return SentMessage("key", "2026-03-02T02:30:00+00:00", "tin", channel, {})


def test_a_ledger_that_cannot_be_written_stops_no_delivery(tmp_path: Path) -> None:
    installation: Any = SimpleNamespace(
        settings=SimpleNamespace(sent=tmp_path / "missing" / "sent.jsonl")
    )
    delivery = Delivery(installation, sa.create_engine("sqlite://"), real_clock, threading.Event())
    delivery._keep([message(FEED)])
    delivery._keep([message(FEED), message("mailto:desk@desk.example")])
