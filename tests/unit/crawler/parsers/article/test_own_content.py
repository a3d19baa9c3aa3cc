from __future__ import annotations

import dataclasses
import re

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.profiles.learning import learn
from indexer.records.reference import load_reference
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, page, paragraphs, published, site


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return PageReader(load_reference())


@pytest.fixture(scope="module")
def profile() -> SiteProfile:
    learnt = learn(site(12))
    assert learnt is not None
    return learnt


def test_what_recurs_is_no_text(reader: PageReader, profile: SiteProfile) -> None:
    raw = page(40).raw
    read = reader.read(dataclasses.replace(raw, profile=profile))
    assert read.text == "\n\n".join(paragraphs(40))
    assert "vertritt seit vielen Jahren" in reader.read(raw).text


def test_a_page_of_nothing_but_what_recurs_is_read_as_it_is(
    reader: PageReader, profile: SiteProfile
) -> None:
    sentence = (
        "Der Verband Erz vertritt seit vielen Jahren die Interessen seiner Mitglieder in allen "
        "Fragen der Versorgung mit Rohstoffen."
    )
    html = f'<html><body><div class="mitte"><p>{sentence}</p></div></body></html>'
    raw = RawPage(html=html, url="https://erz.example.org/about", profile=profile)
    assert sentence in reader.read(raw).text


def test_contacts_of_the_frame_stay(reader: PageReader) -> None:
    box = (
        '<div class="kontakt"><h4>Kontakt</h4><p>Erika Muster<br>Tel. +49 30 1234567<br>'
        "muster@example.org</p></div>"
    )
    pages = [
        dataclasses.replace(
            p,
            raw=dataclasses.replace(
                p.raw, body=(p.raw.body or b"").replace(b"</body>", f"{box}</body>".encode())
            ),
        )
        for p in site(6)
    ]
    raw = dataclasses.replace(pages[0].raw, profile=learn(pages))
    assert raw.profile is not None
    assert "muster@example.org" in reader.read(raw).part("contact")


def test_the_profile_of_another_site_changes_nothing(
    reader: PageReader, profile: SiteProfile
) -> None:
    html = "<article><h1>Copper found</h1><p>" + "The survey found copper. " * 30 + "</p></article>"
    raw = RawPage(html=html, url="https://other.example.org/1")
    assert reader.read(dataclasses.replace(raw, profile=profile)) == reader.read(raw)


def test_a_date_known_by_its_place_alone_is_marked_as_inferred(reader: PageReader) -> None:
    raw = page(40).raw
    known = dataclasses.replace(raw, profile=learn(site(12, known_days=True)))
    read = reader.read(known)
    assert read.published == published(40).isoformat()
    (mention,) = [m for m in read.mentions if m.field == "published"]
    assert mention.extractor == "profile-date"
    assert mention.inferred
    assert read.part("byline")[mention.start : mention.end] == f"{published(40):%d.%m.%Y}"


def test_a_clock_is_no_date(reader: PageReader) -> None:
    html = (page(40).raw.body or b"").decode()
    undated = re.sub(r'<div class="(?:info|daten)">.*?</div>', "", html)
    raw = RawPage(html=undated, url="https://erz.example.org/news/40")
    learnt = learn(site(12, known_days=True))
    assert reader.read(dataclasses.replace(raw, profile=learnt)).published is None
    assert reader.read(raw).published == FIRST_NIGHT.isoformat()
