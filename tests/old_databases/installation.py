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

from tests.e2e.world import ROOT, Ended, World
from tests.loopback.smtp_sink import SmtpSink
from tests.old_databases.site import NIGHTS, PAST, SOURCES, WATCHES, Site

KEPT = Path(__file__).parent / "kept"
"""One file for each schema, by its name."""
_NOT_KEPT = ("log", "run.lock", "radar.db.lock", "up.lock")


class OldInstallation:
    """A folder with configuration and data, and the messages that came from it."""

    def __init__(self, folder: Path, sink: SmtpSink, program: Path = ROOT) -> None:
        self.program = program
        """Folder with the packages of the version that is called."""
        self._sink = sink
        self.world = World(folder)
        self.world.configure(SOURCES, WATCHES, mail={"url": sink.url, "from": "radar@example.org"})

    def _run(self, *options: str) -> Ended:
        """`radar run` of the version: this one in this process, which is cheaper."""
        if self.program == ROOT:
            return self.world.radar("run", *options)
        ended = subprocess.run(
            [sys.executable, "-m", "radar", "run", *options, *self.world.places],
            cwd=self.program,
            env={**os.environ, "PYTHONPATH": str(self.program), "RADAR_MEANING": "off"},
            capture_output=True,
            text=True,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    def live(self, night: int, site: Site) -> list[EmailMessage]:
        """A night (1 … 4) in which every known page is requested; the messages that came."""
        site.show(night)
        first = len(self._sink.received)
        # In the last of the past nights the mail server takes nothing: its messages stay pending.
        self._sink.refusals = ["451 try later"] * 9 if night == PAST else []
        moment = NIGHTS[night - 1].isoformat()
        ended = self._run("--all", "--json", "--now", moment)
        self._sink.refusals = []
        if ended.code not in (0, 1) or "Traceback" in ended.err:
            raise RuntimeError(f"night {night}: exit code {ended.code}: {ended.err}")
        return self._sink.received[first:]

    @property
    def schema(self) -> str:
        """Name of the database's schema."""
        return str(self.world.rows("select version_num from alembic_version")[0][0])

    def keep(self, folder: Path = KEPT) -> Path:
        """Pack the data folder for the tests of later versions."""
        with contextlib.closing(sqlite3.connect(self.world.home / "radar.db")) as connection:
            connection.execute("vacuum")
        folder.mkdir(exist_ok=True)
        file = folder / f"{self.schema}.tar.xz"
        with tarfile.open(file, "w:xz", preset=9) as tar:
            for path in sorted(self.world.home.iterdir()):
                if path.name not in _NOT_KEPT:
                    tar.add(path, path.name)
        return file

    def take_over(self, file: Path) -> None:
        """Unpack what was kept in place of one's own data."""
        shutil.rmtree(self.world.home, ignore_errors=True)
        self.world.home.mkdir(parents=True)
        with tarfile.open(file) as tar:
            tar.extractall(self.world.home, filter="data")
