"""Which document a page is, by its address and by its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records.document import Kind, Page
from indexer.records.source import Source
from indexer.revisions.document_identity import address_of, is_same_text, resembles
from indexer.revisions.fingerprints import Fingerprints

HOME = "https://www.example.org"
FETCHED = f"{HOME}/news/17"


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        pytest.param(None, FETCHED, id="none stated"),
        pytest.param(f"{HOME}/zinn", f"{HOME}/zinn", id="another page of the source"),
        pytest.param("/zinn", f"{HOME}/zinn", id="relative"),
        pytest.param("https://elsewhere.example/zinn", FETCHED, id="not of the source"),
        pytest.param(f"{HOME}/", FETCHED, id="the home page is a mistake"),
        pytest.param("http://www.example.org/news/17", FETCHED, id="the fetched form stays"),
    ],
)
def test_the_address_that_a_page_goes_by(stated: str | None, address: str) -> None:
    source = Source("s", "S", HOME + "/", "DE", ("de",))
    assert address_of(Page(url=None, canonical=stated), FETCHED, source) == address
    assert address_of(Page(url=None, canonical=stated), FETCHED, None) == FETCHED


def test_whether_a_page_is_the_same_at_a_new_address() -> None:
    old = Fingerprints.of(Page(url=None, title="Hütte baut um", text="Eins.\n\nZwei.\n\nDrei."))

    def same(title: str, text: str, kind: Kind = "article") -> bool:
        return resembles(old, Fingerprints.of(Page(url=None, kind=kind, title=title, text=text)))

    assert same("Anders", "Eins.\n\nZwei.")
    assert same("Hütte baut um", "Ganz neu.")
    assert not same("Aktuelles", "Eins.\n\nSport.")
    assert not same("Hütte baut um", "x", "listing")


paragraphs = st.lists(
    st.sampled_from([f"Satz Nummer {n} über Zinn." for n in range(8)]), max_size=6, unique=True
)


@given(paragraphs, paragraphs)
def test_texts_alike_have_most_in_common(one: list[str], other: list[str]) -> None:
    first, second = (Fingerprints.of(Page("u", text="\n\n".join(text))) for text in (one, other))
    common = len(set(one) & set(other))
    assert is_same_text(first, second) is is_same_text(second, first)
    if is_same_text(first, second):
        assert common >= 2
        assert common >= 0.6 * min(len(one), len(other))
    elif one == other:
        assert len(one) < 2
