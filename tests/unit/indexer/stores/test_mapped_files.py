from __future__ import annotations

import ctypes
import mmap
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.stores import mapped_files
from indexer.stores.mapped_files import give_back, mapped_memory, mappings

MAPS = Path("/proc/self/smaps")
LINES = """\
55d0c0a00000-55d0c0a01000 r--p 00000000 08:01 77 /usr/bin/python3.11
7f3a10000000-7f3a10400000 r--s 00000000 08:01 91 /data/index/3/a b.store
7f3a10400000-7f3a10500000 r--p 00000000 08:01 92 /data/index/3/a.idx
7f3a10500000-7f3a10600000 rw-s 00000000 08:01 93 /data/index/3/written
7f3a10600000-7f3a10700000 r--s 00000000 08:01 94 /data/index/33/a.store
7f3a10700000-7f3a10800000 r--p 00000000 00:00 0
7ffd10700000-7ffd10800000 r-xp 00000000 00:00 0 [vdso]""".splitlines()


def test_only_what_is_read_in_the_folder_counts() -> None:
    assert list(mappings(LINES, Path("/data/index/3"))) == [
        (0x7F3A10000000, 0x7F3A10400000, "a b.store"),
        (0x7F3A10400000, 0x7F3A10500000, "a.idx"),
    ]


@pytest.mark.skipif(not MAPS.exists(), reason="needs the list of mappings of Linux")
@pytest.mark.parametrize("asked", ["index", "linked"])
def test_what_was_read_is_given_back_and_can_be_read_again(tmp_path: Path, asked: str) -> None:
    path = tmp_path / "index" / "a.store"
    path.parent.mkdir()
    (tmp_path / "linked").symlink_to("index")
    with path.open("wb") as written:
        written.write(b"radar" * 200_000)
        written.flush()
        os.fsync(written.fileno())
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as mapped:
        assert mapped[:] == path.read_bytes()
        assert held(path) > 900
        give_back(tmp_path / asked, scattered=True)
        assert held(path) < 300, "another processor may hold some pages yet"
        assert mapped[:] == path.read_bytes()
        assert "rr" in flags(path)  # read ahead of nothing
        give_back(tmp_path / asked, scattered=False)
        assert "rr" not in flags(path)


@pytest.mark.skipif(not MAPS.exists(), reason="needs the list of mappings of Linux")
def test_nothing_is_held_of_what_surely_stays_mapped_though_another_process_reads_it_too(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.store"
    path.write_bytes(b"radar" * 200_000)
    begin = "import mmap, sys; f = open(sys.argv[1], 'rb'); m = mmap.mmap(f.fileno(), 0, prot=1)"
    code = f"{begin}; m[:]; print('read', flush=True); input(); m[:]"
    command = [sys.executable, "-c", code, str(path)]
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as mapped,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other,
    ):
        assert other.stdout
        assert other.stdout.readline() == b"read\n"
        assert mapped[:] == path.read_bytes()
        give_back(tmp_path, scattered=True, kept_open=["b"])
        assert held(path) > 900, "the other one has it mapped"
        give_back(tmp_path, scattered=True, kept_open=["a"])
        assert held(path) == 0
        assert "rr" in flags(path)
        assert mapped[:] == path.read_bytes()
        with mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ):
            give_back(tmp_path, scattered=True, kept_open=["a"])
            assert resident(path) > 900, "one of the two may be another one's, and end"
        assert mapped[:] == path.read_bytes()
        other.communicate(b"\n")


@pytest.mark.skipif(not MAPS.exists(), reason="needs the list of mappings of Linux")
def test_what_has_come_to_the_place_of_a_mapping_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mmap.mmap(-1, 1 << 16, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        memory[:] = b"radar..." * (1 << 13)
        start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        listed = tmp_path / "maps"
        listed.write_text(f"{start:x}-{start + len(memory):x} r--s 00000000 08:01 91 /data/a.store")
        monkeypatch.setattr(mapped_files, "_MAPPINGS", listed)
        give_back(Path("/data"), scattered=True)
        assert memory[:] == b"radar..." * (1 << 13)


@pytest.mark.skipif(not MAPS.exists(), reason="needs the sizes that Linux tells")
def test_what_is_held_of_files_is_told_in_bytes(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * (8 << 20))
    before = mapped_memory()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as memory:
        assert len(bytes(memory)) == 8 << 20
        assert 7 << 20 < mapped_memory() - before < 12 << 20


def test_where_the_system_does_not_tell_nothing_counts_as_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapped_files, "_SIZES", tmp_path / "no such file")
    assert mapped_memory() == 0


def flags(path: Path) -> list[str]:
    after = MAPS.read_text().partition(f"{path}\n")[2]
    return after.partition("VmFlags:")[2].partition("\n")[0].split()


def resident(path: Path) -> int:
    """kB of all mappings of the file."""
    parts = MAPS.read_text().split(f"{path}\n")[1:]
    return sum(int(part.partition("Rss:")[2].split()[0]) for part in parts)


def held(path: Path) -> int:
    """kB of the file in the memory of this process."""
    after = MAPS.read_text().partition(f"{path}\n")[2]
    return int(after.partition("Rss:")[2].split()[0])
