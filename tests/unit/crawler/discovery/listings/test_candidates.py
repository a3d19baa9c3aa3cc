from __future__ import annotations

from collections.abc import Sequence

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings import candidates

AT = "https://www.example.org/aktuelles"


def gathered(html: str) -> dict[str, candidates.Candidate]:
    anchors = BeautifulSoup(html, "lxml").find_all("a")
    return candidates.gather_candidates(anchors, AT, AT, lambda _: True, {"mehr"})


def test_what_the_links_to_one_page_say_together() -> None:
    headline = "<h3><a href=/n/tin>Tin from the north</a></h3>"
    found = gathered(f"{headline}<a href=/n/tin>Read more about Tin from the north</a>")
    (tin,) = found.values()
    assert (tin.text, len(tin.anchors)) == ("Tin from the north", 2)
    assert tin.is_strong()


def test_a_teaser_that_is_cut_off_is_no_headline_behind_one() -> None:
    """Odoo links the headline and the beginning of the text, each by itself."""
    headline = "<a class=h4 href=/n/tin>Tin from the north is back</a>"
    begins = "The first trains with ore since the floods of the spring have reached the smelters in"
    teaser = f"<a href=/n/tin><div>{begins} the harbour of Leeds {{}}</div></a>"
    for end in ("…", "...", "[…]"):
        (tin,) = gathered(headline + teaser.format(end)).values()
        assert tin.text == "Tin from the north is back"
    (tin,) = gathered(headline + teaser.format("again")).values()
    assert tin.text.startswith(begins)
    (tin,) = gathered(f"<a href=/n/tin>4 May 2031</a>{teaser.format('…')}").values()
    assert tin.text.startswith(begins)


def test_labels_of_menus_and_what_links_to_several_pages_say_name_none() -> None:
    more = "".join(f"<a href=/{n}>Read on</a>" for n in "abc")
    found = gathered(f"<a href=/n>Mehr</a>{more}<a href={AT}>Tin from the north</a>")
    assert [c.text for c in found.values()] == ["", "", "", ""]
    assert [len(c.shared) for c in found.values()] == [0, 1, 1, 1]


def test_what_is_left_out_says_nothing() -> None:
    (tin,) = gathered("<a href=/n/tin>Tin from the north</a><a href=/n/tin>Tin</a>").values()
    tin.keep(tin.anchors[1:], ())
    assert tin.text == "Tin"


def test_many_links_to_one_page_cost_no_more_than_their_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = 0
    told = candidates._may_be_headline

    def count(text: str, all_texts: Sequence[str]) -> bool:
        nonlocal compared
        compared += len(all_texts)
        return told(text, all_texts)

    monkeypatch.setattr(candidates, "_may_be_headline", count)
    work = []
    for number in (500, 1_000):
        links = "".join(f'<h3><a href="/news/tin">No. {n}</a></h3>' for n in range(number))
        html = f"<body><main>{links}<a href='/news/tin'>Tin from the north</a></main></body>"
        compared = 0
        anchors = BeautifulSoup(html, "lxml").find_all("a")
        found = candidates.gather_candidates(anchors, AT, AT, lambda _: True, ())
        work.append(compared)
        assert [*found] == ["https://www.example.org/news/tin"]
    assert work[1] <= 2 * work[0]
