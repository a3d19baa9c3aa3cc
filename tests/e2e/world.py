"""An installation in a folder of its own, and the program run over it as its users do."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from radar.cli import main
from tests.e2e.warm_process import Forked, of_interpreter, warm_process
from tests.e2e.warm_reader import warm_workers

ROOT = Path(__file__).parents[2]
SECONDS = 240
NOTHING_ELSE: Mapping[str, str] = MappingProxyType({})
"""No variables besides those of this process."""


@dataclass(frozen=True)
class Ended:
    """How a call of the program ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """stdout as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def summary(self) -> dict[str, Any]:
        """The last line of stdout."""
        return self.lines[-1]


class World:
    """Configuration and data below one folder."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "config"
        self.home = folder / "home"

    def configure(
        self,
        sources: Sequence[Mapping[str, Any]],
        watches: Sequence[Mapping[str, Any]] = (),
        **settings: Any,
    ) -> None:
        """Write the configuration; loopback is allowed, pauses are left out."""
        crawler = {
            "contact": "tests@example.org",
            "delay": 0,
            "allow_networks": ["127.0.0.0/8"],
        } | settings.pop("crawler", {})
        for name, content in (
            ("radar.yaml", {"crawler": crawler, **settings}),
            ("sources/own.yaml", [dict(s) for s in sources]),
            ("watches/own.yaml", [dict(w) for w in watches]),
        ):
            path = self.config / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    @property
    def places(self) -> list[str]:
        """The options that name this installation."""
        return ["--config", str(self.config), "--home", str(self.home)]

    def radar(self, *arguments: str) -> Ended:
        """Call the program in this process: as a child would, only cheaper."""
        given = [*arguments] if arguments[0] == "parse" else [*arguments, *self.places]
        # Real files: child processes ask for their numbers.
        with (
            tempfile.TemporaryFile("w+", encoding="utf-8") as out,
            tempfile.TemporaryFile("w+", encoding="utf-8") as err,
        ):
            with (
                warm_workers(),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
                pytest.raises(SystemExit) as ended,
            ):
                main(given)
            out.seek(0)
            err.seek(0)
            return _check_output(Ended(int(ended.value.code or 0), out.read(), err.read()))

    def child(self, *arguments: str, **environment: str) -> Ended:
        """Call the program as a process of its own."""
        started = self.start(*arguments, variables=environment)
        out, err = started.communicate(timeout=SECONDS)
        return _check_output(Ended(started.returncode, out, err))

    def start(
        self,
        *arguments: str,
        before: Sequence[str] = (),
        cold: bool = False,
        variables: Mapping[str, str] = NOTHING_ELSE,
    ) -> subprocess.Popen[str]:
        """Start the program as a process group of its own, as `start_radar` does."""
        given = [*arguments, *self.places]
        return start_radar(given, before=before, cold=cold, variables=variables)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database answers."""
        with contextlib.closing(sqlite3.connect(self.home / "radar.db", timeout=30)) as connection:
            return connection.execute(query, values).fetchall()

    def execute(self, statement: str, *values: object) -> None:
        """Change the database behind the program's back."""
        with (
            contextlib.closing(sqlite3.connect(self.home / "radar.db", timeout=30)) as connection,
            connection,
        ):
            connection.execute(statement, values)

    def outcomes(self, run: int) -> dict[str, str]:
        """Page address → outcome in a run."""
        found = self.rows("select url, outcome from visit where run = ? and kind = 'page'", run)
        return dict(found)


def start_radar(
    arguments: Sequence[str],
    *,
    before: Sequence[str] = (),
    cold: bool = False,
    variables: Mapping[str, str] = NOTHING_ELSE,
) -> subprocess.Popen[str]:
    """`python -m radar …` as a process group of its own; `before`: words before the command,
    `variables`: of its environment.

    Forked, unless its interpreter has to be started: for words before it, for other variables of
    the interpreter than those of what is forked, and when `cold`. What it starts itself is not
    forked, as the server and the runs of `radar up`, but for what reads its pages.
    """
    env = {**os.environ, "COLUMNS": "80", **variables}
    cold = cold or bool(before)
    if not cold and of_interpreter(env) == warm_process().environment:
        return Forked(arguments, env)
    return subprocess.Popen(
        [*before, sys.executable, "-m", "radar", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=env,
        start_new_session=True,
    )


def run_radar(
    *arguments: str, given: str | None = None, cold: bool = False, **environment: str
) -> Ended:
    """`python -m radar …` with these arguments alone, `given` on stdin."""
    started = start_radar(arguments, cold=cold, variables=environment)
    out, err = started.communicate(given, timeout=SECONDS)
    return _check_output(Ended(started.returncode, out, err))


def source(name: str, url: str, **more: Any) -> dict[str, Any]:
    """An entry of sources/*.yaml."""
    told = {"id": name, "name": name.title(), "url": url, "country": "DE", "languages": ["de"]}
    return {**told, **more}


def _check_output(ended: Ended) -> Ended:
    """No user is ever shown a traceback."""
    assert "Traceback" not in ended.err, ended.err
    return ended
