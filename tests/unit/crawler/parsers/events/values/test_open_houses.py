"""What may be a house by where it stands, though nothing else says so."""

from __future__ import annotations

import pytest

from crawler.parsers.events.values.open_houses import open_houses
from tests.event_texts import annotate


def _read(text: str, lang: str) -> dict[str, set[str]]:
    page = annotate(text, lang, "2031-03-01")
    found: dict[str, set[str]] = {}
    for sentence in page.sentences:
        for start, end, measures in open_houses(page, sentence):
            kinds = {name for name in measures if name.startswith("from.")}
            found.setdefault(page.cut(sentence.part, start, end), set()).update(kinds)
    return found


@pytest.mark.parametrize(
    ("lang", "text", "house", "kind"),
    [
        ("de", "Erzforum, Jena, Alte Weberei, 5. Mai 2031.", "Alte Weberei", "from.piece"),
        ("de", "5. Mai 2031: Forum, Salzhof in Jena.", "Forum", "from.piece"),
        ("de", "Das Erzforum fand in der Kupfertruhe statt.", "Kupfertruhe", "from.behind"),
        ("de", "Getagt wird im Haus am Erzsee.", "Haus am Erzsee", "from.behind"),
        ("de", "Ort war das Schloss Silberstein.", "Schloss Silberstein", "from.head"),
        ("en", "The forum was held at the Old Smeltery in Wells.", "Old Smeltery", "from.behind"),
        ("en", "It met in the municipal auditorium.", "municipal auditorium", "from.behind"),
        ("en", "Forum, London, Tin Yard, 5 May 2031.", "Tin Yard", "from.piece"),
        ("ru", "Форум пройдёт на стадионе «Горняк».", "стадионе «Горняк»", "from.behind"),
        ("ru", "Форум, Караганда, «Медный зал», 5 мая 2031 года.", "«Медный зал»", "from.piece"),
    ],
)
def test_what_may_be_a_house(lang: str, text: str, house: str, kind: str) -> None:
    assert kind in _read(text, lang).get(house, set())


def test_neither_towns_days_nor_persons_are_among_them() -> None:
    found = _read("Forum, Jena, 5. Mai 2031, Anna Weber, in Berlin.", "de")
    assert not {"Jena", "Berlin", "5. Mai 2031", "Anna Weber"} & found.keys()
