from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawler.archive.stretches import stretches
from crawler.archive.warc import Archive, Provenance
from indexer.frontier.port import ArchivePosition, Response
from indexer.records.errors import ArchiveError, ParseError

MOMENT = datetime(2026, 5, 4, 3, 0, 1, 123456, tzinfo=UTC)


def response(number: int, **changes: object) -> Response:
    body = (f"<p>Seite {number}: Rohstoffe, сырьё</p>" * (number % 7 + 1)).encode()
    fields: dict[str, object] = {
        "url": f"https://example.org/{number}",
        "final_url": f"https://example.org/{number}",
        "status": 200,
        "headers": {
            "content-type": "text/html",
            "content-encoding": "gzip",
            "content-length": "17",
        },
        "fetched_at": MOMENT,
        "body": body,
    }
    return Response(**{**fields, **changes})  # type: ignore[arg-type]


def with_fastwarc(path: Path) -> list[tuple[str, bytes]]:
    with path.open("rb") as file:
        return [
            (record.headers["WARC-Target-URI"], record.reader.read())
            for record in ArchiveIterator(file)
            if "WARC-Target-URI" in record.headers
        ]


def with_warcio(path: Path) -> list[tuple[str, bytes]]:
    with path.open("rb") as file:
        return [
            (record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in WarcioIterator(file)
            if record.rec_type != "warcinfo"
        ]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = archive.append(response(1))
    second = archive.append(
        response(2, status=304, headers={"etag": '"x"'}, body=b"", truncated=True)
    )
    read = archive.read(first)
    assert (read.url, read.status, read.fetched_at) == ("https://example.org/1", 200, MOMENT)
    assert read.body == response(1).body
    assert read.headers["content-type"] == "text/html"
    assert "content-encoding" not in read.headers
    assert read.headers["x-original-content-encoding"] == "gzip"
    assert not read.truncated
    assert archive.read(second).truncated
    assert archive.read(second).status == 304
    archive.close()
    assert archive.read(first) == read


def test_what_a_form_sent_is_a_record_of_its_own(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    url = "https://example.org/liste.aspx?jahr=2026"
    asked = {"url": url, "final_url": url, "posted": b"page=2&state=%C3%A4"}
    position = archive.append(response(1, **asked))
    assert archive.read(position).body == response(1).body
    archive.close()
    assert archive.read(position, url).status == 200
    with (tmp_path / position.file).open("rb") as file:
        _, sent, answer = (
            (
                record.rec_type,
                record.rec_headers,
                record.http_headers,
                record.content_stream().read(),
            )
            for record in WarcioIterator(file)
        )
    assert (sent[0], sent[3]) == ("request", b"page=2&state=%C3%A4")
    assert sent[2].statusline == "/liste.aspx?jahr=2026 HTTP/1.1"
    assert sent[2].get_header("host") == "example.org"
    assert answer[0] == "response"
    assert answer[1]["WARC-Concurrent-To"] == sent[1]["WARC-Record-ID"]


def test_imported_pages(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    position = archive.append_resource(
        "file:ordner/seite äö.html", b"<p>x</p>", "text/html", MOMENT
    )
    read = archive.read(position)
    assert read.body == b"<p>x</p>"
    assert read.headers["content-type"] == "text/html"
    assert read.url == "file:ordner/seite%20%C3%A4%C3%B6.html"
    archive.close()
    assert with_warcio(tmp_path / position.file)[0][1] == b"<p>x</p>"


def test_two_readers_agree(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    sent = [response(n) for n in range(20)]
    positions = [archive.append(r) for r in sent]
    file = tmp_path / positions[0].file
    archive.close()
    expected = [(r.final_url, r.body) for r in sent]
    assert with_fastwarc(file) == expected
    assert with_warcio(file) == expected


def test_torn_tails_are_cut_at_the_committed_end(tmp_path: Path) -> None:
    draw = random.Random(7)
    committed: dict[str, int] = {}
    kept: list[tuple[Response, ArchivePosition]] = []
    for night in range(12):
        archive = Archive(tmp_path, committed_end=lambda name: committed.get(name, 0))
        for n in range(3):
            one = response(night * 10 + n)
            position = archive.append(one)
            kept.append((one, position))
        archive.sync()
        committed[position.file] = position.offset + position.length
        lost = archive.append(response(999))
        archive.close()
        path = tmp_path / lost.file
        # Killed while the last record was being written: any part of it may be there.
        with path.open("r+b") as file:
            file.truncate(lost.offset + draw.randrange(lost.length + 1))
    archive = Archive(tmp_path, committed_end=lambda name: committed.get(name, 0))
    last = archive.append(response(5000))
    archive.close()
    kept.append((response(5000), last))
    assert {position.file for _, position in kept} == {last.file}
    for one, position in kept:
        assert archive.read(position).body == one.body
    expected = [(one.final_url, one.body) for one, _ in kept]
    assert with_fastwarc(tmp_path / last.file) == expected
    assert with_warcio(tmp_path / last.file) == expected


def test_an_unknown_file_is_never_cut(tmp_path: Path) -> None:
    first = Archive(tmp_path)
    old = first.append(response(1))
    first.close()
    other = Archive(tmp_path, committed_end=lambda _: 0)
    new = other.append(response(2))
    other.close()
    assert old.file != new.file
    assert other.read(old).body == response(1).body


def test_whole_records_behind_the_committed_end_are_never_cut(tmp_path: Path) -> None:
    first = Archive(tmp_path)
    known = first.append(response(1))
    more = first.append(response(2))
    half = first.append(response(3))
    first.close()
    path = tmp_path / known.file
    path.write_bytes(path.read_bytes()[:-20])
    ends = {known.file: known.offset + known.length}
    restored = Archive(tmp_path, committed_end=lambda name: ends.get(name, 0))
    new = restored.append(response(4))
    restored.close()
    assert new.file != known.file
    assert path.stat().st_size == half.offset
    assert restored.read(more).body == response(2).body
    assert with_fastwarc(path) == with_warcio(path)


def test_a_record_says_what_it_was_requested_for(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    asked = replace(response(1), url="https://example.org/old", source="s", purpose="discovery")
    given = {"form": "text", "lang": None, "published": "März"}
    positions = [
        archive.append(response(0)),
        archive.append(asked),
        archive.append_resource(
            "file:ä", b"x", "text/plain", MOMENT, provenance=Provenance("file:ä", "i", given=given)
        ),
    ]
    archive.close()
    assert [archive.read(position).provenance for position in positions] == [
        None,
        Provenance("https://example.org/old", "s", "discovery"),
        Provenance("file:ä", "i", given=given),
    ]
    assert len(with_warcio(tmp_path / positions[0].file)) == 3


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_a_file_begun_by_a_run_that_was_killed_keeps_its_whole_records(
    tmp_path: Path, kept: int
) -> None:
    draw = random.Random(kept)
    killed = Archive(tmp_path, committed_end=lambda _: 0)
    positions = [killed.append(response(n)) for n in range(kept + 1)]
    killed.close()
    torn = tmp_path / positions[-1].file
    start = positions[-1].offset if kept else 0
    with torn.open("r+b") as file:
        file.truncate(start + draw.randrange(1, positions[0].offset if kept == 0 else 40))
    after = Archive(tmp_path, committed_end=lambda _: 0)
    new = after.append(response(7))
    after.close()
    expected = [(response(n).final_url, response(n).body) for n in range(kept)]
    if kept:
        assert new.file != torn.name
        assert with_fastwarc(torn) == with_warcio(torn) == expected
    else:
        assert [path.name for path in tmp_path.iterdir()] == [new.file]
    assert with_warcio(tmp_path / new.file) == [(response(7).final_url, response(7).body)]


def test_a_new_file_never_takes_the_name_of_one_that_was_lost(tmp_path: Path) -> None:
    ends = {"rohstoffradar-000001.warc.gz": 700, "rohstoffradar-000002.warc.gz": 500}
    archive = Archive(tmp_path, committed_end=lambda name: ends.get(name, 0))
    position = archive.append(response(1))
    archive.close()
    assert position.file == "rohstoffradar-000003.warc.gz"


@pytest.mark.parametrize("name", ["rohstoffradar-copy.warc.gz", "rohstoffradar-1 (2).warc.gz"])
def test_what_somebody_has_put_beside_the_files_is_left_alone(tmp_path: Path, name: str) -> None:
    beside = tmp_path / name
    beside.write_bytes(b"no record")
    archive = Archive(tmp_path, committed_end=lambda _: 0)
    position = archive.append(response(1))
    archive.close()
    assert position.file == "rohstoffradar-000001.warc.gz"
    assert beside.read_bytes() == b"no record"


def test_files_are_begun_anew_when_full(tmp_path: Path) -> None:
    archive = Archive(tmp_path, max_bytes=1500)
    positions = [archive.append(response(n)) for n in range(8)]
    archive.close()
    files = {position.file for position in positions}
    assert len(files) > 1
    assert all((tmp_path / file).stat().st_size <= 1500 for file in files)
    assert [archive.read(p).body for p in positions] == [response(n).body for n in range(8)]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (ArchivePosition("missing.warc.gz", 0, 10), "not-in-archive"),
        (ArchivePosition("rohstoffradar-000001.warc.gz", 3, 50), "damaged"),
        (ArchivePosition("rohstoffradar-000001.warc.gz", 10_000_000, 50), "damaged"),
    ],
)
def test_a_position_without_a_record(tmp_path: Path, wrong: ArchivePosition, reason: str) -> None:
    archive = Archive(tmp_path)
    archive.append(response(1))
    archive.close()
    with pytest.raises(ParseError) as caught:
        archive.read(wrong)
    assert caught.value.reason == reason


def test_a_record_of_another_page_is_not_taken_for_the_wanted_one(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    position = archive.append(response(1))
    assert archive.read(position, response(1).final_url).body == response(1).body
    with pytest.raises(ArchiveError, match="another page"):
        archive.read(position, response(2).final_url)
    archive.close()


def test_each_record_has_the_digest_of_its_content(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.append(response(1))
    archive.append_resource("file:a.html", b"<p>Erz</p>", "text/html", MOMENT)
    archive.close()
    with (tmp_path / "rohstoffradar-000001.warc.gz").open("rb") as file:
        for stretch in stretches(file):
            assert stretch.record is not None
            assert stretch.record.verify_block_digest()
