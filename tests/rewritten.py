"""Rewrites and compiles the modules of tests once, ahead of the processes that collect them.

In a fresh checkout they begin at the same time, and each would rewrite the assertions of all
modules for itself: five seconds of processor time. Pytest reads what is written, and makes it anew
where it does not fit the module, or is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

# What pytest's import hook is made of; it has no other way in that does not run the modules.
from _pytest.assertion.rewrite import (
    PYC_TAIL,
    _read_pyc,
    _rewrite_test,
    _write_pyc,
    get_cache_dir,
    try_makedirs,
)

TESTS = Path(__file__).parent


def modules(folder: Path) -> Iterator[Path]:
    """Those whose assertions pytest rewrites by their names."""
    for pattern in ("conftest.py", "test_*.py"):
        yield from folder.rglob(pattern)


def rewrite(module: Path) -> None:
    """Keep what pytest would make of a module, if it is not there yet."""
    folder = get_cache_dir(module)
    kept = folder / f"{module.stem}{PYC_TAIL}"
    if _read_pyc(module, kept) is None and try_makedirs(folder):
        digest, code = _rewrite_test(module, None)  # type: ignore[arg-type]  # no setting of ours
        state = SimpleNamespace(trace=lambda told: None)  # of what fails, which is then made anew
        _write_pyc(state, code, digest, kept)  # type: ignore[arg-type]  # that is all it is asked


if __name__ == "__main__":
    if not sys.dont_write_bytecode:
        with get_context("fork").Pool() as pool:
            pool.map(rewrite, modules(TESTS), chunksize=16)
