import pytest

from crawler.parsers.events.grammar.head_index import HeadIndex
from tests.event_texts import event_vocabulary


@pytest.mark.parametrize("word", ["Rohstoffpreise", "Landkreise", "Ermessen"])
def test_lookalikes_are_no_heads(word: str) -> None:
    assert HeadIndex(event_vocabulary("de")).kind_of(word) is None


@pytest.mark.parametrize(
    ("lang", "word", "kind"),
    [
        ("de", "Rohstoffkonferenz", "gathering"),
        ("de", "konferenz", None),
        ("de", "Online-Konferenz", "gathering"),
        ("de", "Gespräche", "weak"),
        ("de", "Delegationsreise", "trip"),
        ("en", "conference", "gathering"),
        ("en", "mini-conference", "gathering"),
        ("en", "visit", "trip"),
        ("en", "mining", None),
        ("ru", "конференции", "gathering"),
        ("ru", "визитом", "trip"),
        ("ru", "руда", None),
    ],
)
def test_heads(lang: str, word: str, kind: str | None) -> None:
    assert HeadIndex(event_vocabulary(lang)).kind_of(word) == kind
