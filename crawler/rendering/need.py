"""Whether a page has no text until its scripts have run. Pure, and linear in the page's length."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.discovery.apis.api_lists import api_of_item
from crawler.parsers.charset import decode
from indexer.frontier.port import Response
from indexer.records.source import Source

LONGEST = 2 << 20
"""Characters that are inspected: the shell of an application is small."""

FULL_WORDS = 400
"""Words of a page that certainly has its text: menus and footers have up to half as many."""
SPARSE_WORDS = 80
"""Words of a page with little more than boilerplate: the shortest news is longer."""
BARE_WORDS = 40
"""Words of a page with next to nothing."""
SCRIPT_RATIO = 20
"""Characters of script per character of text: an article with trackers has 2 to 5."""

_HTML = ("text/html", "application/xhtml+xml")
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
class _Tally:
    """What a page contains before its scripts have run."""

    words: int = 0
    text: int = 0
    """Characters of text."""
    script: int = 0
    """Characters of scripts in the page."""
    sources: int = 0
    """Scripts in files of their own."""
    noscript: str = ""
    """What the page says where scripts don't run."""


def may_be_rendered(source: Source, response: Response) -> bool:
    """Whether answers of this kind are rendered, if they need it."""
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip()
    if source.render == "never" or kind.lower() not in _HTML or response.truncated:
        return False
    return api_of_item(source, response.final_url) is None


def waits_for_rendering(source: Source, response: Response) -> bool:
    """Whether an answer is the shell of a page that was still to be rendered."""
    if response.converted or not may_be_rendered(source, response):
        return False
    html = decode(response.body, response.headers.get("content-type")).text
    return source.render == "always" or why_rendering(html) is not None


def why_rendering(html: str) -> str | None:
    """Why the page looks like an application that loads its text later; None if it does not."""
    page = html[:LONGEST]
    tally = _scan(page)
    if tally.words >= FULL_WORDS or not (tally.script or tally.sources):
        return None
    if _has_empty_root(page):
        return "its root element is empty"
    if tally.words < SPARSE_WORDS and "javascript" in tally.noscript.casefold():
        return "it asks for JavaScript"
    if tally.words < BARE_WORDS and (
        tally.sources >= 2 or tally.script > SCRIPT_RATIO * max(tally.text, 1)
    ):
        return "it is scripts and next to no text"
    return None


def word_count(html: str) -> int:
    """Words that a page shows without scripts, boilerplate included."""
    return _scan(html[:LONGEST]).words


def _has_empty_root(page: str) -> bool:
    for match in _EMPTY_ROOT.finditer(page):
        custom = "-" in match[1] and match[1].lower().endswith(("-root", "-app"))
        if custom or _ROOT_NAME.search(match[2]):
            return True
    return False


def _scan(page: str) -> _Tally:
    """Scan the page in one pass; an element without an end extends to the end of the page."""
    tally = _Tally()
    lower = page.lower()
    position = 0
    while position < len(page):
        start = page.find("<", position)
        if start < 0:
            _text(tally, page[position:])
            break
        _text(tally, page[position:start])
        position = _behind(page, lower, start, tally)
    return tally


def _behind(page: str, lower: str, start: int, tally: _Tally) -> int:
    """Where text continues behind a comment, a tag, or an invisible element."""
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
        tally.script += end - close
        tally.sources += " src" in lower[start:close]
    if name == "noscript":
        tally.noscript += page[close:end]
    return end


def _end(page: str, mark: str, start: int) -> int:
    found = page.find(mark, start)
    return len(page) if found < 0 else found + len(mark)


def _text(tally: _Tally, text: str) -> None:
    stripped = text.strip()
    if stripped:
        tally.text += len(stripped)
        tally.words += len(_WORD.findall(stripped))
