"""The gate before all routes: ASGI middleware that finds out who asks, and lets in or refuses.

It denies by default. A route needs the scope READ, and WRITE if it is asked by a method that
changes something, whether or not it says anything itself; `requires` (`visitor`) demands more. The
exceptions are listed here: PUBLIC, UNSUBSCRIBE, and feeds, which their own keys open too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from indexer.access.keys import FEED_PREFIX
from indexer.access.scope import Scope
from indexer.records.errors import RadarError
from search_api.access.audit import AuditEntry, AuditLog
from search_api.access.cookies import Cookies
from search_api.access.forms import FIELD, FormToken, FormTokens, fields_of
from search_api.access.hosts import host_of
from search_api.access.key_ring import KeyRing
from search_api.access.rate_limit import Rate, RateLimit, network_of
from search_api.access.rules import AccessRules, Admission, is_direct
from search_api.access.visitor import Visitor
from search_api.paths import path_of
from search_api.problems import (
    BodyTooLarge,
    FormRejected,
    KeyRequired,
    TooManyRequests,
    UnknownHost,
)

PUBLIC = ("/login", "/logout", "/healthz", "/readyz")
"""Paths that strangers may ask for; and `/static/`."""
UNSUBSCRIBE = "/unsubscribe/"
"""How paths begin whose own token is the proof: whoever got the mail may ask for them, also mail
programs, which send no form.
"""
FEEDS = ("/search.atom", "/search.feed.json", "/search.ics", "/events.ics", "/feeds/")
"""Paths, or how they begin, that a feed key in the address opens."""
FEED_KEY = "key"
"""Its parameter."""

LARGEST_BODY = 64 * 1024
"""Bytes of a request's body: forms are all there is."""
FAILURES = Rate(burst=10, per_minute=6)
"""Wrong keys from one address; after them a right one is taken nevertheless."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "")
"""Types of bodies that any site can make a browser send here without being asked first."""

CountFailure = Callable[[str], None]
"""Counts a wrong key from an address; raises TooManyRequests after many."""

Refuse = Callable[[Request, Exception], Response]
"""Makes the answer to an error, as a problem or a page."""


class Gate:
    """Middleware that puts a Visitor into the state of each request, or answers it itself."""

    def __init__(
        self,
        app: ASGIApp,
        rules: AccessRules,
        keys: KeyRing,
        audit: AuditLog | None,
        refuse: Refuse,
    ) -> None:
        self._app = app
        self._rules = rules
        self._keys = keys
        self._audit = audit
        self._refuse = refuse
        self._tokens = FormTokens()
        rate = rules.requests_per_minute
        self._requests = RateLimit(Rate(burst=max(10, rate // 3), per_minute=rate))
        self._failures = RateLimit(FAILURES)

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        state = scope.setdefault("state", {})
        state["count_failure"] = self._count_failure
        visitor: Visitor | None = None
        try:
            host = self._host(request)
            cookies = state["cookies"] = Cookies(request, secure=self._is_secure(request))
            visitor = state["visitor"] = await self._identify(request, host, cookies)
            self._limit(visitor)
            # What no route takes changes nothing: the router says so.
            changes = request.method not in _SAFE and _has_route(request)
            _demand(visitor, path_of(request), changes=changes)
            if changes:
                receive = await self._body(request, visitor, cookies)
        except RadarError as error:
            await self._turn_away(request, visitor, error)(scope, receive, send)
            return
        except ClientDisconnect:
            return  # in the middle of the body: there is nobody to answer
        await self._app(scope, receive, _Answer(self, request, visitor, cookies, send).send)

    def _host(self, request: Request) -> str:
        host = host_of(request.headers.get("host", ""))
        if host is None or not self._rules.hosts.allow(host):
            raise UnknownHost(
                "This name is not one of this installation.",
                hint="It has to stand in web.allowed_hosts or public_url of radar.yaml.",
            )
        return host

    def _is_secure(self, request: Request) -> bool:
        public = self._rules.public_url or ""
        return request.url.scheme == "https" or public.startswith("https:")

    async def _identify(self, request: Request, host: str, cookies: Cookies) -> Visitor:
        """Who asks. KeyRequired or TooManyRequests where a wrong key is shown."""
        client = request.client.host if request.client else None
        nobody = Visitor(FormToken(self._tokens, cookies.nonce, None), client or "")
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return await self._with_key(nobody, secret.strip())
        feed_key = request.query_params.get(FEED_KEY)
        if feed_key is not None and is_feed(path_of(request)):
            # A key that opens more has no business in an address.
            known = feed_key if feed_key.startswith(FEED_PREFIX) else ""
            return await self._with_key(nobody, known)
        if cookies.session is not None:
            resumed = await run_in_threadpool(self._keys.resume, cookies.session)
            if resumed is not None:
                cookies.rotate(resumed.new_id)
                return replace(
                    nobody,
                    scope=resumed.key.scope,
                    name=resumed.key.name,
                    session=cookies.session,
                    feed_key=cookies.feed_key,
                    form=FormToken(self._tokens, cookies.nonce, resumed.key.name),
                )
        return replace(nobody, scope=await self._without_key(request, client, host))

    async def _with_key(self, nobody: Visitor, secret: str) -> Visitor:
        key = await run_in_threadpool(self._keys.find, secret) if secret else None
        if key is None:
            self._count_failure(nobody.address)
            raise KeyRequired("This key is not known here; it may have been removed.")
        return replace(nobody, scope=key.scope, name=key.name)

    async def _without_key(self, request: Request, client: str | None, host: str) -> Scope | None:
        admission = self._rules.admission
        version = request.scope.get("http_version", "")
        if admission is Admission.OPEN:
            return Scope.READ
        if admission is Admission.DIRECT and is_direct(client, host, request.headers, version):
            return None if await run_in_threadpool(self._keys.any) else Scope.ADMIN
        return None

    def _count_failure(self, address: str) -> None:
        """A wrong key came from this address; TooManyRequests after many."""
        wait = self._failures.take(network_of(address))
        if wait:
            raise TooManyRequests("Too many wrong keys came from this address.", wait=wait)

    def _limit(self, visitor: Visitor) -> None:
        if visitor.name is None and visitor.may(Scope.ADMIN):
            return  # whoever sits at this machine
        who = f"key {visitor.name}" if visitor.name else network_of(visitor.address)
        wait = self._requests.take(who)
        if wait:
            raise TooManyRequests("Requests come too fast.", wait=wait)

    async def _body(self, request: Request, visitor: Visitor, cookies: Cookies) -> Receive:
        """Read the body of a request that changes something, and check that nobody forged it.

        A request with a key in its header needs no more. A browser sends everything else along by
        itself: for what any site can make it send there has to be a form token, and for the rest,
        about which it asks first, the right origin.
        """
        body = await _read(request)
        bearer = visitor.name is not None and visitor.session is None
        if not (bearer or path_of(request).startswith(UNSUBSCRIBE)):
            origin = request.headers.get("origin", "null")
            own = self._rules.is_own_origin(origin, request.headers.get("host", ""))
            media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            simple = request.method == "POST" and media in _FORM_TYPES
            token = fields_of(body).get(FIELD, "") if simple else ""
            signed = self._tokens.are_right(token, cookies.nonce or "", visitor.name)
            if not (own or origin == "null") or (simple and not signed):
                raise FormRejected(
                    "This form is too old, or another site sent it.",
                    hint="Go back, load the page again and send it once more.",
                )
        message: Message = {"type": "http.request", "body": body, "more_body": False}
        rest = [message]

        async def replay() -> Message:
            return rest.pop() if rest else await request.receive()

        return replay

    def _turn_away(self, request: Request, visitor: Visitor | None, error: RadarError) -> Response:
        response = self._refuse(request, error)
        if response.status_code < 500:
            who = visitor.name if visitor else None
            self.note(request, who, response.status_code, error.code, refused=True)
        return response

    def note(
        self, request: Request, who: str | None, status: int, result: str, *, refused: bool = False
    ) -> None:
        """Write a line of the audit log."""
        if self._audit is None:
            return
        client = request.client.host if request.client else None
        path = request.scope["path"]
        self._audit.write(
            AuditEntry(who, client, request.method, path, status, result, refused=refused)
        )


class _Answer:
    """Adds cookies to the answer, keeps it out of caches, and notes what was changed."""

    def __init__(
        self, gate: Gate, request: Request, visitor: Visitor, cookies: Cookies, send: Send
    ) -> None:
        self._gate = gate
        self._request = request
        self._visitor = visitor
        self._cookies = cookies
        self._send = send

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for cookie in self._cookies.to_set(self._visitor.form.new_nonce):
                headers.append("Set-Cookie", cookie)
            is_file = headers.get("Cache-Control", "").startswith("public")
            named = self._visitor.name is not None and not is_file
            personal = named or path_of(self._request) in PUBLIC
            if personal or "set-cookie" in headers:
                headers["Cache-Control"] = "no-store"
            if self._request.method not in _SAFE:
                self._note(message["status"])
        await self._send(message)

    def _note(self, status: int) -> None:
        state = self._request.scope["state"]
        who = state.get("who", self._visitor.name)
        refused = status >= 400
        result = state.get("result", "failed" if refused else "done")
        self._gate.note(self._request, who, status, result, refused=refused)


def is_feed(path: str) -> bool:
    """Whether a feed key opens this path."""
    return any(path == feed or (feed.endswith("/") and path.startswith(feed)) for feed in FEEDS)


def _demand(visitor: Visitor, path: str, *, changes: bool) -> None:
    """Raise KeyRequired or ScopeMissing for who may not come here."""
    if path in PUBLIC or path.startswith(("/static/", UNSUBSCRIBE)):
        return
    if changes:
        visitor.require(Scope.WRITE)
    else:
        visitor.require(Scope.FEEDS if is_feed(path) else Scope.READ)


def _has_route(request: Request) -> bool:
    """Whether anything takes this method here."""
    routes = request.app.router.routes
    return any(route.matches(request.scope)[0] is Match.FULL for route in routes)


async def _read(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise BodyTooLarge(f"A request may have {LARGEST_BODY:,} bytes.")
    return bytes(body)
