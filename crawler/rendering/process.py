"""The process that drives the browser: jobs on standard input, results on standard output.

It judges nothing: each request of a page is asked back, all connections go through the guard's
proxy, and limits are kept from outside by ending it. Images, style sheets, fonts, media, frames and
everything that sends (POST) is left out: the text is what is wanted.
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

from crawler.rendering.processes import end, family
from crawler.rendering.protocol import Job, Result, Start

LARGEST = 8 << 20
"""Characters of a rendered page."""
ELEMENTS = 100_000
"""Elements of a rendered page: more are no article, and take minutes to write out."""
LOOK = 200
"""Milliseconds between two looks at whether a page has come to rest."""
RESTFUL = 3
"""Looks in a row that find it unchanged."""
_READING = frozenset({"script", "xhr", "fetch"})
"""Kinds of request that bring text; the rest brings looks."""

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
    # Whatever is not sent through the proxy finds no address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--js-flags=--max-old-space-size=384",
)

_DECLINE = """words => {
  const plain = text => text.replace(/\\s+/g, ' ').replace(/^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$/gu, '').toLowerCase();
  const shown = root => [...root.querySelectorAll('*')].flatMap(e => e.shadowRoot ? [e, ...shown(e.shadowRoot)] : [e]);
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
"""Clicks the first button whose whole label is one of the words; links that lead elsewhere are
none.
"""


@dataclass(slots=True)
class Pipe:
    """The line to the crawl."""

    reader: TextIO
    writer: TextIO

    def send(self, message: dict[str, object]) -> None:
        """One message."""
        self.writer.write(json.dumps(message) + "\n")
        self.writer.flush()

    def receive(self) -> dict[str, object] | None:
        """The next message; None: the crawl has ended."""
        line = self.reader.readline()
        return json.loads(line) if line else None

    def may(self, url: str) -> bool:
        """Whether the crawl lets a request through."""
        self.send({"ask": url})
        answer = self.receive()
        if answer is None:
            raise SystemExit
        return bool(answer["let"])


class Rendering:
    """One page, in a browser context of its own."""

    def __init__(self, job: Job, pipe: Pipe, context: BrowserContext) -> None:
        self._job = job
        self._pipe = pipe
        self._given = False
        """Whether the page itself has been handed over."""
        self._waiting: set[Request] = set()
        self._requests = 0
        self._refused = 0
        self._crashed = False
        context.route("**/*", self._route)
        self._page = context.new_page()
        self._page.on("dialog", _dismiss)
        self._page.on("crash", self._crash)
        self._page.on("requestfinished", self._answered)
        self._page.on("requestfailed", self._answered)
        context.on("page", self._close_other)

    def result(self) -> Result:
        """Load the page, wait until it rests, decline, and take it as it is then."""
        page, job = self._page, self._job
        page.goto(job.url, wait_until="commit", timeout=job.settle_seconds * 1000)
        self._settle()
        declined = page.evaluate(_DECLINE, job.decline) if job.decline else None
        if declined:
            self._settle()
        elements = int(page.evaluate("document.getElementsByTagName('*').length"))
        if elements > ELEMENTS:
            return self._told(error=f"more than {ELEMENTS} elements")
        html = page.content()
        if len(html) > LARGEST:
            return self._told(error=f"larger than {LARGEST} characters")
        return self._told(html=html, declined=declined)

    def _told(
        self, *, html: str | None = None, error: str | None = None, declined: str | None = None
    ) -> Result:
        return Result(html, error, declined, self._requests, self._refused)

    def _settle(self) -> None:
        """Until nothing is waited for and the text stands still, or the time is over."""
        before, still = -1, 0
        for _ in range(int(self._job.settle_seconds * 1000 / LOOK)):
            self._page.wait_for_timeout(LOOK)
            if self._crashed:
                raise Error("the page crashed")
            length = int(self._page.evaluate("document.body ? document.body.innerText.length : 0"))
            still = still + 1 if length == before and not self._waiting else 0
            before = length
            if still >= RESTFUL:
                return

    def _route(self, route: Route, request: Request) -> None:
        if request.is_navigation_request() and not self._given:
            self._given = True
            route.fulfill(
                status=self._job.status,
                content_type=self._job.content_type,
                body=base64.b64decode(self._job.body),
            )
        elif self._is_wanted(request) and self._pipe.may(request.url):
            self._requests += 1
            self._waiting.add(request)
            route.continue_()
        else:
            self._refused += 1
            route.abort("aborted")  # of a page that wants to go elsewhere the text stays

    def _is_wanted(self, request: Request) -> bool:
        return (
            request.resource_type in _READING
            and request.method == "GET"
            and not request.is_navigation_request()
            and self._requests < self._job.requests
        )

    def _close_other(self, page: Page) -> None:
        if page != self._page:
            page.close()

    def _answered(self, request: Request) -> None:
        self._waiting.discard(request)

    def _crash(self, _: Page) -> None:
        self._crashed = True


def _dismiss(dialog: Dialog) -> None:
    dialog.dismiss()


def _render(browser: Browser, start: Start, job: Job, pipe: Pipe) -> None:
    """Send the result of a job; its page ends when the crawl has shut the guard.

    While a page is closed, requests that it has just begun go out unasked.
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
        result = Rendering(job, pipe, context).result()
    except Error as error:
        result = Result(error=error.message.split("\n", 1)[0][:200])
    pipe.send(asdict(result))
    pipe.receive()
    context.close()


def _end_with_the_crawl(crawl: int, folder: str) -> None:
    """End the browser and this process when the crawl was killed: a page may hold up all the rest."""
    while os.getppid() == crawl:
        time.sleep(LOOK / 1000)
    # Itself last: it is what knows of the others.
    end(family(os.getpid())[1:])
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def main(pipe: Pipe) -> None:
    """Start the browser, then render job after job until the crawl has ended.

    One that does not start is told as `{"failed": reason}`.
    """
    told = pipe.receive()
    if told is None:
        return
    start = Start(**told)  # type: ignore[arg-type]  # our own message
    os.environ["TMPDIR"] = start.folder
    # No daemon: it has the last word even where the end of the browser ends the rest of this
    # process.
    threading.Thread(target=_end_with_the_crawl, args=(os.getppid(), start.folder)).start()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=start.program,
                args=list(FLAGS if start.sandbox else (*FLAGS, "--no-sandbox")),
                chromium_sandbox=start.sandbox,
                proxy={"server": f"http://127.0.0.1:{start.proxy}"},
            )
        except Error as error:
            pipe.send({"failed": error.message.split("\n", 1)[0][:200]})
            return
        pipe.send({"ready": True})
        while (told := pipe.receive()) is not None:
            job = Job(**told)  # type: ignore[arg-type]  # our own message
            _render(browser, start, job, pipe)
        browser.close()


if __name__ == "__main__":
    main(Pipe(sys.stdin, sys.stdout))
