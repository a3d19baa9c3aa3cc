"""An archive file is read as whole records, whatever has become of the others."""

from __future__ import annotations

import io
import itertools
import random
from pathlib import Path

import pytest
from isal import isal_zlib

from crawler.archive.stretches import (
    CHANGED,
    CUT_OFF,
    GZIP,
    NO_RECORD,
    Damaged,
    record_of,
    stretches,
)
from tests.unit.crawler.archive.test_purging import FIRST, filled


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("archive")
    filled(folder)
    return (folder / FIRST).read_bytes()


def walk(data: bytes) -> list[tuple[int, int, str | None]]:
    return [(s.start, s.end, s.damage) for s in stretches(io.BytesIO(data))]


def test_a_whole_file_is_its_records(whole: bytes) -> None:
    found = list(stretches(io.BytesIO(whole)))
    assert len(found) == 7
    assert not any(stretch.damage for stretch in found)
    for stretch in found:
        record = record_of(whole[stretch.start : stretch.end])
        assert record.record_id


@pytest.mark.parametrize("seed", range(40))
def test_damage_spoils_the_records_that_it_touches_and_no_other(whole: bytes, seed: int) -> None:
    spans = walk(whole)
    chance = random.Random(seed)
    begin = chance.randrange(len(whole))
    end = min(begin + 20, len(whole))
    data = bytearray(whole)
    for n in range(begin, end):
        data[n] ^= chance.randrange(1, 256)
    found = walk(bytes(data))
    untouched = [span for span in spans if span[1] <= begin or span[0] >= end]
    assert [span for span in found if span[2] is None] == untouched
    assert (found[0][0], found[-1][1]) == (0, len(whole))
    assert all(before[1] == after[0] for before, after in itertools.pairwise(found))


def test_the_reasons(whole: bytes) -> None:
    last = walk(whole)[-1]
    assert walk(whole[:-5])[-1] == (last[0], len(whole) - 5, CUT_OFF)
    assert walk(b"no gzip at all")[0] == (0, 14, NO_RECORD)
    assert walk(b"") == []
    other = isal_zlib.compress(b"no record", 2, GZIP)
    assert walk(other + whole)[0] == (0, len(other), NO_RECORD)
    broken = bytearray(whole)
    broken[last[0] - 6] ^= 255  # the checksum of the record before the last
    assert walk(bytes(broken))[-2][2] == CHANGED


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b\x08", isal_zlib.compress(b"no record", 2, GZIP)])
def test_what_is_no_record(data: bytes) -> None:
    with pytest.raises(Damaged):
        record_of(data)


def test_a_member_inside_of_a_damaged_record_is_found_where_it_begins(whole: bytes) -> None:
    filler = random.Random(1).randbytes(100_000)  # more than is read at once
    found = walk(filler + whole)
    assert [damage for _, _, damage in found] == [NO_RECORD] + [None] * 7


def test_the_file_is_read_from_where_it_stands(tmp_path: Path) -> None:
    position = filled(tmp_path)[3]
    with (tmp_path / FIRST).open("rb") as file:
        file.seek(position.offset)
        assert next(stretches(file)).start == position.offset
