from __future__ import annotations

import logging
import shutil
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from crawler.archive.purging import Rewritten, rewrite
from crawler.archive.warc import Archive
from indexer.alerts.watches import sync_watches
from indexer.database import tables
from indexer.database.engine import open_database
from indexer.database.epochs import Kinship, begin_epoch, kinship
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import Response
from indexer.frontier.run_record import RunRecord
from indexer.records.document import document_id
from indexer.records.labels import Labels
from indexer.revisions.revisions import ERASED
from radar.configuration.settings import load_settings
from radar.erasure import archive_purge
from radar.erasure import eraser as eraser_module
from radar.erasure.erased_pages import ErasedPages, block_pages
from radar.erasure.eraser import COUNTED, LEFT, WAITS, Eraser, Kind
from radar.installation.installation import Installation
from radar.labelling.label_files import LabelFiles
from radar.run.run_log import run_log
from tests.unit.indexer.record import HOME, Record

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
TIN, LEAD = (
    f"- {{id: {name}, name: News of {name}, query: {query}, channels: [feed]}}\n"
    for name, query in (("tin", "Zinn"), ("lead", "Blei"))
)


@pytest.mark.parametrize(
    ("now_configured", "feeds"),
    [
        (TIN + LEAD, {"tin", "lead"}),
        (TIN, {"tin"}),
        (TIN + LEAD.replace("Blei", "'Blei AND ('"), {"tin", "lead"}),
        ("- [", {"tin", "lead"}),
        (TIN.replace("[feed]", "['file:tin']") + LEAD.replace("Blei", "'('"), {"lead"}),
        (None, {"tin", "lead"}),
    ],
    ids=["both", "one removed", "one mistaken", "file mistaken", "one without its feed", "gone"],
)
def test_feeds_of_watches_that_stand_still_are_written_again_too(
    tmp_path: Path, now_configured: str | None, feeds: set[str]
) -> None:
    file = tmp_path / "watches" / "w.yaml"
    file.parent.mkdir()
    file.write_text(TIN + LEAD)
    before = load_settings(tmp_path, {}, home=tmp_path)
    before.feeds.mkdir()
    for name in ("tin", "lead"):
        (before.feeds / f"{name}.atom").write_text("as it was")
    engine = open_database(before.database)
    if now_configured is None:
        shutil.rmtree(file.parent)
    else:
        file.write_text(now_configured)
    installation = Installation(load_settings(tmp_path, {}, home=tmp_path))
    with engine.connect() as connection:
        sync_watches(connection, before.watches, NOW)
        connection.commit()
        Eraser(installation, engine, connection, lambda: NOW).rewrite_feeds()
    left = {path.stem: path.read_text() for path in before.feeds.glob("*.atom")}
    assert left.keys() == feeds
    assert all(f"News of {name}" in text for name, text in left.items())


@pytest.mark.parametrize(
    ("forgotten", "lines", "left"),
    [(None, 0, 3), ("never", 0, 3), ("a", 2, 1)],
    ids=["nothing was forgotten", "nothing has come back", "a label has"],
)
def test_lines_that_nobody_can_read_go_with_labels_that_have_come_back(
    tmp_path: Path, forgotten: str | None, lines: int, left: int
) -> None:
    settings = load_settings(None, {}, home=tmp_path)
    with LabelFiles(settings.labels).writing("ann") as writer:
        for name in ("0a", "0b"):
            writer.append(Labels(name, "Zinn.", url=f"https://example.org/{name[1:]}"))
    file = settings.labels / "ann.jsonl"
    file.write_bytes(file.read_bytes() + b'{"of a later version": 1}\n')
    engine = open_database(settings.database)
    with engine.connect() as connection:
        if forgotten is not None:
            block_pages(connection, [f"https://example.org/{forgotten}"], NOW)
        eraser = Eraser(Installation(settings), engine, connection, lambda: NOW)
        assert eraser.remove_returned_labels() == lines
    engine.dispose()
    assert len(file.read_bytes().splitlines()) == left


