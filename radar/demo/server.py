"""Serves the demo sites on loopback, each on its own port."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias

import yaml

from indexer.records.reference import packaged_config
from radar.demo.pages import PageKind, load_site
from radar.demo.rendering import Answer, Answers, association, ministry, press

SourceTable: TypeAlias = "dict[str, str | float | list[str] | list[dict[str, str]]]"
"""A source as it stands in sources/*.yaml."""

_RENDERERS = {"association": association, "ministry": ministry, "press": press}

_NOT_FOUND = Answer(
    b"<!doctype html><html><head><title>404</title></head><body><h1>404</h1></body></html>",
    status=404,
)


class SiteServer(ThreadingHTTPServer):
    """Says nothing of a client that has gone away, as one does whose patience has run out."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """As that of the base, for other errors."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@dataclass(slots=True)
class _Served:
    """One site: its server, and what it answers now."""

    server: ThreadingHTTPServer
    answers: Answers

    @property
    def base(self) -> str:
        """Address without the slash at the end."""
        return f"http://127.0.0.1:{self.server.server_port}"


_CLOSED = {"enabled": False, "reason": "a sample site, closed when the demo ended"}


class DemoSites:
    """The running demo sites; made by `demo_sites`."""

    def __init__(self) -> None:
        self._served = {name: _serve({}) for name in _RENDERERS}
        self._night = 1
        self.night(1)

    def night(self, number: int) -> None:
        """Show the sites as of night 1, or 2 with a new page, a changed one and a moved event."""
        for name, served in self._served.items():
            answers = _RENDERERS[name](load_site(name, number), served.base)
            served.answers.update(answers)
            for path in served.answers.keys() - answers.keys():
                del served.answers[path]
        self._night = number

    @property
    def addresses(self) -> Mapping[str, str]:
        """Site (association, ministry, press) → its address without the slash at the end."""
        return {name: served.base for name, served in self._served.items()}

    @property
    def kinds(self) -> Mapping[str, PageKind]:
        """Address of every page that the sites link to tonight → its kind."""
        return {
            served.base + page.path: page.kind
            for name, served in self._served.items()
            for page in load_site(name, self._night).pages
        }

    @property
    def sources(self) -> list[SourceTable]:
        """The sites as entries of sources/*.yaml."""
        at = self.addresses
        german: SourceTable = {
            "id": "demo-association",
            "name": load_site("association", 1).name,
            "url": at["association"] + "/",
            "country": "DE",
            "languages": ["de"],
            "kind": "business-association",
            "listings": [{"url": at["association"] + "/aktuelles"}],
            "delay": 0,
        }
        russian: SourceTable = {
            "id": "demo-ministry",
            "name": load_site("ministry", 1).name,
            "url": at["ministry"] + "/",
            "country": "KG",
            "languages": ["ru"],
            "kind": "ministry",
            "sitemaps": [{"url": at["ministry"] + "/sitemap.xml"}],
            "delay": 0,
        }
        english: SourceTable = {
            "id": "demo-press",
            "name": load_site("press", 1).name,
            "url": at["press"] + "/",
            "country": "KZ",
            "languages": ["en"],
            "kind": "trade-press",
            "feeds": [{"url": at["press"] + "/feed/"}],
            "delay": 0,
        }
        return [german, russian, english]

    def write_configuration(self, folder: Path, *, closed: bool = False) -> None:
        """Write a configuration to `folder`: these sources, packaged watches, loopback allowed.
        `closed`: nobody crawls the sources any more.
        """
        (folder / "sources").mkdir(parents=True, exist_ok=True)
        shutil.copytree(packaged_config() / "watches", folder / "watches", dirs_exist_ok=True)
        radar = {
            "crawler": {"contact": "demo@example.org", "delay": 0, "allow_networks": ["127.0.0.1"]}
        }
        sources = [{**source, **(_CLOSED if closed else {})} for source in self.sources]
        for path, content in (
            (folder / "radar.yaml", radar),
            (folder / "sources" / "demo.yaml", sources),
        ):
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            path.write_text(text, encoding="utf-8")

    def close(self) -> None:
        """Stop the servers."""
        for served in self._served.values():
            served.server.shutdown()
            served.server.server_close()


@contextmanager
def demo_sites() -> Iterator[DemoSites]:
    """Serve the three sites on free ports of 127.0.0.1 until the block is left."""
    sites = DemoSites()
    try:
        yield sites
    finally:
        sites.close()


def _serve(answers: Answers) -> _Served:
    class Handler(_Handler):
        site = answers

    server = SiteServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return _Served(server, answers)


class _Handler(BaseHTTPRequestHandler):
    """Answers from a table; honours conditional requests and gzip."""

    site: Answers
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:  # name that http.server asks for
        """Answer a GET."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:  # name that http.server asks for
        """Answer a HEAD."""
        self._answer(with_body=False)

    # name of the base class
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing: the crawl logs its requests."""

    def _answer(self, *, with_body: bool) -> None:
        answer = self.site.get(self.path, _NOT_FOUND)
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        unchanged = answer.status == HTTPStatus.OK and self._is_known(answer, etag)
        body = b"" if unchanged else answer.body
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else answer.status)
        if answer.status == HTTPStatus.OK:
            self.send_header("ETag", etag)
        if answer.modified:
            self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        if answer.location:
            self.send_header("Location", answer.location)
        if not unchanged:
            self.send_header("Content-Type", answer.content_type)
            if body and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body and body:
            self.wfile.write(body)

    def _is_known(self, answer: Answer, etag: str) -> bool:
        """Whether the client has this very answer already; the tag decides where it is sent."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        since = _date(self.headers.get("If-Modified-Since"))
        return bool(since and answer.modified and answer.modified <= since)


def _date(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
