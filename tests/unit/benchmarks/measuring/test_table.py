"""What a benchmark prints, and how its section gets into the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, main, read_options, write_section
from benchmarks.measuring.peers import Peers
from benchmarks.measuring.table import Section, Table, Verbatim

TABLE = Table(("reader", "F1"), (("ours", "0.98"), ("a | b", "0.9")), "Text")


def test_a_table_is_aligned_in_a_log() -> None:
    assert TABLE.text().splitlines() == [
        "Text",
        "reader    F1",
        "------------",
        "ours    0.98",
        "a | b    0.9",
    ]


def test_a_table_is_markdown_in_a_document() -> None:
    assert TABLE.markdown().splitlines()[2:] == [
        "| reader | F1 |",
        "| --- | ---: |",
        "| ours | 0.98 |",
        "| a \\| b | 0.9 |",
    ]


def test_what_was_printed_stands_in_a_fence() -> None:
    assert Verbatim("a  b\n").markdown() == "```text\na  b\n```"


def test_a_section_is_added_and_later_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text("# Benchmarks\n\nHow to read them.\n")
    write_section(document, Section("text", "Text", [TABLE]))
    write_section(document, Section("dates", "Dates", notes=["Read them."]))
    write_section(document, Section("text", "Text again", notes=["Shorter."]))
    assert document.read_text() == (
        "# Benchmarks\n\nHow to read them.\n\n"
        "<!-- text -->\n## Text again\n\nShorter.\n<!-- /text -->\n\n"
        "<!-- dates -->\n## Dates\n\nRead them.\n<!-- /dates -->\n"
    )


def test_all_benchmarks_run_unless_some_are_named() -> None:
    assert read_options([]).names == tuple(BENCHMARKS)
    assert read_options(["dates", "text"]).names == ("dates", "text")


@pytest.mark.parametrize("arguments", [["speed"], ["text", "--corpus", "nowhere"]])
def test_mistaken_options_end_with_a_usage_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        read_options(arguments)
    assert arguments[-1] in capsys.readouterr().err


def test_folders_may_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RADAR_BENCH_GOLD", str(tmp_path))
    assert read_options([]).gold == tmp_path


def test_what_needs_a_folder_is_left_out_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("RADAR_BENCH_CORPUS", raising=False)
    monkeypatch.delenv("RADAR_BENCH_GOLD", raising=False)
    assert main(["text", "events"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines] == ["text: left out", "events: left out"]


def test_a_quick_run_installs_no_peers(tmp_path: Path) -> None:
    peers = Peers(tmp_path / "cache", install=False)
    assert "not in the cache" in str(peers.missing("scrapy"))
    assert not (tmp_path / "cache").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["nights", *(pytest.param(n, marks=pytest.mark.endurance) for n in ("search", "dates"))]
)
def test_a_quick_benchmark_without_peers_gives_its_section(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RADAR_BENCH_GOLD", raising=False)
    assert main([name, "--quick"]) == 0
    assert f"== {name}" in capsys.readouterr().out