@pytest.mark.parametrize("reappeared", [0, 1, 3])
def test_the_archive_is_read_once_for_all_pages_that_have_reappeared(
    tmp_path: Path, reappeared: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(folder: Path, name: str, *more: Any) -> Rewritten:
        read.append(name)
        return rewrite(folder, name, *more)

    monkeypatch.setattr(archive_purge, "rewrite", noted)
    settings = load_settings(None, {}, home=tmp_path)
    engine = open_database(settings.database)
    with engine.connect() as connection:
        run = RunRecord.start(connection, NOW, {})
        ledger = Ledger(connection, run.id, lambda: NOW)
        archive = Archive(settings.archive, committed_end=ledger.committed_end)
        for number in range(4):
            url = f"https://site.example/news/{number}"
            answer = Response(url, url, 200, {"content-type": "text/html"}, NOW, b"<p>Zinn.</p>")
            for _ in range(2):
                ledger.record_fetch("open", answer, archive.append(answer))
        archive.sync()
        ledger.commit()
        archive.close()
        fetch = tables.fetch.c
        again = [f"https://site.example/news/{number}" for number in range(reappeared)]
        marked = sa.update(tables.fetch).where(fetch.url.in_(again))
        connection.execute(marked.values(state="not-kept", reason=ERASED))
        connection.commit()
        eraser = Eraser(Installation(settings), engine, connection, lambda: NOW)
        eraser.erase_reappeared()
        eraser.erase_reappeared()
        orders = connection.execute(sa.select(tables.erasure)).all()
        left = connection.execute(sa.select(fetch.url).distinct()).scalars().all()
        erased = ErasedPages(connection)
        assert all(url in erased for url in again)
    engine.dispose()
    assert len(read) == (1 if reappeared else 0)
    assert len(left) == 4 - reappeared
    assert [order.counts["answers"] for order in orders] == [2] * reappeared
    assert all(order.finished for order in orders)
    assert {len(order.what) for order in orders} <= {32}, "the addresses are not kept"


def test_what_several_interrupted_orders_are_about_is_hidden_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden: list[list[str]] = []

    def hide(eraser: Eraser, documents: Iterable[str]) -> None:
        del eraser
        hidden.append(sorted(documents))

    monkeypatch.setattr(Eraser, "_hide", hide)
    targets = {"one": ["a", "b"], "two": ["c"]}
    monkeypatch.setattr(
        Eraser,
        "_targets",
        lambda self, kind, what: SimpleNamespace(documents=targets[what]),
    )
    settings = load_settings(None, {}, home=tmp_path)
    engine = open_database(settings.database)
    with engine.connect() as connection:
        eraser = Eraser(Installation(settings), engine, connection, lambda: NOW)
        for source in targets:
            eraser._enter("source", source)
        eraser.hide_interrupted()
    engine.dispose()
    assert hidden == [["a", "b", "c"]]


def test_an_index_that_is_not_in_use_is_built_again_as_it_holds_what_was_forgotten(
    tmp_path: Path,
) -> None:
    settings = load_settings(None, {}, home=tmp_path)
    installation, engine = Installation(settings), open_database(settings.database)
    with engine.connect() as connection:
        record = Record(connection, NOW)
        record.fetch("/a")
        record.read("Zinn.")
        of_another_store = begin_epoch(connection)
        connection.commit()
        Eraser(installation, engine, connection, lambda: NOW).erase("page", f"{HOME}/a")
        with installation.store(writable=False) as store:
            in_use = store.origin()
        assert kinship(connection, in_use) is Kinship.CURRENT
        assert kinship(connection, of_another_store) is Kinship.AHEAD
    engine.dispose()


@pytest.mark.parametrize(("kind", "what"), [("source", "s"), ("page", "https://example.org/a")])
def test_logs_are_read_for_pages_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind, what: str
) -> None:
    read: list[Collection[str]] = []
    monkeypatch.setattr(eraser_module, "_leave_out_of_logs", lambda _, pages: read.append(pages))
    settings = load_settings(None, {}, home=tmp_path)
    engine = open_database(settings.database)
    with engine.connect() as connection:
        Eraser(Installation(settings), engine, connection, lambda: NOW).erase(kind, what)
    engine.dispose()
    assert read == ([] if kind == "source" else [["example.org/a"]])


