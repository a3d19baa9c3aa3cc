"""The parameters that an installation has trained: `parameters/` in the data folder.

Beside the files, named as those of the program, stands `about.json`: when they were
trained, on how many labelled pages, and the SHA-256 of each.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer.records.durable_files import replace_durably, sync_folder

REMEDY = "`radar train` makes new ones, `radar train --reset` removes them"

_ABOUT = "about.json"
_READ_WITH = "parameters.read"
"""File beside the folder: with which parameters the pages were read last."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of trained parameters."""

    trained: str
    """ISO instant."""
    labelled: int
    """Pages of the installation that they were trained on, beside those of the program."""
    sha256: Mapping[str, str]
    """Of each file, by its name."""


class OwnParameters:
    """The parameters in a data folder, which need not have any."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "parameters"
        self._read_with = home / _READ_WITH

    def about(self) -> About | None:
        """What is known of them; None: there are none. Raises ValueError, with what is wrong, where
        they can't be used.
        """
        if not self.folder.exists():
            return None
        try:
            about = About(**json.loads((self.folder / _ABOUT).read_text("utf-8")))
            for shipped, read in _trained().items():
                file = self.folder / shipped.name
                if _digest(file) != about.sha256[shipped.name]:
                    raise ValueError(f"{file.name} is not the file that was trained")
                if not read(file):
                    raise ValueError(f"{file.name} is of another version of the program")
        except OSError as error:
            raise ValueError(f"{error.filename}: {error.strerror}") from error
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"{_ABOUT} is incomplete: {error}") from error
        return about

    @property
    def digest(self) -> str:
        """Tells parameters apart; empty: those of the program are in use."""
        try:
            about = self.about()
        except ValueError:
            return ""
        return "" if about is None else "-".join(sorted(about.sha256.values()))

    @property
    def read_with(self) -> str:
        """The digest of the parameters with which the pages were read last."""
        try:
            return self._read_with.read_text("utf-8").strip()
        except FileNotFoundError:
            return ""

    def note_read_with(self, digest: str) -> None:
        """The pages are read with these from now on."""
        replace_durably(self._read_with, f"{digest}\n".encode())

    def accept(self, trained: Path, *, moment: str, labelled: int) -> None:
        """Put the files of a folder in the place of those in use. If this is interrupted, those of
        the program are used.
        """
        draft = self.folder.with_name("parameters.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        digests = {}
        for shipped in _trained():
            replace_durably(draft / shipped.name, (trained / shipped.name).read_bytes())
            digests[shipped.name] = _digest(draft / shipped.name)
        about = json.dumps(asdict(About(moment, labelled, digests)))
        replace_durably(draft / _ABOUT, f"{about}\n".encode())
        self.reset()
        draft.rename(self.folder)
        sync_folder(self.folder.parent)

    def reset(self) -> bool:
        """Remove them; whether there were any."""
        if not self.folder.exists():
            return False
        shutil.rmtree(self.folder)
        return True


def _trained() -> Mapping[Path, Callable[[Path], Mapping[str, Any]]]:
    """What is trained, and what reads it: with numpy, which the process of a run goes without."""
    from crawler.parsers.events.trained.own_parameters import TRAINED  # noqa: PLC0415

    return TRAINED


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
