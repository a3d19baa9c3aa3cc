"""Text that editors keep as JSON instead of markup: lists of blocks.

Read are the forms that Portable Text, Contentful, ProseMirror (TipTap), Slate, Draft.js and
Editor.js have in common: a list of blocks, each with a type, and its text somewhere below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

_TEXTS = ("text", "value", "html", "markup")
_INNER = ("children", "content", "data", "items", "blocks", "nodeMap", "spans")
_ENTRY = frozenset({"url", "slug", "href", "headline", "title", "permalink", "link"})
"""Keys of an entry of a list of pages, which is no text."""
_HEADING = re.compile(r"head|\bh[1-6]\b", re.IGNORECASE)
_MAX_DEPTH = 12
_MAX_BLOCKS = 2_000


def rich_text(value: Any) -> str:
    """The blocks as markup; empty where the value is no such text."""
    while isinstance(value, dict):
        value = next((value[k] for k in ("blocks", "content", "children") if k in value), None)
    if not isinstance(value, list):
        return ""
    blocks = value[:_MAX_BLOCKS]
    if any(isinstance(block, dict) and _ENTRY & block.keys() for block in blocks):
        return ""
    return "".join(map(_block, blocks))


def _block(block: Any) -> str:
    text = "".join(_leaves(block, 0)).strip()
    if not text or "</" in text:
        return text
    markup = escape(text, quote=False)
    kind = f"{block.get('type', '')} {block.get('style', '')}" if isinstance(block, dict) else ""
    name = "h2" if _HEADING.search(kind) else "p"
    return f"<{name}>{markup}</{name}>"


def _leaves(value: Any, depth: int) -> Iterator[str]:
    """Strings below a block, in their order; what formats them has no text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < _MAX_DEPTH:
        for item in value:
            yield from _leaves(item, depth + 1)
    elif isinstance(value, dict) and depth < _MAX_DEPTH:
        own = [value[k] for k in _TEXTS if isinstance(value.get(k), str)]
        yield from own[:1]
        if not own:
            for key in _INNER:
                yield from _leaves(value.get(key), depth + 1)
