"""Addresses: their canonical form, the site they stand on, and the source that owns them. Pure.

A *site* is host and port; 80 and 443 count as one. Two addresses with one `identity` are one page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

import idna

# re-exported: the crawl asks for it here
from indexer.records.site import site as site  # noqa: PLC0414
from indexer.records.source import Source

LONGEST = 2083
"""Characters; percent-encoded Cyrillic is six times as long as what the reader sees."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_IPV6 = re.compile(r"[0-9a-f:.]+")
_NOT_PRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = _UNRESERVED | frozenset("!$&'()*+,;=:@/")
_QUERY_SAFE = _PATH_SAFE | frozenset("?")
_PLAIN = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]*")
_BEFORE_QUERY = re.compile(r"[^?#]*")
_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sessionid)=[^/;]*|/\(S\(\w+\)\)(?=/)", re.IGNORECASE
)
"""A session in a path; the second form is that of ASP.NET."""

_SESSIONS = frozenset({"s", "sid", "sess", "zenid", "psid"})
_SESSION_ID = re.compile(r"(?=\D*\d)(?=[\dA-Z]*[A-Z])(?:[\dA-Z]{26}|[\dA-Z]{32})", re.IGNORECASE)
"""As long as those of PHP; such a parameter may also mean a section, a search or a key of content
(those of MongoDB have 24 characters). `session` is left alone: it may be that of a meeting.
"""

_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "_hs", "hsa_", "aspsessionid")
_TRACKING = frozenset(
    {
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "ysclid",
        "ymclid",
        "igshid",
        "twclid",
        "mc_cid",
        "mc_eid",
        "_openstat",
        "_ga",
        "_gl",
        "wt_mc",
        "wt_zmc",
        "share",
        "jsessionid",
        "phpsessid",
        "sessionid",
        "cfid",
        "cftoken",
        "oscsid",
        "__twitter_impression",
        "cmpid",
        "replytocom",
    }
)
"""Parameters that tell who came from where, hold a session, or open a share dialog."""


def canonical(url: str, base: str | None = None) -> str | None:
    """The form in which an address is stored and fetched; None if it can't be fetched.

    Scheme and host in lower case, default port, fragment, user name, session and tracking
    parameters dropped, dot segments removed, percent-encoding made uniform; the order of the
    parameters is kept. A backslash before them is a slash, as browsers read it. None: not http(s),
    broken, or longer than `LONGEST`.
    """
    given = url.strip()
    if "\\" in given:
        given = _BEFORE_QUERY.sub(lambda m: m[0].replace("\\", "/"), given, count=1)
    try:
        joined = urljoin(base, given) if base else given
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    host = _host(parts)
    if scheme not in _DEFAULT_PORTS or host is None or port == 0:
        return None
    authority = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    result = f"{scheme}://{authority}{_path(parts.path)}{_query(parts.query)}"
    return result if len(result) <= LONGEST else None


def identity(url: str) -> str:
    """Key of the page behind a canonical address: the same for http and https."""
    _, slash, rest = url.partition("://")[2].partition("/")
    return f"{site(url)}{slash}{rest}"


def is_home(url: str) -> bool:
    """Whether a canonical address is the root of its site."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def owns(source: Source, url: str) -> bool:
    """Whether a canonical address belongs to the source: its site, the www twin, or its `hosts`."""
    return site(url) in sites(source)


@lru_cache(maxsize=256)
def sites(source: Source) -> frozenset[str]:
    """All sites of a source."""
    homes = [canonical(source.url), *(canonical(f"http://{host}/") for host in source.hosts)]
    found = [site(url) for url in homes if url is not None]
    return frozenset([*found, *(_twin(name) for name in found)])


def _twin(name: str) -> str:
    return name.removeprefix("www.") if name.startswith("www.") else f"www.{name}"


def _host(parts: SplitResult) -> str | None:
    name = (parts.hostname or "").lower()
    if ":" in name:
        return f"[{name}]" if _IPV6.fullmatch(name) else None
    name = name.rstrip(".")
    if not name.isascii():
        try:
            name = _in_ascii(name)
        except UnicodeError:
            return None
    return name if len(name) <= 253 and _HOST.fullmatch(name) else None


def _in_ascii(name: str) -> str:
    """A name beyond ASCII as browsers ask for it (UTS 46): ß and ς are letters of their own. What
    that leaves out since, such as symbols, is taken as it was in 2003.
    """
    try:
        found = idna.encode(name, uts46=True)
    except idna.IDNAError:
        found = name.encode("idna")
    return found.decode("ascii").lower().rstrip(".")


def _path(path: str) -> str:
    encoded = _SESSION.sub("", _percent(path, _PATH_SAFE))
    kept: list[str] = []
    segments = encoded.lstrip("/").split("/") if encoded.startswith("/") else encoded.split("/")
    leading = len(encoded) - len(encoded.lstrip("/"))
    kept.extend([""] * max(0, leading - 1))
    for segment in segments:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    kept = [_percent(part, _QUERY_SAFE) for part in query.split("&") if part]
    kept = [part for part in kept if not _is_tracking(part)]
    return "?" + "&".join(kept) if kept else ""


def _is_tracking(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = name.lower()
    if name == "nn":  # navigation node of the German federal site builder: always a number
        return value.isdigit()
    if name in _SESSIONS:
        return _SESSION_ID.fullmatch(value) is not None
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _percent(text: str, safe: frozenset[str]) -> str:
    """Escapes in capitals, none for unreserved characters, one for everything that needs it."""
    if _PLAIN.fullmatch(text):
        return text
    text = _NOT_PRINTABLE.sub(lambda m: "" if m[0] in "\t\r\n" else m[0], text)
    result: list[str] = []
    position = 0
    while position < len(text):
        escape = _ESCAPE.match(text, position)
        if escape:
            character = chr(int(escape[1], 16))
            result.append(character if character in _UNRESERVED else escape[0].upper())
            position = escape.end()
            continue
        character = text[position]
        result.append(character if character in safe else _escape_character(character))
        position += 1
    return "".join(result)


def _escape_character(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
