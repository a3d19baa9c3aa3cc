"""The ledgers that a restore brings back, of messages and of ended subscriptions: never older ones.

What was sent stays on record, whatever state the rest is put back to. The backup's ledger is
usually the beginning of the one in place; where it is not (that one was lost and begun anew), its
messages come before.
"""

from __future__ import annotations

import os
from pathlib import Path


def join_ledgers(present: Path, staged: Path) -> None:
    """Add to the staged ledger, which may be missing, what the one in place has. Raises OSError."""
    if not present.exists():
        return
    newer = present.read_bytes().splitlines()
    older = staged.read_bytes().splitlines() if staged.exists() else []
    known = set(newer)
    with staged.open("wb") as file:
        file.writelines(line + b"\n" for line in [*(x for x in older if x not in known), *newer])
        file.flush()
        os.fsync(file.fileno())
