"""Makes the mean vector of the words of the field, by which general pages are known.

    python -m benchmarks.field_words [FILE.json]

The words are those of `search: acts:` and `words:` in the files of config/languages, of the
languages that the encoder knows; the same words give the same file. What it brings is scored by
`python -m benchmarks relevance`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indexer.meaning.encoder import Encoder, find_encoder
from indexer.meaning.general import FIELD_WORDS, field_words_json
from indexer.meaning.packing import REMEDY, Vector
from indexer.meaning.vectors import quantised, unit_rows
from indexer.records.reference import load_reference

LANGUAGES = ("de", "en", "ru")
KEYS = ("acts", "words")


def words_of_field(languages: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Each once, in order."""
    listed = (languages[lang]["search"][key] for lang in LANGUAGES for key in KEYS)
    return sorted({word for words in listed for several in words.values() for word in several})


def mean_of(words: list[str], encoder: Encoder) -> Vector:
    """The mean of their vectors."""
    return quantised(unit_rows(encoder.encode(words)).mean(axis=0, keepdims=True))[0]


def main() -> None:
    """Make the file."""
    encoder = find_encoder()
    if encoder is None:
        sys.exit(f"needs the extra `meaning`: {REMEDY}")
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FIELD_WORDS
    words = words_of_field(load_reference().languages)
    file.write_text(field_words_json(mean_of(words, encoder)), "utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
