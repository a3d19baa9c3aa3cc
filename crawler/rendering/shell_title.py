"""The window's title of an application whose scripts leave it as its shell has it."""

from __future__ import annotations

import re
from html import escape, unescape

_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,1000})</title", re.IGNORECASE)
_HEADLINE = re.compile(r"<h1\b[^<>]{0,500}>((?:[^<]|<(?!/?h1\b)){1,2000}+)</h1\s*>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|template|noscript)\b|<!--", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")


def with_own_title(html: str, site: str) -> str:
    """The page with its only headline of the first level as the window's title, where that says
    nothing but what the site is called (`site`).

    A shell has one title for all of its pages, and a headline with which no title agrees is taken
    for the name of the site by a reader that sees one page alone.
    """
    title, headlines = _TITLE.search(html), _HEADLINE.findall(_without_unseen(html))
    if title is None or len(headlines) != 1:
        return html
    headline, name = " ".join(_shown(headlines[0]).split()), _words(site)
    if not _words(_shown(title[1])) <= name or _words(headline) <= name:
        return html
    return html[: title.start(1)] + escape(headline) + html[title.end(1) :]


def _without_unseen(html: str) -> str:
    """Without scripts, styles and comments; one without an end extends to that of the page."""
    pieces, at = [], 0
    while opened := _UNSEEN.search(html, at):
        pieces.append(html[at : opened.start()])
        end = rf"</{opened[1]}\b[^<>]*>" if opened[1] else "-->"
        closed = re.compile(end, re.IGNORECASE).search(html, opened.end())
        if closed is None:
            return "".join(pieces)
        at = closed.end()
    return "".join((*pieces, html[at:]))


def _shown(markup: str) -> str:
    return unescape(_TAGS.sub(" ", markup))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
