"""Takes the pictures of `docs/gallery.md`: the pages over the data of `radar demo`, in Chromium.

python -m tests.web.gallery [FOLDER OF A DEMO]     without one, it is made first
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import httpx
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.web.conftest import CHROMIUM, FLAGS
from tests.web.demo_site import demo_app, made_demo
from tests.web.sample_site import served

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "gallery"
HEIGHTS = {390: 780, 760: 760, 1100: 760}
"""Width of a window (phone, tablet, desk) → its height."""
SAME = ("--disable-lcd-text", "--font-render-hinting=none")
"""Flags by which letters have no coloured edges: they differ between machines, and take space."""
_INTRODUCTION = """# Pictures

The pages over the data of `radar demo`, in three widths, light and dark, in English, German and
Russian. `make gallery` takes them anew.
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown."""

    name: str
    caption: str
    path: str
    """`{document}` stands for the newest page of the search for antimony, `{series}` for the series
    that most pages name.
    """
    width: Literal[390, 760, 1100]
    lang: Literal["en", "de", "ru"]
    theme: Literal["light", "dark"]
    printed: bool = False


PICTURES = (
    Picture("start", "The start page", "/", 1100, "en", "light"),
    Picture("search", "A search finds all languages", "/?q=antimony", 1100, "en", "light"),
    Picture("filters", "Filters narrow it", "/?q=Antimon&country=KG&lang=ru", 1100, "de", "dark"),
    Picture("phone", "On a phone, text before filters", "/?q=сурьма", 390, "ru", "light"),
    Picture(
        "document", "A page: each value in its place", "/documents/{document}", 1100, "en", "light"
    ),
    Picture(
        "printed", "As it is printed", "/documents/{document}", 390, "en", "dark", printed=True
    ),
    Picture("events", "Events", "/events?when=past", 760, "de", "light"),
    Picture("month", "A month", "/events?month=2026-09", 1100, "ru", "dark"),
    Picture("map", "Places", "/places", 1100, "en", "light"),
    Picture("series", "The editions of a series", "/series/{series}", 760, "en", "dark"),
    Picture("values", "All values of a filter", "/facets/organisation", 760, "ru", "light"),
    Picture("watches", "Watches", "/watches", 1100, "de", "light"),
    Picture("sources", "Sources and their state", "/sources", 1100, "ru", "light"),
)


def main() -> None:
    """Take all pictures, and write the page that shows them."""
    with tempfile.TemporaryDirectory() as temporary:
        demo = Path(sys.argv[1]) if len(sys.argv) > 1 else made_demo(Path(temporary, "demo"))
        FOLDER.mkdir(exist_ok=True)
        with served(demo_app(demo)) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=str(CHROMIUM), args=[*FLAGS, *SAME]
            )
            stand_in = _stand_in(site)
            for picture in PICTURES:
                _take(browser, site + picture.path.format(**stand_in), picture)
            browser.close()
    lines = [
        f"## {picture.caption}\n\n![{picture.caption}](gallery/{picture.name}.png)\n"
        for picture in PICTURES
    ]
    (DOCS / "gallery.md").write_text("\n".join([_INTRODUCTION, *lines]), encoding="utf-8")


def _stand_in(site: str) -> dict[str, str]:
    """What the paths of pictures leave open."""
    with httpx.Client(base_url=site, timeout=60) as client:
        found = client.get("/api/search", params={"q": "antimony", "sort": "newest"}).json()
        series = client.get("/api/series").json()
    return {"document": found["hits"][0]["id"], "series": quote(series["items"][0]["id"], safe="")}


def _take(browser: Browser, address: str, picture: Picture) -> None:
    size = ViewportSize(width=picture.width, height=HEIGHTS[picture.width])
    context = browser.new_context(viewport=size, locale=picture.lang, color_scheme=picture.theme)
    page = context.new_page()
    page.goto(address)
    page.emulate_media(media="print" if picture.printed else "screen")
    page.screenshot(path=FOLDER / f"{picture.name}.png", animations="disabled")
    context.close()


if __name__ == "__main__":
    main()
