"""What a changed file of topics does to watches, before it is in the folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.database.engine import open_database
from indexer.records.errors import ConfigError
from radar.commands.watch_effect import effect
from radar.configuration.settings import load_settings

Said = Callable[..., list[str]]
TIN = "- {id: tin, name: Tin, terms: {de: [Zinn]}}\n"
LEAD = "- {id: lead, name: Lead, terms: {de: [Blei]}}\n"


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """What is said of a file of this name; the folder has `metals.yaml` with two topics."""
    config = tmp_path / "config"
    for folder in ("topics", "watches", "sources"):
        (config / folder).mkdir(parents=True)
    (config / "topics" / "metals.yaml").write_text(TIN + LEAD)
    watches = [
        f"- {{id: {topic}-news, name: N, query: 'topic:{topic}', channels: [feed]}}\n"
        for topic in ("tin", "lead")
    ]
    (config / "watches" / "w.yaml").write_text("".join(watches))
    home = tmp_path / "home"
    home.mkdir()
    open_database(load_settings(config, {}, home=home).database).dispose()

    def run(name: str, topics: str, *options: str) -> list[str]:
        changed = tmp_path / name
        changed.write_text(topics)
        arguments = [str(changed), "--config", str(config), "--home", str(home), *options]
        ended = CliRunner().invoke(effect, arguments, catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        return ended.output.splitlines()

    return run


def test_a_topic_that_the_file_lacks_would_be_gone(said: Said) -> None:
    gone = "lead-news: could not be run any more: there would be no topic lead"
    assert said("metals.yaml", TIN) == [
        "tin-news: 0 alerts in the last 90 days would be 0",
        gone,
    ]
    assert '{"watch": "lead-news", "lost": ["lead"]}' in said("metals.yaml", TIN, "--json")


def test_a_file_that_takes_no_other_one_s_place_takes_no_topic_away(said: Said) -> None:
    assert said("other.yaml", TIN.replace("tin,", "zinc,")) == ["it changes what no watch asks for"]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_file_without_topics_is_said_to_be_one(
    said: Said, tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = tmp_path / "empty.yaml"
    for nothing in ("", "[]\n", "# Zinn\n"):
        assert said("empty.yaml", nothing, *options) == [
            f"{path} holds no topic",
            "it changes what no watch asks for",
        ]


@pytest.mark.parametrize("topics", [TIN, TIN.replace("tin,", "zinc,") * 2])
def test_an_id_that_would_be_there_twice_is_a_mistake(said: Said, topics: str) -> None:
    """In the folder no command could be run with it."""
    with pytest.raises(ConfigError, match="occurs twice"):
        said("other.yaml", topics)


def test_a_topic_of_the_file_may_hide_a_packaged_one(said: Said, tmp_path: Path) -> None:
    own = "- {id: cluster-strategies, name: Own, terms: {de: [Zinn]}}\n"
    (tmp_path / "config" / "topics" / "metals.yaml").write_text(TIN + LEAD + own)
    watch = "- {id: own, name: N, query: 'topic:cluster-strategies', channels: [feed]}\n"
    (tmp_path / "config" / "watches" / "own.yaml").write_text(watch)
    lines = said("metals.yaml", TIN + LEAD)
    assert "own: 0 alerts in the last 90 days would be 0" in lines


def test_a_variable_of_the_environment_may_stand_in_a_topic(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = TIN.replace("Zinn", "'${NAME_OF_A_PLAN}'")
    monkeypatch.setenv("NAME_OF_A_PLAN", "Zinn")
    assert said("metals.yaml", secret + LEAD) == said("metals.yaml", TIN + LEAD)
    monkeypatch.delenv("NAME_OF_A_PLAN")
    with pytest.raises(ConfigError, match="environment variable NAME_OF_A_PLAN is not set"):
        said("metals.yaml", secret + LEAD)


def test_the_versions_of_topics_that_change_are_told(said: Said) -> None:
    newer, terms = TIN.replace("name: Tin", "name: Tin, version: 2"), TIN.replace("Zinn", "Erz")
    assert "topic tin: version 1 would be 2" in said("metals.yaml", newer + LEAD)
    assert '{"topic": "tin", "before": 1, "after": 2}' in said("metals.yaml", newer, "--json")
    same = "topic tin: version 1, as before: raise it where terms change"
    assert same in said("metals.yaml", terms + LEAD)
    assert not [line for line in said("metals.yaml", TIN + LEAD) if line.startswith("topic")]
