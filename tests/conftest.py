"""Rules of all tests: no network beyond loopback, reproducible examples, and an honest last word.

A test that needs what this machine lacks skips with a reason that begins with `needs `. Such tests
are counted in the last lines with the remedy, and are a failure where `CI=true`; those that need an
Elasticsearch also with `RADAR_REQUIRE_ELASTICSEARCH=1`.
"""

from __future__ import annotations

import gc
import itertools
import os
import re
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property

import psutil
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from tests import quick_databases

# pytest finds fixtures by their names here
from tests.elasticsearch.fixtures import (  # noqa: F401
    elasticsearch_cluster,
    elasticsearch_connection,
    elasticsearch_node,
    elasticsearch_own,
)

settings.register_profile(
    "default",
    derandomize=True,
    max_examples=25,  # the same ones in every run: more are for `make fuzz`
    deadline=None,  # shared machines: a slow example is no mistake
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile(
    "fuzz", settings.get_profile("default"), derandomize=False, max_examples=1_000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
# Constants of the program would be among the examples, of those modules that a process has loaded
# by then: other examples from run to run, and three seconds for each process to read all modules.
providers._get_local_constants = Constants

NEEDS = re.compile(r"(?:Skipped: )?(needs .+)")


def pytest_configure() -> None:
    """No test reads or writes the installation of whoever runs it; fixtures of modules included."""
    for name in ("RADAR_CONFIG", "RADAR_DATABASE", "RADAR_STORE", "RADAR_CHROMIUM"):
        os.environ.pop(name, None)
    # What a machine names in SSL_CERT_FILE takes 25 ms of each crawl, and no test needs it.
    os.environ.setdefault("CERTIFICATES_OF_MACHINE", os.environ.get("SSL_CERT_FILE", ""))
    # To load the encoder takes a second of each process; the demo of the wheel runs with it.
    os.environ["RADAR_MEANING"] = "off"
    # One process that reads pages for each run: tests run beside each other on all cores.
    os.environ["PYTHON_CPU_COUNT"] = "1"
    quick_databases.begin()


_homes = itertools.count()


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test has a data folder of its own; it is made by whoever writes to it."""
    # Numbered by hand: `mktemp` would look through all folders that there are already.
    monkeypatch.setenv("RADAR_HOME", str(tmp_path_factory.getbasetemp() / f"home-{next(_homes)}"))


NODE = "elasticsearch"


def scope_of(nodeid: str) -> str:
    """What runs in one process: the tests of one file, and all that share an Elasticsearch node.

    They are known by `elasticsearch` in their path or parameter, but for those of a cluster of
    three, which nobody shares.
    """
    file = nodeid.partition("::")[0]
    return NODE if NODE in nodeid and not file.endswith("test_three_nodes.py") else file


class Numbered(list[str]):
    """A list that need not be gone through to tell where an entry stands."""

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entry: place for place, entry in enumerate(self)}

    def index(self, entry: str, *_: object) -> int:
        """Where the entry stands."""
        return self._places[entry]


class ByFileAndNode(LoadScopeScheduling):  # type: ignore[misc]  # no types
    """Tests of one scope run in one process. The work for each test does not grow with the number
    of tests.
    """

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        """As inherited."""
        super().add_node_collection(node, Numbered(collection))

    def _assign_work_unit(self, node: WorkerController) -> None:
        """The last of the processes leaves what takes longest to the others: that waits for servers
        half of its time, and all of them together would not keep the cores busy.
        """
        if node is self.nodes[-1]:
            short = next((scope for scope in self.workqueue if scope not in LONGEST), None)
            if short is not None:
                self.workqueue.move_to_end(short, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)

    def _pending_of(self, workload: dict[str, dict[str, bool]]) -> int:
        """As far as anybody asks: whether there are more than two. Those given out last come first,
        as those before them are done.
        """
        pending = 0
        for scope in reversed(workload.values()):
            pending += list(scope.values()).count(False)
            if pending > 2:
                break
        return pending


LONGEST = (
    NODE,
    "tests/e2e/test_soak.py",
    "tests/contract/test_package.py",
    "tests/e2e/test_old_databases.py",
    "tests/e2e/test_up.py",
    "tests/e2e/test_rendering.py",
    "tests/web/test_pages_in_chromium.py",
    "tests/faults/test_mail_server.py",
    "tests/faults/test_traps.py",
    "tests/e2e/test_killed_runs.py",
    "tests/e2e/test_stopped_runs.py",
    "tests/faults/test_wrong_files.py",
    "tests/integration/rendering/test_browser_renderer.py",
    "tests/faults/test_strangers.py",
    "tests/web/test_journeys.py",
)
"""What takes a minute and more, in one process each."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Longest first, then slow, then all but unit tests, which are short: what begins last must not
    keep a process busy alone.
    """

    def turn(item: pytest.Item) -> int:
        scope = scope_of(item.nodeid)
        if scope in LONGEST:
            return LONGEST.index(scope)
        if item.get_closest_marker("slow") is not None:
            return len(LONGEST)
        return len(LONGEST) + 1 + scope.startswith("tests/unit/")

    items.sort(key=turn)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: no search for cycles goes through it, which would be a
    quarter of the work, nor does one later, which takes a second and a half; and what a test
    measures of processor time is without that. Of processes that collect nothing, for others do,
    cycles are sought as ever.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        if "radar.installation.installation" in sys.modules:  # who needs it has loaded it
            from tests import quick_compilers  # noqa: PLC0415  # see above

            quick_compilers.begin()


WAITING = 3
"""Processes beyond the number of cores: what takes longest waits for servers half of its time."""
MEMORY = 2 << 30
"""Bytes for each process, with the servers that its tests start."""


def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` means."""
    cores = len(os.sched_getaffinity(0))
    return max(1, min(cores + WAITING, int(psutil.virtual_memory().total) // MEMORY))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFileAndNode:
    """How tests are spread over processes, with -n."""
    return ByFileAndNode(config, log)


def not_run(reporter: object) -> Counter[str]:
    """Reason → number of tests that were not run for want of something."""
    reasons: Counter[str] = Counter()
    for report in getattr(reporter, "stats", {}).get("skipped", []):
        where = report.longrepr
        found = NEEDS.match(where[2] if isinstance(where, tuple) else str(where))
        if found:
            reasons[found[1]] += 1
    return reasons


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is required, what was not run is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.exitstatus == 0 and any(required(reason) for reason in not_run(reporter)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def required(reason: str) -> bool:
    """Whether a test that was skipped for this reason had to be run here."""
    wanted = os.environ.get("RADAR_REQUIRE_ELASTICSEARCH", "0") not in ("", "0")
    of_elasticsearch = any(word in reason for word in ("Elasticsearch", "Java", "Maven"))
    return os.environ.get("CI") == "true" or (wanted and of_elasticsearch)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say which tests were not run, and what would remedy it, below the list of skipped tests."""
    yield
    for reason, number in not_run(terminalreporter).items():
        kind = "Elasticsearch tests" if "Elasticsearch" in reason else "tests"
        terminalreporter.write_line(f"not run: {number} {kind}, {reason}", yellow=True)
