"""The configured sources while a server runs: rights that a partner takes back hold at once, and a
source that was added is called by its name. What has been mistaken in it since keeps runs from
beginning, or watches from telling, and nobody else would say so to who asks the server.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from indexer.records.errors import ConfigError
from indexer.records.source import Source
from radar.configuration.settings import Settings, load_settings

_FILES = ("sources", "watches", "radar.yaml", "apis.yaml")
"""What is edited most, in the folder of the configuration."""
_FOLDERS = ("sources", "watches")

_State: TypeAlias = tuple[tuple[str, int, int, int], ...]

_logger = logging.getLogger(__name__)


class LiveSources:
    """The sources as the configuration has them now; as it had them while it can't be read."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._state = _state(settings.folder)
        self._sources = settings.sources
        self._problems = _standing_still(settings)

    def current(self) -> tuple[Source, ...]:
        """All of them. Looks at the files each time, and reads them when one has changed."""
        with self._lock:
            state = _state(self._settings.folder)
            if state != self._state:
                self._state = state
                self._read()
            return self._sources

    def problems(self) -> tuple[str, ...]:
        """What is mistaken in the configuration as it is now, one line each."""
        self.current()
        return self._problems

    def _read(self) -> None:
        try:
            fresh = load_settings(self._settings.own_folder, home=self._settings.home)
        except ConfigError as error:
            _logger.warning("sources_not_read_again %s", error.message)
            self._problems = (f"no run begins: {_first_of(error.problems)}",)
            return
        self._sources = fresh.sources
        self._problems = _standing_still(fresh)


def _standing_still(settings: Settings) -> tuple[str, ...]:
    mistaken = settings.mistaken_watches
    return (f"a watch stands still: {_first_of(mistaken)}",) if mistaken else ()


def _first_of(mistakes: Sequence[str]) -> str:
    more = f" (and {len(mistakes) - 1} more: `radar check`)" if len(mistakes) > 1 else ""
    return f"{mistakes[0]}{more}"


def _state(folder: Path) -> _State:
    """Changes with every file that is edited often."""
    paths = [folder / name for name in _FILES]
    paths += [path for name in _FOLDERS for path in sorted((folder / name).glob("*.yaml"))]
    return tuple(found for path in paths for found in _file_state(path))


def _file_state(path: Path) -> _State:
    try:
        status = path.stat()
    except OSError:
        return ()
    return ((path.name, status.st_ino, status.st_mtime_ns, status.st_size),)
