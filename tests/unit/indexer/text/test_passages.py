from indexer.records.document import Page
from indexer.text.passages import fingerprint, passage_texts, passages


def test_title_teaser_and_paragraphs_are_passages_with_their_spans() -> None:
    page = Page(
        None, title="Titel", teaser="Vorspann", text="Erster.\nNoch erster.\n\n***\n\nZweiter."
    )
    found = passages(page)
    assert [(p.part, p.text) for p in found] == [
        ("title", "Titel"),
        ("teaser", "Vorspann"),
        ("text", "Erster.\nNoch erster."),
        ("text", "Zweiter."),
    ]
    for passage in found:
        assert page.part(passage.part)[passage.start : passage.end] == passage.text


def test_a_page_without_anything_has_no_passages() -> None:
    assert passages(Page(None)) == []
    assert passages(Page(None, title=" ", text="\n\n \n")) == []


def test_a_fingerprint_forgets_case_accents_and_punctuation_only() -> None:
    assert fingerprint("Die Förderung – neu!") == fingerprint("die FORDERUNG, neu")
    assert fingerprint("Die Förderung") != fingerprint("Die Förderungen")
    assert len(fingerprint("x")) == 16


def test_blank_lines_may_hold_blanks_and_carriage_returns() -> None:
    page = Page(None, text="eins\n \t\nzwei\r\n\r\ndrei")
    assert [p.text.strip() for p in passages(page)] == ["eins", "zwei", "drei"]


def test_texts_of_passages_are_those_with_fingerprints() -> None:
    page = Page("x", title="Titel", teaser="—", text="Ein Absatz.\n\n***\n\nʻ ʻ\n\nNoch einer.")
    with_fingerprints = [(p.part, p.start, p.end, p.text) for p in passages(page)]
    assert list(passage_texts(page)) == with_fingerprints
