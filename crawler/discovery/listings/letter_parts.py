"""Parts of a list by letter, as registers have them: `A | B | C`. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from crawler.discovery.listings.archive_parts import MOST_PARTS, is_beside
from crawler.discovery.listings.soup import text_in
from indexer.records.urls import canonical, identity

FEWEST = 5
"""Letters that make a row: two or three are languages, or sizes of type."""
_LONGEST = 20
"""Characters that are looked at; blanks count."""
_END = re.compile(r"(?:/(?:index\.\w{2,5})?|\.\w{2,5})$")


def letter_parts(
    soup: BeautifulSoup, base: str, page: str, is_owned: Callable[[str], bool]
) -> tuple[str, ...]:
    """Canonical addresses of the parts of the list at `page`, with itself if it is one, as the page
    has them: links whose labels are letters, at addresses that differ in these alone and are below
    that of the list, or ask it for them.
    """
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for tag in soup.find_all("a", href=True):
        letter = text_in(tag, _LONGEST).strip()
        if len(letter) != 1 or not letter.isalpha():
            continue
        url = canonical(str(tag["href"]), base)
        make = _without(letter, url) if url is not None else None
        if url is not None and make is not None and is_owned(url) and is_beside(url, page):
            rows[make].setdefault(url, letter.casefold())
    for row in rows.values():
        if len({*row.values()}) >= FEWEST and _is_of_list(row, page):
            return tuple(row)[:MOST_PARTS]
    return ()


def _without(letter: str, url: str) -> str | None:
    """An address without the word that is the letter; None where there is none."""
    word = re.compile(rf"(?<=[/=_.-]){re.escape(letter)}(?=[/&_.-]|$)", re.IGNORECASE)
    parts = word.split(unquote(url))
    return "\n".join(parts) if len(parts) > 1 else None


def _is_of_list(row: dict[str, str], page: str) -> bool:
    """Whether the addresses are those of parts of the list at `page`, which may be one of them."""
    if any(identity(url) == identity(page) for url in row):
        return True
    here = _END.sub("", urlsplit(page).path)
    paths = {_END.sub("", urlsplit(url).path) for url in row}
    return bool(here) and all(path == here or path.startswith(f"{here}/") for path in paths)
