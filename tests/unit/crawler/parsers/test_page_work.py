"""Huge and hostile pages are read in time by their length: within the processor time of a few small
steps.

Each page is about 0.25 MB; read by the square of its length one of them would take 15 s. The
limit is of processor time and many times what a page takes: a busy machine changes nothing.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import resource
import signal

import pytest

from crawler.parsers.page import RawPage
from indexer.records.errors import ParseError
from tests.page_reader import packaged_reader

SECONDS = 8
"""Processor time that one page may take; measured: 0.1 to 2, on a busy machine."""
SENTENCE = (
    "<p>Das Ministerium für Bergbau sprach am 3. Mai 2024 in Astana mit Firmen über Kupfer.</p>"
)


def page(body: str) -> str:
    return f"<html lang=de><head><title>Ein langer Bericht</title></head><body>{body}</body></html>"


def many(unit: str, times: int) -> str:
    return "".join(unit.replace("#", str(number)) for number in range(times))


PAGES = {
    "links": page("<div>" + many("<a href='/#'>Meldung # aus dem Land</a> ", 7_500) + "</div>"),
    "cells": page(f"<table><tr>{many('<td>Zelle #</td>', 7_500)}</tr></table>{SENTENCE * 10}"),
    "breaks": page("<div>" + many("Zeile #<br>", 10_000) + "</div>"),
    "paragraphs": page(many("<p>Wort #</p>", 6_250)),
    "long paragraphs": page(SENTENCE * 2_000),
    "dates": page(f"<article>{many('<span class=date>01.05.2024 x#</span>', 3_000)}</article>"),
    "times": page(
        "<article>" + "<time datetime=2024-05-03></time>" * 5_000 + SENTENCE + "</article>"
    ),
    "widgets": page(
        "<div class=widget>" * 200 + many("<p>Absatz # mit Wörtern</p>", 2_000) + "</div>" * 200
    ),
    "nesting": page("<div>" * 25_000 + SENTENCE),
    "attributes": page("<p " + many("a#=1 ", 400) + ">x</p>" + SENTENCE * 5),
    "no blanks": page("<p>" + "strategie" * 15_000 + "</p>"),
    "signs": page("<p>" + "@ (at) +49 1-" * 5_000 + "</p>"),
}


def read_all(report: multiprocessing.connection.Connection) -> None:
    """Read them one by one, and say of each that it has been read."""
    reader = packaged_reader()
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    for name, html in PAGES.items():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(usage.ru_utime + usage.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        reader.read(RawPage(html=html, url="https://example.org/a/b.html"))
        report.send(name)
    report.close()


def test_time_grows_with_the_length_alone() -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=read_all, args=(theirs,))
    process.start()
    theirs.close()
    read = []
    try:
        while True:
            read.append(ours.recv())
    except EOFError:
        process.join()
    assert read == list(PAGES)
    assert process.exitcode == 0


def test_a_tag_with_thousands_of_attributes_is_refused_before_it_is_parsed() -> None:
    """Parsers compare each attribute with all before it."""
    html = page("<p " + many("a#=1 ", 100_000) + ">x</p>" + SENTENCE)
    with pytest.raises(ParseError) as failure:
        packaged_reader().read(RawPage(html=html))
    assert failure.value.reason == "hostile-markup"
