"""What is written down beside the database of accepted messages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.alerts.delivery import Delivered
from indexer.alerts.sent_ledger import SentMessage
from radar.channels.feed import NAME as FEED
from radar.installation.clock import real_clock
from radar.run import delivery as delivery_module
from radar.run.delivery import Delivery


def message(channel: str) -> SentMessage:
    return SentMessage("key", "2026-03-02T02:30:00+00:00", "tin", channel, {})


def test_a_ledger_that_cannot_be_written_stops_no_delivery(tmp_path: Path) -> None:
    installation: Any = SimpleNamespace(
        settings=SimpleNamespace(sent=tmp_path / "missing" / "sent.jsonl")
    )
    delivery = Delivery(installation, sa.create_engine("sqlite://"), real_clock, threading.Event())
    unwritten: dict[Path, OSError] = {}
    assert not delivery._keep(unwritten, [message(FEED)])
    assert not delivery._keep(unwritten, [message(FEED), message("mailto:desk@desk.example")])
    assert list(unwritten) == [installation.settings.sent]


def test_what_could_not_be_written_down_is_a_problem_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deliver(
        *_: object, accepted: Callable[[list[SentMessage]], bool], **__: object
    ) -> Delivered:
        for _key in range(2):
            accepted([message("mailto:desk@desk.example")])
        return Delivered(2, ())

    monkeypatch.setattr(delivery_module, "deliver", deliver)
    monkeypatch.setattr(delivery_module, "current_terms", lambda *_: {})
    monkeypatch.setattr(delivery_module, "delivery_lock", lambda _: nullcontext())
    monkeypatch.setattr(Delivery, "_has_work", lambda *_: True)
    settings = SimpleNamespace(sent=tmp_path, database="", source_names={})
    installation: Any = SimpleNamespace(
        settings=settings, channels=lambda *_: nullcontext(lambda name: None)
    )
    engine = sa.create_engine("sqlite://")
    delivery = Delivery(installation, engine, real_clock, threading.Event())
    with engine.connect() as connection:
        delivered = delivery.send(connection, 1, everything=False)
    [problem] = delivered.problems
    assert problem.startswith(f"{tmp_path.name}: Is a directory: this delivery is not written down")


def test_who_took_himself_off_while_another_delivery_was_waited_for_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = {("tin", "mailto:desk@desk.example"): None}
    seen: list[object] = []

    @contextmanager
    def other_delivery(_: str) -> Iterator[None]:
        terms.clear()
        yield

    def deliver(*_: object, terms: object, **__: object) -> Delivered:
        seen.append(terms)
        return Delivered(0, ())

    monkeypatch.setattr(delivery_module, "deliver", deliver)
    monkeypatch.setattr(delivery_module, "current_terms", lambda *_: dict(terms))
    monkeypatch.setattr(delivery_module, "delivery_lock", other_delivery)
    monkeypatch.setattr(Delivery, "_has_work", lambda self, connection, run, terms: bool(terms))
    settings = SimpleNamespace(sent=tmp_path, database="", source_names={})
    installation: Any = SimpleNamespace(
        settings=settings, channels=lambda *_: nullcontext(lambda name: None)
    )
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        Delivery(installation, engine, real_clock, threading.Event()).send(
            connection, 1, everything=False
        )
    assert seen == [{}]
