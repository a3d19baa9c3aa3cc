"""Labelled pages of general sites, without a word of their text: press, associations, blogs.

A line of a file (`*.jsonl`) is a page. It names the file of a corpus (a folder with `html/*.gz`)
that holds it, and the pieces of that page's plain text which the labelled text is made of; what
stands in the text is given by its place there. So labels lie in the project, and texts with
whoever has the corpora. `benchmarks/real_labels.py` writes the files from marked pages.

    corpus, file     the page: CORPUS/html/FILE
    pieces           [start, end] of its plain text, or signs that the labeller wrote (blanks)
    length           characters of the text, where the headline is counted behind it
    sha256           of what the pieces make
    events, …        as in a marked page (marked_pages.py), with [start, end] for each surface
    marks            of each body, person and event: `at`, and what is said of it
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from radar.training.marked_pages import Marks, PageError, Record, record_of

REAL_PAGES = Path(__file__).parents[2] / "benchmarks" / "training" / "real"
"""Labels of a checkout: the package has no use for them without the corpora."""
SURFACES = frozenset(
    {
        *("name", "series", "ordinal_surface", "date_surface", "theme"),
        *("venue", "city_surface", "country_surface", "count_surface"),
    }
)
"""Keys of an event whose values stand in the text."""
CODED = ("commodities", "countries")
"""Keys of a page, and of an event, whose values are surfaces by code."""
LISTED = ("strategies", "programmes")
"""Keys of a page that list surfaces."""
_MOST_NAMED = 5
_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def read_real_pages(corpora: Path, folder: Path = REAL_PAGES) -> list[Record]:
    """The labelled pages, as `marked_pages.read_folder` gives those that were made up.

    `corpora`: the folder that holds the corpora. Raises PageError that says what is missing in it.
    """
    if not corpora.is_dir():
        raise PageError(f"{corpora} is no folder: labelled real pages need the corpora in it")
    labels = [
        json.loads(line)
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    records, problems = [], []
    for label in labels:
        try:
            records.append(read_label(label, corpora))
        except PageError as problem:
            problems.append(str(problem))
    if problems:
        named = "; ".join(problems[:_MOST_NAMED])
        more = "; …" if len(problems) > _MOST_NAMED else ""
        raise PageError(
            f"{len(problems)} of {len(labels)} labelled real pages are not in {corpora}"
            f" as they were labelled: {named}{more}"
        )
    return records


def read_label(label: Mapping[str, Any], corpora: Path) -> Record:
    """The record of a labelled page. Raises PageError where its text isn't what was labelled."""
    file = corpora / label["corpus"] / "html" / label["file"]
    if not file.is_file():
        raise PageError(f"{label['id']}: there is no {label['corpus']}/html/{label['file']}")
    counted = join_pieces(plain_text(file), label["pieces"])
    if hashlib.sha256(counted.encode()).hexdigest() != label["sha256"]:
        raise PageError(
            f"{label['id']}: the text of {label['corpus']}/html/{label['file']} is another one"
        )
    return record_of(_page(label, counted), _marks(label, counted))


def plain_text(file: Path) -> str:
    """All that a packed page holds without its tags, its blanks told as one. Not what a reader
    sees, but the same for every reader of the file.
    """
    raw = gzip.decompress(file.read_bytes())
    try:
        markup = raw.decode("utf-8")
    except UnicodeDecodeError:
        markup = raw.decode("cp1252", "replace")
    return " ".join(html.unescape(_MARKUP.sub("", markup)).split())


def join_pieces(plain: str, pieces: Sequence[Sequence[int] | str]) -> str:
    """The text that pieces make."""
    return "".join(p if isinstance(p, str) else plain[p[0] : p[1]] for p in pieces)


def _page(label: Mapping[str, Any], counted: str) -> dict[str, Any]:
    """The page as in a file of marked pages, but for its text."""
    page: dict[str, Any] = {
        **{key: label[key] for key in ("id", "lang", "url", "published")},
        "text_kind": "original",
        "title": _words(counted, label["title"]),
        "events": [_event(event, counted) for event in label["events"]],
    }
    page |= {key: _by_code(label.get(key, {}), counted) for key in CODED}
    return page | {key: [_words(counted, at) for at in label.get(key, ())] for key in LISTED}


def _event(event: Mapping[str, Any], counted: str) -> dict[str, Any]:
    found = {k: _words(counted, v) if k in SURFACES else v for k, v in event.items()}
    return found | {"countries": _by_code(event.get("countries", {}), counted)}


def _marks(label: Mapping[str, Any], counted: str) -> Marks:
    persons = [_mark(mark, counted) for mark in label["persons"]]
    for person, mark in zip(persons, label["persons"], strict=True):
        person["role"] = _words(counted, mark["role"]) if "role" in mark else None
    bodies = []
    for mark in label["bodies"]:
        employed = [persons[index]["surface"] for index in mark.get("persons", ())]
        body = _mark(mark, counted) | {"role": mark["role"], "person": next(iter(employed), None)}
        body |= {"persons": employed} if len(employed) > 1 else {}
        bodies.append(body | ({"short": True} if mark.get("short") else {}))
    events = [_mark(mark, counted) for mark in label["mentions"]]
    return Marks(counted[: label.get("length", len(counted))], bodies, persons, events)


def _mark(mark: Mapping[str, Any], counted: str) -> Record:
    return {
        "surface": _words(counted, mark["at"]),
        "event": mark.get("event"),
        "start": mark["at"][0],
    }


def _by_code(surfaces: Mapping[str, Sequence[int]], counted: str) -> dict[str, str]:
    return {code: _words(counted, at) for code, at in surfaces.items()}


def _words(counted: str, at: Sequence[int]) -> str:
    return counted[at[0] : at[1]]
