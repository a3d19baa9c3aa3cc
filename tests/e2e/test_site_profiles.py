"""Sites are learnt from their own pages: over nights, with another layout between two of them."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import own_hand
from tests.e2e.newsroom import NIGHTS, feed
from tests.e2e.world import SECONDS, Ended, World, source
from tests.loopback.site import Asked, LoopbackSite
from tests.loopback.smtp_sink import SmtpSink, smtp_sink
from tests.unit.crawler.profiles.made_up_site import words

WATCH = {
    "id": "lithium",
    "name": "Lithium",
    "query": "lithium",
    "channels": ["mailto:desk@example.org"],
}


def old_layout(number: int, title: str, inner: str) -> str:
    """Without any element that says what it is for."""
    return f"""<html lang="de"><head><title>Verband Erz</title></head><body>
<table><tr><td class="kopf">Verband Erz<br>Lithium heute {9000 + 7 * number} Euro je Tonne</td></tr>
<tr><td class="spalte"><h3>Meistgelesen</h3><p><a href="/n/1">Die erste Meldung des Jahres</a></p>
</td><td class="inhalt"><h2>{title}</h2>{inner}
<p class="verband">Der Verband Erz vertritt seit vielen Jahren die Interessen seiner Mitglieder in
allen Fragen der Versorgung mit Lithium und anderen Rohstoffen.</p></td></tr>
<tr><td class="fuss">Verband Erz, Beispielweg 1. Alle Angaben ohne Gewähr.</td></tr></table>
</body></html>"""


def new_layout(number: int, title: str, inner: str) -> str:
    """What the site looks like after its redesign."""
    return f"""<html lang="de"><head><title>Verband Erz – neu</title></head><body>
