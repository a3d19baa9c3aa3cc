from pathlib import Path

import pytest

from indexer.records.config_files import compose_yaml, construct_plain
from indexer.records.errors import ConfigError
from indexer.records.language_files import mistakes_in
from indexer.records.reference import load_reference, packaged_config

PACKAGED = sorted((packaged_config() / "languages").glob("*.yaml"))


def content_of(path: Path) -> object:
    node = compose_yaml(path.read_text(encoding="utf-8"))
    assert node is not None
    return construct_plain(node)


@pytest.mark.parametrize("path", PACKAGED, ids=lambda p: p.name)
def test_the_packaged_files_have_no_mistakes(path: Path) -> None:
    content = content_of(path)
    assert list(mistakes_in(content, content)) == []
    assert list(mistakes_in(content, content_of(packaged_config() / "languages/en.yaml"))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "1: must be a mapping"),
        ("a", "1: must be a mapping"),
        ("cues: 5", "1: cues: must be a mapping"),
        ("cues:\n  titles:\n  - a\n  - [b]", "4: cues.titles.2: must be a word or text"),
        ("cues: {titles: {a: b}}", "1: cues.titles: must be a list"),
        ("language: [en]", "1: language: must be a word or text"),
        (
            "cues:\n  ambiguous:\n    lead: {unless_before: '('}",
            "3: cues.ambiguous.lead.unless_before: is not a regular expression: missing )",
        ),
        (
            "cues:\n  ambiguous:\n    lead:\n      but_near: '(\\w+-?)+!'",
            "4: cues.ambiguous.lead.but_near: repeats a group too often",
        ),
        ("cues: {ambiguous: {lead: {unless_text: '(a|b){2,}'}}}", "repeats a group too often"),
        ("cues: {ambiguous: {lead: {unless_text: '(a|aa){1,90}!'}}}", "repeats a group too often"),
        ("transcription: [a]", "1: transcription: must be a mapping"),
        ("transcription:\n  a: а\n  ^: б", "3: transcription.^: must be said of a letter"),
        ("transcription:\n  a:\n", "2: transcription.a: must be letters of the other script"),
        ("transcription: {a: [б]}", "transcription.a: must be letters of the other script"),
        ("cues: {title_patterns: [Dr, '(']}", "cues.title_patterns.2: is not a regular expression"),
    ],
)
def test_a_mistake_in_an_own_file_is_told_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "languages" / "en.yaml"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(ConfigError) as raised:
        load_reference(tmp_path)
    (problem,) = raised.value.problems
    assert problem.startswith(f"{path}:")
    assert said in problem


@pytest.mark.parametrize("pattern", ["(?:a|b){1,10}", r"\)+", "[)]+x", r"[\])]*", "(?i:a)?b+"])
def test_what_is_no_endless_group(tmp_path: Path, pattern: str) -> None:
    content = {"cues": {"ambiguous": {"lead": {"unless_near": pattern}}}}
    assert list(mistakes_in(content, {})) == []
