"""Words by which listing pages are read, from the key `discovery` of the language files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Lower case, single spaces, no signs at the edges: `Nächste Seite »` → `nächste seite`."""
    return _EDGE.sub("", _SPACE.sub(" ", text)).casefold()


@dataclass(frozen=True, slots=True)
class ListingWords:
    """Words of all languages together: a site's listing is often in another one than its news."""

    next_page: frozenset[str]
    """Labels of the link to the next page."""
    furniture: frozenset[str]
    """Labels of links that lead to no news page: imprint, contact, log in, read more."""
    furniture_paths: frozenset[str]
    """Segments of paths that hold no news: impressum, kontakty."""

    @classmethod
    def from_languages(cls, languages: Mapping[str, Mapping[str, Any]]) -> ListingWords:
        """Gather the words of every language that has some."""

        def gathered(name: str) -> frozenset[str]:
            lists: Iterable[Any] = (
                language.get("discovery", {}).get(name, ()) for language in languages.values()
            )
            return frozenset(plain(str(word)) for words in lists for word in words)

        return cls(gathered("next_page"), gathered("furniture"), gathered("furniture_paths"))
