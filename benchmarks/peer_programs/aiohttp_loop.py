"""The least that fetching takes in one Python process: aiohttp on uvloop, text by resiliparse.

Runs in an environment of its own. No robots.txt, no archive, no state: it keeps nothing but the
text, as JSON lines.

    python aiohttp_loop.py OUTPUT BASE…
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import TextIO

import aiohttp
import uvloop
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

_LOCATION = re.compile(r"<loc>([^<]+)</loc>")


async def site(session: aiohttp.ClientSession, base: str, output: TextIO) -> None:
    """One request after the other, as a polite crawler has to."""
    async with session.get(base + "/sitemap.xml") as answer:
        urls = _LOCATION.findall(await answer.text())
    for url in urls:
        async with session.get(url) as answer:
            html = await answer.text()
        tree = HTMLTree.parse(html)
        text = extract_plain_text(tree, main_content=True)
        record = {"url": url, "title": tree.title, "text": text}
        output.write(json.dumps(record, ensure_ascii=False) + "\n")


async def main(bases: list[str], output: TextIO) -> None:
    """All sites at once."""
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(site(session, base, output) for base in bases))


if __name__ == "__main__":
    with Path(sys.argv[1]).open("w", encoding="utf-8") as file:
        uvloop.run(main(sys.argv[2:], file))
