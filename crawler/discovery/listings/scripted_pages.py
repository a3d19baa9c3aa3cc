"""Addresses of a list's next page in the data of a page's scripts. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

_NEXT = re.compile(
    r"""["']next_?(?:page_?)?(?:url|link|href|path)?["']\s*:\s*"((?:https?:|\\?/|\?)[^"\s]{1,500})\"""",
    re.IGNORECASE,
)


def scripted_pages(soup: BeautifulSoup) -> Iterator[str]:
    """Values of `next_url`, `nextPageUrl`, `next` and the like, as the script has them."""
    for script in soup.find_all("script", src=False):
        for match in _NEXT.finditer(script.string or ""):
            try:
                yield str(json.loads(f'"{match[1]}"'))
            except ValueError:
                continue  # an escape of the script's language that JSON lacks
