"""Where the articles of a site stand in its pages, and how well reading by these places has held.

What a parser written by hand for one site says of it, learnt instead of written.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

PROVEN = 20
"""Pages in a row on which reading by the places has agreed with reading in full, from which on the
places alone are enough.
"""
READ_IN_FULL = 20
"""One in so many addresses is read in full nevertheless, so that a change is noticed."""


@dataclass(frozen=True, slots=True)
class ArticlePlaces:
    """Where the articles of a site stand."""

    holder: str
    """Place of the one element that holds all of an article, by the whole path from the body."""
    text: frozenset[str]
    """Digests of places of the text (`lines.place_key`)."""
    beside: frozenset[str]
    """Of what else stands in the holder and is no boilerplate: title, date, byline, tags."""
    stated: str | None = None
    """What markup calls the date of publication (`NewsArticle.datePublished`); `page`: it is found
    where it is printed, also by who does not know the place.
    """
    timed: str | None = None
    """Place of the element that holds the date for programs."""
    lang: str | None = None
    """Language that all of them are in, and say that they are in."""
    is_dated: bool = True
    """Whether articles say when they were published: then a page that does not is none of them."""
    agreed: int = 0
    """Pages in a row on which reading by these places has agreed with reading in full."""

    @property
    def is_proven(self) -> bool:
        """Whether pages are read by the places alone."""
        return self.agreed >= PROVEN

    def after(self, answers: list[bool]) -> ArticlePlaces:
        """With the results of more pages, in their order."""
        agreed = self.agreed
        for agrees in answers:
            agreed = agreed + 1 if agrees else 0
        return dataclasses.replace(self, agreed=agreed)

    def to_json(self) -> dict[str, Any]:
        """As a JSON object; equal places give equal objects."""
        given = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {k: sorted(v) if isinstance(v, frozenset) else v for k, v in given.items()}

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Of such an object; raises ValueError where it is malformed."""
        names = {field.name for field in dataclasses.fields(cls)}
        if not isinstance(data, Mapping) or data.keys() != names:
            raise ValueError("the site profile's `articles` has missing or unknown keys")
        holder, agreed, is_dated = data["holder"], data["agreed"], data["is_dated"]
        if not isinstance(holder, str):
            raise ValueError("the site profile's `articles` names no place")  # noqa: TRY004
        if type(agreed) is not int or agreed < 0 or not isinstance(is_dated, bool):
            raise ValueError("the site profile's `articles` holds no count of pages")
        return cls(
            holder,
            text=_strings("text", data["text"]),
            beside=_strings("beside", data["beside"]),
            stated=_string_or_none("stated", data["stated"]),
            timed=_string_or_none("timed", data["timed"]),
            lang=_string_or_none("lang", data["lang"]),
            is_dated=is_dated,
            agreed=agreed,
        )


def is_read_in_full(url: str | None) -> bool:
    """Whether a page is read in full whatever is known of its site: by the digest of its address,
    so that it is always the same pages; a page without one is.
    """
    if not url:
        return True
    digest = hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % READ_IN_FULL == 0


def _strings(name: str, value: object) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ValueError(f"the site profile's `articles.{name}` is no list of strings")
    return frozenset(value)


def _string_or_none(name: str, value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"the site profile's `articles.{name}` is no string")
    return value
