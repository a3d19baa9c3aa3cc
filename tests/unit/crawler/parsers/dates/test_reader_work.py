"""Work on hostile texts grows with their length, counted in tokens and grammar steps."""

from collections.abc import Iterator

import pytest

from crawler.parsers.dates import DateReader, grammar
from crawler.parsers.dates.lexer import Lexer
from crawler.parsers.dates.lexicon import build_lexicon
from indexer.records.reference import load_reference

LANGUAGES = load_reference().languages
HOSTILE = [
    "1-",
    "8. ",
    "8. Juni ",
    "1., ",
    "2015/",
    "2015 ",
    "Mai ",
    "bis ",
    "vom 3. bis ",
    "Anfang der ",
    "+49 ",
]


class Counter:
    def __init__(self) -> None:
        self.calls = 0
        self.looked_at = 0

    def candidates(self, types: str, position: int) -> Iterator[tuple[str, int, int]]:
        self.calls += 1
        for rule, start, end in self._original(types, position):
            self.looked_at += end - start
            yield rule, start, end

    _original = staticmethod(grammar.candidates)


@pytest.mark.parametrize("unit", HOSTILE)
def test_grammar_work_is_linear(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dates = DateReader({"de": LANGUAGES["de"]})
    work = []
    for times in (500, 1000):
        counter = Counter()
        monkeypatch.setattr(grammar, "candidates", counter.candidates)
        dates.find(unit * times, "de", "2015-06-09")
        work.append(counter.calls + counter.looked_at)
    assert work[1] <= 2.1 * work[0] + 100


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_match_is_longer_than_the_cap(unit: str) -> None:
    lexer = Lexer(build_lexicon("de", LANGUAGES["de"]["dates"]))
    types = "".join(token.type for token in lexer.scan(unit * 2000))
    assert len(types) <= 3 * 2000 + 1
    position = 0
    while position < len(types):
        step = next(iter(grammar.candidates(types, position)), None)
        if step is None:
            break
        assert step[2] - step[1] <= 120
        position = step[1] + 1


def test_long_run_ends() -> None:
    dates = DateReader(LANGUAGES)
    assert dates.find("1-" * 50_000, None, "2015-06-09") == ()
