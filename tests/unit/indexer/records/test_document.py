from __future__ import annotations

from indexer.records.document import Event, Mention, Page, Person


def test_further_persons_are_those_whom_neither_authors_nor_events_name() -> None:
    """An author of whom the text tells was shown as an author, and below as a person again."""
    names = ("Ida Holm", "Jon Beck", "Anna Berg", "Сарсенов", "Jon Beck")
    speakers = Person("Berg", name_norm="Anna Berg"), Person("Сарсенов", name_norm="А. Сарсенов")
    page = Page(
        url=None,
        authors=("Ida Holm",),
        events=(Event("Zinntag", "main", persons=speakers),),
        mentions=tuple(Mention("persons", "text", 0, 8, name, name) for name in names),
    )
    assert page.further_persons == ("Jon Beck",)
