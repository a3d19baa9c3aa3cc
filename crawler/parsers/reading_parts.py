"""The parts of a page's record, each read for itself: where one fails, the others are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from indexer.records.errors import ParseError

Value = TypeVar("Value")
Other = TypeVar("Other")

LONGEST = 300
"""Characters of what is told of a failure."""


class ReadingParts:
    """Reads parts of one record, and remembers which could not be read."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        """Of each part that failed `name: error`, in the order of reading."""

    def read(self, name: str, read: Callable[[], Value], missing: Other) -> Value | Other:
        """What `read` gives; where it fails, `missing`.

        Raises what concerns the page as a whole: ParseError, MemoryError and RecursionError.
        """
        try:
            return read()
        except (ParseError, MemoryError, RecursionError):
            raise
        # A mistake in the reader of one part: no reason to lose the page.
        except Exception as error:  # noqa: BLE001
            self.failures.append(f"{name}: {type(error).__name__}: {error}"[:LONGEST])
            return missing
