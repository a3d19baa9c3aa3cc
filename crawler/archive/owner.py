"""Which installation an archive belongs to: a small file beside its WARC files, and the record that
each of these begins with.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from crawler.archive.files import archive_paths
from indexer.records.durable_files import sync_folder

FILE = "installation.json"
_OWNER = "isPartOf"
"""Field of a file's first record: the collection that it belongs to (WARC 1.1, section 6.2)."""


def read_owner(folder: Path) -> str | None:
    """Id of the installation; None: the archive does not say, or there is none.

    Where the small file is lost, the newest WARC file that names an owner says it.
    """
    try:
        owner = json.loads((folder / FILE).read_text(encoding="utf-8")).get("installation")
    except (OSError, ValueError, AttributeError):
        owner = None
    if isinstance(owner, str):
        return owner
    newest_first = sorted(archive_paths(folder), reverse=True)
    return next((found for file in newest_first if (found := owner_of_file(file))), None)


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


def about_file(owner: str | None) -> bytes:
    """What a file says of itself in its first record, as `application/warc-fields`."""
    fields = {"software": "Rohstoffradar", "format": "WARC File Format 1.1"}
    if owner is not None:
        fields[_OWNER] = owner
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()


def owner_of_file(path: Path) -> str | None:
    """Id of the installation that wrote a WARC file; None: it does not say, or can't be read."""
    # Not for a server, which loads this module: WARC is read where the small file is lost.
    from fastwarc.warc import WarcRecordType  # noqa: PLC0415

    from crawler.archive.stretches import stretches  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            first = next(stretches(file), None)
            if first is None or first.record is None:
                return None
            if first.record.record_type != WarcRecordType.warcinfo:
                return None
            block = first.record.reader.read()
    except OSError:
        return None
    for line in block.decode(errors="replace").splitlines():
        name, _, value = line.partition(":")
        if name == _OWNER:
            return value.strip() or None
    return None
