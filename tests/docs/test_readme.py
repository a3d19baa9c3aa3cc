"""What README.md and docs/ say exists, and what exists is documented."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
import yaml

from crawler.parsers.raw_page import RawPage
from indexer.records.source import Source
from radar.cli import COMMANDS, radar
from radar.configuration.models import RadarFile
from radar.configuration.settings import load_settings
from radar.exit_codes import ExitCode
from tests.e2e.world import ROOT
from tests.page_reader import packaged_reader

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
CONFIGURATION = PAGES["configuration.md"]
COMMAND_PAGE = PAGES["commands.md"]
COMMON = {"config", "home", "as_json", "help"}
FENCED = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def commands() -> dict[str, click.Command]:
    context = click.Context(radar)
    found = {name: radar.get_command(context, name) for name in COMMANDS}
    assert all(found.values())
    return {name: command for name, command in found.items() if command is not None}


def inner(command: click.Command) -> list[click.Command]:
    """The commands of a group, also those that it imports only when they are called."""
    if not isinstance(command, click.Group):
        return []
    context = click.Context(command)
    found = (command.get_command(context, name) for name in command.list_commands(context))
    return [one for one in found if one is not None]


def test_every_command_is_named() -> None:
    documented = set(re.findall(r"^\| `radar (\w+)", COMMAND_PAGE, re.MULTILINE))
    assert documented == set(COMMANDS)


def test_every_option_that_is_named_exists() -> None:
    lines = [line for text in (README, *PAGES.values()) for line in text.splitlines()]
    for line in lines:
        for name in re.findall(r"radar (\w+)", line):
            if name not in COMMANDS or line.count("radar ") != 1:
                continue
            command = commands()[name]
            known = {o for c in (command, *inner(command)) for p in c.params for o in p.opts}
            for option in re.findall(r"--[a-z]+", line.split(f"radar {name}")[1]):
                assert option in known, f"radar {name} {option}"


def test_every_option_of_run_is_named() -> None:
    row = next(line for line in COMMAND_PAGE.splitlines() if line.startswith("| `radar run"))
    for parameter in commands()["run"].params:
        if isinstance(parameter, click.Option) and parameter.name not in COMMON:
            assert parameter.opts[0] in row


@pytest.mark.parametrize("code", [int(c) for c in ExitCode])
def test_exit_codes_are_told(code: int) -> None:
    section = COMMAND_PAGE.split("Exit codes:")[1].split("## ")[0]
    assert re.search(rf"\b{code}\b", section)


def test_every_key_is_documented() -> None:
    for key in RadarFile.keys() | Source.keys():
        assert re.search(rf"\b{key}\b", CONFIGURATION), key
    for key in ("contact", "delay", "max_pages", "allow_networks", "from"):
        assert re.search(rf"\b{key}\b", CONFIGURATION), key
    for variable in ("RADAR_CONFIG", "RADAR_HOME", "RADAR_DATABASE", "RADAR_STORE"):
        assert variable in CONFIGURATION


def test_every_key_in_the_table_of_sources_exists() -> None:
    table = CONFIGURATION.split("| key |", 1)[1].split("\n\n", 1)[0]
    keys = {k for row in table.splitlines()[2:] for k in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert keys <= Source.keys()
    assert len(keys) > 10


def _folder_of(entry: Mapping[str, object]) -> str:
    """Where an entry of an example stands, by a key that no other kind has."""
    return "watches" if "query" in entry else "topics" if "terms" in entry else "sources"


@pytest.mark.parametrize(
    "examples",
    [README, CONFIGURATION + PAGES["watches.md"]],
    ids=["README", "configuration and watches"],
)
def test_the_examples_are_a_configuration(tmp_path: Path, examples: str) -> None:
    for number, (kind, text) in enumerate(FENCED.findall(examples)):
        if kind != "yaml":
            continue
        content = yaml.safe_load(text)
        if isinstance(content, dict):
            path = tmp_path / "radar.yaml"
        else:
            path = tmp_path / _folder_of(content[0]) / f"{number}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    secrets = dict.fromkeys(re.findall(r"\$\{(\w+)\}", examples), "made-up")
    settings = load_settings(tmp_path, secrets, home=tmp_path)
    assert [s.id for s in settings.sources] == ["geo-survey"]
    assert settings.watches[0].id == "lithium-events"
    assert ("tin-policy" in settings.topics) == ("tin-policy" in examples)


def test_the_page_at_the_beginning_reads_as_shown() -> None:
    said = " ".join(line.removeprefix("> ") for line in README.splitlines() if line[:2] == "> ")
    page = packaged_reader().read(RawPage(text=said, lang="en", published="2026-04-02"))
    [shown] = [json.loads(text) for kind, text in FENCED.findall(README) if kind == "json"]
    [event] = page.to_json()["events"]
    place, [person] = shown.pop("place"), shown.pop("persons")
    assert shown == {key: event[key] for key in shown}
    assert place == {key: event["place"][key] for key in place}
    assert [person] == [{key: one[key] for key in person} for one in event["persons"]]


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "config/README.md", *(f"docs/{n}" for n in PAGES)]
)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", *(f"docs/{n}" for n in PAGES)])
def test_links_to_sections_lead_to_headings(name: str) -> None:
    page = ROOT / name
    for target, section in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
        text = (page.parent / target if target else page).read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        assert section in map(anchor, headings), f"{target}#{section}"


def anchor(heading: str) -> str:
    """What GitHub calls the section of a heading in a link."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_make_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for text in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        for target in set(re.findall(r"`?make ([a-z]+)`?(?:\s+#|`|,)", text)):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
