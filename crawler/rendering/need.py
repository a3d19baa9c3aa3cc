"""Whether a page says nothing until its scripts have run. Pure, and linear in the page's length."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 2 << 20
"""Characters that are looked at: an application's shell is small."""

FULL = 400
"""Words of a page that has its text, whatever else is on it: menus and footers make up to half of
that.
"""
SPARSE = 80
"""Words of a page with little but its furniture: shorter than the shortest news."""
BARE = 40
"""Words of a page with next to nothing."""
SCRIPTED = 20
"""Characters of script for each character of text: an article with trackers has 2 to 5."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY_ROOT = re.compile(
    r"<(div|main|section|[a-z]+-[a-z-]{1,30})\b([^<>]{0,300})>\s{0,200}"
    r"(?:<!--[^<>]{0,100}-->\s{0,200})?</\1\s*>",
    re.IGNORECASE,
)
_ROOT_NAME = re.compile(
    r"\bid\s*=\s*[\"']?(?:root|app|app-root|react-root|main-app|application|__next|__nuxt|___gatsby|q-app|svelte)\b",
    re.IGNORECASE,
)
_UNSEEN = frozenset({"script", "style", "template", "svg", "noscript", "title", "iframe"})


@dataclass(slots=True)
class _Seen:
    """What a page holds, as it is without scripts."""

    words: int = 0
    text: int = 0
    """Characters of text."""
    script: int = 0
    """Characters of scripts in the page."""
    sources: int = 0
    """Scripts that are fetched."""
    without_script: str = ""
    """What it says to whom runs no scripts."""


def why_rendering(html: str) -> str | None:
    """Why the page looks like an application whose text is still to come; None if it does not."""
    page = html[:LONGEST]
    seen = _scan(page)
    if seen.words >= FULL or not (seen.script or seen.sources):
        return None
    if _has_empty_root(page):
        return "its root element is empty"
    if seen.words < SPARSE and "javascript" in seen.without_script.casefold():
        return "it asks for JavaScript"
    if seen.words < BARE and (seen.sources >= 2 or seen.script > SCRIPTED * max(seen.text, 1)):
        return "it is scripts and next to no text"
    return None


def word_count(html: str) -> int:
    """Words that a page shows without scripts, its furniture included."""
    return _scan(html[:LONGEST]).words


def _has_empty_root(page: str) -> bool:
    for found in _EMPTY_ROOT.finditer(page):
        custom = "-" in found[1] and found[1].lower().endswith(("-root", "-app"))
        if custom or _ROOT_NAME.search(found[2]):
            return True
    return False


def _scan(page: str) -> _Seen:
    """One pass from tag to tag; an element without its end takes the rest of the page."""
    seen = _Seen()
    lower = page.lower()
    position = 0
    while position < len(page):
        start = page.find("<", position)
        if start < 0:
            _text(seen, page[position:])
            break
        _text(seen, page[position:start])
        position = _behind(page, lower, start, seen)
    return seen


def _behind(page: str, lower: str, start: int, seen: _Seen) -> int:
    """Where the text goes on behind a comment, a tag, or an element that is not seen."""
    if page.startswith("<!--", start):
        return _end(page, "-->", start)
    tag = _TAG.match(page, start)
    if tag is None:
        return start + 1
    close = _end(page, ">", start)
    name = tag[2].lower()
    if tag[1] or name not in _UNSEEN:
        return close
    end = lower.find(f"</{name}", close)
    end = len(page) if end < 0 else end
    if name == "script":
        seen.script += end - close
        seen.sources += " src" in lower[start:close]
    if name == "noscript":
        seen.without_script += page[close:end]
    return end


def _end(page: str, mark: str, start: int) -> int:
    found = page.find(mark, start)
    return len(page) if found < 0 else found + len(mark)


def _text(seen: _Seen, text: str) -> None:
    stripped = text.strip()
    if stripped:
        seen.text += len(stripped)
        seen.words += len(_WORD.findall(stripped))
