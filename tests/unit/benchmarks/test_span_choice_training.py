from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.span_choice_training import SETTINGS, STAGES, main
from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.events.part_tagger.theme_tagger import KIND
from crawler.parsers.events.trained.choice_models import read_choice_models

PAGE = """\
- id: page-{n}
  lang: de
  url: https://verband-{n}.example/tagung
  title: Zinn
  published: 2031-05-02
  events:
    - name: {n}. Zinntagung
      role: main
      start: 2031-05-05
      venue: Haus {title}
      theme: {title} und Erz
  text: |
    Die <e 1>{n}. Zinntagung</e> findet am 5. Mai 2031 im Haus {title} statt. Man spricht über
    {title} und Erz. Petra Gros kommt aus Ulm.
"""
TITLES = ("Kupfer", "Silber", "Kobalt", "Nickel", "Eisen", "Wolfram")


def test_the_same_pages_give_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("benchmarks.span_choice_training.LANGUAGES", ("de",))
    monkeypatch.setitem(SETTINGS, "max_iterations", 8)
    pages = "".join(PAGE.format(n=n + 2, title=title) for n, title in enumerate(TITLES))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "de.yaml").write_text(pages, "utf-8")
    made = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        main([tmp_path / "pages"], (), folder / "choices.json", folder)
        made.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {"choices.json", "models.json", "de.crfsuite"}
    assert set(read_choice_models(tmp_path / "first" / "choices.json")) == set(STAGES)
    assert TaggerModels(tmp_path / "first" / "models.json", KIND).of("de") is not None
    printed = capsys.readouterr().out
    assert "themes" in printed
    assert "Petra" not in printed


def test_a_stage_may_stay_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "choices.json"
    stages: dict[str, Any] = {name: {"measures": [], "questions": {}} for name in STAGES}
    file.write_text(json.dumps({"stages": stages}), "utf-8")
    main([], tuple(STAGES), file, tmp_path)
    assert json.loads(file.read_text("utf-8"))["stages"] == stages


def test_events_are_found_by_gates_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Path | None] = []
    monkeypatch.setattr(
        "benchmarks.span_choice_training.TrainingReader", lambda *, turns: given.append(turns)
    )
    file = tmp_path / "choices.json"
    stages: dict[str, Any] = {name: {"measures": [], "questions": {}} for name in STAGES}
    file.write_text(json.dumps({"stages": stages}), "utf-8")
    main([], tuple(STAGES), file, tmp_path, turns=tmp_path / "turns")
    assert given == [tmp_path / "turns"]
