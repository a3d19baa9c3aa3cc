"""The exit codes of every command; fixed, because scripts read them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command came to."""

    DONE = 0
    """Also a search without hits."""
    NEEDS_A_PERSON = 1
    """Done, but a source was not reached or a message not delivered."""
    MISTAKEN = 2
    """Command or configuration mistaken; nothing was done."""
    UNUSABLE = 3
    """Database not usable or held by another run, or a store not usable where it is needed."""
    INTERRUPTED = 130
    """Stopped cleanly by SIGINT."""
    TERMINATED = 143
    """Stopped cleanly by SIGTERM."""
