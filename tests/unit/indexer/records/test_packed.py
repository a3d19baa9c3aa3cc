from __future__ import annotations

import pytest

from indexer.records.config_files import compose_yaml, construct_plain, read_text
from indexer.records.packed import PackedMapping, pack, unpack
from indexer.records.reference import load_reference, packaged_config

CONTENT = {"name": "Deutsch", "cues": {"из": ["a", "b\ud83d"]}, "none": {}}


def test_what_is_packed_is_unpacked_as_it_was() -> None:
    assert unpack(pack(CONTENT)) == CONTENT


def test_a_packed_mapping_is_like_the_one_it_is_made_of() -> None:
    packed = PackedMapping(CONTENT)
    assert packed == CONTENT
    assert list(packed) == list(CONTENT)
    assert packed["cues"] is packed["cues"]
    assert packed.get("missing", 1) == 1
    with pytest.raises(KeyError):
        packed["missing"]


@pytest.mark.parametrize("lang", ["de", "fr"])
def test_words_of_a_language_are_those_of_its_file(lang: str) -> None:
    node = compose_yaml(read_text(packaged_config() / "languages" / f"{lang}.yaml"))
    assert node is not None
    assert load_reference().languages[lang] == construct_plain(node)
