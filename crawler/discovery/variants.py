"""Addresses of variants of a page: AMP and print versions, checksums, mirrors on other hosts. Pure.

An address alone proves nothing: these rules only name candidates. That two addresses have the same
page is proved by `rel=canonical`, or by their text (`indexer.revisions.document_identity`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from indexer.records.source import Source
from indexer.records.urls import canonical, site, sites

_MARK = r"(?:amp|print(?:able|version)?|druck(?:en|version|ansicht)?)"
_SUFFIX = re.compile(rf"/{_MARK}(/?)$", re.IGNORECASE)
_SEGMENT = re.compile(rf"/{_MARK}(?=/[^/])", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:amp|print)(\.html?)?$", re.IGNORECASE)
_IN_FILE_NAME = re.compile(
    r"(?<=[^/_-])[_-](?:amp|print|druck)(\.(?:html?|php|aspx?|jsp))$", re.IGNORECASE
)
_PARAMETERS = frozenset(
    {
        *("amp", "amp=", "amp=1", "amp=true", "amp=yes", "outputtype=amp", "output=amp"),
        *(
            f"{name}{value}"
            for name in ("print", "printable", "printversion", "druck", "drucken", "druckversion")
            for value in ("", "=", "=1", "=y", "=yes", "=true", "=ja", f"={name}")
        ),
        *(
            f"{name}=print"
            for name in ("view", "output", "format", "mode", "do", "action", "version", "layout")
        ),
        "type=98",
    }
)
"""Parameters of print and AMP versions; `type=98` is TYPO3's."""
_CHECKSUM = "chash="
"""Of the parameters of a TYPO3 site, that answers 404 without it. Before, addresses were stored
without: the page of such a one is no new page.
"""
_TRACE = re.compile(rf"amp|print|druck|type=98|{_CHECKSUM}", re.IGNORECASE)
"""Every address with a mark matches; a fast check that excludes most addresses."""
_JOOMLA = "tmpl=component"
"""Accompanies `print=1` in Joomla, and is removed together with it only."""


def main_address(url: str) -> str | None:
    """The address without the mark of an AMP or print version, or a checksum; None for one without.

    Takes and gives canonical addresses; what it gives has no such mark itself.
    """
    if _TRACE.search(url) is None:
        return None
    parts = urlsplit(url)
    path = _SUFFIX.sub(r"\1", _SEGMENT.sub("", parts.path, 1))
    path = _IN_FILE_NAME.sub(r"\1", _EXTENSION.sub(r"\1", path))
    given = parts.query.split("&") if parts.query else []
    kept = [part for part in given if not _is_mark(part.lower())]
    if len(kept) < len(given):
        kept = [part for part in kept if part.lower() != _JOOMLA]
    main = canonical(parts._replace(path=path, query="&".join(kept)).geturl())
    if main is None or main == url or urlsplit(main).path in ("", "/"):
        return None
    return main_address(main) or main


def _is_mark(parameter: str) -> bool:
    return parameter in _PARAMETERS or parameter.startswith(_CHECKSUM)


def mirror_addresses(source: Source, url: str) -> Iterator[str]:
    """The same path and query on the other hosts of the source, both schemes."""
    parts = urlsplit(url)
    for other in sorted(sites(source) - {site(url)}):
        for scheme in ("https", "http"):
            yield parts._replace(scheme=scheme, netloc=other).geturl()
