from __future__ import annotations

import pytest

from crawler.spiders.page_type import why_no_page


@pytest.mark.parametrize(
    ("kind", "body", "fits"),
    [
        ("text/html; charset=utf-8", b"<p>x", True),
        ("application/xhtml+xml", b"<html/>", True),
        ("text/plain", b"x", True),
        ("", b"<!DOCTYPE html><p>x", True),
        ("application/octet-stream", b"\n<html>", True),
        ("", b"x", False),
        ("application/pdf", b"%PDF-1.4", True),
        ("text/html", b"%PDF-1.4", True),
        ("application/pdf", b"no such thing", False),
        ("application/json", b"{}", False),
        ("image/png", b"\x89PNG", False),
    ],
)
def test_page_types(kind: str, body: bytes, fits: bool) -> None:
    assert (why_no_page({"content-type": kind}, body) is None) == fits
