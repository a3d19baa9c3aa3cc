"""Finds a Java that can run Elasticsearch: 21 or newer, with all modules of the JDK."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.elasticsearch.archive import Missing

OLDEST = 21


def java_home() -> Path:
    """The newest fitting JDK of ES_JAVA_HOME, JAVA_HOME and the system's JVM folders; Missing if
    none.
    """
    named = [Path(os.environ[n]) for n in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(n)]
    for home in named:
        if _version(home) >= OLDEST:
            return home
    best = max(_list_installed(), key=_version, default=None)
    if best is None or _version(best) < OLDEST:
        raise Missing(
            f"needs Java {OLDEST}; install a JDK for Elasticsearch, or name it in ES_JAVA_HOME"
        )
    return best


def _list_installed() -> Iterator[Path]:
    for folder in (Path("/usr/lib/jvm"), Path("/usr/java"), Path("/opt/java")):
        if folder.is_dir():
            yield from (p for p in sorted(folder.iterdir()) if (p / "bin" / "java").is_file())
    mac = Path("/Library/Java/JavaVirtualMachines")
    if mac.is_dir():
        yield from (p / "Contents" / "Home" for p in sorted(mac.iterdir()))


def _version(home: Path) -> int:
    """Feature release; 0 for what is no complete JDK."""
    try:
        release = (home / "release").read_text()
    except OSError:
        release = ""
    found = re.search(r'JAVA_VERSION="(\d+)', release) or _ask_version(home)
    return int(found[1]) if found and (home / "jmods").is_dir() | _has_modules(release) else 0


def _has_modules(release: str) -> bool:
    """Newer JDKs come without jmods; the module jdk.jlink tells a JDK from a mere runtime."""
    return "jdk.jlink" in release and "jdk.jdi" in release


def _ask_version(home: Path) -> re.Match[str] | None:
    try:
        done = subprocess.run(
            [home / "bin" / "java", "-version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return re.search(r'version "(\d+)', done.stderr)
