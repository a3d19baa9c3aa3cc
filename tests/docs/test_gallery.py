"""The pictures of the pages: all that the page shows are there, and nothing else."""

from __future__ import annotations

import re

from tests.web.gallery import DOCS, FOLDER, PICTURES

LARGEST = 1_500_000
"""Bytes of all pictures."""


def test_the_page_shows_all_pictures_and_they_are_small() -> None:
    shown = re.findall(r"\]\(gallery/([\w-]+)\.png\)", (DOCS / "gallery.md").read_text("utf-8"))
    files = {file.stem: file for file in FOLDER.iterdir()}
    assert shown == [picture.name for picture in PICTURES]
    assert files.keys() == set(shown)
    assert sum(file.stat().st_size for file in files.values()) < LARGEST


def test_they_show_all_widths_themes_and_languages() -> None:
    assert {picture.width for picture in PICTURES} == {390, 760, 1100}
    assert {picture.theme for picture in PICTURES} == {"light", "dark"}
    assert {picture.lang for picture in PICTURES} == {"en", "de", "ru"}
    for picture in PICTURES:
        head = (FOLDER / f"{picture.name}.png").read_bytes()[:24]
        assert int.from_bytes(head[16:20]) == picture.width
