"""Commands over wrong files: whatever a path leads to, one line, an exit code, and an end."""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import re
import resource
import signal
import socket
import traceback
from collections.abc import Iterator, Mapping
from multiprocessing import util
from pathlib import Path

import pytest

import crawler
import indexer
import radar
import search_api
from indexer.records.reference import load_reference
from radar.cli import main
from radar.configuration.settings import load_settings
from tests import quick_compilers
from tests.e2e.world import World
from tests.faults.conftest import Toll
from tests.faults.deadline import deadline
from tests.faults.wrong_paths import WRONG, PathPlace, command_of, commands, make_wrong, path_places

SECONDS = 60
"""Longest wait for one call."""
MEMORY = 1 << 30
"""Bytes that a call may take beyond what the tests have."""
ENVIRONMENT = ("RADAR_CONFIG", "RADAR_HOME", "RADAR_DATABASE", "RADAR_STORE")
FEW = ("pipe", "garbage", "half a character")
"""What is tried, one with each command in turn, with the options that all commands share, for they
are read in one place; with one of them, everything is. The last one can be made: `radar demo` would
go through its nights there.
"""
_PYTHON = re.compile(r"Traceback|\b[A-Z]\w*(?:Error|Exception|Warning)\b")
"""Words that are for those who write the program."""


