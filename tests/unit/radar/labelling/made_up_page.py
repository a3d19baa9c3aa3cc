"""A made-up page as the program might read it."""

from __future__ import annotations

from indexer.records.document import (
    Event,
    Mention,
    Page,
    Part,
    Participants,
    Person,
    Place,
)

TITLE = "Rohstofftag in Jena"
TEXT = """Der zweite Rohstofftag des Verbands der Erzkunde findet am 4. und 5. Mai 2031 in Jena \
statt. Anna Weber, Geschäftsführerin der Erzkunde AG, eröffnet ihn 😀 mit zwölf \
Gästen aus Kasachstan und dem Land.

Die Kammer für Bergbau schickt eine Abordnung. Anna Weber leitet auch die Kammer für Handel."""


def mention(field: str, words: str, value: str | None = None, part: Part = "text") -> Mention:
    start = (TEXT if part == "text" else TITLE).index(words)
    return Mention(field, part, start, start + len(words), words, value or words, 0.9, "rule")


PAGE = Page(
    url="https://erzkunde.example/1",
    lang="de",
    title=TITLE,
    text=TEXT,
    published="2031-04-01",
    events=(
        Event(
            name="zweite Rohstofftag",
            role="upcoming",
            start="2031-05-04",
            end="2031-05-05",
            place=Place(city="Jena", country="DE"),
            organisers=("Verbands der Erzkunde",),
            persons=(Person("Anna Weber", "Geschäftsführerin", "Erzkunde AG"),),
            participants=Participants(count=12, countries=("DE", "KZ")),
        ),
    ),
    mentions=(
        mention("places", "Jena", "Jena", "title"),
        mention("organisations", "Verbands der Erzkunde"),
        mention("organisations", "Kammer für Bergbau"),
        mention("persons", "Anna Weber"),
        mention("events[0].name", "zweite Rohstofftag"),
        mention("events[0].organisers", "Verbands der Erzkunde"),
        mention("events[0].start", "4. und 5. Mai 2031", "2031-05-04"),
        mention("events[0].place.city", "Jena"),
        mention("events[0].participants.count", "zwölf", "12"),
        mention("events[0].participants.countries", "Kasachstan", "KZ"),
        mention("events[0].participants.countries", "Land", "DE"),
        mention("events[0].persons[0].name", "Anna Weber"),
        mention("events[0].persons[0].organisation", "Erzkunde AG"),
    ),
)
