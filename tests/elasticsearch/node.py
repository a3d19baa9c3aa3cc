"""Starts and stops real Elasticsearch nodes: one, one with security and https, or a cluster of
three.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import trustme

from tests.elasticsearch.archive import Missing, server
from tests.elasticsearch.java import java_home
from tests.loopback.free_port import free_port

START_SECONDS = 240
"""A node answers after 10 s alone; three at once on a machine with ten times the work of its cores
need minutes. One that can't start ends by itself. Less than a test may take (`timeout` in
pyproject.toml): else nobody is told what the node has said.
"""
PASSWORD = "made-up-for-tests"

_FRUGAL = "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1"
"""Starts sooner and needs less memory than with the options that the server comes with."""

_SETTINGS: dict[str, object] = {
    "network.host": "127.0.0.1",
    "cluster.routing.allocation.disk.threshold_enabled": False,
    "xpack.security.enabled": False,
    "action.destructive_requires_name": True,
    "xpack.security.autoconfiguration.enabled": False,
}


@dataclass
class Node:
    """A node; `start` may be called again after `stop` or `kill`, its data stays."""

    home: Path
    """Server files, read only."""
    folder: Path
    """Configuration, data and log of this node."""
    port: int
    settings: dict[str, object]
    heap: int
    """MB."""
    ca: Path | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"{'https' if self.ca else 'http'}://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to start; `wait` until it answers."""
        lines = [f"{key}: {json.dumps(value)}" for key, value in self.settings.items()]
        (self.folder / "config" / "elasticsearch.yml").write_text("\n".join(lines) + "\n")
        with (self.folder / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                [self.home / "bin" / "elasticsearch"],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                env=_environment(self),
                cwd=self.folder,
                start_new_session=True,
                **_unprivileged(),
            )

    def wait(self, path: str = "/", seconds: float = START_SECONDS) -> None:
        """Until it answers a request with 200; RuntimeError with its log if it ends or takes too
        long.
        """
        last = time.monotonic() + seconds
        while self.get(path) != 200:
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > last:
                log = (self.folder / "output.log").read_text(errors="replace")[-3000:]
                raise RuntimeError(f"Elasticsearch did not start:\n{log}")
            time.sleep(0.25)

    def get(self, path: str) -> int:
        """Status of a GET; 0: no answer."""
        request = urllib.request.Request(self.url + path)  # noqa: S310  # our own http(s) address
        if self.ca:
            request.add_header("Authorization", f"Basic {_basic('elastic', PASSWORD)}")
        context = ssl.create_default_context(cafile=str(self.ca)) if self.ca else None
        try:
            with urllib.request.urlopen(request, timeout=5, context=context) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it in order."""
        self._end(15)

    def kill(self) -> None:
        """As a power cut would end it."""
        self._end(9)

    def _end(self, signal: int) -> None:
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        # The launcher and the server are a process group of their own.
        servers = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal)
        last = time.monotonic() + 30
        while process.poll() is None or any(map(_runs, servers)):
            if time.monotonic() > last:
                os.killpg(process.pid, 9)
            time.sleep(0.05)


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def node(
    *,
    secured: bool = False,
    port: int = 0,
    heap: int = 384,
    settings: Mapping[str, object] | None = None,
    tuned: bool = False,
) -> Iterator[Node]:
    """One running node; with security it has https (see `ca`) and the user elastic, PASSWORD.

    `tuned` lets it compile, collect, read its files and compare vectors as fast as one that is
    installed, by the options that this comes with: a node that lives for a test starts sooner
    without them.
    """
    with ExitStack() as stack:
        one = stack.enter_context(_prepare("one", port, heap, tuned=tuned))
        one.settings |= {"discovery.type": "single-node", **(settings or {})}
        if secured:
            _secure(one)
        stack.callback(one.stop)
        one.start()
        one.wait()
        yield one


@contextmanager
def cluster(size: int) -> Iterator[list[Node]]:
    """Running nodes of one cluster, all of them joined."""
    with ExitStack() as stack:
        names = [f"node-{number}" for number in range(1, size + 1)]
        nodes = [stack.enter_context(_prepare(name, 0, 256, tuned=False)) for name in names]
        peers = [f"127.0.0.1:{one.settings['transport.port']}" for one in nodes]
        for one in nodes:
            one.settings |= {
                "cluster.name": nodes[0].settings["cluster.name"],
                "discovery.seed_hosts": peers,
                "cluster.initial_master_nodes": names,
                "cluster.routing.allocation.node_initial_primaries_recoveries": 8,
            }
            stack.callback(one.stop)
            one.start()
        for one in nodes:
            one.wait(f"/_cluster/health?wait_for_nodes={size}&timeout=2s")
        yield nodes


@contextmanager
def _prepare(name: str, port: int, heap: int, *, tuned: bool) -> Iterator[Node]:
    """A node's folder, removed afterwards."""
    home = server()
    folder = Path(tempfile.mkdtemp(prefix="elasticsearch-"))
    try:
        for part in ("config", "data", "logs", "tmp"):
            (folder / part).mkdir()
        for file in ("log4j2.properties", "role_mapping.yml", "roles.yml", "users", "users_roles"):
            shutil.copy(home / "config" / file, folder / "config")
        options = (home / "config" / "jvm.options").read_text() if tuned else _FRUGAL
        (folder / "config" / "jvm.options").write_text(
            f"{options}\n-Xms{heap}m\n-Xmx{heap}m\n-Djava.io.tmpdir={folder / 'tmp'}\n"
        )
        http = port or free_port()
        settings = {
            **_SETTINGS,
            "cluster.name": f"radar-{folder.name}",
            "node.name": name,
            "http.port": http,
            "transport.port": free_port(),
            "path.data": str(folder / "data"),
            "path.logs": str(folder / "logs"),
            "node.store.allow_mmap": tuned,
        }
        one = Node(_make_readable(home, folder), folder, http, settings, heap)
        _own(folder)
        yield one
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _secure(one: Node) -> None:
    """Its own certificate authority, https, and the password of the user elastic."""
    config = one.folder / "config"
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(str(config / "ca.crt"))
    certificate.private_key_pem.write_to_path(str(config / "node.key"))
    with (config / "node.crt").open("wb") as file:
        file.writelines(pem.bytes() for pem in certificate.cert_chain_pems)
    one.ca = config / "ca.crt"
    one.settings |= {
        "xpack.security.enabled": True,
        "xpack.security.http.ssl.enabled": True,
        "xpack.security.http.ssl.key": "node.key",
        "xpack.security.http.ssl.certificate": "node.crt",
        "xpack.security.http.ssl.certificate_authorities": ["ca.crt"],
    }
    _own(one.folder)
    subprocess.run(
        # -f: it is made where there is none, in the same start of Java.
        [one.home / "bin" / "elasticsearch-cli", "add", "-f", "-x", "bootstrap.password"],
        input=PASSWORD.encode(),
        check=True,
        capture_output=True,
        cwd=one.folder,
        env={**_environment(one), "CLI_NAME": "keystore", "CLI_LIBS": "lib/tools/keystore-cli"},
        **_unprivileged(),
    )


def _environment(one: Node) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL", "HOSTNAME")}
    return {
        **kept,
        "ES_JAVA_HOME": str(java_home()),
        "ES_PATH_CONF": str(one.folder / "config"),
        "ES_TMPDIR": str(one.folder / "tmp"),
        "HOME": str(one.folder),
    }


def _unprivileged() -> dict[str, Any]:
    """Elasticsearch refuses to run as root: another user then."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _own(folder: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)


def _make_readable(home: Path, folder: Path) -> Path:
    """The server's files where that user can read them: a checkout may lie in a closed folder."""
    probe = [shutil.which("test") or "/usr/bin/test", "-r", str(home / "config" / "jvm.options")]
    if subprocess.run(probe, check=False, **_unprivileged()).returncode == 0:
        return home
    return Path(shutil.copytree(home, folder / "server"))


def _basic(user: str, password: str) -> str:
    return b64encode(f"{user}:{password}".encode()).decode()


def ready() -> None:
    """Missing, with the remedy, where no node could be started here."""
    java_home()
    server()
    if os.name != "posix":
        raise Missing("needs Linux or macOS to start an Elasticsearch")
