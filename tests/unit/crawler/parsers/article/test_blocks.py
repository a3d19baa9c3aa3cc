from __future__ import annotations

import pytest

from crawler.parsers.article.blocks import words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Das Erz, 2 Tonnen", ("das", "erz", "2", "tonnen")),
        ("Добыча меди", ("добыча", "меди")),
        ("工业部公布，锂 2026 年", ("工业", "部公", "布", "锂", "2026", "年")),
        ("リチウムの価格", ("リチ", "ウム", "の価", "格")),
        ("리튬 가격", ("리튬", "가격")),
        ("", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words
