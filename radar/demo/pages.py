"""Reads the pages of the demo sites from `sites/*.yaml`, as of a given night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, cast

import yaml

PageKind = Literal[
    "article", "overview", "soft-404", "disallowed", "redirect", "duplicate", "missing"
]

NIGHTS = {
    1: datetime.fromisoformat("2026-10-05T02:30:00+02:00"),
    2: datetime.fromisoformat("2026-10-06T02:30:00+02:00"),
}
"""When the crawl of each night starts; the pages are dated in the months before."""

SITES = Path(__file__).resolve().parent / "sites"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading in the text."""

    text: str
    heading: bool


@dataclass(frozen=True, slots=True)
class DemoPage:
    """A page of a demo site."""

    path: str
    """Path and query."""
    published: date
    time: str
    """`HH:MM` in the site's zone."""
    title: str
    listed: str
    """Title in listings."""
    teaser: str
    author: str
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    contact: dict[str, str]
    """name, role, phone, fax, email; empty: none."""
    kind: PageKind
    target: str
    """Path that a redirect or duplicate leads to."""
    links: tuple[str, ...]
    """Paths that an overview lists."""
    changed: date
    """Day of the last change."""


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A demo site as of one night; newest page first."""

    name: str
    pages: tuple[DemoPage, ...]

    def page(self, path: str) -> DemoPage:
        """The page at a path."""
        return next(page for page in self.pages if page.path == path)


def load_site(name: str, night: int) -> DemoSite:
    """Read `sites/NAME.yaml` as of a night (1 or 2)."""
    text = (SITES / f"{name}.yaml").read_text(encoding="utf-8")
    content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # strings only, our own file
    entries = [e for e in content["pages"] if int(e.get("from_night", "1")) <= night]
    pages = [_page(entry, night) for entry in entries]
    pages.sort(key=lambda page: (page.published, page.time), reverse=True)
    return DemoSite(content["name"], tuple(pages))


def _page(entry: dict[str, object], night: int) -> DemoPage:
    def text(key: str, default: str = "") -> str:
        return str(entry.get(key, default))

    edits = cast("list[dict[str, str]]", entry.get("edits", []))
    done = [edit for edit in edits if int(edit["night"]) <= night]
    body, teaser = text("text"), text("teaser")
    for edit in done:
        body = body.replace(edit["old"], edit["new"].strip())
        teaser = teaser.replace(edit["old"], edit["new"].strip())
    published = date.fromisoformat(text("published"))
    last = max((int(edit["night"]) for edit in done), default=0)
    return DemoPage(
        path=text("path"),
        published=published,
        time=text("time", "09:00"),
        title=text("title"),
        listed=text("listed", text("title")),
        teaser=teaser,
        author=text("author"),
        tags=tuple(cast("list[str]", entry.get("tags", []))),
        blocks=tuple(
            Block(part.removeprefix("## ").strip(), part.startswith("## "))
            for part in body.split("\n\n")
            if part.strip()
        ),
        contact=cast("dict[str, str]", entry.get("contact", {})),
        kind=cast("PageKind", text("kind", "article")),
        target=text("target"),
        links=tuple(cast("list[str]", entry.get("links", []))),
        changed=NIGHTS[last - 1].date() if last else published,
    )
