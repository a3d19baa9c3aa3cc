"""Answers to errors: a problem for programs, a page for people, and the line of the log."""

from __future__ import annotations

import logging
import threading
from urllib.parse import urlencode

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Mount

from search_api.access.rate_limit import Rate, RateLimit
from search_api.language import speaking
from search_api.middleware.headers import SECURITY_HEADERS
from search_api.middleware.interface_language import language_of
from search_api.pages.rendering import Templates
from search_api.paths import is_for_programs, is_opened_by_browser, path_of, root_of
from search_api.problems import KeyRequired, Problem, problem_of

_log = logging.getLogger(__name__)

LOGGED = Rate(burst=200, per_minute=20)
"""Failures that get a line of the log; who asks decides on their number."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
"""Those that a route may have."""
LONGEST = 300
"""Characters of a path or reason in such a line."""


class ErrorResponses:
    """Answers errors: as a problem to programs, as a page to people."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._logged = RateLimit(LOGGED)
        self._lock = threading.Lock()
        self._left_out = 0

    def expected(self, request: Request, error: Exception) -> Response:
        """The answer; what failed on our side goes to the log with what is known."""
        if isinstance(error, HTTPException) and "Allow" in (error.headers or {}):
            methods = _methods_of(request)
            if methods:  # else those that the error names: a file's
                error.headers = {**(error.headers or {}), "Allow": ", ".join(methods)}
        problem = problem_of(error)
        if problem.id is not None:
            self._note(problem.id, problem.code, request.scope["path"], error)
        if is_opened_by_browser(request):
            return self._of_file(request, problem)
        if is_for_programs(request):
            return problem.response()
        if isinstance(error, KeyRequired) and request.method == "GET":
            return RedirectResponse(_login_address(request), 303)
        return self._templates.error(request, problem)

    def _of_file(self, request: Request, problem: Problem) -> Response:
        """The page in the language of the visitor, whom the file itself would tell in English."""
        code = language_of(request)
        with speaking(code):
            answer = self._templates.error(request, problem)
        answer.headers["Content-Language"] = code
        answer.headers.add_vary_header("Accept, Accept-Language, Cookie")
        return answer

    def _note(self, identity: str, code: str, path: str, error: Exception) -> None:
        """Write a line to the log. Nothing in it that a stranger wrote breaks it or its length."""
        with self._lock:
            if self._logged.take(""):
                self._left_out += 1
                return
            before, self._left_out = self._left_out, 0
        _log.error(
            "request_failed id=%s path=%s %s %s %s%s",
            identity,
            _escaped(path),
            code,
            _escaped(repr(error)),
            _escaped(getattr(error, "hint", "")),
            f" left_out={before}" if before else "",
        )

    def unexpected(self, request: Request, error: Exception) -> Response:
        """The same, with the headers: this answer is made outside of all middleware."""
        response = self.expected(request, error)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _escaped(text: str) -> str:
    r"""Printable ASCII; the rest as in Python (`\n`, `\x1b`, `\u0430`)."""
    return ascii(text[:LONGEST])[1:-1]


def _methods_of(request: Request) -> list[str]:
    """All methods that the request's path has: each is a route of its own, which names itself. HEAD
    is answered like GET (`SecurityHeaders`). None of what is mounted below the application.
    """
    root = root_of(request)  # a mount changes the path's own
    found = {
        method
        for method in METHODS
        for route in request.app.routes
        if not isinstance(route, Mount)
        and route.matches({**request.scope, "root_path": root, "method": method})[0] is Match.FULL
    }
    if "GET" in found:
        found.add("HEAD")
    return [method for method in METHODS if method in found]


def _login_address(request: Request) -> str:
    query = request.url.query
    asked = path_of(request) + (f"?{query}" if query else "")
    return f"{root_of(request)}/login?{urlencode({'next': asked})}"
