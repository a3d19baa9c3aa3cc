"""Text that editors keep as JSON."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.parsers.rich_text import rich_text


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        (["Erster Absatz.", "Zweiter <b>."], "<p>Erster Absatz.</p><p>Zweiter &lt;b&gt;.</p>"),
        (
            [{"type": "heading", "text": "Lage"}, {"type": "paragraph", "text": "A & B."}],
            "<h2>Lage</h2><p>A &amp; B.</p>",
        ),
        (
            {"type": "doc", "content": [{"type": "paragraph", "content": [{"text": "Erz."}]}]},
            "<p>Erz.</p>",
        ),
        ({"blocks": [{"type": "header", "data": {"text": "Lage"}}]}, "<h2>Lage</h2>"),
        ([{"style": "h2", "children": [{"text": "La"}, {"text": "ge"}]}], "<h2>Lage</h2>"),
        ([{"value": "<p>Schon Markup.</p>"}], "<p>Schon Markup.</p>"),
    ],
    ids=["strings", "blocks", "ProseMirror", "Editor.js", "Portable Text", "markup in blocks"],
)
def test_blocks_become_markup(value: Any, markup: str) -> None:
    assert rich_text(value) == markup


@pytest.mark.parametrize(
    "value",
    [None, 7, "Text", {}, [], [{"title": "Meldung", "url": "/a", "text": "Teaser"}], [[[]]]],
)
def test_what_is_no_text_of_blocks(value: Any) -> None:
    assert rich_text(value) == ""


def test_depth_is_bounded() -> None:
    deep: Any = "unten"
    for _ in range(10_000):
        deep = {"children": [deep]}
    assert rich_text([deep]) == ""
