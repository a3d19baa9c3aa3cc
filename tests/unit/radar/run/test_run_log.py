"""The log file of a run loses nothing of what was logged."""

from __future__ import annotations

import logging
from pathlib import Path

from radar.run import run_log as run_log_module
from radar.run.run_log import KEPT, run_log

logger = logging.getLogger("radar.test")


def logged(folder: Path) -> str:
    [file] = folder.glob("run-*.log")
    return file.read_text(encoding="utf-8")


def test_facts_are_written_behind_the_message(tmp_path: Path) -> None:
    with run_log(tmp_path):
        facts = {"source": "partner", "url": "https://a.example/b", "reason": 'said "no"\n', "n": 0}
        logger.info("page_failed", extra=facts)
        logger.info("page_ended %s", "ok", extra={"spider": object(), "none": None, "empty": ""})
        logger.info("plain")
    first, second, third = logged(tmp_path).splitlines()
    assert first.endswith(
        'page_failed n=0 reason="said \\"no\\"\\n" source=partner url=https://a.example/b'
    )
    assert second.endswith('page_ended ok empty="" none=None')
    assert third.endswith(" plain")


def test_facts_come_before_the_traceback(tmp_path: Path) -> None:
    with run_log(tmp_path):
        try:
            int("x")
        except ValueError:
            logger.exception("source_failed", extra={"source": "partner"})
    first, *rest = logged(tmp_path).splitlines()
    assert first.endswith("source_failed source=partner")
    assert rest[-1].startswith("ValueError")


def test_half_characters_are_written_escaped(tmp_path: Path) -> None:
    # Not by way of the logger: what tests log is sent between processes, and such text can't be.
    record = logger.makeRecord(
        logger.name,
        logging.INFO,
        "",
        0,
        "page_failed %s",
        ("\ud800",),
        None,
        None,
        {"url": "\udc00"},
    )
    with run_log(tmp_path):
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.FileHandler):
                handler.handle(record)
    assert "page_failed \\ud800 url=\\udc00" in logged(tmp_path)


def test_short_runs_push_out_no_log_of_a_night(tmp_path: Path) -> None:
    """As with a feed that is polled all day."""
    nights = [f"run-203101{day:02}T013000.000000Z.log" for day in range(1, KEPT + 6)]
    for night in nights:
        (tmp_path / night).write_text("page_ended\n" * 100)
        for hour in range(2, 24):
            (tmp_path / f"{night[:13]}{hour:02}0000.000000Z.log").write_text("run_finished\n")
    # As if it had begun on the evening of the last day.
    last = tmp_path / f"{nights[-1][:13]}235900.000000Z.log"
    last.write_text("")
    for log in run_log_module._surplus(tmp_path, last):
        log.unlink()
    left = sorted(log.name for log in tmp_path.iterdir())
    assert [name for name in left if name in nights] == nights[-KEPT:]
    assert len(left) == 2 * KEPT


def test_what_a_thread_logs_as_the_run_ends_opens_no_file_again(tmp_path: Path) -> None:
    with run_log(tmp_path):
        kind = run_log_module._LogFile  # pytest has handlers of files as well
        [handler] = (found for found in logging.getLogger().handlers if isinstance(found, kind))
        logger.info("before")
    # A thread that had looked up the handlers before the end calls them after it.
    handler.handle(logger.makeRecord(logger.name, logging.INFO, "", 0, "late", (), None))
    assert handler.stream is None
    assert logged(tmp_path).splitlines()[-1].endswith("before")
