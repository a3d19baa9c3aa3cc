"""Addresses of variants of a page: AMP, mobile and print versions, checksums, mirrors on other
hosts. Pure.

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
_MOBILE = re.compile(r"^/(?:m|mobile?)(?=/[^/])", re.IGNORECASE)
"""Behind the host: elsewhere such a folder is one of media or members."""
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
        *("m=1", "mobile=1", "mobile=true", "mobile=yes", "view=mobile"),
        "type=98",
    }
)
"""Parameters of print, mobile and AMP versions; `m=1` is Blogger's, `type=98` TYPO3's."""
MOST_PARAMETERS = 5
"""Of an address that is looked for without one of them."""
_CHECKSUM = "chash="
"""Of the parameters of a TYPO3 site, that answers 404 without it."""
_TRACE = re.compile(r"amp|print|druck|type=98|mobil|/m/|[?&]m=1", re.IGNORECASE)
"""Every address with a mark matches; a fast check that excludes most addresses."""
_JOOMLA = "tmpl=component"
"""Accompanies `print=1` in Joomla, and is removed together with it only; so is a checksum, which
holds for all parameters.
"""


def main_address(url: str) -> str | None:
    """The address without the mark of an AMP, mobile or print version; None for one without.

    Takes and gives canonical addresses; what it gives has no such mark itself.
    """
    if _TRACE.search(url) is None:
        return None
    parts = urlsplit(url)
    path = _SUFFIX.sub(r"\1", _SEGMENT.sub("", _MOBILE.sub("", parts.path), 1))
    path = _IN_FILE_NAME.sub(r"\1", _EXTENSION.sub(r"\1", path))
    given = parts.query.split("&") if parts.query else []
    kept = [part for part in given if part.lower() not in _PARAMETERS]
    if len(kept) < len(given):
        kept = [part for part in kept if part.lower() != _JOOMLA and not _is_checksum(part)]
    main = canonical(parts._replace(path=path, query="&".join(kept)).geturl())
    if main is None or main == url or urlsplit(main).path in ("", "/"):
        return None
    return main_address(main) or main


def without_checksum(url: str) -> str | None:
    """The address without the checksum of TYPO3, as addresses were stored before; None for one
    without. It need not have the page: it is no reason to leave out the address that has it.
    """
    head, mark, query = url.partition("?")
    given = query.split("&")
    kept = [part for part in given if not _is_checksum(part)]
    return f"{head}{mark if kept else ''}{'&'.join(kept)}" if len(kept) < len(given) else None


def former_addresses(url: str) -> Iterator[str]:
    """Addresses under which the page of an address may be known: without the mark of a version, and
    without a checksum.
    """
    main = main_address(url)
    if main is not None:
        yield main
    plain = without_checksum(main or url)
    if plain is not None:
        yield plain


def shorter_addresses(url: str) -> Iterator[str]:
    """The address without one of its parameters, each in turn: where the visitor came from
    (`?redirect=`, `&back_url=`), a session of a kind that is not known.
    """
    head, _, query = url.partition("?")
    given = query.split("&") if query else []
    for number in range(len(given) if len(given) <= MOST_PARAMETERS else 0):
        kept = given[:number] + given[number + 1 :]
        yield f"{head}{'?' if kept else ''}{'&'.join(kept)}"


def _is_checksum(parameter: str) -> bool:
    return parameter.lower().startswith(_CHECKSUM)


def mirror_addresses(source: Source, url: str) -> Iterator[str]:
    """The same path and query on the other hosts of the source, both schemes."""
    parts = urlsplit(url)
    for other in sorted(sites(source) - {site(url)}):
        for scheme in ("https", "http"):
            yield parts._replace(scheme=scheme, netloc=other).geturl()
