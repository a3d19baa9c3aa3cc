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
