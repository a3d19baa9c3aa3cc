"""The log file of a run, and what goes to the terminal."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from radar.run.progress import STDERR

logger = logging.getLogger(__name__)

KEPT = 14
"""Log files that are kept: that of the run in progress, and the newest ones before it. Besides, of
so many days the longest: a feed that is polled every quarter of an hour pushes out no night.
"""
_DAY = slice(len("run-"), len("run-20310504"))
"""Of a file's name."""

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"

_STANDARD = frozenset({*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName"})
_NOT_FACTS = frozenset({"spider", "crawler"})
"""Objects that Scrapy hands in with each of its records: they say nothing of the one."""
_PLAIN = re.compile(r"[^\s\"=]+")


class FactsFormatter(logging.Formatter):
    """Adds the facts of a record (`extra`) to its message as key=value, in the order of their keys.

    Values that hold blanks, quotes or equals signs, or nothing, are written as JSON strings.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """The line, before a traceback is added to it."""
        facts = sorted(record.__dict__.keys() - _STANDARD - _NOT_FACTS)
        pairs = [f"{key}={_format_value(record.__dict__[key])}" for key in facts]
        return " ".join([super().formatMessage(record), *pairs])


def _format_value(value: object) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


class _LogFile(logging.FileHandler):
    """A log file that ignores a full disk: the code that needs the space reports it, once."""

    failed: OSError | None = None
    """Why the file is not complete."""
    _ended = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record; one that another thread hands in after the end is left out.

        logging would open the file again for it, and nobody would close that.
        """
        if not self._ended:
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """Leave the record out instead of showing a traceback for each."""
        del record
        self._note(sys.exception())

    def close(self) -> None:
        """Close the file; what it could not take is left out."""
        self.acquire()  # a record that is being written is written to its end
        self._ended = True
        try:
            super().close()
        except OSError as error:
            self._note(error)
        finally:
            self.release()

    def _note(self, error: BaseException | None) -> None:
        if isinstance(error, OSError):
            self.failed = error


@contextmanager
def run_log(folder: Path) -> Iterator[Path]:
    """Write everything that is logged meanwhile into a file of its own; older files are removed.

    The error that ends the run is the last thing in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    path = folder / f"run-{stamp}.log"
    handler = _LogFile(path, encoding="utf-8", errors="backslashreplace")
    formatter = FactsFormatter(FORMAT, datefmt="%Y-%m-%dT%H:%M:%S%z")
    handler.setFormatter(formatter)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for old in _surplus(folder, path):
        old.unlink(missing_ok=True)
    try:
        yield path
    except Exception:
        logger.exception("run_failed")
        raise
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()
        if handler.failed is not None:
            reason = handler.failed.strerror
            STDERR.print(f"note: the log in {folder} is not complete: {reason}", markup=False)


def _surplus(folder: Path, newest: Path) -> list[Path]:
    """The log files that are not kept."""
    # Those of a clock that was ahead go first, so that they don't push out the newest.
    logs = sorted(folder.glob("run-*.log"), key=lambda log: (log.name <= newest.name, log.name))
    of_days: dict[str, list[Path]] = {}
    for log in reversed(logs):
        of_days.setdefault(log.name[_DAY], []).append(log)
    longest = {max(of_day, key=_size) for of_day in [*of_days.values()][:KEPT]}
    return [log for log in logs[:-KEPT] if log not in longest]


def _size(log: Path) -> int:
    try:
        return log.stat().st_size
    except OSError:  # somebody has removed it meanwhile
        return 0
