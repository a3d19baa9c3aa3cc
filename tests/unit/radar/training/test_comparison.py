from __future__ import annotations

from indexer.records.document import Event, Mention, Page, Participants, Person
from indexer.records.labels import LabelledEvent, Labels, Mark
from radar.training.comparison import Count, _counted

TEXT = "Das Erzforum der Erzkammer und die Messe. Anna Weber von der Erz AG kam zum Erzforum."


def mark(kind: str, words: str, event: int | None, note: str | None = None) -> Mark:
    start = TEXT.index(words)
    return Mark(kind, start, start + len(words), event, note)  # type: ignore[arg-type]


RECORD = (
    Labels("0a", TEXT, events=(LabelledEvent("Erzforum"), LabelledEvent("Messe")))
    .with_marks(
        [
            mark("event", "Erzforum", 0),
            mark("event", "Messe", 1),
            mark("organiser", "Erzkammer", 0),
            mark("person", "Anna Weber", 0),
            mark("employer", "Erz AG", None, "Anna Weber"),
        ]
    )
    .to_record()
)


def named(index: int, words: str, start: int) -> Mention:
    return Mention(f"events[{index}].name", "text", start, start + len(words), words, words)


def counted(page: Page) -> dict[str, Count]:
    return dict(_counted(page, RECORD))


def test_what_is_right_read_and_labelled_is_counted() -> None:
    event = Event(
        "Erzforum",
        organisers=("Erzkammer", "Falsche GmbH"),
        participants=Participants(organisations=("Erz AG", "Falsche GmbH")),
        persons=(Person("Anna Weber", organisation="Erz AG"),),
    )
    page = Page(None, text=TEXT, events=(event,), mentions=(named(0, "Erzforum", 4),))
    assert counted(page) == {
        "events": Count(1, 1, 2),
        "organisers": Count(1, 2, 1),
        "participants": Count(0, 1, 0),
        "persons": Count(1, 1, 1),
        "employers": Count(1, 1, 1),
    }


def test_an_employer_that_may_be_given_or_not_does_not_count() -> None:
    person = RECORD["events"][0]["persons"][0] | {
        "organisation": None,
        "organisation_alt": ["Erz AG"],
    }
    record = RECORD | {"events": [RECORD["events"][0] | {"persons": [person]}]}
    read = Event("Erzforum", persons=(Person("Anna Weber", organisation="Erz AG"),))
    assert dict(_counted(Page(None, text=TEXT, events=(read,)), record))["employers"] == Count()


def test_one_event_read_twice_is_right_once() -> None:
    page = Page(
        None,
        text=TEXT,
        events=(Event("Erzforum"), Event("Erzforum")),
        mentions=(named(0, "Erzforum", 4), named(1, "Erzforum", 4)),
    )
    assert counted(page)["events"] == Count(1, 2, 2)


def test_nothing_read_has_no_precision() -> None:
    number = counted(Page(None, text=TEXT))["events"]
    assert (number.precision, number.recall, number.f1) == (None, 0.0, 0.0)
    assert Count().f1 is None
