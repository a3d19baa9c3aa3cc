"""Pages read in worker processes: one bad page costs that page only."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from crawler.parsers.pool import IN_FLIGHT, answer_of, read_pages
from crawler.parsers.raw_page import RawPage
from crawler.parsers.workers import WorkersEndError
from indexer.records.document import Page
from indexer.records.errors import ParseError, RadarError

HOSTILE = "tests.unit.crawler.parsers.hostile_reader:HostileReader"


def read(texts: list[str], *, seconds: float = 3, workers: int = 2) -> dict[int, Page | ParseError]:
    inputs = [(i, RawPage(text=text, url="https://example.org/")) for i, text in enumerate(texts)]
    results = list(
        read_pages(
            inputs, config=None, workers=workers, seconds=seconds, memory=256 << 20, reader=HOSTILE
        )
    )
    assert sorted(key for key, _ in results) == list(range(len(texts)))
    return dict(results)


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Page | ParseError]:
    texts = [
        "one",
        "hang",
        "two",
        "eat",
        "crash",
        "three",
        "leave",
        "fail",
        "refuse",
        "nest",
        "four",
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crawler.parsers.pool.PATIENCE", 1)  # for what hangs
        results = read(texts)
    return {text: results[i] for i, text in enumerate(texts)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hang", "timed-out"),
        ("eat", "out-of-memory"),
        ("crash", "crashed"),
        ("leave", "crashed"),
        ("fail", "crashed"),
        ("refuse", "hostile-markup"),
        ("nest", "hostile-markup"),
    ],
)
def test_bad_page_gives_its_reason(
    outcomes: dict[str, Page | ParseError], text: str, reason: str
) -> None:
    outcome = outcomes[text]
    assert isinstance(outcome, ParseError)
    assert outcome.reason == reason


@pytest.mark.parametrize("text", ["one", "two", "three", "four"])
def test_the_rest_goes_on(outcomes: dict[str, Page | ParseError], text: str) -> None:
    outcome = outcomes[text]
    assert isinstance(outcome, Page)
    assert outcome.text == f"{text} True"


def test_page_that_burns_the_processor_is_stopped() -> None:
    assert isinstance(failure := read(["burn"], seconds=1, workers=1)[0], ParseError)
    assert failure.reason == "timed-out"


def test_a_page_that_waits_for_a_busy_machine_is_read() -> None:
    assert isinstance(read(["doze"], seconds=1, workers=1)[0], Page)


def test_inputs_are_drawn_as_workers_get_free() -> None:
    drawn = []

    def inputs() -> Iterator[tuple[int, RawPage]]:
        for i in range(100):
            drawn.append(i)
            yield i, RawPage(text="x")

    results = read_pages(inputs(), config=None, workers=1, reader=HOSTILE)
    next(results)
    assert len(drawn) <= IN_FLIGHT + 1
    results.close()


def test_leaving_early_leaves_no_process_behind() -> None:
    results = read_pages(
        ((i, RawPage(text="hang" if i else "x")) for i in range(10)),
        config=None,
        workers=2,
        seconds=60,
        reader=HOSTILE,
    )
    key, outcome = next(results)
    assert key == 0
    assert isinstance(outcome, Page)
    with pytest.raises(KeyboardInterrupt):
        results.throw(KeyboardInterrupt)
    assert multiprocessing.active_children() == []


def test_workers_that_cannot_start_put_no_page_aside() -> None:
    results = read_pages(
        [(0, RawPage(text="x"))], config=None, workers=1, reader="tests.nowhere:Reader"
    )
    with pytest.raises(RadarError, match="can't start"):
        list(results)


def test_what_the_system_denies_the_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*args: object, **kwargs: object) -> None:
        del args, kwargs
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr("crawler.parsers.pool.ProcessPool", denied)
    with pytest.raises(RadarError, match=os.strerror(errno.EMFILE)) as told:
        read(["one"])
    assert "ulimit -n" in told.value.hint


@pytest.mark.parametrize("limit", ["memory", "processor_time"])
def test_a_limit_that_is_set_for_the_whole_program_stays(limit: str) -> None:
    kind, allowed, below = {"memory": ("AS", 8 << 30, 0), "processor_time": ("CPU", 10, 1)}[limit]
    program = (
        "import resource; from crawler.parsers import pool\n"
        f"resource.setrlimit(resource.RLIMIT_{kind}, ({allowed}, {allowed}))\n"
        f"pool.limit_{limit}({2 * allowed})\n"
        f"print(*resource.getrlimit(resource.RLIMIT_{kind}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(allowed - below), str(allowed)]


def test_who_is_over_the_processor_time_of_the_whole_program_took_too_long() -> None:
    """The system would end it as where memory is short, were there no limit before that."""
    program = (
        "import resource; from crawler.parsers import pool\n"
        "usage = resource.getrusage(resource.RUSAGE_SELF)\n"
        "allowed = int(usage.ru_utime + usage.ru_stime) + 2\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed))\n"
        "pool.limit_processor_time(60)\n"
        "while True: pass"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == -signal.SIGXCPU


def test_no_input_gives_no_result() -> None:
    assert read([]) == {}


def test_workers_that_end_again_and_again_are_said_to_lack_memory() -> None:
    answer = Future[int]()
    answer.set_exception(WorkersEndError("the workers end without an answer"))
    with pytest.raises(RadarError, match="end again and again") as raised:
        answer_of(answer)
    assert raised.value.hint
    assert "memory" in raised.value.hint
