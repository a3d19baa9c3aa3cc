"""Tokens of forms: proof that a form was filled on a page of ours, not sent by another site.

A signed double-submit cookie: the cookie holds a random nonce, the form an HMAC of it and of who
the form was shown to. Another site can make a browser send the cookie, but knows no token for it;
one of its own is made out for somebody else.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

FIELD = "form"
"""Name of the hidden field."""


class FormTokens:
    """Signs tokens with a secret of this process: forms from before a restart are too old."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def sign(self, nonce: str, who: str | None) -> str:
        """The token of a form that is shown to `who`."""
        message = f"{nonce}\0{who or ''}".encode()
        return hmac.digest(self._secret, message, "sha256").hex()

    def are_right(self, token: str, nonce: str, who: str | None) -> bool:
        """Whether this token was made out for this nonce and visitor."""
        signed = self.sign(nonce, who).encode()
        return bool(nonce) and hmac.compare_digest(signed, token.encode("utf-8", "replace"))


class FormToken:
    """The token for the forms of one answer; its cookie is set only if a form was made."""

    def __init__(self, tokens: FormTokens, nonce: str | None, who: str | None) -> None:
        self._tokens = tokens
        self._nonce = nonce
        self._who = who
        self.new_nonce: str | None = None
        """What the cookie has to be set to; None: it stays."""

    @property
    def value(self) -> str:
        """For the hidden field."""
        if not self._nonce:
            self._nonce = self.new_nonce = secrets.token_urlsafe(24)
        return self._tokens.sign(self._nonce, self._who)


def fields_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form that was sent as `application/x-www-form-urlencoded`."""
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
