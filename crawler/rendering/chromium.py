"""Finds the browser that renders pages: a Chromium or Chrome, driven by the optional Playwright."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
"""Programs to look for, best first."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser to render with, or why there is none."""

    program: str | None
    """Path of the program."""
    missing: str | None = None
    """What is missing and how to get it; None: nothing."""


def find_chromium(setting: str | None) -> Chromium:
    """The program in the setting (name or path), else the first of the usual names in the PATH."""
    if importlib.util.find_spec("playwright") is None:
        return Chromium(None, "Playwright is not installed: pip install 'rohstoffradar[render]'")
    names = (setting,) if setting else NAMES
    for name in names:
        program = shutil.which(name)
        if program is not None:
            return Chromium(program)
    if setting:
        return Chromium(None, f"crawler.chromium: there is no program {setting}")
    return Chromium(
        None, "no Chromium was found: apt-get install chromium, or set crawler.chromium"
    )
