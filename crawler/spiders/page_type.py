"""Whether a response is a readable page: its type, as declared and as detected. Pure."""

from __future__ import annotations

from collections.abc import Mapping

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_PDF = b"%PDF-"
_CALENDAR = b"BEGIN:VCALENDAR"
_CALENDARS = frozenset({"text/calendar", "application/ics", "application/octet-stream", ""})
_PERHAPS = frozenset(
    {"", "application/octet-stream", "application/xml", "text/xml", "application/unknown"}
)
_SIGNATURES = (
    (b"PK\x03\x04", "application/zip"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"\x1f\x8b\x08", "application/gzip"),
)


def why_no_page(headers: Mapping[str, str], body: bytes) -> str | None:
    """Why a response can't be read; None for HTML, XHTML, plain text, PDF and calendar files.

    Header names in lower case.
    """
    declared = headers.get("content-type", "").split(";")[0].strip().lower()
    if body.startswith(_PDF) or (declared == "application/pdf" and _PDF in body[:1024]):
        return None
    if declared in _CALENDARS and _CALENDAR in body[:200].upper():
        return None
    for signature, kind in _SIGNATURES:
        if body.startswith(signature):
            return f"type {kind}"
    if declared in _PAGES:
        return None
    if declared in _PERHAPS and _looks_like_html(body):
        return None
    return f"type {declared or 'not stated'}"


def why_no_json(body: bytes) -> str | None:
    """Why a body is no JSON; None for one that begins like JSON, whatever its declared type."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return None if start.startswith((b"{", b"[")) else "no JSON"


def _looks_like_html(body: bytes) -> bool:
    start = body[:2048].lower()
    return b"<html" in start or b"<!doctype html" in start
