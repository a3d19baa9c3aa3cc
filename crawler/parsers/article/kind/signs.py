"""Which sort of page, if any, a page has the signs of; how sure structure has to be hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "article": ("schema.article",),
        "documentation": (
            *("software.documentation", "links.made_with.documentation", "links.edit"),
            *("address.section.documentation", "address.word.documentation"),
        ),
        "thread": (
            *("software.forum", "links.made_with.forum", "schema.thread"),
            "address.section.forum",
        ),
        "offer": ("schema.offer", "og.product", "meta.price", "address.section.shop"),
        "named": ("dated", "authors"),
    }
)
"""Sort → measures of which one is no zero on its pages."""
_ADDRESS = "address."
_SEVERAL = ("documentation", "thread", "offer")
"""Sorts of which several signs say much more than one."""
NO_SIGNS = "silent"
"""The sort of a page that has no sign at all, no day and no author either: a service, mostly."""
SEVERAL_SIGNS = frozenset(f"{sort}, several signs" for sort in _SEVERAL)
SORTS = (*_SIGNS, *sorted(SEVERAL_SIGNS), NO_SIGNS)


def sort_of(measured: Mapping[str, float]) -> str:
    """The first of SORTS that the page has a sign of, and whether it has several: its address is
    one, whatever it tells by (/latest/ is a section of documentation, and of newspapers).
    """
    for sort, signs in _SIGNS.items():
        seen = {_ADDRESS if s.startswith(_ADDRESS) else s for s in signs if measured[s]}
        if seen:
            return f"{sort}, several signs" if len(seen) > 1 and sort in _SEVERAL else sort
    return NO_SIGNS
