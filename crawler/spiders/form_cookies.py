"""Cookies that a list sets, for the forms that turn it: many forms answer only in their session.

They live as long as a run reads the list. They are sent with its forms, and where these redirect;
no page and no other request has them, and they are written down nowhere but in the headers of the
answers that set them.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

MOST = 50
"""Cookies that are kept; what browsers take of a site at least (RFC 6265, 6.1)."""
LONGEST = 4096
"""Characters of a cookie with its attributes that is taken."""


class FormCookies:
    """The cookies of one list, kept by the rules of browsers: host, path, https, end."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def keep(self, response: Response, request: Request) -> None:
        """Take the cookies of an answer."""
        told = response.headers.getlist("Set-Cookie")
        if not told:
            return
        jar = self._jar = self._jar or CookieJar()
        taken = [cookie for cookie in told[:MOST] if len(cookie) <= LONGEST]
        answer = Response(response.url, headers={"Set-Cookie": taken})
        for cookie in jar.make_cookies(answer, request):
            jar.set_cookie_if_ok(cookie, request)
            if len(jar) > MOST:
                jar.clear(cookie.domain, cookie.path, cookie.name)

    def add_to(self, request: Request) -> None:
        """Give a form the cookies that belong to its address."""
        if self._jar is not None:
            self._jar.add_cookie_header(request)
