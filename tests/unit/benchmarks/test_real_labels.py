"""Marked pages of corpora become labels without a word of their text, and are read from these."""

import gzip
import json
import re
from pathlib import Path

import pytest

from benchmarks import real_labels
from benchmarks.events.real_events import FOLDERS
from radar.training.marked_pages import PageError, read_pages
from radar.training.real_pages import read_real_pages

MARKED = """
- id: made-up-01
  lang: en
  url: https://news.example/tin
  title: Tin at the lake
  published: 2025-11-14
  events:
    - name: 7th Tin Day
      role: main
      series: Tin Day
      ordinal: 7
      ordinal_surface: 7th
      start: 2025-11-12
      venue: Old Kiln
      city: Hull
      city_surface: Hull
      count: 140
      count_surface: 140
      countries: {NO: Norway}
  countries: {NO: Norway}
  strategies: [Ore Plan]
  text: |
    Tin at the lake

    Guests from Norway came, 140: the <e 1>7th Tin Day of the <o organiser 1>Ore Guild</o></e>
    was opened by <p 1 role="chair">Ann Weir</p>, chair of <o employer @Ann Weir>Kass & Co</o>,
    in the Old Kiln of Hull. The Ore Plan was praised.

    - The <o organiser 1 short>Guild</o> thanked <p 1>Weir</p>. The <e ->fair</e> is another matter.
- id: made-up-02
  lang: en
  url: https://gone.example/zinc
  title: Zinc rose
  events: []
  text: |
    Its price rose.
"""
"""The headline of the second page is not among its text, and its corpus lists it as gone."""
TIN = """<html><title>Tin at the lake</title><body><!-- 7 > 5 --><h1>Tin at the lake</h1>
<p>Guests from <a href="/no">Norway</a> came, 140: the <b>7th Tin Day</b> of the Ore Guild was
opened by Ann Weir, chair of Kass &amp; Co, in the Old Kiln of Hull. The Ore Plan was praised.</p>
<ul><li>The Guild thanked Weir. The fair is another matter.</li></ul></body></html>"""
ZINC = "<h1>Zinc rose</h1><p>Its price rose.</p>"


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Two corpora, each with an index of its own kind."""
    folder = tmp_path / "corpora"
    for corpus, name, page in (("dated", "tin.html.gz", TIN), ("typed", "0001.html.gz", ZINC)):
        (folder / corpus / "html").mkdir(parents=True)
        (folder / corpus / "html" / name).write_bytes(gzip.compress(page.encode()))
    row = {"url": "https://news.example/tin", "file": "tin.html.gz"}
    (folder / "dated" / "labels.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    typed = {"url": "xhttps://gone.example/zinc", "file_id": "0001"}
    packed = gzip.compress((json.dumps(typed) + "\n").encode())
    (folder / "typed" / "ground-truth.jsonl.gz").write_bytes(packed)
    return folder


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    file = tmp_path / "real-en.yaml"
    file.write_text(MARKED, "utf-8")
    return file


def test_labels_read_as_the_marked_page(corpora: Path, marked: Path, tmp_path: Path) -> None:
    assert real_labels.main([marked], corpora, tmp_path)
    expected = [{k: v for k, v in page.items() if k != "hand"} for page in read_pages(marked)]
    read = read_real_pages(corpora, tmp_path)
    assert read == [page | {"text_kind": "original"} for page in expected]
    assert read[0]["events"][0]["persons"][0]["role"] == "chair"
    assert read[1]["title"] == "Zinc rose"
    assert read[1]["text"] == "Its price rose."


def test_labels_hold_no_word_of_the_text(corpora: Path, marked: Path, tmp_path: Path) -> None:
    real_labels.main([marked], corpora, tmp_path)
    written = (tmp_path / "real-en.jsonl").read_text("utf-8")
    assert not re.search("Guild|Weir|Norway|Kiln|praised|Zinc", written)
    assert "Hull" in written  # a town is told by its English name


@pytest.mark.parametrize(
    "file",
    [file for folder in FOLDERS.values() for file in sorted(folder.glob("*.jsonl"))],
    ids=lambda file: f"{file.parent.parent.name}/{file.stem}",
)
def test_no_labels_of_the_project_hold_words_of_a_text(file: Path) -> None:
    for line in file.read_text("utf-8").splitlines():
        signs = "".join(piece for piece in json.loads(line)["pieces"] if isinstance(piece, str))
        assert not any(map(str.isalnum, signs))


def test_what_is_missing_is_named(corpora: Path, marked: Path, tmp_path: Path) -> None:
    real_labels.main([marked], corpora, tmp_path)
    with pytest.raises(PageError, match="is no folder: labelled real pages need the corpora"):
        read_real_pages(tmp_path / "nowhere", tmp_path)
    changed = corpora / "dated" / "html" / "tin.html.gz"
    changed.write_bytes(gzip.compress(TIN.replace("Guests", "People").encode()))
    (corpora / "typed" / "html" / "0001.html.gz").unlink()
    with pytest.raises(PageError) as caught:
        read_real_pages(corpora, tmp_path)
    assert "2 of 2 labelled real pages are not in" in str(caught.value)
    assert "made-up-01: the text of dated/html/tin.html.gz is another one" in str(caught.value)
    assert "made-up-02: there is no typed/html/0001.html.gz" in str(caught.value)


def test_a_page_that_no_corpus_holds_is_left_out_and_told(
    corpora: Path, marked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = MARKED.replace("https://gone.example/zinc", "https://other.example/zinc")
    marked.write_text(page.replace("Guests from Norway", "Guests of ours from Norway"), "utf-8")
    assert not real_labels.main([marked], corpora, tmp_path)
    told = capsys.readouterr()
    assert "made-up-01: its file does not hold" not in told.err  # each word stands somewhere
    assert "made-up-02: no corpus holds https://other.example/zinc" in told.err


def test_letters_that_a_file_has_not_are_told(
    corpora: Path, marked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked.write_text(MARKED.replace("Its price rose", "Цена выросла"), "utf-8")
    assert not real_labels.main([marked], corpora, tmp_path)
    assert "made-up-02: its file does not hold 'Цена выросла" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The tin fair", [[4, 16]]),
        ("- The tin fair\n\nwas", ["-", [3, 16], "\n\n", [17, 20]]),
        ("tin was", [[8, 12], [17, 20]]),
    ],
)
def test_pieces_are_as_long_as_may_be(text: str, pieces: list[list[int] | str]) -> None:
    assert real_labels.find_pieces(text, "Oh, The tin fair was") == pieces
