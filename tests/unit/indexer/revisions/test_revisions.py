"""What a page that was read means to the document that it is."""

from __future__ import annotations

from dataclasses import replace

from indexer.database import tables
from indexer.documents.backlog import align_with, mark_indexed
from indexer.documents.queries import documents_after, outdated_documents, revisions_after
from indexer.frontier.port import Link
from indexer.records.document import DocumentId, Page
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.revisions.revisions import Revisions
from indexer.text.passages import fingerprint
from tests.unit.indexer.record import HOME, Record, backlog


def test_a_page_is_new_once_and_then_unchanged(record: Record) -> None:
    record.fetch("/a")
    assert record.read("One.\n\nTwo.") == [Outcome.NEW]
    record.next_night()
    record.fetch("/a")
    assert record.read("One.\n\nTwo.") == [Outcome.UNCHANGED]
    assert record.count(tables.revision) == 1


def test_a_change_keeps_what_was_added(record: Record) -> None:
    record.fetch("/a")
    record.read("One.\n\nTwo.")
    record.next_night()
    record.fetch("/a")
    assert record.read("One.\n\nTwo.\n\nThree.") == [Outcome.CHANGED]
    first, second = record.revisions()
    assert first.added is None
    assert len(second.added) == 1


def test_case_accents_and_order_are_no_change(record: Record) -> None:
    record.fetch("/a")
    record.read("Über uns.\n\nTwo.")
    record.next_night()
    record.fetch("/a")
    assert record.read("two!\n\nuber uns") == [Outcome.UNCHANGED]


def test_a_passage_taken_away_is_a_change_that_starts_no_match(record: Record) -> None:
    record.fetch("/a")
    record.read("One.\n\nTwo.")
    record.next_night()
    record.fetch("/a")
    assert record.read("One.") == [Outcome.CHANGED]
    assert [r.seq for r in revisions_after(record.connection, 0)] == [1]


def test_two_addresses_of_one_canonical_are_counted_once(record: Record) -> None:
    record.fetch("/a")
    record.fetch("/b")
    assert record.read("Text.", "Text.", canonical="/a") == [Outcome.NEW, Outcome.DUPLICATE]
    assert record.outcomes() == {"duplicate": 1, "new": 1}


def test_a_known_page_that_redirects_has_moved_and_is_followed(record: Record) -> None:
    record.fetch("/a")
    record.read("Text.")
    record.next_night()
    record.fetch("/a", to="/b")
    assert record.read("Text.") == [Outcome.MOVED]
    record.next_night()
    assert record.due() == ["/b"]


def test_an_unknown_address_that_redirects_has_the_targets_outcome(record: Record) -> None:
    record.fetch("/go", to="/b")
    assert record.read("Text.") == [Outcome.NEW]
    assert [d.url for d in documents_after(record.connection, 0, 10)] == [f"{HOME}/b"]


def test_a_redirect_to_a_page_counted_already_is_a_duplicate(record: Record) -> None:
    record.fetch("/b")
    record.fetch("/a", to="/b")
    assert record.read("Text.", "Text.") == [Outcome.NEW, Outcome.DUPLICATE]


def test_consent_walls_and_soft_404_leave_the_document_as_it_was(record: Record) -> None:
    record.fetch("/a")
    record.read("Text.")
    record.next_night()
    record.fetch("/a")
    assert record.read(Page(url=None, kind="consent-wall", text="Cookies?")) == [
        Outcome.CONSENT_WALL
    ]
    record.next_night()
    record.fetch("/a")
    assert record.read(Page(url=None, kind="soft-404", text="Not found")) == [Outcome.SOFT_404]
    assert [d.read_page().text for d in documents_after(record.connection, 0, 10)] == ["Text."]


