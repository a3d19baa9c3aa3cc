"""Event records: `radar parse` over labelled pages, scored by the scorer that lies beside them.

The folder holds `score_events.py` and any number of `events*.jsonl`. Of `events-dev.jsonl` a third
of the hosts is set aside (tests/quality/held_out.py): its two parts are scored apart. Only figures
are printed, never a text or what was missed in it. A second folder may hold the pages that models
are trained on (`*.jsonl`), which are split by host (event_parts.py); their blind part, and the
pages that are kept back, are scored where it is asked for, so that nothing is chosen by them.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring.children import python, run_child
from benchmarks.measuring.table import Section, Table
from radar.training.event_parts import split_training
from radar.training.marked_pages import read_folder
from radar.training.shipped_pages import OWN, OWN_PAGES, PLAIN_PAGES, read_lines
from tests.quality.held_out import split

KEPT_BACK = Path(__file__).parents[1] / "training" / "kept_back" / "plain"
"""Marked pages that nothing has learnt from, nor was chosen by."""

_PAGE_FIELDS = frozenset({"countries", "commodities", "strategies", "programmes", "contacts"})

Records = Sequence[Mapping[str, Any]]
Scores = Mapping[str, Any]


def benchmark(gold: Path, train: Path | None = None, *, blind: bool = False) -> Section:
    """A table for every set, by field and language; of the pages for training one for all parts."""
    section = Section("events", "Event records: F1 by field and language")
    for name, records in _sets(gold):
        if records:
            section.parts.append(_table(name, records, gold / "score_events.py"))
    if train is not None:
        pages = [record for file in sorted(train.glob("*.jsonl")) for record in read_lines(file)]
        title = "pages for training, by part: precision / recall / F1"
        section.parts.append(_training_table(title, pages, gold / "score_events.py", blind=blind))
        for folder in (OWN_PAGES, PLAIN_PAGES):
            title = f"our own pages for training ({folder.name}), by part: precision / recall / F1"
            ours = [_without_contacts(record) for record in read_folder(folder)]
            section.parts.append(
                _training_table(title, ours, gold / "score_events.py", blind=blind)
            )
    if blind:
        kept = [_without_contacts(record) for record in read_folder(KEPT_BACK)]
        section.parts.append(_table("plain pages kept back", kept, gold / "score_events.py"))
    section.notes.append(
        "`radar parse` reads text, address and publication date; n: labelled values of the field in"
        " all languages. Macro: mean F1 over the fields that have labels. Micro: over all values."
    )
    return section


def _sets(gold: Path) -> Iterator[tuple[str, Records]]:
    for file in sorted(gold.glob("events*.jsonl")):
        records = read_lines(file)
        if file.name == "events-dev.jsonl":
            opened, aside = split(list(records))
            yield "pages that rules were written from", opened
            yield "pages set aside", aside
        else:
            yield file.stem, records
    yield "our own labelled texts", read_lines(OWN)


def _table(name: str, records: Records, scorer: Path) -> Table:
    languages = sorted({str(record["lang"]) for record in records})
    with tempfile.TemporaryDirectory() as folder:
        predicted, cpu = _parse(Path(folder), records)
        scores = {"all": _scores(Path(folder), records, predicted, scorer)}
        for lang in languages:
            part = [record for record in records if record["lang"] == lang]
            scores[lang] = _scores(Path(folder), part, predicted, scorer)
    rows = [_field_row(field, scores) for field in scores["all"]["fields"]]
    rows += [(*row, "") for row in _sums(scores)]
    speed = f"{1000 * cpu / len(records):.0f} CPU-ms/page with the start of the program"
    return Table(("field", *scores, "n"), tuple(rows), f"{name}: {len(records)} pages, {speed}")


def _without_contacts(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Our own pages name contacts without saying what of them is a number and what a name."""
    return {key: value for key, value in record.items() if key != "contacts"}


def _training_table(title: str, records: Records, scorer: Path, *, blind: bool) -> Table:
    parts = {
        part: pages for part, pages in split_training(records).items() if blind or part != "blind"
    }
    with tempfile.TemporaryDirectory() as folder:
        predicted, _ = _parse(Path(folder), [r for pages in parts.values() for r in pages])
        scores = {
            f"{part} ({len(pages)} pages)": _scores(Path(folder), pages, predicted, scorer)
            for part, pages in parts.items()
        }
    fields = dict.fromkeys(field for score in scores.values() for field in score["fields"])
    rows = [
        (field, *(_shares(s["fields"].get(field)) for s in scores.values())) for field in fields
    ]
    return Table(("field", *scores), (*rows, *_sums(scores)), title)


def parse_records(folder: Path, records: Records) -> tuple[Records, float]:
    """What `radar parse` reads from the pages, and the processor time, seconds."""
    predicted, cpu = _parse(folder, records)
    return read_lines(predicted), cpu


def _parse(folder: Path, records: Records) -> tuple[Path, float]:
    """The file of what `radar parse` reads from the pages, and the processor time, seconds."""
    predicted, pages = folder / "predicted.jsonl", folder / "pages.jsonl"
    handed = ("id", "text", "url", "published")
    _write(pages, [{key: record.get(key) for key in handed} for record in records])
    done = run_child(python("-m", "radar", "parse", str(pages)))
    predicted.write_text(done.output, "utf-8")
    return predicted, done.cpu


def _sums(scores: Mapping[str, Scores]) -> list[tuple[str, ...]]:
    """The rows over all fields."""
    false_events = [f"{s['false_event_pages']}/{s['pages_without_event']}" for s in scores.values()]
    return [
        ("macro", *(f"{s['macro_f1']:.3f}" for s in scores.values())),
        ("micro", *(f"{micro(s):.3f}" for s in scores.values())),
        ("pages given an event they have not", *false_events),
    ]


def micro(score: Scores) -> float:
    """F1 over the values of all fields together."""
    fields = score["fields"].values()
    gold, read = sum(f["gold"] for f in fields), sum(f["pred"] for f in fields)
    recall = sum(f["r"] * f["gold"] for f in fields) / gold if gold else 0.0
    precision = sum(f["p"] * f["pred"] for f in fields) / read if read else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shares(field: Mapping[str, float] | None) -> str:
    return f"{field['p']:.2f} / {field['r']:.2f} / {field['f1']:.3f}" if field else "-"


def _field_row(field: str, scores: Mapping[str, Scores]) -> tuple[str, ...]:
    cells = [
        f"{score['fields'][field]['f1']:.3f}" if field in score["fields"] else "-"
        for score in scores.values()
    ]
    return (field, *cells, f"{scores['all']['fields'][field]['gold']:g}")


def _scores(folder: Path, records: Records, predicted: Path, scorer: Path) -> Scores:
    ids = {record["id"] for record in records}
    return score_records(
        records, [r for r in read_lines(predicted) if r["id"] in ids], scorer, folder
    )


def score_records(
    records: Records, predicted: Records, scorer: Path, folder: Path | None = None
) -> Scores:
    """What the scorer says of predicted records of the same pages; its files go to the folder."""
    if folder is None:
        with tempfile.TemporaryDirectory() as made:
            return score_records(records, predicted, scorer, Path(made))
    labels, predictions = folder / "labels.jsonl", folder / "predictions.jsonl"
    _write(labels, records)
    by_id = {record["id"]: record for record in records}
    _write(predictions, [_labelled_fields(r, by_id[r["id"]]) for r in predicted])
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
