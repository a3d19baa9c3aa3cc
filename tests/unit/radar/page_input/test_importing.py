"""Files that are imported, whatever they are called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from radar.page_input.importing import Importer


@pytest.mark.parametrize("folder", [b"2031", b"anh\xf6rungen"])
def test_a_name_in_another_encoding_than_utf_8_is_written_as_in_addresses(
    tmp_path: Path, folder: bytes
) -> None:
    paths = [Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + place)) for place in (b"a", folder)]
    for path in paths:
        path.mkdir()
        Path(os.fsdecode(os.fsencode(path) + b"/zinn f\xfcr alle.html")).write_bytes(b"<p>Zinn.")
    first, second = (item.address for item in Importer(paths, None).items())
    assert first == "file:zinn f%FCr alle.html"
    assert second == f"file:{folder.decode('latin-1').replace('ö', '%F6')}/zinn f%FCr alle.html"


def test_files_of_a_folder_that_are_left_out_are_counted_by_their_endings(tmp_path: Path) -> None:
    """A mirror of a site has pages without an ending, and pictures."""
    names = ("a.html", "b.PDF", "news.php?id=5", "logo.png", "img/map.png", "leaflet", "c.docx")
    for name in names:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"<p>Zinn.")
    said = Importer([tmp_path, tmp_path / "c.docx"], None).left_out()
    assert said is not None
    assert said.startswith("4 files left out, by their names no pages: 2 .png, ")
    assert "1 .php, " in said or "1 .php;" in said
    assert "1 without an ending" in said
    assert Importer([tmp_path / "a.html"], None).left_out() is None