def test_a_known_page_of_which_nothing_is_left_stays_as_it_was(record: Record) -> None:
    record.fetch("/a")
    record.read("Text.")
    record.next_night()
    record.fetch("/a")
    assert record.read(Page(url=None, kind="not-an-article", text="")) == [Outcome.QUARANTINED]
    assert [d.read_page().text for d in documents_after(record.connection, 0, 10)] == ["Text."]
    record.next_night()
    record.fetch("/a")
    assert record.read("Text.") == [Outcome.UNCHANGED]
    assert record.count(tables.revision) == 1


def test_a_new_page_without_a_word_and_one_that_keeps_its_title_are_read(record: Record) -> None:
    record.fetch("/a")
    record.fetch("/b")
    assert record.read("", Page(url=None, title="B", text="Text.")) == [Outcome.NEW] * 2
    record.next_night()
    record.fetch("/a")
    record.fetch("/b")
    titled = Page(url=None, title="B", text="")
    assert record.read("", titled) == [Outcome.UNCHANGED, Outcome.CHANGED]


def test_a_paywalled_teaser_is_kept_under_its_own_outcome(record: Record) -> None:
    record.fetch("/a")
    assert record.read(Page(url=None, kind="paywalled", text="Teaser.")) == [Outcome.PAYWALLED]
    assert record.count(tables.revision) == 1


def test_a_page_that_cannot_be_read_is_quarantined_with_the_reason(record: Record) -> None:
    record.fetch("/a")
    error = ParseError("took longer than 20 s", reason="timed-out")
    assert record.read(error) == [Outcome.QUARANTINED]
    fetch = record.connection.execute(tables.fetch.select()).one()
    assert (fetch.state, fetch.reason) == ("quarantined", "timed-out: took longer than 20 s")


def test_reading_again_with_a_newer_extractor_adds_nothing_and_matches_nothing(
    record: Record,
) -> None:
    record.fetch("/a")
    record.read("Old reading.")
    [document] = outdated_documents(record.connection, 2, "", 10)
    newer = Revisions(record.connection, record.run.id, record.now, 2)
    assert newer.record_new_extraction(
        document, Page(url=f"{HOME}/a", text="Old reading.\n\nMore of it.")
    )
    record.connection.commit()
    assert outdated_documents(record.connection, 2, "", 10) == []
    assert [r.seq for r in revisions_after(record.connection, 1)] == []
    record.extractor = 2
    record.next_night()
    record.fetch("/a")
    assert record.read("Old reading.\n\nMore of it.") == [Outcome.UNCHANGED]


def test_a_newer_extractor_that_fails_leaves_the_document(record: Record) -> None:
    record.fetch("/a")
    record.read("Text.")
    [document] = outdated_documents(record.connection, 2, "", 10)
    newer = Revisions(record.connection, record.run.id, record.now, 2)
    assert not newer.record_new_extraction(document, ParseError("no", reason="crashed"))
    assert outdated_documents(record.connection, 2, "", 10) == []
    assert [d.read_page().text for d in documents_after(record.connection, 0, 10)] == ["Text."]


def test_the_backlog_is_what_the_store_does_not_have(record: Record) -> None:
    for path in ("/a", "/b"):
        record.fetch(path)
    record.read("A.", "B.")
    documents = backlog(record.connection, 10)
    assert [d.url for d in documents] == [f"{HOME}/a", f"{HOME}/b"]
    mark_indexed(record.connection, documents[:1])
    assert [d.url for d in backlog(record.connection, 10)] == [f"{HOME}/b"]
    assert align_with(record.connection, {}) == []
    assert len(backlog(record.connection, 10)) == 2


def test_what_the_store_really_holds_decides_what_is_backlog(record: Record) -> None:
    for path in ("/a", "/b", "/c"):
        record.fetch(path)
    record.read("A.", "B.", "C.")
    a, b, c = backlog(record.connection, 10)
    mark_indexed(record.connection, [a, b])
    held = {a.id: 1, c.id: 1, DocumentId("0" * 16): 1}
    assert align_with(record.connection, held) == ["0" * 16]
    assert [d.url for d in backlog(record.connection, 10)] == [f"{HOME}/b"]
    assert align_with(record.connection, {a.id: 2}) == [a.id]


