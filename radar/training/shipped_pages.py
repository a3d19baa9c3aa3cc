"""The labelled pages that come with the program: of the checkout, else of the installed package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_INSTALLED = Path(__file__).with_name("pages")
_CHECKOUT = Path(__file__).parents[2]


def _shipped(name: str, in_checkout: str) -> Path:
    return _INSTALLED / name if _INSTALLED.exists() else _CHECKOUT / in_checkout


OWN_PAGES = _shipped("events", "benchmarks/training/events")
"""Folder of marked pages, on which the parameters of events are trained."""
PLAIN_PAGES = _shipped("plain", "benchmarks/training/plain")
"""Another one, in plain press prose."""
PAGES_WITHOUT_EVENT = _shipped("none", "benchmarks/training/none")
"""A third one, whose pages look like it and tell of no event."""
OPEN_PAGES = _shipped("open", "benchmarks/training/open")
"""A fourth one: pages that were kept back once. Which mentions are events, the roles of bodies and
the tagger of bodies learn from them.
"""
OWN = _shipped("own_texts.jsonl", "tests/quality/events_own.jsonl")
"""Labelled texts that rules were written from."""


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The records of a file of labelled texts, as JSON lines."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