def test_no_log_keeps_a_page_and_none_that_is_being_written_is_cut_off(tmp_path: Path) -> None:
    url = "https://example.org/a"
    settings = load_settings(None, {}, home=tmp_path)
    settings.log.mkdir()
    ahead = settings.log / "run-20990101T000000.000000Z.log"
    ahead.write_text(f"run_started\npage_failed url={url}\nrun_done\n")
    of_another_run = settings.log / "run-20260301T023000.000000Z.log"
    engine = open_database(settings.database)
    with (
        engine.connect() as connection,
        of_another_run.open("a") as another,
        run_log(settings.log) as written,
    ):
        another.write(f"page_failed url={url}\n")
        another.flush()
        logging.getLogger("radar.test").info("forgetting example.org/a")
        Eraser(Installation(settings), engine, connection, lambda: NOW).erase("page", url)
        another.write("message_sent\n")
        logging.getLogger("radar.test").info("going on")
    engine.dispose()
    assert ahead.read_text().split() == ["run_started", "run_done"]
    assert of_another_run.read_text().split() == ["message_sent"]
    assert "example.org/a" not in written.read_text()
    assert "going on" in written.read_text()


@pytest.mark.parametrize("kind", ["page", "source"])
def test_a_file_of_labels_that_can_not_be_read_keeps_nothing_else(
    tmp_path: Path, kind: Kind
) -> None:
    url = "https://site.example/news/1"
    settings = load_settings(None, {}, home=tmp_path)
    for labeller in ("ann", "zoe"):
        with LabelFiles(settings.labels).writing(labeller) as writer:
            writer.append(Labels(document_id(url), "Zinn.", url=url))
    unreadable = settings.labels / "bob.jsonl"
    unreadable.mkdir()
    engine = open_database(settings.database)
    with engine.connect() as connection:
        record = Record(connection, NOW)
        record.fetch_from(url)
        record.read("Zinn.")
        eraser = Eraser(Installation(settings), engine, connection, lambda: NOW)
        what = url if kind == "page" else "partner"
        with pytest.raises(IsADirectoryError) as raised:
            eraser.erase(kind, what)
        assert raised.value.filename == str(unreadable)
        assert record.count(tables.fetch) == (0 if kind == "page" else 1)
        assert not (settings.labels / "ann.jsonl").read_bytes()
        assert not (settings.labels / "zoe.jsonl").read_bytes()
        unreadable.rmdir()
        with LabelFiles(settings.labels).writing("bob") as writer:
            writer.append(Labels(document_id(url), "Zinn.", url=url))
        eraser.complete_interrupted()
        assert record.count(tables.fetch) == 0
        [order] = connection.execute(sa.select(tables.erasure)).all()
        assert order.finished is not None
    engine.dispose()
    assert not unreadable.read_bytes()


