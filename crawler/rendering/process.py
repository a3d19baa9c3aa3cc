"""The process that drives the browser: jobs on standard input, results on standard output.

It decides nothing: it asks the crawl about each request of a page, all connections go through the
guard's proxy, and the crawl enforces limits by killing it. Images, style sheets, fonts, media,
frames and requests that send data (POST) are not loaded: only the text is wanted.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
import threading
import time
from dataclasses import asdict, dataclass
from typing import TextIO

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Dialog,
    Error,
    Page,
    Request,
    Route,
    sync_playwright,
)

from crawler.rendering.processes import kill, process_tree
from crawler.rendering.protocol import BrowserStart, RenderJob, RenderResult

LARGEST = 8 << 20
"""Characters of a rendered page."""
ELEMENTS = 100_000
"""Elements of a rendered page: more are no article, and take minutes to serialise."""
CHECK_INTERVAL = 200
"""Milliseconds between two checks whether a page has settled."""
SETTLED_CHECKS = 3
"""Checks in a row that find a settled page unchanged."""
_TEXT_REQUESTS = frozenset({"script", "xhr", "fetch"})
"""Kinds of request that load text."""

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--no-first-run",
    "--no-pings",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # What bypasses the proxy can't resolve any name.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--js-flags=--max-old-space-size=384",
)

_DECLINE = """words => {
  const plain = text => text
    .replace(/\\s+/g, ' ')
    .replace(/^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$/gu, '')
    .toLowerCase();
  const shown = root => [...root.querySelectorAll('*')]
    .flatMap(e => e.shadowRoot ? [e, ...shown(e.shadowRoot)] : [e]);
  const wanted = new Set(words);
  for (const element of shown(document)) {
    if (!element.matches('button, [role=button], input[type=button], a')) continue;
    const target = element.getAttribute('href');
    if (target && !/^(#|javascript:)/i.test(target)) continue;
    const label = plain(element.value || element.innerText || '');
    if (wanted.has(label)) { element.click(); return label; }
  }
  return null;
}"""
"""Clicks the first button whose whole label is one of the words; links elsewhere don't count."""


_OF_NETWORK = ["http://*", "https://*", "ws://*", "wss://*"]
"""Addresses of requests; what a page has in itself (`data:`) is none."""


@dataclass(slots=True)
class Pipe:
    """The connection to the crawl."""

    reader: TextIO
    writer: TextIO

    def send(self, message: dict[str, object]) -> None:
        """Send one message."""
        self.writer.write(json.dumps(message) + "\n")
        self.writer.flush()

    def receive(self) -> dict[str, object] | None:
        """The next message; None: the crawl has ended."""
        line = self.reader.readline()
        return json.loads(line) if line else None

    def may_request(self, url: str) -> bool:
        """Whether the crawl allows a request."""
        self.send({"ask": url})
        answer = self.receive()
        if answer is None:
            raise SystemExit
        return bool(answer["let"])


class _PageLoad:
    """Loads one page, in its own browser context."""

    def __init__(self, job: RenderJob, pipe: Pipe, context: BrowserContext) -> None:
        self._job = job
        self._pipe = pipe
        self._delivered = False
        """Whether the browser has received the page itself."""
        self._open_requests: set[Request] = set()
        self._requests = 0
        self._refused = 0
        self._crashed = False
        self._blocks = False
        """Whether the browser refuses further requests by itself."""
        context.route("**/*", self._route)
        self._page = context.new_page()
        self._page.on("dialog", _dismiss)
        self._page.on("crash", self._crash)
        self._page.on("requestfinished", self._request_ended)
        self._page.on("requestfailed", self._request_ended)
        context.on("page", self._close_other)

    def result(self) -> RenderResult:
        """Load the page, wait until it settles, decline consent, and take it as it is then."""
        page, job = self._page, self._job
        page.goto(job.url, wait_until="commit", timeout=job.settle_seconds * 1000)
        self._settle()
        declined = page.evaluate(_DECLINE, job.decline) if job.decline else None
        if declined:
            self._settle()
        elements = int(page.evaluate("document.getElementsByTagName('*').length"))
        if elements > ELEMENTS:
            return self._result(error=f"more than {ELEMENTS} elements")
        html = page.content()
        if len(html) > LARGEST:
            return self._result(error=f"larger than {LARGEST} characters")
        return self._result(html=html, declined=declined)

    def _result(
        self, *, html: str | None = None, error: str | None = None, declined: str | None = None
    ) -> RenderResult:
        return RenderResult(html, error, declined, self._requests, self._refused)

    def _settle(self) -> None:
        """Wait until no request is open and the text stays the same, or the time is over."""
        before, unchanged = -1, 0
        for _ in range(int(self._job.settle_seconds * 1000 / CHECK_INTERVAL)):
            self._page.wait_for_timeout(CHECK_INTERVAL)
            if self._requests >= self._job.requests and not self._blocks:
                self._block_further()
            if self._crashed:
                raise Error("the page crashed")
            length = int(self._page.evaluate("document.body ? document.body.innerText.length : 0"))
            same = length == before and not self._open_requests
            unchanged = unchanged + 1 if same else 0
            before = length
            if unchanged >= SETTLED_CHECKS:
                return

    def _block_further(self) -> None:
        """Have the browser itself refuse what the page asks for from now on: to be asked about each
        takes longer than a script takes to make the next one, and what waits fills the memory.
        """
        browser = self._page.context.new_cdp_session(self._page)
        browser.send("Network.enable")
        browser.send("Network.setBlockedURLs", {"urls": _OF_NETWORK})
        self._blocks = True

    def _route(self, route: Route, request: Request) -> None:
        if request.is_navigation_request() and not self._delivered:
            self._delivered = True
            route.fulfill(
                status=self._job.status,
                content_type=self._job.content_type,
                body=base64.b64decode(self._job.body),
            )
        elif self._is_wanted(request) and self._pipe.may_request(request.url):
            self._requests += 1
            self._open_requests.add(request)
            route.continue_()
        else:
            self._refused += 1
            route.abort("aborted")  # a page that navigates elsewhere keeps its text

    def _is_wanted(self, request: Request) -> bool:
        return (
            request.resource_type in _TEXT_REQUESTS
            and request.method == "GET"
            and not request.is_navigation_request()
            and self._requests < self._job.requests
        )

    def _close_other(self, page: Page) -> None:
        if page != self._page:
            page.close()

    def _request_ended(self, request: Request) -> None:
        self._open_requests.discard(request)

    def _crash(self, _: Page) -> None:
        self._crashed = True


def _dismiss(dialog: Dialog) -> None:
    dialog.dismiss()


def _render(browser: Browser, start: BrowserStart, job: RenderJob, pipe: Pipe) -> None:
    """Send the result of a job; the page is closed once the crawl has closed the guard.

    While a page is being closed, its newest requests go out without leave.
    """
    context = browser.new_context(
        user_agent=start.user_agent,
        locale=job.language,
        service_workers="block",
        accept_downloads=False,
        permissions=[],
        viewport={"width": 1280, "height": 1600},
    )
    try:
        result = _PageLoad(job, pipe, context).result()
    except Error as error:
        result = RenderResult(error=error.message.split("\n", 1)[0][:200])
    pipe.send(asdict(result))
    pipe.receive()
    context.close()


def _end_after_crawl(crawl: int, folder: str) -> None:
    """End the browser and this process when the crawl was killed: a page may block all else."""
    while os.getppid() == crawl:
        time.sleep(CHECK_INTERVAL / 1000)
    # This process ends last: nobody else knows of the others.
    kill(process_tree(os.getpid())[1:])
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def main(pipe: Pipe) -> None:
    """Start the browser, then render job after job until the crawl has ended.

    If the browser does not start, the message is `{"failed": reason}`.
    """
    message = pipe.receive()
    if message is None:
        return
    start = BrowserStart(**message)  # type: ignore[arg-type]  # our own message
    os.environ["TMPDIR"] = start.folder
    # No daemon: it must finish even where the end of the browser ends the rest of this process.
    threading.Thread(target=_end_after_crawl, args=(os.getppid(), start.folder)).start()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=start.program,
                args=list(FLAGS if start.sandbox else (*FLAGS, "--no-sandbox")),
                # Playwright lets pages open windows; each would be a process of 50 MB.
                ignore_default_args=["--disable-popup-blocking"],
                chromium_sandbox=start.sandbox,
                proxy={"server": f"http://127.0.0.1:{start.proxy}"},
            )
        except Error as error:
            pipe.send({"failed": error.message.split("\n", 1)[0][:200]})
            return
        pipe.send({"ready": True})
        while (message := pipe.receive()) is not None:
            job = RenderJob(**message)  # type: ignore[arg-type]  # our own message
            _render(browser, start, job, pipe)
        browser.close()


if __name__ == "__main__":
    main(Pipe(sys.stdin, sys.stdout))
