from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.part_tagger_training import SETTINGS, main
from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.events.part_tagger.span_tagger import tagger_kind

PAGE = """\
- id: page-{n}
  lang: de
  url: https://verband-{n}.example/tagung
  title: Zinn
  published: 2031-05-02
  events:
    - name: Zinntagung
      role: main
      venue: Haus {title}
  text: |
    Zur <e 1>Zinntagung</e> im Haus {title} kam <p 1 role="{title}">Petra Gros</p>, {title} der
    Werke, mit Hüterin <p 1 role="Hüterin">Anna Wolf</p>.
"""
TITLES = ("Lotsin", "Patin", "Kennerin", "Bergfrau", "Rektorin")


@pytest.mark.parametrize("part", ["titles", "venues"])
def test_the_same_pages_give_the_same_files(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("benchmarks.part_tagger_training.LANGUAGES", ("de",))
    monkeypatch.setitem(SETTINGS, "max_iterations", 8)
    pages = "".join(PAGE.format(n=n, title=title) for n, title in enumerate(TITLES))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "de.yaml").write_text(pages, "utf-8")
    made = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        main([tmp_path / "pages"], [part], folder / "models.json", crosswise=True)
        made.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {"models.json", "de.crfsuite"}
    printed = capsys.readouterr().out
    assert "in turn by host, de, pages, with the tagger" in printed
    assert "Petra" not in printed
    model = TaggerModels(tmp_path / "first" / "models.json", tagger_kind("")).of("de")
    assert model is not None
    entry = json.loads(made[0]["models.json"])["languages"]["de"]
    assert (model.threshold, model.right) == (entry["threshold"], entry["right"])
