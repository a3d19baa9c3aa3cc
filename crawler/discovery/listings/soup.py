"""The markup of a listing page, for rules and selectors. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

import soupsieve
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, Script, Stylesheet

from crawler.discovery.listings.clickable import link_what_is_clicked
from crawler.discovery.listings.data_entries import entries_as_markup, next_in
from crawler.parsers.charset import decode
from crawler.parsers.html import HtmlDocument
from indexer.records.errors import ParseError
from indexer.records.urls import canonical

_STRINGS = {"script": Script, "style": Stylesheet}
"""What is no text. What stands in a `<template>` is shown by scripts, and is."""
DEEPEST = 8
"""Levels of a JSON answer in which pieces of markup are looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class ParsedPage:
    """A page with links, parsed once for all that read it."""

    soup: BeautifulSoup
    url: str
    """Address that answered."""
    base: str
    """What its relative addresses are relative to."""

    @classmethod
    def from_bytes(cls, body: bytes, url: str, content_type: str | None) -> ParsedPage:
        """Parse a page; raises ParseError: no markup, hostile markup."""
        soup = soup_of(body, content_type)
        return cls(soup, url, base_of(soup, url))


def soup_of(body: bytes, content_type: str | None) -> BeautifulSoup:
    """The page, decoded by evidence and guarded against hostile markup.

    What a "load more" button brings may be JSON with markup in it, or with entries: then these, and
    the next page that `next_url` names.
    """
    document = HtmlDocument.from_bytes(body, content_type)
    if body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        document = HtmlDocument(_markup_in(body, content_type) or document.markup)
    try:
        soup = BeautifulSoup(document.markup, "lxml", string_containers=_STRINGS)
    except (ValueError, AssertionError, RecursionError) as error:
        raise ParseError("the page's markup can't be read", reason="hostile-markup") from error
    link_what_is_clicked(soup)
    return soup


def language_of(soup: BeautifulSoup) -> str | None:
    """The language that a page states for itself, without region: `pl`."""
    stated = str(soup.html.get("lang") or "") if soup.html is not None else ""
    return stated.partition("-")[0].partition("_")[0].strip().casefold() or None


def text_in(tag: Tag, most: int) -> str:
    """The text in a tag without what indents it, of a long one the beginning: links of hostile
    pages hold each other, and each all of the page.
    """
    pieces, length = list[str](), 0
    for piece in tag.strings:
        said = piece.strip()
        pieces.append(said[: most + 1])
        length += len(said) + 1
        if length > most:
            break
    return " ".join(pieces)


def visible_text(soup: BeautifulSoup, most: int) -> str:
    """The beginning of what a page shows, without scripts and styles."""
    pieces, length = list[str](), 0
    for piece in (soup.body or soup).find_all(string=True):
        if type(piece) is NavigableString and (text := piece.strip()):
            pieces.append(text[:most])
            length += len(text)
            if length > most:
                break
    return " ".join(pieces)


def base_of(soup: BeautifulSoup, url: str) -> str:
    """What relative addresses of the page are relative to."""
    base = soup.find("base", href=True)
    return canonical(str(base["href"]), url) or url if isinstance(base, Tag) else url


def select(soup: BeautifulSoup, css: str) -> list[Tag]:
    """The tags that a selector of the configuration picks."""
    try:
        return list(soup.select(css))
    except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError) as error:
        message = f"{css!r} is not a CSS selector: {str(error).splitlines()[0]}"
        raise ParseError(message, reason="selector") from error


def anchors_at(tag: Tag) -> list[Tag]:
    """The anchors of a selected tag: itself, those in it, or the one around it."""
    if tag.name == "a":
        return [tag] if tag.get("href") else []
    inside = list(tag.find_all("a", href=True))
    around = tag.find_parent("a", href=True)
    return inside or ([around] if around is not None else [])


def _markup_in(body: bytes, content_type: str | None) -> str:
    try:
        answer = json.loads(decode(body, content_type).text)
    except (ValueError, RecursionError):
        return ""
    pieces: list[str] = []
    _gather(answer, pieces, 0)
    if not pieces and (entries := entries_as_markup(answer)):
        pieces.append(entries)
    around = answer if isinstance(answer, dict) else {}
    # Entries may name the ones behind them.
    of_list = {name: value for name, value in around.items() if not isinstance(value, list)}
    following = around.get("next_url") or next_in(of_list)
    if pieces and isinstance(following, str) and following:
        pieces.append(f'<link rel="next" href="{escape(following)}">')
    return "\n".join(pieces)


def _gather(value: object, pieces: list[str], depth: int) -> None:
    if isinstance(value, str):
        if "<a " in value:
            pieces.append(value)
    elif depth < DEEPEST and isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _gather(inner, pieces, depth + 1)
