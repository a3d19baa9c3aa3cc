"""Real pages through the whole program: served over loopback and crawled, and imported from disk.

usage: python -m benchmarks.crawl.real_input SEED_HTML CORPUS

CORPUS is a folder with `html/*.html.gz` (the article-extraction-benchmark); SEED_HTML one page
more. Prints the counted outcomes of both ways, and what a few searches find. Exit code 1 if a page
is lost.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import yaml

QUERIES = ("Rohstoffdialog", "lithium", "kobalt OR cobalt", "country:KZ", "has:event")


def main(seed: Path, corpus: Path) -> int:
    """Crawl and import the same pages; compare what came of them."""
    pages = {"/seed.html": seed.read_bytes()}
    for file in sorted((corpus / "html").glob("*.html.gz")):
        pages[f"/{file.name.removesuffix('.gz')}"] = gzip.decompress(file.read_bytes())
    print(f"{len(pages)} pages")
    lost = 0
    with tempfile.TemporaryDirectory() as folder, served(pages) as base:
        config = configuration(Path(folder) / "config", base)
        crawled = Path(folder) / "crawled"
        lost += report("crawl", radar(config, crawled, "run", "--json"), len(pages))
        for query in QUERIES:
            hits = radar(config, crawled, "search", query, "--limit", "0", "--json")
            print(f"  search {query!r}: {len(hits)} pages")
        saved = Path(folder) / "saved"
        saved.mkdir()
        for path, body in pages.items():
            (saved / path[1:]).write_bytes(body)
        imported = Path(folder) / "imported"
        lost += report(
            "import", radar(config, imported, "import", str(saved), "--json"), len(pages)
        )
    return 1 if lost else 0


def report(what: str, lines: list[str], expected: int) -> int:
    """Print the outcomes; the number of pages without one."""
    summary = json.loads(lines[-1])
    counted = int(sum(summary["outcomes"].values()))
    print(f"{what}: {counted} of {expected} outcomes {summary['outcomes']}")
    print(f"  {summary['revisions']} revisions, {summary['indexed']} indexed")
    return expected - counted


def radar(config: Path, home: Path, *arguments: str) -> list[str]:
    """Lines that the command prints; its messages go to our stderr."""
    command = [
        sys.executable,
        "-m",
        "radar",
        *arguments,
        "--config",
        str(config),
        "--home",
        str(home),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}")
    return done.stdout.splitlines()


def configuration(folder: Path, base: str) -> Path:
    """A configuration with the loopback site as its one source."""
    (folder / "sources").mkdir(parents=True)
    source = {
        "id": "real",
        "name": "Real pages",
        "url": base + "/",
        "country": "DE",
        "languages": ["de", "en"],
        "sitemaps": [{"url": f"{base}/sitemap.xml"}],
        "delay": 0,
    }
    radar = {"crawler": {"contact": "test@example.org", "allow_networks": ["127.0.0.0/8"]}}
    (folder / "sources" / "real.yaml").write_text(yaml.safe_dump([source]))
    (folder / "radar.yaml").write_text(yaml.safe_dump(radar))
    return folder


@contextmanager
def served(pages: dict[str, bytes]) -> Iterator[str]:
    """The pages on a free port of 127.0.0.1, with a sitemap."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            base = f"http://{self.headers['Host']}"
            if self.path == "/sitemap.xml":
                urls = "".join(f"<url><loc>{base}{path}</loc></url>" for path in pages)
                body = (
                    f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
                )
                self.answer(200, "application/xml", body.encode())
            elif self.path in pages:
                self.answer(200, "text/html; charset=utf-8", pages[self.path])
            else:
                self.answer(404, "text/plain", b"not here")

        def answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """The crawler's own log is enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
