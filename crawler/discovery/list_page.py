"""The content of one page of a paged list: a listing page, or a response of a JSON API."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from indexer.frontier.port import Link


@dataclass(frozen=True, slots=True)
class PostedForm:
    """A form whose answer is a further page of a list."""

    address: str
    """Canonical address to which it is posted."""
    chosen: tuple[tuple[str, str], ...]
    """What the link or button adds: names and values."""
    fields: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)
    """What the form has besides: each page gives other ones."""

    @property
    def name(self) -> str:
        """What it asks for, as an address with what was chosen as its fragment; further pages have
        the same one where the same button turns to each.
        """
        return f"{self.address}#{urlencode(self.chosen)}"

    def sends_as(self, other: PostedForm) -> bool:
        """Whether it sends what another one sends."""
        return self == other and self.fields == other.fields

    def body(self) -> bytes:
        """What is sent, as `application/x-www-form-urlencoded`."""
        return urlencode([*self.fields, *self.chosen]).encode("ascii")


@dataclass(frozen=True, slots=True)
class ListPage:
    """Links in their order, and the next page."""

    links: tuple[Link, ...]
    next: str | None
    """Canonical address of the next page."""
    guess: str | None = None
    """Without a next page: an address that may be that of one, to be tried once."""
    ends: bool = True
    """Whether the page shows that none follows, where it names none."""
    parts: tuple[str, ...] = ()
    """Canonical addresses of its parts by year, month or letter, the newest year first; of a page
    that is one, of all parts of its list.
    """
    ahead: tuple[str, ...] = ()
    """Of a calendar that shows one month: canonical addresses of the next ones."""
    lists: tuple[str, ...] = ()
    """Without links: canonical addresses of the lists that it shows in frames or leads to."""
    branches: tuple[str, ...] = ()
    """Canonical addresses of lists below or beside it, by their labels (interviews beside press
    releases), or of which it shows the newest entries.
    """
    posted: PostedForm | None = None
    """Without a next page: a form that may bring it, where the guess does not."""
    cut: bool = False
    """The page has more entries than are read."""
