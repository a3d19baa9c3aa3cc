"""A real browser behind the guard: what pages get, what hostile ones don't, and what ends them."""

from __future__ import annotations

import asyncio
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from unittest import mock

import pytest
import uvloop
from playwright.sync_api import sync_playwright

from crawler.rendering.browser_renderer import BrowserRenderer, RenderFailed, RenderLimits
from crawler.rendering.guard import GuardProxy, PageAllowance
from crawler.rendering.process import FLAGS
from crawler.rendering.processes import memory, process_tree
from crawler.rendering.protocol import RenderResult
from indexer.frontier.port import Response
from tests.integration.rendering.listener import Forbidden
from tests.loopback.site import LoopbackSite

SECONDS = 20
"""For a page where limits are tried: a browser begun anew may need ten on a busy machine."""
BUSY_SECONDS = 5
"""For one that keeps a core for itself, in a browser that runs already."""
LIMITS = RenderLimits(seconds=60, settle_seconds=6)
HERE = "127.0.0.1/32"
EVERYWHERE = "127.0.0.0/8"


def name(site: LoopbackSite) -> str:
    return site.url.removeprefix("http://")


class Session:
    """Renders pages of one site; `ask` judges the requests that they make."""

    def __init__(
        self, renderer: BrowserRenderer, site: LoopbackSite, sites: frozenset[str]
    ) -> None:
        self.renderer = renderer
        self.site = site
        self.sites = sites
        self.asked: list[str] = []
        self.denied = "/forbidden"

    async def page(self, html: str, *decline: str) -> RenderResult:
        url = f"{self.site.url}/page"
        headers = {"content-type": "text/html; charset=utf-8"}
        response = Response(url, url, 200, headers, datetime(2026, 3, 1, tzinfo=UTC), html.encode())
        return await self.renderer.render(
            response,
            sites=self.sites,
            may_request=self._may,
            language="de",
            decline=frozenset(decline),
        )

    async def _may(self, url: str) -> bool:
        self.asked.append(url)
        return self.denied not in url


def in_session(
    chromium: str,
    site: LoopbackSite,
    work: Callable[[Session], object],
    *,
    limits: RenderLimits = LIMITS,
    networks: str = HERE,
    also: str = "",
) -> None:
    """Do some work in one browser, on the crawl's kind of event loop."""

    async def whole() -> None:
        renderer = BrowserRenderer(
            chromium,
            user_agent="Rohstoffradar/1 (+desk)",
            allow_networks=(networks,),
            limits=limits,
        )
        sites = frozenset({name(site), *([also] if also else [])})
        try:
            await work(Session(renderer, site, sites))  # type: ignore[misc]
        finally:
            await renderer.close()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(whole())


APPLICATION = """<!doctype html><html><head><title>Portal</title></head><body><div id="root"></div>
<div id="cookies">Wir verwenden Cookies. <button id="yes">Alle akzeptieren</button>
<button id="no">Alle <b>ablehnen</b></button></div><img src="/logo.png">\
<script src="/app.js"></script></body></html>"""
SCRIPT = b"""document.getElementById('yes').onclick = () => { document.title = 'accepted'; };
document.getElementById('no').onclick = () => { document.getElementById('cookies').remove(); };
fetch('/api/news/1').then(r => r.json()).then(news => {
  document.getElementById('root').innerHTML = `<article><h1>${news.title}</h1></article>`;
  fetch('/forbidden').catch(() => 0); fetch('/api/count', {method: 'POST', body: 'x'}).catch(() \
=> 0);
});"""


def test_a_page_is_rendered_and_consent_declined(chromium: str) -> None:
    async def work(session: Session) -> None:
        result = await session.page(APPLICATION, "alle ablehnen")
        assert "<article><h1>Kupfer</h1></article>" in (result.html or "")
        assert result.declined == "alle ablehnen"
        assert "accepted" not in (result.html or "")
        assert "Wir verwenden" not in (result.html or "")
        # The page itself was fetched before; pictures and what sends are left out.
        assert site.paths() == ["/app.js", "/api/news/1"]
        assert {a.headers["user-agent"] for a in site.asked} == {"Rohstoffradar/1 (+desk)"}
        assert f"{site.url}/forbidden" in session.asked
        # Nothing is clicked that does not decline, and dialogs are left where they are.
        again = await session.page(APPLICATION, "nur notwendige")
        assert (again.declined, "Wir verwenden" in (again.html or "")) == (None, True)
        assert "accepted" not in (again.html or "")

    with LoopbackSite() as site:
        site.put("/app.js", SCRIPT, "text/javascript")
        site.put("/api/news/1", b'{"title": "Kupfer"}', "application/json")
        in_session(chromium, site, work)


