"""The parameters that an installation has trained: `parameters/` in the data folder.

`about.json` there says which are in use: when they were trained, on how many labelled pages, the
SHA-256 of each, and in which folder beside it the files lie, named as those of the program. They
are exchanged by the one step that exchanges `about.json`: what is cut off before it has changed
nothing.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Mapping
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
    folder: str = ""
    """Beside `about.json`; empty: the files of earlier versions, which lay there themselves."""


class OwnParameters:
    """The parameters in a data folder, which need not have any."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "parameters"
        self._about = self.folder / _ABOUT
        self._read_with = home / _READ_WITH

    def files(self, about: About) -> Path:
        """The folder of the files."""
        return self.folder / about.folder

    def about(self) -> About | None:
        """What is known of them; None: there are none. Raises ValueError, with what is wrong, where
        they can't be used.
        """
        if not self._about.exists():
            return None
        try:
            about = About(**json.loads(self._about.read_text("utf-8")))
            for shipped, read in _trained().items():
                file = self.files(about) / shipped.name
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
        """Put the files of a folder in the place of those in use, which stay whole and in use until
        the new ones are.
        """
        contents = {shipped.name: (trained / shipped.name).read_bytes() for shipped in _trained()}
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
        # By what is in them: the same ones once more only replace each file by itself.
        name = hashlib.sha256(" ".join(digests.values()).encode()).hexdigest()[:16]
        about = About(moment, labelled, digests, name)
        files = self.files(about)
        files.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file, content in contents.items():
            replace_durably(files / file, content)
        sync_folder(self.folder)
        sync_folder(self.folder.parent)
        replace_durably(self._about, f"{json.dumps(asdict(about))}\n".encode())
        self._remove_all_but({_ABOUT, name})

    def reset(self) -> bool:
        """Remove them; whether there were any."""
        if not self.folder.exists():
            return False
        were_in_use = self._about.exists()
        self._about.unlink(missing_ok=True)
        sync_folder(self.folder)
        self._remove_all_but(())
        return were_in_use

    def _remove_all_but(self, kept: Collection[str]) -> None:
        """What is not in use, also what something that was cut off has left."""
        for path in self.folder.iterdir():
            if path.name in kept:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _trained() -> Mapping[Path, Callable[[Path], Mapping[str, Any]]]:
    """What is trained, and what reads it: with numpy, which the process of a run goes without."""
    from crawler.parsers.events.trained.own_parameters import TRAINED  # noqa: PLC0415

    return TRAINED


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
