"""Lists that only a menu leads to."""

from __future__ import annotations

from tests.loopback.site import LoopbackSite
from tests.unit.crawler.night import Night, article, source

DAYS = ("2026-05-03", "2026-03-01", "2026-02-01")


def rows(*paths: str, days: tuple[str, ...] = DAYS) -> str:
    """Entries with a day each."""
    shown = zip(paths, days, strict=False)
    return "".join(
        f"<div><h3><a href='{path}'>Survey opens a mine: {path}</a></h3><time>{day}</time></div>"
        for path, day in shown
    )


def home(labels: dict[str, str], content: str = "") -> str:
    """A home page in English with a menu: path → label."""
    menu = "".join(f'<li><a href="{path}">{label}</a></li>' for path, label in labels.items())
    return f"<html lang=en><ul>{menu}</ul><main>{content}</main></html>"


def pages(site: LoopbackSite, *paths: str) -> None:
    for path in paths:
        site.page(path, article(path))


def test_all_of_a_menu_is_tried_within_two_nights(site: LoopbackSite, night: Night) -> None:
    """What was tried in vain, and the lists of which that is known, take no other page's turn."""
    others = [f"/our-{letter}" for letter in "abcdefghijklmnopqr"]
    lists = ["/copper", "/tin", "/lead", "/diary"]
    labels = {"/news": "News"}
    labels |= {path: f"All of {path[1:]}" for path in lists[:3]}
    labels |= {path: f"Our matter {path[-1]}" for path in others}
    labels |= {lists[3]: "From the field"}
    site.page("/", home(labels))
    site.page("/news", home(labels, rows("/news/a")))
    pages(site, "/news/a")
    for path in others:
        site.page(path, home(labels, "<p>What we do.</p>"))
    for path in lists:
        own = [f"{path}/{n}" for n in range(3)]
        site.page(path, home(labels, rows(*own)))
        pages(site, *own)
    of_source = source(site)
    for _ in range(2):
        night.run(of_source)
    assert {*others, *lists} <= {*site.paths()}
    assert "/diary/2" in site.paths()
    site.asked.clear()
    night.run(of_source)
    assert {*lists} <= {*site.paths()}


def test_a_rubric_with_few_entries_is_a_list(site: LoopbackSite, night: Night) -> None:
    """The home page shows one of them, but both stand below the rubric."""
    labels = {"/news": "News", "/copper": "Copper", "/who": "Our faces"}
    site.page("/", home(labels, rows("/copper/1001")))
    for path, shown in {
        "/news": ["/news/1"],
        "/copper": ["/copper/1001", "/copper/1002"],
        "/who": ["/copper/1001"],
    }.items():
        site.page(path, home(labels, rows(*shown)))
    pages(site, "/news/1", "/copper/1001", "/copper/1002")
    night.run(source(site))
    assert "/copper/1002" in site.paths()
    night.run(source(site))
    site.asked.clear()
    night.run(source(site))
    assert "/copper" in site.paths()
    assert "/who" not in site.paths()


def test_the_archive_of_a_site_that_a_rubric_leads_to_is_read_by_its_months(
    site: LoopbackSite, night: Night
) -> None:
    """It has no entries, and its months have those of all rubrics."""
    labels = {"/news": "News", "/archive": "Archive"}
    site.page("/", home(labels))
    site.page("/news", home(labels, rows("/news/a1", "/news/a2")))
    months = {"2026/05": "/news/a1", "2026/03": "/ore/b1", "2026/02": "/trade/c1"}
    links = "".join(
        f'<li><a href="/archive/{month}">{name} 2026</a></li>'
        for month, name in zip(months, ("May", "March", "February"), strict=True)
    )
    site.page("/archive", home(labels, f"<h1>Archive</h1><ul>{links}</ul>"))
    for month, path in months.items():
        site.page(f"/archive/{month}", home(labels, rows(path)))
    pages(site, "/news/a1", "/news/a2", "/ore/b1", "/trade/c1")
    night.run(source(site))
    assert {"/ore/b1", "/trade/c1"} <= {*site.paths()}
