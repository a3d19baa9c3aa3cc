"""What is kept of a site's profile, and what has its pages read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from indexer.documents.queries import outdated_documents
from indexer.erasure.removal import remove, targets_of_page, targets_of_source
from indexer.profiles.profile_records import (
    KEPT,
    NONE_AGREE,
    ProfileRecord,
    SiteKey,
    empty_profiles,
    extract_again,
    find_profile,
    iter_profiles,
    save_profile,
)
from tests.unit.indexer.conftest import NIGHT
from tests.unit.indexer.record import HOME, Record

KEY = SiteKey("partner", "partner.example")
LEARNT = ProfileRecord(*KEY, 1, "abc", {"lines": ["4f"]}, 12, NIGHT)


def test_a_profile_is_kept_as_it_was_learnt(record: Record) -> None:
    other = replace(LEARNT, source="other", content=None, version=None, digest=None, reason="slow")
    for profile in (LEARNT, other):
        save_profile(record.connection, profile)
    assert find_profile(record.connection, KEY) == LEARNT
    assert list(iter_profiles(record.connection)) == [other, LEARNT]
    assert list(iter_profiles(record.connection, "partner")) == [LEARNT]
    later = replace(LEARNT, pages=24, redesigned=NIGHT + timedelta(days=3))
    save_profile(record.connection, later)
    assert list(iter_profiles(record.connection, "partner")) == [later]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.example/news/1", SiteKey("s", "a.example")),
        ("https://a.example:8443/", SiteKey("s", "a.example:8443")),
        ("http://a.example:80/", SiteKey("s", "a.example")),
        ("file:folder/page.html", None),
    ],
)
def test_a_profile_belongs_to_source_and_site(url: str, key: SiteKey | None) -> None:
    assert SiteKey.of("s", url) == key


def test_pages_that_agree_are_counted_and_the_last_are_kept_one_by_one() -> None:
    found = LEARNT.compared([(NIGHT, True)] * 3 + [(NIGHT, False)] + [(NIGHT, True)] * 2)
    assert (found.agreement, found.agreed, found.disagreed) == ("+++-++", 5, 1)
    assert found.doubted is None
    long = found.compared([(NIGHT, True)] * 50)
    assert (long.agreement, long.agreed) == ("+" * KEPT, 55)


def test_the_first_of_the_pages_that_no_longer_agree_is_noted() -> None:
    nights = [NIGHT + timedelta(days=n) for n in range(9)]
    found = LEARNT.compared([(nights[0], True), (nights[1], False), (nights[2], False)])
    assert found.doubted == nights[1]
    assert not found.has_stopped_agreeing
    assert found.compared([(nights[3], False)] * (NONE_AGREE - 2)).has_stopped_agreeing
    healed = found.compared([(nights[3], True), (nights[4], False)])
    assert healed.doubted == nights[4]
    assert not healed.has_stopped_agreeing


def again(record: Record) -> list[str]:
    """Documents that are to be extracted again."""
    found = outdated_documents(record.connection, record.extractor, "", 10)
    return sorted(document.url.removeprefix(HOME) for document in found)


def test_documents_of_the_site_are_extracted_again_and_once_only(record: Record) -> None:
    record.fetch("/old")
    record.read("One.")
    record.next_night()
    record.fetch("/new")
    record.read("Two.")
    assert extract_again(record.connection, SiteKey("partner", "elsewhere.example"), None) == 0
    assert again(record) == []
    assert extract_again(record.connection, KEY, record.now) == 1
    assert again(record) == ["/new"]
    assert extract_again(record.connection, KEY, None) == 2
    assert again(record) == ["/new", "/old"]


def test_a_forgotten_page_takes_with_it_what_was_learnt_from_it(record: Record) -> None:
    other = replace(LEARNT, site="else.example")
    for profile in (LEARNT, other):
        save_profile(record.connection, profile)
    record.fetch("/page")
    record.read("One.")
    remove(record.connection, targets_of_page(record.connection, [f"{HOME}/page"]))
    assert list(iter_profiles(record.connection)) == [
        other,
        replace(LEARNT, content=None, pages=0),
    ]
    assert empty_profiles(record.connection, [f"{HOME}/again"]) == 0


def test_a_forgotten_source_leaves_no_profile(record: Record) -> None:
    save_profile(record.connection, LEARNT)
    save_profile(record.connection, replace(LEARNT, source="other"))
    remove(record.connection, targets_of_source(record.connection, "partner"))
    assert [profile.source for profile in iter_profiles(record.connection)] == ["other"]
