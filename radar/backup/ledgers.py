"""The ledgers that a restore brings back, of messages and of subscriptions: never older ones.

What was sent stays on record, whatever state the rest is put back to. The backup's ledger is
usually the beginning of the one in place. Where it is not, that one was lost and begun anew, or is
of an older backup: what it has besides is newer either way. The last line of a subscription counts,
so their order matters.
"""

from __future__ import annotations

import os
from pathlib import Path


def join_ledgers(present: Path, staged: Path) -> None:
    """Add to the staged ledger, which may be missing, what the one in place has. Raises OSError."""
    if not present.exists():
        return
    older = staged.read_bytes().splitlines() if staged.exists() else []
    known = set(older)
    newer = (line for line in present.read_bytes().splitlines() if line not in known)
    with staged.open("wb") as file:
        file.writelines(line + b"\n" for line in [*older, *newer])
        file.flush()
        os.fsync(file.fileno())
