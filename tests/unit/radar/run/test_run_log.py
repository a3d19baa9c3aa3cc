"""The log file of a run loses nothing of what was logged."""

from __future__ import annotations

import logging
from pathlib import Path

from radar.run.run_log import run_log

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
