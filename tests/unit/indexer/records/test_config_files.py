import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.records.config_files import (
    DEEPEST,
    LARGEST,
    MOST_REPEATED,
    FileMistake,
    compose_yaml,
    construct_plain,
    files_in,
    read_text,
)


def make_socket(path: Path) -> None:
    """The name of a socket stays when it is closed."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def test_a_byte_order_mark_is_left_out_and_a_link_followed(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    assert read_text(tmp_path / "link.yaml") == "a: 1\n"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, "can't be read: it is a folder, not a file"),
        (os.mkfifo, "can't be read: it is a named pipe, not a file"),
        (make_socket, "can't be read: it is a socket, not a file"),
        (lambda p: p.symlink_to("/dev/zero"), "can't be read: it is a device, not a file"),
        (lambda p: p.symlink_to("nowhere"), "it links to nowhere, which does not exist"),
        (lambda p: p.symlink_to(p.name), "can't be read: Too many levels of symbolic links"),
        (lambda p: p.symlink_to("/proc/self/mem"), "can't be read: Input/output error"),
        (lambda p: p.write_bytes(b"#" * (LARGEST + 1)), "is larger than 8 MB: split it"),
        (lambda p: p.write_bytes(b"a: b\0c"), "holds a character NUL"),
    ],
)
def test_what_is_no_text_is_refused_without_waiting(
    make: Callable[[Path], object], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "x"
    make(path)
    with pytest.raises(FileMistake, match=said):
        read_text(path)


def test_the_line_of_what_is_no_utf8(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a\nb\n\xff")
    with pytest.raises(FileMistake) as raised:
        read_text(tmp_path / "x")
    assert raised.value.line == 3


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def laughing(levels: int) -> str:
    lines = ["l0: &l0 [a, b]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (nested(DEEPEST + 1), 1, "lists and mappings inside each other"),
        (nested(900), 1, "lists and mappings inside each other"),
        (nested(100_000), 1, "exceeded maximum nesting depth"),
        (laughing(9), 5, "aliases (*) repeat more than"),
        (laughing(90), 5, "aliases (*) repeat more than"),
        ("a: &a [*a]", 1, "an anchor that holds itself"),
        ("a: &a {<<: *a}", 1, "an anchor that holds itself"),
        ("a: &a\n  b: &b [*a]\n", 1, "an anchor that holds itself"),
    ],
)
def test_what_grows_when_it_is_read_is_refused(text: str, line: int, said: str) -> None:
    with pytest.raises(FileMistake) as raised:
        compose_yaml(text)
    assert said in str(raised.value)
    assert raised.value.line == line


def test_sensible_depth_and_sharing_are_understood() -> None:
    node = compose_yaml(nested(DEEPEST))
    assert node is not None
    shared = compose_yaml(
        "a: &a {x: NO, y: 012}\nlist: [" + ", ".join(["*a"] * (MOST_REPEATED // 10)) + "]"
    )
    assert shared is not None
    content = construct_plain(shared)
    assert isinstance(content, dict)
    assert content["list"][-1] == {"x": "NO", "y": "012"}
    assert compose_yaml("# nothing") is None


def test_a_folder_that_is_none_is_a_problem(tmp_path: Path) -> None:
    problems: list[str] = []
    assert files_in(tmp_path / "none", problems) == []
    assert problems == []
    (tmp_path / "sources").write_text("x")
    assert files_in(tmp_path / "sources", problems) == []
    assert problems == [f"{tmp_path / 'sources'}: can't be read: Not a directory"]
