"""Records go out of archive files, the others stay where the database looks for them."""

from __future__ import annotations

import os
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawler.archive.files import archive_files, number_of
from crawler.archive.purging import MISSING, remove_stale_files, rewrite
from crawler.archive.stretches import CHANGED, CUT_OFF
from crawler.archive.warc import Archive
from indexer.frontier.port import ArchivePosition, Response

MOMENT = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
FIRST = "rohstoffradar-000001.warc.gz"
SECOND = "rohstoffradar-000001.0001.warc.gz"


def filled(folder: Path) -> list[ArchivePosition]:
    archive = Archive(folder)
    positions = []
    for n in range(6):
        url = f"https://example.org/{n}"
        body = f"<p>Förderung {n}: Kupfer</p>".encode() * 50
        positions.append(archive.append(Response(url, url, 200, {}, MOMENT, body)))
    archive.close()
    return positions


def damage(path: Path, position: ArchivePosition) -> None:
    """Change 20 bytes in the middle of a record."""
    data = bytearray(path.read_bytes())
    middle = position.offset + position.length // 2
    for n in range(middle - 10, middle + 10):
        data[n] ^= 0xA5
    path.write_bytes(data)


def urls(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [
            record.rec_headers["WARC-Target-URI"]
            for record in WarcioIterator(file)
            if record.rec_type != "warcinfo"
        ]


def test_what_stays_is_read_at_its_new_place(tmp_path: Path) -> None:
    positions = filled(tmp_path)
    result = rewrite(tmp_path, FIRST, 0, lambda record: record.url[-1] in "024")
    assert (result.old, result.new, result.removed) == (FIRST, SECOND, 3)
    assert urls(tmp_path / SECOND) == [f"https://example.org/{n}" for n in (1, 3, 5)]
    assert result.end == (tmp_path / SECOND).stat().st_size
    archive = Archive(tmp_path)
    for number in (1, 3, 5):
        old = positions[number]
        moved = ArchivePosition(SECOND, result.offsets[old.offset], old.length)
        assert f"Förderung {number}".encode() in archive.read(moved).body
    for number in (0, 2, 4):
        assert positions[number].offset not in result.offsets


def test_the_old_file_is_untouched_until_somebody_removes_it(tmp_path: Path) -> None:
    filled(tmp_path)
    before = (tmp_path / FIRST).read_bytes()
    rewrite(tmp_path, FIRST, 0, lambda record: True)
    assert (tmp_path / FIRST).read_bytes() == before
    assert urls(tmp_path / SECOND) == []


def test_nothing_goes_nothing_is_written(tmp_path: Path) -> None:
    positions = filled(tmp_path)
    result = rewrite(tmp_path, FIRST, 0, lambda record: record.holds(b"Gold"))
    assert result.new == FIRST
    assert [p.offset for p in positions] == list(result.offsets)[1:]  # the first says who wrote it
    assert archive_files(tmp_path) == [FIRST]


@pytest.mark.parametrize(
    "body",
    [
        b'{"link": "https:\\/\\/example.org\\/news\\/kupfer"}',
        b"BEGIN:VEVENT\r\nURL:https://example.org/ne\r\n ws/kupfer\r\nEND:VEVENT\r\n",
        b"<a href='/new%73/kupfer'>",
        b"<a href='&#47;news&#x2F;kupfer'>",
        b'{"link": "\\u002Fnews\\u002fkupfer"}',
    ],
)
def test_addresses_are_found_escaped_and_folded(tmp_path: Path, body: bytes) -> None:
    archive = Archive(tmp_path)
    url = "https://example.org/list"
    archive.append(Response(url, url, 200, {}, MOMENT, body))
    archive.close()
    assert rewrite(tmp_path, FIRST, 0, lambda record: record.holds(b"/news/kupfer")).removed == 1


def test_a_form_may_go_for_what_its_state_holds(tmp_path: Path) -> None:
    state = quote(b64encode(b"<a href='/bericht/zinn'>Zinn</a>"))
    url = "https://example.org/liste.aspx"
    archive = Archive(tmp_path)
    for posted in (f"a=1&__VIEWSTATE={state}", "a=%2Fbericht%2Fzink"):
        archive.append(Response(url, url, 200, {}, MOMENT, b"<p>x</p>", posted=posted.encode()))
    archive.close()
    for path, removed in ((b"/bericht/zinn", 1), (b"/bericht/zink", 1), (b"/bericht/gold", 0)):
        found = rewrite(tmp_path, FIRST, 0, lambda record, path=path: record.holds(path))  # type: ignore[misc]
        assert found.removed == removed
        if found.new != FIRST:
            (tmp_path / found.new).unlink()


def test_a_record_may_go_for_what_it_holds(tmp_path: Path) -> None:
    filled(tmp_path)
    result = rewrite(tmp_path, FIRST, 0, lambda record: record.holds("Förderung 3".encode()))
    assert (result.removed, urls(tmp_path / SECOND).count("https://example.org/3")) == (1, 0)


@pytest.mark.parametrize("known", [True, False])
def test_the_torn_end_of_a_killed_run_is_left_out(tmp_path: Path, known: bool) -> None:
    positions = filled(tmp_path)
    with (tmp_path / FIRST).open("ab") as file:
        file.write((tmp_path / FIRST).read_bytes()[:40])
    end = positions[-1].offset + positions[-1].length if known else 0
    result = rewrite(tmp_path, FIRST, end, lambda record: record.url.endswith("/0"))
    assert urls(tmp_path / SECOND) == [f"https://example.org/{n}" for n in range(1, 6)]
    assert result.end == (tmp_path / SECOND).stat().st_size


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("goes", ["", "/4"], ids=["nothing else goes", "another one goes"])
def test_a_damaged_record_goes_and_the_whole_ones_stay(
    tmp_path: Path, number: int, goes: str
) -> None:
    positions = filled(tmp_path)
    damage(tmp_path / FIRST, positions[number])
    end = positions[-1].offset + positions[-1].length
    result = rewrite(tmp_path, FIRST, end, lambda record: bool(goes) and record.url.endswith(goes))
    left = [n for n in range(6) if n != number and not (goes and n == 4)]
    assert urls(tmp_path / SECOND) == [f"https://example.org/{n}" for n in left]
    hurt = positions[number]
    [stretch] = result.damage
    assert (stretch.start, stretch.end) == (hurt.offset, hurt.offset + hurt.length)
    assert stretch.damage in {CHANGED, CUT_OFF}
    assert set(result.offsets) == {0, *(positions[n].offset for n in left)}


def test_what_the_file_lacks_at_its_end_is_damage(tmp_path: Path) -> None:
    positions = filled(tmp_path)
    os.truncate(tmp_path / FIRST, positions[4].offset)
    end = positions[-1].offset + positions[-1].length
    result = rewrite(tmp_path, FIRST, end, lambda record: False)
    assert [(d.start, d.end, d.damage) for d in result.damage] == [
        (positions[4].offset, end, MISSING)
    ]
    assert result.end == positions[4].offset


def test_whole_records_behind_the_committed_end_stay(tmp_path: Path) -> None:
    positions = filled(tmp_path)
    result = rewrite(tmp_path, FIRST, positions[4].offset, lambda record: record.url[-1] == "0")
    assert urls(tmp_path / SECOND) == [f"https://example.org/{n}" for n in range(1, 6)]
    assert result.end == result.offsets[positions[4].offset]


def test_the_next_run_appends_to_the_new_file(tmp_path: Path) -> None:
    filled(tmp_path)
    result = rewrite(tmp_path, FIRST, 0, lambda record: record.url.endswith("/0"))
    (tmp_path / FIRST).unlink()
    ends = {result.new: result.end}
    archive = Archive(tmp_path, committed_end=lambda name: ends.get(name, 0))
    url = "https://example.org/new"
    position = archive.append(Response(url, url, 200, {}, MOMENT, b"new"))
    archive.close()
    assert (position.file, position.offset) == (SECOND, result.end)
    assert urls(tmp_path / SECOND)[-1] == url


@pytest.mark.parametrize(
    ("committed", "left"),
    [([FIRST], [FIRST]), ([SECOND], [SECOND]), ([], [SECOND, FIRST])],
    ids=["killed before the commit", "killed behind it", "not known at all"],
)
def test_what_a_killed_purge_left_is_removed(
    tmp_path: Path, committed: list[str], left: list[str]
) -> None:
    filled(tmp_path)
    rewrite(tmp_path, FIRST, 0, lambda record: record.url.endswith("/0"))
    (tmp_path / f"{SECOND}.draft").write_bytes(b"half")
    remove_stale_files(tmp_path, committed)
    assert sorted(p.name for p in tmp_path.iterdir()) == left


def test_a_file_may_have_been_purged_any_number_of_times(tmp_path: Path) -> None:
    """Of a source with `archive: false` whose feed is polled every quarter of an hour, the newest
    file is purged ten thousand times within four months.
    """
    filled(tmp_path)
    old = "rohstoffradar-000001.9999.warc.gz"
    (tmp_path / FIRST).rename(tmp_path / old)
    once = rewrite(tmp_path, old, 0, lambda record: record.url.endswith("/0"))
    assert archive_files(tmp_path) == [old, once.new]
    again = rewrite(tmp_path, once.new, 0, lambda record: record.url.endswith("/1"))
    assert archive_files(tmp_path) == [old, once.new, again.new]
    assert {number_of(name) for name in (once.new, again.new)} == {"rohstoffradar-000001"}
    remove_stale_files(tmp_path, [again.new])
    assert archive_files(tmp_path) == [again.new]
