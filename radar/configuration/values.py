"""Kinds of values of radar.yaml and of `apis`: database, store, networks, address templates."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

import idna
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from crawler.discovery.apis.templates import template_error
from indexer.records.values import check_page_url, check_text, is_mailbox
from indexer.stores.elastic.address import addresses, is_fingerprint

HEADERS = ("accept", "accept-language", "authorization")
"""Request headers that an entry of `apis` may set; the user agent always says who is asking."""


def check_database(value: str) -> str:
    """`sqlite` or a SQLAlchemy URL."""
    if value == "sqlite":
        return value
    wrong = "is neither sqlite nor a SQLAlchemy URL such as postgresql+psycopg://user@host/name"
    try:
        backend = make_url(value).get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise ValueError(wrong) from error
    if backend not in ("sqlite", "postgresql"):
        raise ValueError(f"is a {backend} database; sqlite and postgresql are known")
    return value


STORES_WITHOUT_SERVER = ("embedded",)
"""Search stores that are configured by their name alone; the first one is the default."""


def check_store(value: str) -> str:
    """The name of a store without a server, or addresses of one cluster."""
    if value in STORES_WITHOUT_SERVER:
        return value
    try:
        for address in addresses(value) or [""]:
            check_page_url(address)
    except ValueError as error:
        names = " nor ".join(STORES_WITHOUT_SERVER)
        raise ValueError(
            f"is neither {names} nor an address such as https://search.example.org:9200"
        ) from error
    return value


def check_keys_in_clear(url: str, key: str | None) -> None:
    """A key or password may leave this machine over https only."""
    for address in addresses(url):
        parts = urlsplit(address)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme == "http" and not local and (key or parts.username):
            raise ValueError("sends a key or password unencrypted: use https")


def _fingerprint(value: str) -> str:
    if not is_fingerprint(value):
        raise ValueError("is not a SHA-256 fingerprint (64 hex digits, colons may separate them)")
    return value


def _store_name(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError("is not an index name: small letters, digits and single hyphens only")
    return value


def _contact(value: str) -> str:
    if is_mailbox(value) and value.isascii():
        return value
    try:
        return check_page_url(value)
    except ValueError as error:
        raise ValueError("is neither a mail address nor an http or https address") from error


def _public_url(value: str) -> str:
    check_page_url(value)
    if re.search(r"[?#]", value) or urlsplit(value).username is not None:
        raise ValueError("must be an address without user, ? and #")
    parts = urlsplit(value)
    return parts._replace(netloc=_as_browsers_call_it(parts)).geturl().rstrip("/")


def _as_browsers_call_it(address: SplitResult) -> str:
    """Host and port as they stand in a request (`Host`, `Origin`): small letters, those beyond
    ASCII in their form of IDNA, no dot at the end, no port that the scheme implies.
    """
    host = (address.hostname or "").rstrip(".")
    if not host.isascii():
        try:
            # Python's own codec is that of 2003, and has ss for ß.
            host = idna.encode(host, uts46=True).decode("ascii").rstrip(".")
        except idna.IDNAError as error:
            raise ValueError("is a name that no address can have") from error
    name = f"[{host}]" if ":" in host else host
    port = address.port if address.port != {"http": 80, "https": 443}.get(address.scheme) else None
    return name if port is None else f"{name}:{port}"


def _template(value: str) -> str:
    mistake = template_error(value)
    if mistake:
        raise ValueError(mistake)
    return value


def _address_template(value: str) -> str:
    check_page_url(re.sub(r"\{[^{}]*\}", "x", _template(value)))
    return value


def _header(value: str) -> str:
    if value.lower() not in HEADERS and not value.lower().startswith("x-"):
        raise ValueError(f"is not a header that may be set (there are {', '.join(HEADERS)}, x-…)")
    return value


DatabaseUrl = Annotated[str, check_text(check_database)]
StoreUrl = Annotated[str, check_text(check_store)]
StoreName = Annotated[str, check_text(_store_name)]
Fingerprint = Annotated[str, check_text(_fingerprint)]
Contact = Annotated[str, check_text(_contact)]
PublicUrl = Annotated[str, check_text(_public_url)]
Template = Annotated[str, check_text(_template)]
AddressTemplate = Annotated[str, check_text(_address_template)]
Header = Annotated[str, check_text(_header)]
