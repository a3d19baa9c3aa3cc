"""The two cookies: the session of people who logged in, and the nonce of form tokens."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie

from starlette.requests import Request

from indexer.access.sessions import LONGEST


class Cookies:
    """The cookies of a request, and what its answer changes about them.

    Both are HttpOnly, and SameSite=Lax: a link in a mail leads to the page, and other sites can't
    send forms with them. Over https they are Secure, and their names begin with `__Host-`, so that
    no other host of the same domain can set them. The session cookie holds the feed key too, which
    the server keeps nowhere.
    """

    def __init__(self, request: Request, *, secure: bool) -> None:
        self._secure = secure
        prefix = "__Host-" if secure else ""
        self._session_name, self._form_name = f"{prefix}radar", f"{prefix}radar-form"
        identity, _, feed_key = request.cookies.get(self._session_name, "").partition(".")
        self.session = identity or None
        self.feed_key = feed_key or None
        self.nonce = request.cookies.get(self._form_name) or None
        self._changed: str | None = None

    def rotate(self, new_id: str | None) -> None:
        """Continue the session under another id, if there is one."""
        if new_id is not None:
            self.begin(new_id, self.feed_key or "")

    def begin(self, identity: str, feed_key: str) -> None:
        """Set the session cookie with the answer."""
        self.session, self.feed_key = identity, feed_key
        self._changed = f"{identity}.{feed_key}"

    def end(self) -> None:
        """Remove the session cookie with the answer."""
        self.session = self.feed_key = None
        self._changed = ""

    def to_set(self, nonce: str | None) -> Iterator[str]:
        """Values of `Set-Cookie` for the answer."""
        if self._changed is not None:
            age = int(LONGEST.total_seconds()) if self._changed else 0
            yield self._cookie(self._session_name, self._changed, age)
        if nonce is not None:
            yield self._cookie(self._form_name, nonce, None)

    def _cookie(self, name: str, value: str, age: int | None) -> str:
        cookie: SimpleCookie = SimpleCookie({name: value})
        morsel = cookie[name]
        morsel["path"] = "/"
        morsel["httponly"] = True
        morsel["samesite"] = "Lax"
        if self._secure:
            morsel["secure"] = True
        if age is not None:
            morsel["max-age"] = age
        return morsel.OutputString()
