"""Paths of requests: below the one that a proxy takes away, and which of them programs ask for."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

_FILES = ("/feeds/", "/search.", "/events.")
_MACHINE_PATHS = (*_FILES, "/api/", "/openapi.json", "/healthz", "/readyz", "/metrics")
"""Below these paths errors are problem+json, but of a file that a browser opens; elsewhere they are
pages.
"""


def root_of(request: Request) -> str:
    """The path under which the application is served, without a slash at its end: also of a request
    for a file that it serves (`/static`), whose own root is that folder.
    """
    root: str = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    return root


def site_of(request: Request, public_url: str | None) -> str:
    """Absolute address below which people reach the pages, without a slash at its end."""
    return public_url or str(request.base_url).rstrip("/")


def path_of(request: Request) -> str:
    """The path below it, as the router sees it."""
    path: str = request.scope["path"]
    return path.removeprefix(root_of(request))


def results_of(request: Request) -> str | None:
    """The search that the visitor comes from, as its path below the root; None: from elsewhere."""
    try:
        came_from = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # no address at all: //[
        return None
    if came_from.netloc != request.url.netloc or came_from.path != f"{root_of(request)}/":
        return None
    return f"/?{came_from.query}" if came_from.query else "/"


def is_for_programs(request: Request) -> bool:
    """Whether a program asks, and not a person: by the path, or because it shows a key."""
    return path_of(request).startswith(_MACHINE_PATHS) or is_file(request) or _has_key(request)


def is_file(request: Request) -> bool:
    """Whether the path is that of a file or feed."""
    path = path_of(request)
    return path.startswith(_FILES) or (path.startswith("/events/") and path.endswith(".ics"))


def is_opened_by_browser(request: Request) -> bool:
    """Whether a browser asks for a file: a person reads what is wrong with it."""
    wants_page = request.headers.get("accept", "").startswith("text/html")
    return is_file(request) and wants_page and not _has_key(request)


def _has_key(request: Request) -> bool:
    return request.headers.get("authorization", "").partition(" ")[0].lower() == "bearer"
