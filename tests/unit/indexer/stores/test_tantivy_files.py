"""Each file of an index tells by its checksum whether it is as it was written."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from indexer.stores.embedded import EmbeddedStore
from indexer.stores.tantivy_files import CHANGED, MISSING, damaged_files
from tests.unit.indexer.stores.test_embedded import COMPILER, document


@pytest.fixture
def index(tmp_path: Path) -> Path:
    store = EmbeddedStore(tmp_path, COMPILER, writable=True)
    store.write([document(number) for number in range(3)])
    store.write([document(3)])
    store.delete([document(1).id])
    store.close()
    return tmp_path / "1"


def names(index: Path) -> list[str]:
    return sorted(p.name for p in index.iterdir() if len(p.stem) >= 32)


def test_a_whole_index(index: Path) -> None:
    assert names(index)
    assert list(damaged_files(index)) == []


def test_a_changed_byte_is_found_in_every_file(index: Path) -> None:
    chance = random.Random(4)
    for name in names(index):
        whole = (index / name).read_bytes()
        for position in {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(5))}:
            changed = bytearray(whole)
            changed[position] ^= chance.randrange(1, 256)
            (index / name).write_bytes(changed)
            found = list(damaged_files(index))
            # A changed footer says another version, or no checksum, and still the right one.
            assert found == [(name, CHANGED)] or position > len(whole) - 150
        (index / name).write_bytes(whole[: len(whole) // 2])
        assert list(damaged_files(index)) == [(name, CHANGED)]
        (index / name).unlink()
        assert list(damaged_files(index)) == [(name, MISSING)]
        (index / name).write_bytes(whole)


@pytest.mark.parametrize("content", ["", "[]", json.dumps({"segments": [{}]}), "\x00"])
def test_what_is_no_list_of_segments(index: Path, content: str) -> None:
    (index / "meta.json").write_text(content)
    assert list(damaged_files(index)) == [("meta.json", CHANGED)]
    (index / "meta.json").unlink()
    assert list(damaged_files(index)) == [("meta.json", MISSING)]
