"""Content of configuration files, packed until somebody asks for it.

The words of all languages take 5 MiB, a twentieth of that packed. Whoever reads pages needs nearly
all of them; a program that searches, a few.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

_LEVEL = 1
"""The fastest: a better one saves a tenth."""


def pack(content: Any) -> bytes:
    """Texts, lists and mappings as bytes, for this process only."""
    return zlib.compress(marshal.dumps(content), _LEVEL)


def unpack(packed: bytes) -> Any:
    """What was packed; a new one each time."""
    # marshal reads what this process itself has written
    return marshal.loads(zlib.decompress(packed))  # noqa: S302  # see above


class PackedMapping(Mapping[str, Any]):
    """A mapping whose values are unpacked when they are first asked for, and then stay."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._packed = {key: pack(value) for key, value in content.items()}
        self._unpacked: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        """The value of a key; KeyError where there is none."""
        if key not in self._unpacked:
            self._unpacked[key] = unpack(self._packed[key])
        return self._unpacked[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._packed)

    def __len__(self) -> int:
        """The number of keys."""
        return len(self._packed)
