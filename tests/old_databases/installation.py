"""One installation over the nights of the site, lived by any version of the program."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import yaml

from tests.loopback.smtp_sink import SmtpSink
from tests.old_databases.site import NIGHTS, PAST, SOURCES, WATCHES, Site

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "kept"
"""One file for each schema, by its name."""
SECONDS = 240
_NOT_KEPT = ("log", "run.lock", "radar.db.lock", "up.lock")


class OldInstallation:
    """A folder with configuration and data, and the messages that came from it."""

    def __init__(self, folder: Path, sink: SmtpSink, program: Path = ROOT) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.program = program
        """Folder with the packages of the version that is called."""
        self._sink = sink
        crawler = {"contact": "tests@example.org", "delay": 0, "allow_networks": ["127.0.0.0/8"]}
        mail = {"url": sink.url, "from": "radar@example.org"}
        for name, content in (
            ("radar.yaml", {"crawler": crawler, "mail": mail}),
            ("sources/own.yaml", SOURCES),
            ("watches/own.yaml", WATCHES),
        ):
            file = folder / "config" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    def radar(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Call the program."""
        places = ["--config", str(self.folder / "config"), "--home", str(self.home)]
        return subprocess.run(
            [sys.executable, "-m", "radar", *arguments, *places],
            cwd=self.program,
            env={**os.environ, "PYTHONPATH": str(self.program), "RADAR_MEANING": "off"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def live(self, night: int, site: Site) -> list[EmailMessage]:
        """A night (1 … 4) in which every known page is requested; the messages that came."""
        site.show(night)
        first = len(self._sink.received)
        # In the last of the past nights the mail server takes nothing: its messages stay pending.
        self._sink.refusals = ["451 try later"] * 9 if night == PAST else []
        moment = NIGHTS[night - 1].isoformat()
        ended = self.radar("run", "--all", "--json", "--now", moment)
        self._sink.refusals = []
        if ended.returncode not in (0, 1) or "Traceback" in ended.stderr:
            raise RuntimeError(f"night {night}: exit code {ended.returncode}: {ended.stderr}")
        return self._sink.received[first:]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database answers."""
        with contextlib.closing(sqlite3.connect(self.home / "radar.db")) as connection:
            return connection.execute(query).fetchall()

    @property
    def schema(self) -> str:
        """Name of the database's schema."""
        return str(self.rows("select version_num from alembic_version")[0][0])

    def keep(self, folder: Path = KEPT) -> Path:
        """Pack the data folder for the tests of later versions."""
        with contextlib.closing(sqlite3.connect(self.home / "radar.db")) as connection:
            connection.execute("vacuum")
        folder.mkdir(exist_ok=True)
        file = folder / f"{self.schema}.tar.xz"
        with tarfile.open(file, "w:xz", preset=9) as tar:
            for path in sorted(self.home.iterdir()):
                if path.name not in _NOT_KEPT:
                    tar.add(path, path.name)
        return file

    def take_over(self, file: Path) -> None:
        """Unpack what was kept in place of one's own data."""
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        with tarfile.open(file) as tar:
            tar.extractall(self.home, filter="data")
