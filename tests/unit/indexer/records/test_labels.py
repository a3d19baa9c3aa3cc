from __future__ import annotations

import json
from dataclasses import replace

import pytest

from indexer.records.labels import LabelledEvent, Labels, Mark, find_mentions

TEXT = "Das Erzforum der Kammer: Anna Weber (Erz AG) sprach. Weber ging zum Erzforum."


def mark(kind: str, words: str, event: int | None = None, note: str | None = None) -> Mark:
    start = TEXT.index(words)
    return Mark(kind, start, start + len(words), event, note)  # type: ignore[arg-type]


def labels() -> Labels:
    event = LabelledEvent("Erzforum", city="Jena", countries=(("KZ", "Kasachstan"),), count=3)
    last = TEXT.rindex("Erzforum")
    return Labels("0a", TEXT, lang="de", events=(event,), labeller="ann").with_marks(
        [
            Mark("event", last, last + 8, 0, read=True),
            mark("organiser", "Kammer", 0),
            mark("person", "Anna Weber", 0, "Leiterin"),
            mark("employer", "Erz AG", None, "Anna Weber"),
        ]
    )


def test_labels_come_back_as_they_were_written() -> None:
    written = json.loads(json.dumps(labels().to_record()))
    assert Labels.from_record(written) == labels()


def test_a_record_has_what_training_reads() -> None:
    record = labels().to_record()
    (event,) = record["events"]
    assert event["organisers"] == ["Kammer"]
    assert event["persons"] == [
        {"name": "Anna Weber", "role": "Leiterin", "organisation": "Erz AG"}
    ]
    assert event["participants"]["organisations_optional"] == ["Erz AG"]
    assert event["place"]["city"] == "Jena"
    assert event["participants"]["countries"] == [{"code": "KZ", "surface": "Kasachstan"}]
    assert record["_orgs"][0] == {
        "surface": "Kammer",
        "role": "organiser",
        "event": 0,
        "person": None,
        "start": TEXT.index("Kammer"),
    }


def test_a_mention_is_found_where_it_was_marked_not_where_its_words_stand_first() -> None:
    record = labels().to_record()
    ((span, _),) = find_mentions(record["text"], record["_events"])
    assert span[0] == TEXT.rindex("Erzforum")


def test_what_was_done_to_labels_shows_in_their_fingerprint() -> None:
    seen = labels().fingerprint
    assert replace(labels(), saved="2031-01-01T00:00:00Z", labeller="bob").fingerprint == seen
    assert replace(labels(), done=True).fingerprint != seen
    assert labels().with_marks(labels().marks[1:]).fingerprint != seen


@pytest.mark.parametrize(
    "wrong", [Mark("person", 3, 3), Mark("person", 0, 999), Mark("event", 0, 3, 1)]
)
def test_a_mark_of_nothing_is_refused(wrong: Mark) -> None:
    with pytest.raises(ValueError, match="a mark"):
        replace(labels(), marks=(wrong,))
