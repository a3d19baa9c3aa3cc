"""Writes the labels of real pages without their texts, from marked pages.

    python -m benchmarks.real_labels MARKED.yaml… --corpora FOLDER --write FOLDER

Each file of marked pages (marked_pages.py) becomes a file of the same name with places in place of
words (real_pages.py). The page is looked for by its address in the indexes of the corpora, and the
marked text in all that its file holds. What is written is read again, and has to give the same
record as the marked page.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.pages.corpora import addressed_pages
from indexer.records.labels import employed_by
from radar.training.marked_pages import Marks, PageError, Record, read_marks, record_of
from radar.training.real_pages import CODED, LISTED, SURFACES, plain_text, read_label

_LEAST = 6
"""Letters and signs of a piece that begins with a sign: shorter ones are the labeller's."""

Place = list[int]
Source = tuple[str, str]
"""A corpus, and the name of a file in it."""


def main(files: Sequence[Path], corpora: Path, into: Path) -> bool:
    """Write the labels of all pages; what can't be told of a page is printed, and the page left
    out. Returns whether none was.
    """
    sources = find_sources(corpora)
    whole = True
    for file in files:
        lines = []
        for page in yaml.safe_load(file.read_text("utf-8")):
            try:
                lines.append(json.dumps(label_of(page, sources, corpora), ensure_ascii=False))
            except PageError as problem:
                whole = False
                print(problem, file=sys.stderr)
        (into / f"{file.stem}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        print(f"{file.stem}: {len(lines)} pages")
    return whole


def find_sources(corpora: Path) -> dict[str, Source]:
    """Address → where its page lies."""
    return {
        # One of the corpora puts a letter before an address that is no longer there.
        url[max(0, url.find("http")) :]: (corpus.name, page.file.name)
        for corpus in sorted(corpora.iterdir())
        if (corpus / "html").is_dir()
        for url, page in addressed_pages(corpus)
    }


def label_of(page: Record, sources: Mapping[str, Source], corpora: Path) -> Record:
    """The labels of a marked page, with places in place of words. Raises PageError where its text
    is not in the corpora.
    """
    name = page["id"]
    if page["url"] not in sources:
        raise PageError(f"{name}: no corpus holds {page['url']}")
    corpus, file = sources[page["url"]]
    marks, title = read_marks(str(page["text"]).strip()), str(page["title"])
    text = marks.text
    counted = text if title in text else f"{text}\n\n{title}"

    def at(words: Any) -> Place:
        start = counted.find(str(words))
        if start < 0:
            raise PageError(f"{name}: does not stand in the text letter for letter: {words!r}")
        return [start, start + len(str(words))]

    plain = plain_text(corpora / corpus / "html" / file)
    published = page.get("published")
    label: Record = {
        "id": name,
        "lang": page["lang"],
        "url": page["url"],
        "published": None if published is None else str(published),
        "corpus": corpus,
        "file": file,
        "sha256": hashlib.sha256(counted.encode()).hexdigest(),
        "pieces": _pieces_of_page(name, counted, plain),
        "title": at(title),
        "events": [_event(event, at) for event in page.get("events") or []],
        **_mentions(marks),
    }
    label |= {"length": len(text)} if counted != text else {}
    label |= {key: _by_code(page[key], at) for key in CODED if page.get(key)}
    label |= {key: [at(words) for words in page[key]] for key in LISTED if page.get(key)}
    _check(label, page, marks, corpora)
    return label


def _check(label: Record, page: Record, marks: Marks, corpora: Path) -> None:
    left_out = {"contacts": None, "published_surface": None, "text_kind": "original"}
    if read_label(label, corpora) != record_of({**page, **left_out}, marks):
        raise PageError(f"{page['id']}: its labels read otherwise than it was marked")


def _pieces_of_page(name: str, text: str, plain: str) -> list[Place | str]:
    try:
        return find_pieces(text, plain)
    except ValueError as error:
        raise PageError(f"{name}: its file does not hold {error}") from None


def find_pieces(text: str, plain: str) -> list[Place | str]:
    """The pieces of a plain text that make the text, each as long as may be; signs and blanks
    between them stand for themselves. Raises ValueError, with the words, where letters are missing.
    """
    pieces: list[Place | str] = []
    at = 0
    while at < len(text):
        length = _longest(text, at, plain)
        if text[at].isalnum() and not length:
            raise ValueError(repr(text[at : at + 40]))
        if text[at].isalnum() or length >= _LEAST:
            start = plain.find(text[at : at + length])
            pieces.append([start, start + length])
            at += length
            continue
        if pieces and isinstance(pieces[-1], str):
            pieces[-1] += text[at]
        else:
            pieces.append(text[at])
        at += 1
    return pieces


def _longest(text: str, at: int, plain: str) -> int:
    """Length of the longest beginning of what stands at a place that the plain text holds."""
    known, beyond = 0, 1
    while at + beyond <= len(text) and text[at : at + beyond] in plain:
        known, beyond = beyond, beyond * 2
    beyond = min(beyond, len(text) - at + 1)
    while beyond - known > 1:
        middle = (known + beyond) // 2
        if text[at : at + middle] in plain:
            known = middle
        else:
            beyond = middle
    return known


def _event(event: Mapping[str, Any], at: Callable[[Any], Place]) -> Record:
    """The event with places in place of words, days as text."""
    written: Record = {}
    for key, value in event.items():
        if value is None:
            continue
        if key in SURFACES:
            written[key] = at(value)
        elif key == "countries":
            written[key] = _by_code(value, at)
        else:
            written[key] = value if isinstance(value, int) else str(value)
    return written


def _by_code(surfaces: Mapping[Any, Any], at: Callable[[Any], Place]) -> dict[str, Place]:
    # YAML reads NO, the code of Norway, as a truth value.
    return {"NO" if code is False else str(code): at(words) for code, words in surfaces.items()}


def _mentions(marks: Marks) -> Record:
    """Bodies, persons and mentions of events, each by its place."""
    numbers = {person["surface"]: i for i, person in reversed([*enumerate(marks.persons)])}
    bodies = []
    for body in marks.bodies:
        told: Record = {"role": body["role"]} | ({"short": True} if body.get("short") else {})
        if employed := employed_by(body):
            told["persons"] = [numbers[person] for person in employed]
        bodies.append(_mark(body) | told)
    persons = [_mark(p) | _role(p, marks.text) for p in marks.persons]
    return {
        "bodies": bodies,
        "persons": persons,
        "mentions": [_mark(event) for event in marks.events],
    }


def _mark(mark: Mapping[str, Any]) -> Record:
    event = {} if mark["event"] is None else {"event": mark["event"]}
    return {"at": [mark["start"], mark["start"] + len(mark["surface"])]} | event


def _role(person: Mapping[str, Any], text: str) -> Record:
    """Where the role stands that the labels give a person: the place nearest to it."""
    role = person["role"]
    if not role:
        return {}
    places = [i for i in range(len(text)) if text.startswith(role, i)]
    if not places:
        raise PageError(f"{person['surface']!r}: the role stands nowhere: {role!r}")
    start = min(places, key=lambda place: abs(place - person["start"]))
    return {"role": [start, start + len(role)]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", metavar="MARKED.yaml", nargs="+", type=Path)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--write", type=Path, required=True, metavar="FOLDER", help="of the labels")
    given = parser.parse_args()
    sys.exit(not main(given.files, given.corpora, given.write))