<div class="masthead"><div class="ticker">Lithium an der Börse: {8000 + 3 * number} Euro</div></div>
<div class="page"><div class="story"><h1>{title}</h1>{inner}</div><div class="about">Wir setzen uns
ein für alle, die Lithium gewinnen, verarbeiten und wiederverwerten, im Inland wie im Ausland.</div>
</div><div class="legal">Verband Erz, Musterallee 2, gegründet im Jahr 1951.</div></body></html>"""


@dataclass
class Association:
    """An installation with one source: a site of made-up news, of which every third is about
    lithium.
    """

    world: World
    site: LoopbackSite
    sink: SmtpSink
    nights: int = 0

    def publish(self, numbers: range, layout: Any = old_layout) -> None:
        """Put the news with these numbers on the site, and into its feed."""
        for number in numbers:
            text = [words(f"{number}-{i}", 24) for i in range(4)]
            if number % 3 == 0:
                text.append(f"In der Meldung {number} geht es um eine Grube für Lithium.")
            inner = "".join(f"<p>{escape(line)}</p>" for line in text)
            self.site.page(f"/n/{number}", layout(number, words(f"Titel {number}", 5), inner))
        paths = sorted((p for p in self.site.answers if p.startswith("/n/")), key=len)
        self.site.xml("/feed", feed([self.site.url + path for path in paths]))

    def night(self, *options: str) -> Ended:
        """The next night; every known page is requested."""
        moment = NIGHTS[self.nights].isoformat()
        self.nights += 1
        return self.world.radar("run", "--all", "--json", "--now", moment, *options)

    def night_killed_after_learning(self) -> int:
        """The next night, killed before it reads a page; its exit code."""
        moment = NIGHTS[self.nights].isoformat()
        self.nights += 1
        killed = own_hand.before("radar.stages.extract:Extractor.extract")
        started = self.world.start("run", "--all", "--json", "--now", moment, variables=killed)
        started.communicate(timeout=SECONDS)
        return started.returncode

    def profile(self) -> dict[str, Any]:
        """What is kept of the site."""
        names = ("version", "digest", "pages", "redesigned", "reason")
        query = "select version, digest, pages, redesigned, reason from site_profile"
        [row] = self.world.rows(query)
        return dict(zip(names, row, strict=True))

    def texts(self) -> dict[str, str]:
        """Path → text of each document."""
        shown = self.world.radar("show", "--all", "--json").lines
        return {page["url"].removeprefix(self.site.url): page["text"] for page in shown}

    def told(self) -> Counter[str]:
        """Path of a page → times it was told to the desk."""
        found: Counter[str] = Counter()
        for message in self.sink.received:
            body = message.get_body(("plain",))
            assert body is not None
            found.update(
                word.removeprefix(self.site.url)
                for word in body.get_content().split()
                if word.startswith(self.site.url + "/n/")
            )
        return found

    def state(self) -> tuple[str, str | None]:
        """Of the source."""
        return self.world.rows("select state, reason from source")[0]


@pytest.fixture
def association(tmp_path: Path) -> Iterator[Association]:
    world = World(tmp_path)
    with LoopbackSite() as site, smtp_sink() as sink:
        world.configure(
            [source("erz", site.url, feeds=[{"url": f"{site.url}/feed"}])],
            [WATCH],
            mail={"url": sink.url, "from": "radar@example.org"},
        )
        yield Association(world, site, sink)


FRAME = ("Meistgelesen", "Beispielweg", "Börse", "Musterallee", "Mitglieder", "wiederverwerten")


def test_a_redesign_between_two_nights(association: Association) -> None:
    association.publish(range(6))
    assert association.night().code == 0
    first = association.profile()
    assert (first["pages"], first["redesigned"]) == (6, None)
    # Read with the profile from the first night on, and once only.
    assert association.world.rows("select count(*) from revision") == [(6,)]
    assert not [word for text in association.texts().values() for word in FRAME if word in text]

    association.publish(range(14))
    association.night()
    grown = association.profile()
    assert (grown["pages"], grown["redesigned"]) == (14, None)
    assert association.state()[0] == "ok"

    association.publish(range(16), new_layout)
    association.night()
    changed = association.profile()
    assert changed["redesigned"]
    assert changed["digest"] not in (first["digest"], grown["digest"])
    day = NIGHTS[2].date().isoformat()
    state, reason = association.state()
    assert state == "degraded"
    assert f"the layout changed on {day}" in (reason or "")
    assert not [word for text in association.texts().values() for word in FRAME if word in text]
    # Each page about lithium was told once, no other ever; the site's own words start nothing.
    assert association.told() == Counter({f"/n/{n}": 1 for n in range(0, 16, 3)})

    association.publish(range(19), new_layout)
    association.night()
    assert association.profile()["digest"] == changed["digest"]
    assert association.told() == Counter({f"/n/{n}": 1 for n in range(0, 19, 3)})


def test_what_was_learnt_is_shown(association: Association, tmp_path: Path) -> None:
    """By `radar sources profile` in words, by `radar try` in what it changes."""
    url = f"{association.site.url}/n/3"
    shown = association.world.radar("sources", "profile", "erz")
    assert (shown.code, "nothing was learnt yet" in shown.out) == (0, True)
    association.publish(range(6))
    plain = association.world.radar("try", url, "--json").lines[0]
    assert plain["site_profile"] is None
    assert not association.world.home.exists()
    association.night()

    shown = association.world.radar("sources", "profile", "erz")
    assert f"learnt from 6 pages on {NIGHTS[0].date()}" in shown.out
    assert "repeated word for word" in shown.out
    [line] = association.world.radar("sources", "profile", "erz", "--json").lines
    assert (line["source"], line["pages"], line["redesigned"]) == ("erz", 6, None)
    assert line["site"] in association.site.url
    assert line["words"][0].startswith("learnt from 6 pages")
    assert association.world.radar("sources", "profile", "nobody").code == 2

    tried = association.world.radar("try", url, "--json").lines[0]
    assert tried["text"] == association.texts()["/n/3"] != plain["text"]
    assert tried["site_profile"]["pages"] == 6
    changes = {c["field"]: c for c in tried["site_profile"]["changes"]}
    assert changes["text"]["without"] == f"{len(plain['text'].split())} words"
    file = tmp_path / "tried.html"
    association.world.radar("try", url, "--html", str(file))
    assert "learnt from 6 pages" in file.read_text(encoding="utf-8")
    on_terminal = association.world.radar("try", url).out
    assert "By the site's profile" in on_terminal

    # The page in a file, with the address that it is of.
    page = tmp_path / "page.html"
    script = association.site.answers["/n/3"]
    page.write_bytes(script(Asked("/n/3", {}, 0.0)).body if callable(script) else script.body)
    from_file = association.world.radar("try", str(page), "--url", url, "--json").lines[0]
    assert from_file["text"] == tried["text"]
    assert association.world.radar("try", str(page), "--json").lines[0]["site_profile"] is None


def test_two_layouts_in_one_site(association: Association) -> None:
    association.publish(range(8))
    association.publish(range(8, 16), new_layout)
    association.night()
    association.publish(range(16, 20))
    association.publish(range(20, 24), new_layout)
    association.night()
    assert association.profile()["redesigned"] is None
    assert association.state()[0] == "ok"
    assert not [word for text in association.texts().values() for word in FRAME if word in text]
    told = association.told()
    assert set(told.values()) == {1}
    assert told.keys() >= {f"/n/{n}" for n in range(0, 24, 3)}


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_a_site_of_hardly_any_pages_is_read_without(association: Association, pages: int) -> None:
    association.publish(range(pages))
    for _ in range(2):
        assert association.night().code == (0 if pages else 1)  # without any page it is `empty`
    assert association.world.rows("select * from site_profile") == []
    assert len(association.texts()) == pages


def test_a_profile_that_this_version_cannot_read(association: Association) -> None:
    association.publish(range(6))
    association.night()
    learnt = association.profile()
    association.world.execute(
        "update site_profile set version = 99, content = json_set(content, '$.version', 99)"
    )
    checked = association.world.radar("check")
    assert "site profiles" in checked.out
    assert "of the newer version 99" in checked.out
    shown = association.world.radar("sources", "profile", "erz")
    assert "was learnt by another version" in shown.out
    association.publish(range(7))
    ended = association.night()
    assert "of the newer version 99" in ended.err
    assert "it is learnt anew" in ended.err
    assert association.profile()["version"] == learnt["version"]
    assert association.told() == Counter({f"/n/{n}": 1 for n in range(0, 7, 3)})


def test_a_run_that_is_killed_between_learning_and_reading(association: Association) -> None:
    association.publish(range(6))
    association.night()
    association.publish(range(30))
    assert association.night_killed_after_learning() == -signal.SIGKILL
    assert association.profile()["pages"] > 6
    waiting = "select count(*) from fetch where state = 'pending'"
    assert association.world.rows(waiting) == [(24,)]
    association.nights -= 1
    assert association.night().code == 0
    assert association.world.rows(waiting) == [(0,)]
    assert len(association.texts()) == 30
    assert not [word for text in association.texts().values() for word in FRAME if word in text]
    assert association.told() == Counter({f"/n/{n}": 1 for n in range(0, 30, 3)})
