from __future__ import annotations

import ctypes
import mmap
import os
from pathlib import Path

import pytest

from indexer import loaded_programs
from indexer.loaded_programs import give_back_again, give_back_programs, unchanged_programs

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
7f3a10900000-7f3a10a00000 r--p 00000000 08:01 95 /data/model.bin
7ffd10700000-7ffd10800000 r-xp 00000000 00:00 0 [vdso]
b7f4f9d00000-b7f4f9e00000 r--p 00000000 08:01 77 /usr/lib/last.so""".splitlines()


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands for a library here does not stay."""
    monkeypatch.setattr(loaded_programs, "_loaded", [])


def test_programs_are_what_is_mapped_of_files_and_was_not_changed() -> None:
    assert unchanged_programs(LINES) == [
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
        assert held(path) == size >> 10
        give_back_again()
        assert held(path) == half >> 10


def test_nothing_is_given_back_that_never_was() -> None:
    assert loaded_programs._loaded == []
    give_back_again()


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
