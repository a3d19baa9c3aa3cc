"""Which sort of page, if any, a page has the signs of; how sure structure has to be hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_EXPLAINING = ("documentation", "learning")
_SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "article": ("schema.article",),
        "documentation": (
            *("software.documentation", "links.made_with.documentation", "links.edit"),
            *(f"address.{part}.{of}" for part in ("section", "word") for of in _EXPLAINING),
        ),
        "thread": (
            *("software.forum", "links.made_with.forum", "schema.thread"),
            "address.section.forum",
        ),
        "offer": ("schema.offer", "og.product", "meta.price", "address.section.shop"),
        "named": ("dated", "authors"),
    }
)
"""Sort → measures of which one is no zero on its pages; an address supports other signs only:
/latest/ is a section of documentation and of newspapers, /forum/ one of debates and of comment.
"""
_ADDRESS = "address."
_SEVERAL = ("documentation", "thread", "offer")
"""Sorts of which several signs say much more than one; what an address tells is one."""
_ADDRESSED: Mapping[str, str] = MappingProxyType(
    {
        "documentation": "address.section.documentation",
        "service": "address.section.service",
    }
)
"""Sorts that an address tells by itself, where no day of publication is stated and no section of
news is named: /services/press/ is one.
"""
_OF_NEWS = "address.section.news"
NO_SIGNS = "silent"
"""The sort of a page that has no sign at all, no day and no author either: a service, mostly."""
SEVERAL_SIGNS = frozenset(f"{sort}, several signs" for sort in _SEVERAL)
SORTS = (*_SIGNS, *sorted(SEVERAL_SIGNS), "service", NO_SIGNS)


def sort_of(measured: Mapping[str, float]) -> str:
    """The first of SORTS that the page has a sign of, and whether it has several."""
    found = _signed(measured)
    if found not in ("named", NO_SIGNS) or measured["dated.stated"] or measured[_OF_NEWS]:
        return found
    return next((sort for sort, sign in _ADDRESSED.items() if measured[sign]), found)


def _signed(measured: Mapping[str, float]) -> str:
    for sort, signs in _SIGNS.items():
        seen = {_ADDRESS if sign.startswith(_ADDRESS) else sign for sign in signs if measured[sign]}
        if seen - {_ADDRESS}:
            return f"{sort}, several signs" if len(seen) > 1 and sort in _SEVERAL else sort
    return NO_SIGNS
