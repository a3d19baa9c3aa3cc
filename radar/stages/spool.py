"""What waits on disk within one run: in a file without a name, which nothing survives."""

from __future__ import annotations

import pickle
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Self

from indexer.naming_files import naming


class Spool:
    """Takes objects, and returns each where it was put."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Nothing is open yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Drop it all."""
        if self._file is not None:
            # What is still in its buffer is not needed, nor is the space for it.
            with suppress(OSError):
                self._file.close()

    def put(self, value: object) -> int:
        """Where the object lies from now on."""
        with naming(self._folder):
            if self._file is None:
                # until `__exit__`
                self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
            place = self._file.seek(0, 2)
            pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
        return place

    def get(self, place: int) -> Any:  # whatever was put there
        """The object that lies there."""
        if self._file is None:
            raise LookupError("nothing was put here")
        with naming(self._folder):
            self._file.seek(place)
            # written above by this process
            return pickle.load(self._file)  # noqa: S301
