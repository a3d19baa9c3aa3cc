from __future__ import annotations

from pathlib import Path
from zlib import crc32

import pytest

from crawler.parsers.entities.tagger.models import MODELS, clusters_file
from crawler.parsers.entities.tagger.word_clusters import WordClusters, write_clusters


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> WordClusters:
    file = tmp_path_factory.mktemp("clusters") / "de.clusters"
    write_clusters(file, {"Verband": 0b1011, "verband": 0b1, "norlit": 0x1FFFF, "Ö": 0})
    return WordClusters.read(file.read_bytes())


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Verband", 0b1011),
        ("verband", 0b1),
        ("VERBAND", 0b1),
        ("Norlit", 0xFFFF),
        ("Ö", 0),
        ("Verbandes", None),
        ("", None),
    ],
)
def test_the_place_of_a_word(words: WordClusters, word: str, place: int | None) -> None:
    assert words.place(word) == place


def test_bytes_are_the_same_on_every_machine(tmp_path: Path) -> None:
    file = tmp_path / "de.clusters"
    write_clusters(file, {"a": 0x0102})
    assert file.read_bytes() == crc32(b"a").to_bytes(4, "little") + b"\x02\x01"


def test_other_content_is_refused() -> None:
    with pytest.raises(ValueError, match="multiple of 6"):
        WordClusters.read(b"12345")


def test_no_words_are_no_mistake() -> None:
    assert WordClusters.read(b"").place("Verband") is None


def test_words_that_are_used_alike_stand_together_in_the_shipped_files() -> None:
    for language, firm, other, far in (
        ("de", "GmbH", "KG", "Donnerstag"),
        ("en", "Ltd", "AG", "Thursday"),
        ("ru", "министерство", "департамент", "четверг"),
    ):
        model = MODELS.with_name(f"{language}.crfsuite")
        words = WordClusters.read(clusters_file(model).read_bytes())
        places = [words.place(word) for word in (firm, other, far)]
        assert None not in places
        low = [int(place or 0) & 0x3FF for place in places]
        assert low[0] == low[1] != low[2]
