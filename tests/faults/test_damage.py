"""Bytes on the disk that have changed, are missing, or belong to something else: what each command
says of it, and that everything that is whole stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.archive.stretches import stretches
from tests.e2e.newsroom import article
from tests.e2e.test_rights import Partners, left_of
from tests.faults.conftest import Toll
from tests.loopback.site import LoopbackSite

damage = pytest.mark.fault("damage")
PLACES = ("first", "middle", "last")


@pytest.fixture(scope="module")
def after_the_first_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partners]:
    with LoopbackSite() as free, LoopbackSite() as term, LoopbackSite() as shy:
        yield Partners(tmp_path_factory.mktemp("damage"), [free, term, shy])


@pytest.fixture
def partners(after_the_first_night: Partners) -> Partners:
    after_the_first_night.begin_again()
    return after_the_first_night


@dataclass(frozen=True)
class Hurt:
    """A record whose bytes have changed."""

    file: Path
    offset: int
    url: str

    @property
    def place(self) -> str:
        """As messages name it."""
        return f"{self.file.name} at {self.offset}"


def flip(path: Path, middle: int) -> None:
    """Change 20 bytes."""
    data = bytearray(path.read_bytes())
    for n in range(middle - 10, middle + 10):
        data[n] ^= 0xA5
    path.write_bytes(data)


def hurt(archive: Path, place: str, holding: str = "") -> Hurt:
    """Damage the first, middle or last record of the archive with `holding` in its address."""
    [file] = sorted(archive.glob("*.warc.gz"))
    with file.open("rb") as opened:
        found = [
            (s.start, s.end, s.record.headers["WARC-Target-URI"])
            for s in stretches(opened)
            if s.record is not None and holding in (s.record.headers.get("WARC-Target-URI") or "")
        ]
    start, end, url = found[{"first": 0, "middle": len(found) // 2, "last": -1}[place]]
    flip(file, (start + end) // 2)
    return Hurt(file, start, url)


def pages(partners: Partners, *sources: str) -> list[str]:
    """Addresses of the pages of these sources."""
    return [
        f"{site.url}/{name}/{n}"
        for site, name in (
            (partners.free, "free"),
            (partners.term, "term"),
            (partners.shy, "shy"),
        )
        if name in sources
        for n in range(3)
    ]


def archived_pages(partners: Partners) -> list[str]:
    """Pages in the archive, which another reader of WARC reads to its end."""
    found = set(partners.archived())
    return sorted(url for url in found if url.rsplit("/", 2)[-2] in {"free", "term", "shy"})


@damage
@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_forgotten_whatever_record_is_damaged(
    partners: Partners, place: str, toll: Toll
) -> None:
    found = hurt(partners.world.home / "archive", place, "/free/" if place == "middle" else "http")
    url = f"{partners.free.url}/free/0"
    with toll.waiting():
        ended = partners.world.radar("forget", url, "--yes", "--json")
    toll.answered_rightly(ended.code == 0, ended)
    toll.answered_rightly(found.place in ended.err, ended.err)
    toll.answered_rightly(left_of(partners.world.home, "/free/0") == [], "something is left")
    left = [page for page in pages(partners, "free", "term") if page not in {url, found.url}]
    toll.compare(left, archived_pages(partners))
    # All other documents stay, also after a rebuild: what was lost in the archive is in them.
    toll.answered_rightly(partners.world.radar("rebuild").code == 0, "rebuild")
    documents = [page for page in pages(partners, "free", "term", "shy") if page != url]
    toll.compare(documents, partners.hits("commodity:copper"))


@damage
@pytest.mark.parametrize("place", PLACES)
def test_answers_go_in_time_whatever_record_is_damaged(
    partners: Partners, place: str, toll: Toll
) -> None:
    found = hurt(partners.world.home / "archive", place, "http" if place == "first" else "/term/")
    ended = partners.run_later(11, "free")
    toll.answered_rightly(ended.code == 1, ended)
    toll.answered_rightly(found.place in ended.err, ended.err)
    left = [page for page in pages(partners, "free") if page != found.url]
    toll.compare(left, archived_pages(partners))
    toll.compare(pages(partners, "free", "shy"), partners.hits("Bergwerk"))
    again = partners.run_later(12, "free")
    toll.answered_rightly((again.code, again.err.count("damage")) == (0, 0), again)


@damage
@pytest.mark.parametrize("place", PLACES)
def test_what_is_not_to_be_archived_goes_whatever_record_is_damaged(
    partners: Partners, place: str, toll: Toll
) -> None:
    for n in range(3):
        partners.shy.page(f"/shy/{n}", article(f"Neues aus shy {n}", f"Lithium shy {n}"))
    partners.run(1, "--all", "--only", "crawl", "shy")
    found = hurt(partners.world.home / "archive", place, "/shy/" if place == "middle" else "http")
    ended = partners.run(2, "free")
    toll.answered_rightly(ended.code == 1, ended)
    toll.answered_rightly(found.place in ended.err, ended.err)
    left = [page for page in pages(partners, "free", "term") if page != found.url]
    toll.compare(left, archived_pages(partners))
    lithium = [page for page in pages(partners, "shy") if page != found.url]
    toll.compare(lithium, partners.hits("commodity:lithium"))
    # What was lost is asked for again, with its reason meanwhile.
    reasons = partners.world.rows("select url from visit where reason like 'damaged: %'")
    lost = [(found.url,)] if "/shy/" in found.url else []
    toll.compare(lost, reasons)
    partners.run(3, "--all", "shy")
    toll.compare(pages(partners, "shy"), partners.hits("commodity:lithium"))


@damage
@pytest.mark.parametrize("place", PLACES)
def test_a_newer_extractor_reads_what_is_whole(
    partners: Partners, place: str, toll: Toll, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = hurt(partners.world.home / "archive", place, "/free/" if place == "middle" else "http")
    before = partners.world.rows("select url, id from document order by url")
    version = "radar.stages.extract.EXTRACTOR_VERSION"
    monkeypatch.setattr(version, 10_000)
    ended = partners.run(1, "--only", "extract")
    page = found.url in pages(partners, "free", "term")
    toll.answered_rightly(ended.code == (1 if page else 0), ended)
    toll.answered_rightly((found.file.name in ended.err) == page, ended.err)
    toll.compare(before, partners.world.rows("select url, id from document order by url"))
    states = partners.world.rows("select url, reason from fetch where state = 'lost'")
    toll.compare([found.url] if page else [], [url for url, _ in states])
    toll.answered_rightly(all(found.place in reason for _, reason in states), states)
    # The page is fetched as a whole at its next turn, and is whole again.
    again = partners.run_later(8, "--all")
    toll.answered_rightly(again.err.count(found.place) == 1, again)  # told as it is removed
    lost = partners.world.rows(
        "select d.url from document d join fetch f on f.id = d.fetch where f.state = 'lost'"
    )
    toll.compare([], lost)
    toll.compare(pages(partners, "free", "term", "shy"), partners.hits("Bergwerk"))
