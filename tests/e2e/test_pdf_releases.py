"""PDF press releases: crawled from a listing, imported from a folder, found by search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.world import World, source
from tests.loopback.site import LoopbackSite
from tests.pdf_files import PdfFile

RELEASE = (
    PdfFile()
    .lines("Lithiumforum bringt Geologen nach Freiberg", size=16)
    .lines(
        (
            "Freiberg, 4. Mai 2026 – Am 3. Mai 2026 fand in Freiberg das 5. Lithiumforum statt, "
            "zu dem die"
        ),
        "Veranstalter rund 120 Teilnehmer aus Kasachstan und Deutschland begrüßten.",
    )
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as running:
        yield running


def test_from_a_listing(world: World, site: LoopbackSite) -> None:
    site.page(
        "/presse",
        """<html lang="de"><body><main><h1>Presse</h1><ul>
        <li>04.05.2026 <a href="/f/12.pdf">Lithiumforum bringt Geologen nach Freiberg</a></li>
        <li>03.05.2026 <a href="/f/11.pdf">Geheime Mitteilung über das Lithiumforum</a></li>
        </ul></main></body></html>""",
    )
    site.put("/f/12.pdf", RELEASE.body(), "application/pdf")
    site.put("/f/11.pdf", RELEASE.body(encrypted=True), "application/pdf")
    world.configure([source("presse", site.url, listings=[{"url": f"{site.url}/presse"}])])
    assert world.radar("run", "--json").code == 0
    assert world.outcomes(1) == {
        f"{site.url}/f/12.pdf": "new",
        f"{site.url}/f/11.pdf": "quarantined",
    }
    hit = world.radar("search", "Geologen place:freiberg", "--json").lines[0]
    assert (hit["title"], hit["published"]) == (
        "Lithiumforum bringt Geologen nach Freiberg",
        "2026-05-04",
    )


def test_from_a_folder(world: World, tmp_path: Path) -> None:
    world.configure([])
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "release.pdf").write_bytes(RELEASE.body())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    summary = world.radar("import", str(folder), "--json").summary
    assert summary["outcomes"] == {"new": 1, "quarantined": 1}
    shown = world.radar("show", "file:release.pdf", "--json").lines[0]
    assert shown["events"][0]["start"] == "2026-05-03"