def test_a_first_look_ends_when_the_source_has_been_crawled(record: Record) -> None:
    record.fetch("/a")
    record.read("A.")
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    record.fetch("/b")
    record.read("B.")
    assert [r.first_look for r in record.revisions()] == [True, False]


def test_a_source_that_was_not_reached_is_still_a_first_look(record: Record) -> None:
    record.fetch("/a")
    record.read("A.")
    record.run.record_source("partner", "unreachable", "no route", record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    record.fetch("/b")
    record.read("B.")
    assert [r.first_look for r in record.revisions()] == [True, True]


def test_an_alias_that_ends_badly_hides_no_change_of_the_document(record: Record) -> None:
    record.fetch("/a")
    record.fetch("/b")
    record.read("Text.", "Text.", canonical="/b")
    for text in ("Text.\n\nMore.", "Text.\n\nMore.\n\nYet more."):
        record.next_night()
        record.ended("/a", Outcome.DUPLICATE)
        record.fetch("/b")
        assert record.read(text) == [Outcome.CHANGED]


def test_a_page_that_could_not_be_read_is_asked_for_unconditionally_and_read_by_a_newer_extractor(
    record: Record,
) -> None:
    record.fetch("/a")
    record.read(ParseError("took too long", reason="timed-out"))
    assert record.known(f"{HOME}/a").etag is None
    record.next_night()
    assert record.read() == []
    record.extractor = 2
    assert record.read("Text.") == [Outcome.NEW]
    assert record.read() == []


def test_a_listing_that_turns_out_to_be_an_article_is_news_as_a_whole(record: Record) -> None:
    record.fetch("/a")
    record.read(Page(url=None, kind="listing", text="Lithium summit."))
    record.next_night()
    record.fetch("/a")
    assert record.read("Lithium summit.") == [Outcome.CHANGED]
    assert record.revisions()[-1].added is None


def test_an_article_that_looked_like_a_listing_for_a_night_is_no_news(record: Record) -> None:
    """What it had as an article before is known: an error of the site came in between."""
    for page in (
        "Lithium summit.",
        Page(url=None, kind="not-an-article", text="Error 17."),
        "Lithium summit.\n\nIn Perth.",
    ):
        record.fetch("/a")
        record.read(page)
        record.next_night()
    assert record.revisions()[-1].added == [fingerprint("In Perth.")]


def test_what_a_first_crawl_had_seen_is_no_news_when_it_is_fetched_later(record: Record) -> None:
    record.ledger.add("partner", Link(f"{HOME}/later"))
    record.fetch("/a")
    record.read("A.")
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    record.fetch("/later")
    record.fetch("/new")
    record.read("Later.", "New.")
    assert [r.first_look for r in record.revisions()] == [True, True, False]


def test_a_first_look_does_not_end_while_its_pages_wait_to_be_read(record: Record) -> None:
    record.fetch("/a")
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.read("A.")
    assert [r.first_look for r in record.revisions()] == [True]


def test_the_old_document_of_a_page_that_moved_says_so(record: Record) -> None:
    record.fetch("/a")
    record.read("Text.")
    record.next_night()
    record.fetch("/a", to="/b")
    record.read("Text.\n\nMore.")
    rows = record.connection.execute(tables.document.select().order_by(tables.document.c.url))
    assert [(r.url, r.last_outcome) for r in rows] == [
        (f"{HOME}/a", "moved"),
        (f"{HOME}/b", "new"),
    ]


def test_a_change_of_a_page_from_the_first_crawl_is_news(record: Record) -> None:
    record.fetch("/a")
    record.read("A.")
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    record.fetch("/a")
    record.read("A.\n\nMore.")
    assert [r.first_look for r in record.revisions()] == [True, False]


def test_what_comes_back_to_a_page_is_no_news(record: Record) -> None:
    record.fetch("/a")
    record.read("One.\n\nTwo.")
    for text, outcome, added in (
        ("The database is away.", Outcome.CHANGED, 1),
        ("One.\n\nTwo.", Outcome.CHANGED, 0),
        ("One.\n\nThree.", Outcome.CHANGED, 1),
        ("One.\n\nTwo.\n\nThree.\n\nFour.", Outcome.CHANGED, 1),
    ):
        record.next_night()
        record.fetch("/a")
        assert record.read(text) == [outcome]
        assert len(record.revisions()[-1].added) == added


def test_an_answer_that_was_cut_off_says_nothing_of_the_rest(record: Record) -> None:
    whole = Page(url=None, title="T", text="One of them.\n\nTwo of them.")
    record.fetch("/a")
    record.read(whole)
    record.next_night()
    record.fetch("/a", cut=True)
    half = replace(whole, text="One of them.\n\nTwo o", truncated=True)
    assert record.read(half) == [Outcome.TIMED_OUT]
    [document] = documents_after(record.connection, 0, 10)
    assert (document.read_page().text, document.fetch) == (whole.text, 1)
    record.next_night()
    assert record.due() == ["/a"]
    record.fetch("/a", cut=True)
    assert record.read(replace(half, text="None of them.")) == [Outcome.CHANGED]


def test_pages_that_state_one_canonical_address_are_not_one(record: Record) -> None:
    """The address of their list, as the first one read tells it."""
    for path in ("/1", "/2", "/3"):
        record.fetch(path)
    assert record.read("One.", "Two.", "Three.", canonical="/list") == [Outcome.NEW] * 3
    assert documents(record) == {"/list": "One.", "/2": "Two.", "/3": "Three."}
    record.next_night()
    record.fetch("/list")
    record.fetch("/1")
    listing = Page(url=None, kind="listing", text="One. Two. Three.")
    assert record.read(listing, "One.", canonical="/list") == [Outcome.CHANGED, Outcome.NEW]
    assert documents(record)["/1"] == "One."


def test_another_version_of_a_page_may_part_its_text_otherwise(record: Record) -> None:
    words = " ".join(f"word{number}" for number in range(100))
    record.fetch("/a")
    record.fetch("/a/mobile")
    outcomes = record.read(words, words.replace("word50 ", "word50\n\n"), canonical="/a")
    assert outcomes == [Outcome.NEW, Outcome.DUPLICATE]


def test_pages_that_were_taken_for_one_part_again(record: Record) -> None:
    for path in ("/1", "/2"):
        record.fetch(path)
    record.read("One.", "One.", canonical="/list")
    record.next_night()
    record.fetch("/2")
    assert record.read("Two.", canonical="/list") == [Outcome.NEW]
    assert documents(record) == {"/list": "One.", "/2": "Two."}


def test_a_page_of_a_canonical_address_of_its_own_is_edited_there(record: Record) -> None:
    record.fetch("/1")
    record.read("One.", canonical="/one")
    record.next_night()
    record.fetch("/1")
    with record.statements() as asked:
        assert record.read("Two.", canonical="/one") == [Outcome.CHANGED]
    assert documents(record) == {"/one": "Two."}
    plans = [
        row.detail
        for statement, values in asked
        if statement.startswith("SELECT address.url")
        for row in record.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    ]
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN address")] == []


def test_parts_of_a_list_go_by_its_address(record: Record) -> None:
    record.fetch("/list?page=1")
    record.fetch("/list?page=2")
    first, second = (Page(url=None, kind="listing", text=text) for text in ("One.", "Two."))
    outcomes = record.read(first, second, canonical="/list")
    assert outcomes == [Outcome.NEW, Outcome.DUPLICATE]


def documents(record: Record) -> dict[str, str]:
    """Path → text of the documents."""
    found = documents_after(record.connection, 0, 10)
    return {d.url.removeprefix(HOME): d.read_page().text for d in found}