@pytest.mark.parametrize("kind", ["page", "source"])
def test_while_labels_can_not_be_removed_the_archive_is_not_purged_again(
    tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, former = "https://site.example/news/2", "https://site.example/news/1"
    purged: list[int] = []
    monkeypatch.setattr(Eraser, "_purge", lambda _, orders: purged.append(len(orders)))
    settings = load_settings(None, {}, home=tmp_path)
    unreadable = settings.labels / "bob.jsonl"
    unreadable.mkdir(parents=True)
    engine = open_database(settings.database)
    with engine.connect() as connection:
        record = Record(connection, NOW)
        record.fetch_from(former)
        record.read("Zinn.")
        record.next_night()
        record.fetch_from(former, to=url)
        record.read("Zinn.")
        eraser = Eraser(Installation(settings), engine, connection, lambda: NOW)
        with pytest.raises(IsADirectoryError):
            eraser.erase(kind, url if kind == "page" else "partner")
        for _ in range(2):
            with pytest.raises(IsADirectoryError):
                eraser.complete_interrupted()
        assert purged == [1]
        unreadable.rmdir()
        with LabelFiles(settings.labels).writing("bob") as writer:
            for address in (former, url):
                writer.append(Labels(document_id(address), "Zinn.", url=None))
        eraser.complete_interrupted()
        assert purged == [1, 1]
        [order] = connection.execute(sa.select(tables.erasure)).all()
    engine.dispose()
    assert order.finished is not None
    assert order.counts.keys() == set(COUNTED)
    assert not unreadable.read_bytes()


@pytest.mark.parametrize("again", ["by the command", "as it has reappeared"])
def test_what_has_come_since_goes_before_the_labels_do(tmp_path: Path, again: str) -> None:
    url = "https://site.example/news/1"
    settings = load_settings(None, {}, home=tmp_path)
    unreadable = settings.labels / "bob.jsonl"
    unreadable.mkdir(parents=True)
    settings.log.mkdir()
    log = settings.log / "run-20260301T023000.000000Z.log"
    engine = open_database(settings.database)
    with engine.connect() as connection:
        record = Record(connection, NOW)
        record.fetch_from(url)
        record.read("Zinn.")
        eraser = Eraser(Installation(settings), engine, connection, lambda: NOW)
        with pytest.raises(IsADirectoryError):
            eraser.erase("page", url)
        record.next_night()
        record.fetch_from(url)
        fetched = sa.update(tables.fetch).values(state="not-kept", reason=ERASED)
        connection.execute(fetched)
        connection.commit()
        log.write_text(f"page_failed url={url}\n")
        with pytest.raises(IsADirectoryError):
            eraser.erase_reappeared() if again != "by the command" else eraser.erase("page", url)
        assert record.count(tables.fetch) == 0
        assert not log.read_text().strip()
        [order] = connection.execute(sa.select(tables.erasure)).all()
        assert order.counts[LEFT] == [document_id(url)], "its labels are still known"
        assert order.counts[WAITS]
    engine.dispose()


@pytest.mark.parametrize("kind", ["page", "source"])
def test_an_order_does_not_wait_for_labels_before_all_else_is_done(
    tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://site.example/news/1"
    settings = load_settings(None, {}, home=tmp_path)
    unreadable = settings.labels / "bob.jsonl"
    unreadable.mkdir(parents=True)
    written: list[str] = []

    def cut_off(eraser: Eraser) -> None:
        written.append("feeds")
        if len(written) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(Eraser, "rewrite_feeds", cut_off)
    engine = open_database(settings.database)
    with engine.connect() as connection:
        record = Record(connection, NOW)
        record.fetch_from(url)
        record.read("Zinn.")
        eraser = Eraser(Installation(settings), engine, connection, lambda: NOW)
        with pytest.raises(KeyboardInterrupt):
            eraser.erase(kind, url if kind == "page" else "partner")
        for _ in range(2):
            with pytest.raises(IsADirectoryError):
                eraser.complete_interrupted()
        assert written == ["feeds"] * 2
        unreadable.rmdir()
        with LabelFiles(settings.labels).writing("bob") as writer:
            writer.append(Labels(document_id(url), "Zinn.", url=None))
        eraser.complete_interrupted()
        [order] = connection.execute(sa.select(tables.erasure)).all()
    engine.dispose()
    assert order.finished is not None
    assert order.counts.keys() == set(COUNTED)
    assert not unreadable.read_bytes()
