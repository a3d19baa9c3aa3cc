"""Event records: `radar parse` over labelled pages, scored by the scorer that lies beside them.

The folder holds `score_events.py` and any number of `events*.jsonl`. Of `events-dev.jsonl` a third
of the hosts is set aside (tests/quality/held_out.py): its two parts are scored apart. Only figures
are printed, never a text or what was missed in it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.children import python, run_child
from benchmarks.table import Section, Table
from tests.quality.held_out import split

OWN = Path(__file__).parents[1] / "tests" / "quality" / "events_own.jsonl"

_PAGE_FIELDS = frozenset({"countries", "commodities", "strategies", "programmes", "contacts"})

Records = Sequence[Mapping[str, Any]]
Scores = Mapping[str, Any]


def benchmark(gold: Path) -> Section:
    """A table for every set, by field and language."""
    section = Section("events", "Event records: F1 by field and language")
    for name, records in _sets(gold):
        if records:
            section.parts.append(_table(name, records, gold / "score_events.py"))
    section.notes.append(
        "`radar parse` reads text, address and publication date; n: labelled values of the field in"
        " all languages. Macro: mean F1 over the fields that have labels."
    )
    return section


def _sets(gold: Path) -> Iterator[tuple[str, Records]]:
    for file in sorted(gold.glob("events*.jsonl")):
        records = _read(file)
        if file.name == "events-dev.jsonl":
            opened, aside = split(list(records))
            yield "pages that rules were written from", opened
            yield "pages set aside", aside
        else:
            yield file.stem, records
    yield "our own labelled texts", _read(OWN)


def _read(file: Path) -> Records:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _table(name: str, records: Records, scorer: Path) -> Table:
    languages = sorted({str(record["lang"]) for record in records})
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        pages = Path(folder) / "pages.jsonl"
        handed = ("id", "text", "url", "published")
        _write(pages, [{key: record.get(key) for key in handed} for record in records])
        done = run_child(python("-m", "radar", "parse", str(pages)))
        predicted.write_text(done.output, "utf-8")
        scores = {"all": _scores(Path(folder), records, predicted, scorer)}
        for lang in languages:
            part = [record for record in records if record["lang"] == lang]
            scores[lang] = _scores(Path(folder), part, predicted, scorer)
    rows = [_field_row(field, scores) for field in scores["all"]["fields"]]
    rows.append(("macro", *(f"{s['macro_f1']:.3f}" for s in scores.values()), ""))
    false_events = [f"{s['false_event_pages']}/{s['pages_without_event']}" for s in scores.values()]
    rows.append(("pages given an event they have not", *false_events, ""))
    speed = f"{1000 * done.cpu / len(records):.0f} CPU-ms/page with the start of the program"
    return Table(("field", *scores, "n"), tuple(rows), f"{name}: {len(records)} pages, {speed}")


def _field_row(field: str, scores: Mapping[str, Scores]) -> tuple[str, ...]:
    cells = [
        f"{score['fields'][field]['f1']:.3f}" if field in score["fields"] else "-"
        for score in scores.values()
    ]
    return (field, *cells, f"{scores['all']['fields'][field]['gold']:g}")


def _scores(folder: Path, records: Records, predicted: Path, scorer: Path) -> Scores:
    labels, predictions = folder / "labels.jsonl", folder / "predictions.jsonl"
    ids = {record["id"] for record in records}
    _write(labels, records)
    by_id = {record["id"]: record for record in records}
    _write(
        predictions,
        [_labelled_fields(r, by_id[r["id"]]) for r in _read(predicted) if r["id"] in ids],
    )
    done = run_child(python(str(scorer), str(labels), str(predictions), "--json"))
    found: Scores = json.loads(done.output)
    return found


def _labelled_fields(prediction: Mapping[str, Any], labels: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was read, without the fields of the page that nobody labelled."""
    return {
        key: value for key, value in prediction.items() if key not in _PAGE_FIELDS or key in labels
    }


def _write(file: Path, records: Records) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    file.write_text("".join(line + "\n" for line in lines), "utf-8")
