"""The programs that ours is compared with, each in an environment of its own under the cache
folder.

Their versions are pinned here; an environment is made once and kept until its pins change.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PINS: Mapping[str, tuple[str, ...]] = {
    "scrapy": ("scrapy==2.19.0", "trafilatura==2.3.1", "readability-lxml==0.9", "lxml==6.1.3"),
    # It imports a name that later releases of curl_cffi no longer have.
    "fundus": ("fundus==0.5.7", "curl_cffi==0.14.0"),
    "newspaper": ("newspaper4k==0.9.6",),
    "aiohttp": ("aiohttp==3.14.5", "uvloop==0.23.0", "resiliparse==2.0.1"),
}
"""Environment → its packages."""
PROGRAMS = Path(__file__).parents[1] / "peer_programs"
"""Folder of the scripts that run in these environments."""


@dataclass(frozen=True, slots=True)
class Peers:
    """The environments of the peers."""

    folder: Path
    """Cache folder of the benchmarks."""
    install: bool = True
    """False: take what the cache holds, or do without."""

    def python(self, name: str) -> Path:
        """Interpreter of an environment."""
        return self.folder / name / "bin" / "python"

    def command(self, name: str, program: str, *arguments: str) -> list[str]:
        """A script of `peer_programs` in its environment."""
        return [str(self.python(name)), "-P", str(PROGRAMS / program), *arguments]

    def missing(self, *names: str) -> str | None:
        """None when these can be run; else a sentence that says which can't, and why."""
        return " ".join(filter(None, map(self._missing, names))) or None

    def _missing(self, name: str) -> str | None:
        marker = self.folder / name / "pins.txt"
        wanted = "\n".join(PINS[name])
        if marker.is_file() and marker.read_text() == wanted and self.python(name).exists():
            return None
        if not self.install:
            return f"{name} is not in the cache: its rows are left out."
        shutil.rmtree(self.folder / name, ignore_errors=True)
        try:
            self._make(name)
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", None) or str(error)
            return (
                f"{name} could not be installed ({said.strip().splitlines()[-1]}): its rows are "
                "left out."
            )
        marker.write_text(wanted)
        return None

    def _make(self, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        uv = [sys.executable, "-m", "uv"]
        _quiet([*uv, "venv", "-q", "--python", sys.executable, str(self.folder / name)])
        # Compiled at once, as pip does: else the first round pays for it.
        install = [*uv, "pip", "install", "-q", "--compile-bytecode", "--python"]
        _quiet([*install, str(self.python(name)), *PINS[name]])


def _quiet(command: list[str]) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
