"""Which installation an archive belongs to: a small file beside its WARC files."""

from __future__ import annotations

import json
import os
from pathlib import Path

from crawler.archive.warc import sync_folder

FILE = "installation.json"


def read_owner(folder: Path) -> str | None:
    """Id of the installation; None: the archive does not say, or there is none."""
    try:
        owner = json.loads((folder / FILE).read_text(encoding="utf-8")).get("installation")
    except (OSError, ValueError, AttributeError):
        return None
    return owner if isinstance(owner, str) else None


def write_owner(folder: Path, installation: str) -> None:
    """Give the archive to this installation; durable on return. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{FILE}.{os.getpid()}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"installation": installation}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / FILE)
    sync_folder(folder)
