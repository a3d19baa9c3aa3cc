"""In which order files of tests are given to processes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from xdist.remote import Producer

from tests.conftest import LONGEST, ByFileAndNode


class Process:
    """Keeps which files it is given."""

    def __init__(self, name: str, collected: list[str]) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.collected = collected
        self.shutting_down = False
        self.files: list[str] = []

    def send_runtest_some(self, numbers: list[int]) -> None:
        """As of a process of xdist."""
        self.files += dict.fromkeys(self.collected[n].partition("::")[0] for n in numbers)

    def shutdown(self) -> None:
        """Likewise."""
        self.shutting_down = True


def test_one_process_leaves_what_takes_longest_to_the_others() -> None:
    long, short = LONGEST[1:5], [f"tests/unit/test_{n}.py" for n in range(3)]
    tests = [f"{file}::test_{n}" for file in (*long, *short) for n in range(4)]
    config: Any = SimpleNamespace(
        getvalue=lambda _: ["3*popen"], option=SimpleNamespace(loadscopereorder=False)
    )
    scheduler = ByFileAndNode(config, Producer("", enabled=False))
    processes = [Process(f"gw{n}", tests) for n in range(3)]
    for process in processes:
        scheduler.add_node(process)
        scheduler.add_node_collection(process, tests)
    scheduler.schedule()
    assert [process.files for process in processes] == [[long[0]], [long[1]], [short[0]]]
    for process in processes:
        for number, test in enumerate(tests):
            if test.startswith(process.files[0]):
                scheduler.mark_test_complete(process, number)
    assert [process.files[1] for process in processes] == [long[2], long[3], short[1]]
