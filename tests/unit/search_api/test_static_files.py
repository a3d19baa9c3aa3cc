from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
from fastapi import FastAPI

from search_api.middleware.compression import Compression
from search_api.static_files import HTMX, StaticFolder
from tests.web.sample_site import client

FILE = Path("search_api/static") / HTMX


def files() -> AbstractContextManager[httpx.Client]:
    app = FastAPI()
    app.mount("/static", StaticFolder())
    app.add_middleware(Compression)
    return client(app)


def test_the_library_is_the_one_that_is_named() -> None:
    version = HTMX.removeprefix("htmx-").removesuffix(".min.js")
    notice = Path("NOTICE").read_text()
    assert f"{FILE} is dist/htmx.min.js of the npm package htmx.org {version}," in notice
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() in notice
    assert f'version:"{version}"' in FILE.read_text()
    assert list(FILE.parent.glob("htmx*")) == [FILE]


def test_what_has_its_version_in_its_name_is_kept_for_a_year() -> None:
    with files() as http:
        answer = http.get(f"/static/{HTMX}")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        known = http.get(f"/static/{HTMX}", headers={"If-None-Match": answer.headers["etag"]})
        assert known.status_code == 304
        assert known.headers["cache-control"] == answer.headers["cache-control"]
        assert http.get("/static/keys.js").headers["cache-control"] == "public, no-cache"


def test_files_are_compressed_for_who_is_logged_in_too() -> None:
    with files() as http:
        answer = http.get("/static/style.css", headers={"Cookie": "rohstoffradar_session=x"})
        assert answer.headers["content-encoding"] == "gzip"
        assert len(answer.headers.get_list("content-encoding")) == 1
        assert "body" in answer.text
