"""The programs that ours is compared with, in an environment of their own under the cache folder.

Their versions are pinned here; the environment is made once and kept until the pins change.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PINS = ("scrapy==2.19.0", "trafilatura==2.3.1", "readability-lxml==0.9", "lxml==6.1.3")


@dataclass(frozen=True, slots=True)
class Peers:
    """The environment of the peers."""

    folder: Path
    """Cache folder of the benchmarks."""
    install: bool = True
    """False: take what the cache holds, or do without."""

    @property
    def python(self) -> Path:
        """Interpreter of the environment."""
        return self.folder / "peers" / "bin" / "python"

    def ready(self) -> str | None:
        """None when the peers can be run; else a sentence that says why not."""
        marker = self.folder / "peers" / "pins.txt"
        wanted = "\n".join(PINS)
        if marker.is_file() and marker.read_text() == wanted and self.python.exists():
            return None
        if not self.install:
            return "The peers are not in the cache: their rows are left out."
        shutil.rmtree(self.folder / "peers", ignore_errors=True)
        try:
            self._make()
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", None) or str(error)
            return f"The peers could not be installed ({said.strip().splitlines()[-1]}): their rows are left out."
        marker.write_text(wanted)
        return None

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        uv = [sys.executable, "-m", "uv"]
        _quiet([*uv, "venv", "-q", "--python", sys.executable, str(self.folder / "peers")])
        _quiet([*uv, "pip", "install", "-q", "--python", str(self.python), *PINS])


def _quiet(command: list[str]) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
