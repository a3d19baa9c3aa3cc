"""Scalars stay strings, every value knows its line."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from radar.configuration.yaml_lines import YamlFile, read_yaml


def _read(folder: Path, text: str | bytes) -> tuple[YamlFile, list[str]]:
    path = folder / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems: list[str] = []
    return read_yaml(path, problems), problems


@pytest.mark.parametrize(
    "scalar", ["NO", "12:30", "0123", "1e3", "yes", "2026-11-25", "0x1f", ".5", "1_000", "=", "on"]
)
def test_a_loose_scalar_stays_what_was_written(tmp_path: Path, scalar: str) -> None:
    file, problems = _read(tmp_path, f"key: {scalar}\n{scalar}: key\nlist: [{scalar}]\n")
    assert problems == []
    assert file.content == {"key": scalar, scalar: "key", "list": [scalar]}


@pytest.mark.parametrize("written", ["null", "~", "", "Null"])
def test_a_plain_null_is_no_value_and_a_quoted_one_is_a_word(tmp_path: Path, written: str) -> None:
    file, _ = _read(tmp_path, f'a: {written}\nb: "{written}"\n')
    assert file.content == {"a": None, "b": written}


def test_lines_are_those_of_the_keys(tmp_path: Path) -> None:
    file, _ = _read(tmp_path, "# head\n- id: a\n  feeds:\n    - url: b\n      enabled: no\n")
    assert file.line((0, "id")) == 2
    assert file.line((0, "feeds", 0, "enabled")) == 5
    assert file.line((0, "feeds", 0, "missing")) == 4
    assert file.written((0, "feeds", 0, "url")) == "b"
    assert file.written((0, "feeds", 7)) is None


def test_anchors_and_merge_keys_work(tmp_path: Path) -> None:
    file, problems = _read(
        tmp_path,
        "- &base {country: KZ, languages: [ru]}\n- {<<: *base, country: KG}\n"
        "- {<<: [{country: UZ}, *base], id: x}\n",
    )
    assert problems == []
    assert file.content == [
        {"country": "KZ", "languages": ["ru"]},
        {"country": "KG", "languages": ["ru"]},
        {"country": "UZ", "languages": ["ru"], "id": "x"},
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 'key "a" occurs twice (first in line 1)'),
        ("a: [1\nb: 2\n", 2, "mistaken YAML"),
        ("a: 1\n\tb: 2\n", 2, "mistaken YAML"),
        ("a:\n\tb: 2\n", 2, "indent by spaces, not tabs"),
        ("a: 1\nb: Tin: news\n", 2, "a text with a colon in it stands in quotes"),
        ("a: *\n", 1, "a text that begins with * or & stands in quotes"),
        ('a: "b c" AND d\n', 1, "and goes on behind them stands in others"),
        ("a: &x [*x]\n", 1, "an anchor that holds itself"),
        ("? [1, 2]\n: 3\n", 1, "a key must be a word"),
        ("a: 1\n---\nb: 2\n", 2, "mistaken YAML"),
        ("a: *nowhere\n", 1, "mistaken YAML"),
        ("<<: word\n", 1, "<< takes mappings only"),
        (b"a: 1\nb: \xff\n", 2, "is not UTF-8"),
        ("a: 1\nb: \x01\n", 2, "a character that YAML does not allow"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, said: str
) -> None:
    _, problems = _read(tmp_path, text)
    assert len(problems) == 1
    assert problems[0].startswith(f"{tmp_path / 'x.yaml'}:{line}: ")
    assert said in problems[0]


def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    problems: list[str] = []
    assert read_yaml(tmp_path / "none.yaml", problems).content is None
    assert "can't be read" in problems[0]


_words = st.text(st.characters(min_codepoint=32, max_codepoint=0x4FF, exclude_categories=["Cc"]))


@settings(max_examples=60)
@given(
    st.recursive(
        _words, lambda inner: st.lists(inner) | st.dictionaries(_words, inner), max_leaves=8
    )
)
def test_quoted_content_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, content: object
) -> None:
    text = yaml.dump(content, default_style='"', allow_unicode=True)
    file, problems = _read(tmp_path_factory.mktemp("yaml"), text)
    assert problems == []
    assert file.content == content
