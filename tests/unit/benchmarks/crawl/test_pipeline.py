"""The made-up web of the crawl benchmark, and our half of the comparison."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import httpx
import pytest

from benchmarks.crawl.article_pages import LANGUAGES, SIZE, article_pages
from benchmarks.crawl.pipeline import compare, processes, radar_run
from benchmarks.crawl.web_server import answers, serve
from benchmarks.measuring.children import ChildError, python, run_child
from benchmarks.measuring.table import Table


@pytest.mark.parametrize("site", range(len(LANGUAGES)))
def test_pages_are_of_the_size_of_real_ones_and_no_two_alike(site: int) -> None:
    pages = article_pages(site, 12)
    assert all(abs(len(page.html) - SIZE) < SIZE / 10 for page in pages)
    assert len({page.path for page in pages}) == len({page.html for page in pages}) == 12
    assert all(f'lang="{LANGUAGES[site]}"'.encode() in page.html for page in pages)


def test_pages_are_the_same_at_every_call() -> None:
    assert article_pages(1, 3) == article_pages(1, 3)


def test_the_sitemap_names_every_page() -> None:
    pages = article_pages(0, 4)
    head, body = answers("http://127.0.0.1:1", pages)["/sitemap.xml"].split(b"\r\n\r\n", 1)
    assert f"Content-Length: {len(body)}".encode() in head
    sitemap = gzip.decompress(body).decode()
    assert all(f"<loc>http://127.0.0.1:1{page.path}</loc>" in sitemap for page in pages)


def test_the_server_answers_and_ends() -> None:
    with serve(1, 2) as web:
        (page, _) = article_pages(0, 2)
        assert httpx.get(web.bases[0] + page.path).content == page.html
        assert web.pages == 2
    with pytest.raises(httpx.ConnectError):
        httpx.get(web.bases[0] + page.path)


def test_a_child_is_measured_with_its_own_children(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.4: pass"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}]); print('ö')"
    done = run_child(python("-c", script), folder=tmp_path)
    assert done.output == "ö\n"
    assert done.cpu >= 0.4
    assert set(done.peaks) == {"main", "other"}
    assert done.peak > 1


def test_a_child_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(ChildError, match="ended with 3: no luck"):
        run_child([sys.executable, "-c", "import sys; sys.stderr.write('no luck'); sys.exit(3)"])


@pytest.mark.endurance
def test_our_half_takes_every_page_of_all_sites(tmp_path: Path) -> None:
    with serve(5, 1) as web:
        done = radar_run(tmp_path, web)
    assert done.pages == 5
    assert {"main", "worker"} <= set(done.child.peaks)
    table = compare([done], [])
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["radar run"]
    assert "radar run: main process" in processes([done], []).text()