@pytest.fixture
def wrong(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """For each test anew: what a command makes of them must meet no other."""
    return make_wrong(tmp_path_factory.mktemp("w"))


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """All modules and tables of the program, so that no call has to load them anew."""
    for package in (radar, crawler, indexer, search_api):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith("indexer.migrations") and "__main__" not in module.name:
                importlib.import_module(module.name)
    quick_compilers.compile_topics(load_reference(), load_settings(environ={}).topics)


@pytest.fixture(scope="module")
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.fault("damage")
@pytest.mark.parametrize("place", path_places(), ids=str)
def test_a_path_that_leads_to_something_else_ends_in_a_line(
    place: PathPlace, wrong: dict[str, str], taken_port: int, tmp_path: Path, toll: Toll
) -> None:
    (tmp_path / "config").mkdir()
    for name, paths in tried(place, wrong).items():
        arguments = place.arguments(*paths)
        environment = {
            "RADAR_CONFIG": str(tmp_path / "config"),
            "RADAR_HOME": str(tmp_path / f"home of {name}"),
        }
        if "--port" in options_of(place.command):
            arguments += ["--port", str(taken_port)]
        with toll.waiting():
            complaint = call(arguments, environment, tmp_path)
        toll.answered_rightly(complaint is None, f"{place} with {name}: {complaint}")


def tried(place: PathPlace, wrong: Mapping[str, str]) -> dict[str, list[str]]:
    """The calls to make: all of them would take minutes, most of them for the same code."""
    shared = place.parameter.name in ("config", "home") and place.command != ("check",)
    names = _in_turn(place) if shared else FEW[:-1] if place.command == ("demo",) else wrong
    if place.parameter.nargs != -1:
        return {name: [wrong[name]] for name in names}
    there = [name for name in names if os.path.lexists(wrong[name])]
    alone = {name: [wrong[name]] for name in names if name not in there}
    return {**alone, "all at once": [wrong[name] for name in there]}


def _in_turn(place: PathPlace) -> tuple[str]:
    at = [str(other) for other in path_places()].index(str(place))
    return (FEW[at // 2 % len(FEW)],)  # most commands have both options, one after the other


def options_of(command: tuple[str, ...]) -> set[str]:
    return {word for parameter in command_of(command).params for word in parameter.opts}


def call(arguments: list[str], environment: Mapping[str, str], folder: Path) -> str | None:
    """What is wrong with how a call of the program ended; None: nothing.

    A process of its own, so that what eats memory ends alone.
    """
    out = folder / "out"
    child = os.fork()
    if child == 0:
        os._exit(_child(arguments, environment, out))
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    said = out.read_text(errors="replace")
    out.unlink()
    code = os.waitstatus_to_exitcode(status)
    if code not in range(4):
        return f"exit code {code}: {said[-1500:]}"
    if _PYTHON.search(said) or (code and not said.strip()):
        return f"exit code {code}, and says: {said[-1500:]}"
    return None


def _child(arguments: list[str], environment: Mapping[str, str], out: Path) -> int:
    os.setpgid(0, 0)
    os.chdir(out.parent)
    resource.setrlimit(resource.RLIMIT_AS, (_size() + MEMORY, resource.RLIM_INFINITY))
    os.environ.update(environment)
    with out.open("w", encoding="utf-8", errors="backslashreplace") as file:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            with (
                contextlib.redirect_stdout(file),
                contextlib.redirect_stderr(file),
                deadline(SECONDS),
            ):
                main(arguments)
        except SystemExit as ended:
            return int(ended.code or 0)
        except BaseException:  # noqa: BLE001  # what the interpreter would print
            traceback.print_exc(file=file)
            return 97
        finally:
            # what the interpreter's own end would do and `os._exit` leaves out: else the keeper of
            # semaphores complains of those that are left, if it gets to it before it is ended
            util._run_finalizers(0)  # type: ignore[attr-defined]


def _size() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


@pytest.mark.fault("damage")
@pytest.mark.parametrize("variable", ENVIRONMENT)
def test_a_variable_that_leads_to_something_else_ends_in_a_line(
    variable: str, wrong: dict[str, str], tmp_path: Path, toll: Toll
) -> None:
    (tmp_path / "config").mkdir()
    for name in (*FEW, "dangling", "too long", "folder", "zeros", "no such person"):
        path = wrong[name]
        environment = {
            "RADAR_CONFIG": str(tmp_path / "config"),
            "RADAR_HOME": str(tmp_path / "home"),
            variable: f"sqlite:///{path}" if variable == "RADAR_DATABASE" else path,
        }
        with toll.waiting():
            complaint = call(["check"], environment, tmp_path)
        toll.answered_rightly(complaint is None, f"{variable} is {name}: {complaint}")


INSIDE = ("radar.db", "radar.db.lock", "run.lock", "archive", "index", "feeds", "log")
"""What a data folder holds."""


@pytest.mark.fault("damage")
@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("command", ["check", "run"])
def test_something_else_in_the_data_folder_ends_in_a_line(
    command: str, inside: str, tmp_path: Path, toll: Toll
) -> None:
    (tmp_path / "config").mkdir()
    for name in (
        ("folder", "pipe", "zeros", "garbage") if command == "check" else ("pipe", "garbage")
    ):
        home = tmp_path / f"home with {name}"
        home.mkdir()
        WRONG[name](home / inside)
        environment = {"RADAR_CONFIG": str(tmp_path / "config"), "RADAR_HOME": str(home)}
        with toll.waiting():
            complaint = call([command], environment, tmp_path)
        toll.answered_rightly(complaint is None, f"{inside} is {name}: {complaint}")


@pytest.mark.fault("damage")
def test_a_data_folder_whose_name_is_no_utf_8_is_refused(tmp_path: Path, toll: Toll) -> None:
    """The search index could never be opened in it, and each run would build it anew."""
    world = World(tmp_path)
    world.configure([])
    world.home = tmp_path / os.fsdecode(b"H\xe4user")
    for command in (["check"], ["run"], ["search", "Zinn"], ["sources"]):
        ended = world.radar(*command)
        refused = ended.code == 2 and "is not written in UTF-8" in ended.err
        toll.answered_rightly(refused and "hint: " in ended.err, ended)
    toll.answered_rightly(not world.home.exists(), "made")


def test_every_command_is_tried() -> None:
    places = {str(place) for place in path_places()}
    assert {"parse file", "import paths", "init folder", "try --html", "demo --folder"} <= places
    assert {f"{' '.join(words)} --config" for words in commands()} - places == {
        "init --config",
        "demo --config",
        "completion --config",
    }
