from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from indexer import freed_memory
from indexer.freed_memory import give_back_freed

PROGRAM = """
import ctypes, os
from indexer.freed_memory import give_back_freed
malloc, free = ctypes.CDLL(None).malloc, ctypes.CDLL(None).free
malloc.restype, free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE")

blocks = [malloc(16 << 10) for _ in range(2_000)]
for block in blocks:
    ctypes.memset(block, 1, 16 << 10)
full = resident()
for block in blocks[:-1]:  # what is behind them stays
    free(block)
before = resident()
give_back_freed()
print(full - before > 16 << 20, before - resident() > 16 << 20)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs glibc")
def test_what_was_freed_between_what_stays_is_given_back() -> None:
    run = [sys.executable, "-c", PROGRAM]
    told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    assert told == ["False", "True"]


def test_without_glibc_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_anew = freed_memory._malloc_trim.__wrapped__
    monkeypatch.setattr(freed_memory, "_malloc_trim", asked_anew)
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    give_back_freed()
