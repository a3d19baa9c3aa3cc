import re

import pytest

from crawler.parsers.events.grammar.any_case import evened

LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéñабвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіўҳӣӯҷ"
EVERY = "".join(chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000)


@pytest.mark.parametrize("letter", LETTERS)
def test_what_an_expression_takes_for_the_same_is_the_same(letter: str) -> None:
    taken = re.findall(letter, EVERY, re.IGNORECASE)
    assert {evened(each) for each in taken} == {evened(letter)}