WAYS = {
    "fetch": "fetch(F + '/fetch').catch(() => 0)",
    "script": "add('script', 'src', F + '/script')",
    "image": "add('img', 'src', F + '/image')",
    "frame": "add('iframe', 'src', F + '/frame')",
    "style": "const l = add('link', 'href', F + '/style'); l.rel = 'stylesheet'",
    "preconnect": "const p = add('link', 'href', F); p.rel = 'preconnect'",
    "prefetch": "const q = add('link', 'href', F + '/prefetch'); q.rel = 'prefetch'",
    "socket": "new WebSocket(F.replace('http', 'ws') + '/socket')",
    "events": "new EventSource(F + '/events')",
    "beacon": "navigator.sendBeacon(F + '/beacon', 'x')",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('${F}/worker').catch(() => 0)`])))",
    "form": "const f = add('form', 'action', F + '/form'); f.target = 'other'; f.submit()",
    "window": "window.open(F + '/window')",
    "redirect": "fetch('/redirect').catch(() => 0)",
    "service worker": "navigator.serviceWorker && navigator.serviceWorker.register('/worker.js')",
    "peer": "const c = new RTCPeerConnection({iceServers: [{urls: F.replace('http://', 'turn:') + "
    "'?transport=tcp', username: 'u', credential: 'c'}]}); c.createDataChannel('d'); "
    "c.createOffer().then(o => c.setLocalDescription(o))",
}
"""Ways of a page to a connection."""
SEEN = (b"/fetch", b"/frame", b"/image", b"/socket", b"/worker", b"/redirected", b"/away")
"""Of these an address that is allowed hears."""


def hostile(target: str) -> str:
    tries = "\n".join(f"try {{ (() => {{ {way} }})() }} catch (e) {{}}" for way in WAYS.values())
    return f"""<!doctype html><body><p>Kupfer</p><script>const F = 'http://{target}';
const add = (tag, name, value) => {{ const e = document.createElement(tag); e.setAttribute(name, \
value);
  document.body.append(e); return e; }};
{tries}
setTimeout(() => {{ location.href = F + '/away'; }}, 500);</script></body>"""


@pytest.mark.parametrize("guarded", [True, False], ids=["guard", "control"])
def test_no_way_of_a_page_leads_to_a_forbidden_address(chromium: str, guarded: bool) -> None:
    """The same page under the same rules; in the control the address is allowed."""

    async def work(session: Session) -> None:
        result = await session.page(hostile(forbidden.name))
        assert "Kupfer" in (result.html or "")

    with Forbidden() as forbidden, LoopbackSite() as site:
        site.redirect("/redirect", f"http://{forbidden.name}/redirected")
        site.put("/worker.js", f"fetch('http://{forbidden.name}/sw')".encode(), "text/javascript")
        networks = HERE if guarded else EVERYWHERE
        in_session(chromium, site, work, networks=networks, also=forbidden.name)
        assert (forbidden.first_lines == []) is guarded


@contextmanager
def guard_in_a_thread(networks: str, sites: frozenset[str]) -> Iterator[int]:
    """The guard alone, on a loop of its own; yields its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def started() -> GuardProxy:
        proxy = GuardProxy((networks,))
        await proxy.start()
        proxy.begin(PageAllowance(sites, 1 << 20))
        return proxy

    proxy = asyncio.run_coroutine_threadsafe(started(), loop).result()
    yield proxy.port
    asyncio.run_coroutine_threadsafe(proxy.close(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def browse(
    chromium: str,
    html: str,
    site: LoopbackSite,
    proxy: int | None,
    is_enough: Callable[[], bool] = lambda: False,
) -> None:
    """Load a page in a browser in which nothing intercepts requests, and stay for three seconds, or
    until it `is_enough`.
    """
    flags = [f for f in FLAGS if proxy is not None or ("resolver" not in f and "webrtc" not in f)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[*flags, "--no-sandbox"],
            proxy={"server": f"http://127.0.0.1:{proxy}"} if proxy is not None else None,
        )
        page = browser.new_page()
        site.page("/hostile", html)
        page.goto(f"{site.url}/hostile")
        until = time.monotonic() + (3 if proxy is not None else 60)
        while not is_enough() and time.monotonic() < until:
            page.wait_for_timeout(50)
        browser.close()


def test_the_guard_alone_holds_where_interception_sees_nothing(chromium: str) -> None:
    with Forbidden() as forbidden, LoopbackSite() as site:
        site.redirect("/redirect", f"http://{forbidden.name}/redirected")
        site.put("/worker.js", f"fetch('http://{forbidden.name}/sw')".encode(), "text/javascript")
        html = hostile(forbidden.name)
        with guard_in_a_thread(HERE, frozenset({name(site), forbidden.name})) as port:
            browse(chromium, html, site, port)
        assert "/hostile" in site.paths()
        assert forbidden.first_lines == []

        def all_came() -> bool:
            lines = b"\n".join(forbidden.first_lines)
            return len(forbidden.first_lines) > 8 and all(way in lines for way in SEEN)

        browse(chromium, html, site, None, all_came)
        assert all_came(), forbidden.first_lines


def test_limits_end_a_page_and_the_next_one_is_well(chromium: str) -> None:
    """Endless scripts, huge documents and hunger for memory; each with a reason."""
    limits = replace(LIMITS, seconds=SECONDS, settle_seconds=3, memory=800 << 20)
    well = "<p>Kupfer</p>"

    async def work(session: Session) -> None:
        assert "Kupfer" in ((await session.page(well)).html or "")
        for html, reason, seconds in (
            (
                "<p>x</p><script>while (true) {}</script>",
                f"longer than {BUSY_SECONDS} s",
                BUSY_SECONDS,
            ),
            (
                "<p>x</p><script>document.body.innerHTML = '<b>x</b>'.repeat(150000)</script>",
                r"more than (100000 elements|\d+ MiB)",
                SECONDS,
            ),
            (
                (
                    "<p>x</p><script>const kept = []; setInterval(() => { for (let n = 0; n < 4; "
                    "n++) kept.push(new Uint8Array(33554432).fill(7)); }, 20)</script>"
                ),
                "MiB|crashed|ended|longer than",
                SECONDS,
            ),
        ):
            with (
                mock.patch.object(session.renderer, "_limits", replace(limits, seconds=seconds)),
                pytest.raises(RenderFailed, match=reason),
            ):
                await session.page(html)
            assert "Kupfer" in ((await session.page(well)).html or "")

    with LoopbackSite() as site:
        in_session(chromium, site, work, limits=limits)


def test_endless_requests_dialogs_and_windows_leave_the_page_readable(chromium: str) -> None:
    limits = replace(LIMITS, requests=10, settle_seconds=4, bytes=500_000)
    noisy = """<p>Kupfer</p><script>
    let n = 0; setInterval(() => fetch('/poll?' + n++).catch(() => 0), 5);
    for (let i = 0; i < 20; i++) document.body.append(window.open('/popup') ? ' opened' : ' none');
    alert('1'); confirm('2'); prompt('3'); window.onbeforeunload = () => 'stay';
    Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0);
    const a = document.createElement('a'); a.href = '/file.zip'; a.download = 'x'; \
document.body.append(a); a.click();
    </script>"""

    # Asks again when it has been answered, and shows how often it has asked.
    patient = """<p>Kupfer</p><p id="asked"></p><p id="brought"></p><script>let n = 0;
    const again = () => fetch('/again?' + n).catch(() => 0).then(() => {
      document.getElementById('asked').textContent = ++n; setTimeout(again, 10);
      fetch('data:text/plain,Zink').then(() => 'Zink').catch(() => 'none')
        .then(told => document.getElementById('brought').textContent = told);
    }); again();</script>"""

    async def work(session: Session) -> None:
        result = await session.page(noisy)
        assert "Kupfer" in (result.html or "")
        assert result.requests == 10
        assert len({p for p in site.paths() if p.startswith("/poll")}) <= 10
        assert "/popup" not in site.paths()
        assert " none" * 20 in (result.html or "")
        result = await session.page(patient)
        asked = re.search(r'id="asked">(\d+)<', result.html or "")
        assert asked is not None
        # Most is refused by the browser itself, without a question to us.
        assert (result.requests, result.refused < int(asked[1]) / 2) == (10, True)
        assert '<p id="brought">Zink</p>' in (result.html or "")
        site.asked.clear()
        large = "<p>Kupfer</p><script>fetch('/large').then(r => r.text()).catch(() => 0)</script>"
        assert "Kupfer" in ((await session.page(large)).html or "")

    with LoopbackSite() as site:
        site.put("/large", b"x" * 50_000_000, "text/plain")
        in_session(chromium, site, work, limits=limits)


def test_a_browser_that_does_not_start_is_told_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    broken = tmp_path_factory.mktemp("broken") / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)

    async def work(session: Session) -> None:
        for _ in range(2):
            with pytest.raises(RenderFailed, match="did not start"):
                await session.page("<p>x</p>")

    with LoopbackSite() as site:
        in_session(str(broken), site, work)


def test_a_process_tree_is_measured_from_its_root() -> None:
    assert process_tree(os.getpid())[0] == os.getpid()
    assert memory([os.getpid()]) > 1 << 20
    assert memory([2**22 + 1]) == 0
