from __future__ import annotations

import ctypes
import mmap
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder

from indexer.text.folding import fold, surfaces_of
from indexer.text.stemming import stem
from radar.service.freed_memory import (
    forget_words_of_tables,
    give_back_freed_memory,
    give_back_programs,
    leave_out_pydantic_1,
    unchanged_programs,
)

MAPPINGS = Path("/proc/self/smaps")
LINES = """\
55d0c0a00000-55d0c0a01000 r--p 00000000 08:01 77 /usr/bin/python3.11
Rss:                   4 kB
Anonymous:             0 kB
Swap:                  0 kB
VmFlags: rd mr mw me
7f3a10000000-7f3a10400000 r-xp 00001000 08:01 77 /usr/bin/python3.11
Anonymous:             0 kB
7f3a10400000-7f3a10500000 r--p 00000000 08:01 92 /usr/lib/relocated.so
Anonymous:            12 kB
Swap:                  0 kB
7f3a10500000-7f3a10600000 r--p 00000000 08:01 92 /usr/lib/relocated and swapped.so
Anonymous:             0 kB
Swap:                  8 kB
7f3a10600000-7f3a10700000 r--s 00000000 08:01 94 /data/index/33/a.store
7f3a10700000-7f3a10800000 rw-p 00000000 08:01 77 /usr/bin/python3.11
Anonymous:             0 kB
7f3a10800000-7f3a10900000 r--p 00000000 00:00 0
7ffd10700000-7ffd10800000 r-xp 00000000 00:00 0 [vdso]
b7f4f9d00000-b7f4f9e00000 r--p 00000000 08:01 77 /usr/lib/last.so""".splitlines()

PROGRAM = """
import ctypes, os, sys, threading
if sys.argv[1] == "given-back":
    from radar.service.freed_memory import give_back_freed_memory
    give_back_freed_memory()
malloc, free = ctypes.CDLL(None).malloc, ctypes.CDLL(None).free
malloc.restype, free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE")

def work():
    first = malloc(16 << 20)
    free(first)  # from now on glibc keeps blocks up to this size
    blocks = [malloc(256 << 10) for _ in range(64)]
    for block in blocks:
        ctypes.memset(block, 1, 256 << 10)
    last = malloc(8 << 10)  # what is behind them stays
    ctypes.memset(last, 1, 8 << 10)
    for block in blocks:
        free(block)

before = resident()
work()
print(resident() - before > 8 << 20)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs glibc")
@pytest.mark.parametrize(("how", "kept"), [("kept", "True"), ("given-back", "False")])
def test_large_blocks_that_were_freed_are_given_back(how: str, kept: str) -> None:
    run = [sys.executable, "-c", PROGRAM, how]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == kept


def test_without_glibc_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    give_back_freed_memory()


def test_programs_are_what_is_mapped_of_files_and_was_not_changed() -> None:
    assert list(unchanged_programs(LINES)) == [
        (0x55D0C0A00000, 0x55D0C0A01000),
        (0x7F3A10000000, 0x7F3A10400000),
        (0xB7F4F9D00000, 0xB7F4F9E00000),
    ]


@pytest.mark.skipif(not MAPPINGS.exists(), reason="needs the list of mappings of Linux")
def test_programs_are_given_back_and_what_was_changed_in_memory_stays(tmp_path: Path) -> None:
    path, size = tmp_path / "library", 1 << 20
    path.write_bytes(b"radar..." * (size >> 3))
    with path.open("rb") as file, mmap.mmap(file.fileno(), size, mmap.MAP_PRIVATE) as memory:
        start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        protect = ctypes.CDLL(None).mprotect
        protect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        half = size // 2
        memory[:5] = b"other"
        assert protect(start, half, mmap.PROT_READ) == 0
        assert protect(start + half, half, mmap.PROT_READ | mmap.PROT_EXEC) == 0
        assert memory[:].count(b"radar") == (size >> 3) - 1
        assert held(path) == size >> 10
        give_back_programs()
        assert held(path) == half >> 10
        assert memory[:5] == b"other"
        assert memory[:].count(b"radar") == (size >> 3) - 1


@pytest.mark.skipif(not MAPPINGS.exists(), reason="needs the list of mappings of Linux")
def test_a_path_in_another_encoding_stops_nothing(tmp_path: Path) -> None:
    size = mmap.PAGESIZE
    with (tmp_path / os.fsdecode("Müller".encode("latin-1"))).open("w+b") as file:
        file.truncate(size)
        with mmap.mmap(file.fileno(), size, mmap.MAP_PRIVATE, mmap.PROT_READ) as memory:
            give_back_programs()
            assert memory[:] == bytes(size)


def held(path: Path) -> int:
    """kB of the file in the memory of this process."""
    after = MAPPINGS.read_text().split(f" {path}\n")[1:]
    return sum(int(each.partition("Rss:")[2].split()[0]) for each in after)


def test_words_of_tables_are_forgotten() -> None:
    assert stem(*surfaces_of("Kupfer"), "de") == "kupf"
    forget_words_of_tables()
    assert [each.cache_info().currsize for each in (fold, surfaces_of, stem)] == [0, 0, 0]


def test_the_first_version_of_pydantic_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pydantic.v1", raising=False)
    leave_out_pydantic_1()
    app = FastAPI()
    app.add_api_route("/", lambda: {"pages": [1]}, response_model=dict[str, list[int]])
    assert app.openapi()["paths"]["/"]
    assert jsonable_encoder({"pages": (1,)}) == {"pages": [1]}
    assert sys.modules["pydantic.v1"] is None


def test_a_server_loads_no_parser_of_pages_or_archives() -> None:
    heavy = ("lxml.etree", "fastwarc", "numpy", "scrapy")
    program = f"import sys, radar.commands.serve; print([m for m in {heavy} if m in sys.modules])"
    run = [sys.executable, "-c", program]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == "[]"
