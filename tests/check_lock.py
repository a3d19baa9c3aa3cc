"""The lock files name every direct dependency, with hashes and without addresses."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def pinned_names(text: str) -> set[str]:
    """Names that a lock file pins."""
    return {normal(n) for n in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}


def normal(name: str) -> str:
    """A distribution's name, as names are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def problems() -> list[str]:
    """One line for each thing that is wrong."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    direct = project["project"]["dependencies"]
    wanted = {
        "requirements.lock": direct,
        "requirements-dev.lock": [*direct, *project["dependency-groups"]["dev"]],
    }
    found = []
    for name, requirements in wanted.items():
        text = (ROOT / name).read_text()
        names = {normal(re.split(r"[\[<>=!~ ]", r)[0]) for r in requirements}
        found += [
            f"{name}: {n} is missing; run make lock" for n in sorted(names - pinned_names(text))
        ]
        if "://" in text:
            found.append(f"{name}: holds an address")
        if "--hash=" not in text:
            found.append(f"{name}: holds no hashes")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(problems()) or None)
