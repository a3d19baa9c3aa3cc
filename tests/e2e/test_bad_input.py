"""Bad input of every kind: a clear line or a recorded reason, never a traceback, nothing lost."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import Ended, World, source
from tests.loopback.site import LoopbackSite


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as running:
        pages = [running.page(f"/n/{n}", article(f"Meldung {n} vom Schacht")) for n in range(3)]
        running.xml("/feed", feed(pages))
        running.text("/no-feed", "this is no feed at all")
        running.page("/html-feed", "<html><body><p>404, they say</p></body></html>")
        running.put("/half-feed", feed(pages).encode()[:700], "application/rss+xml")
        running.put("/void-feed", b"", "application/rss+xml")
        yield running


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, site: LoopbackSite) -> World:
    """An installation that has collected something; tests that harm it take a copy."""
    world = World(tmp_path_factory.mktemp("full"))
    world.configure(
        [source("bote", site.url + "/", feeds=[{"url": site.url + "/feed"}])],
        [{"id": "all", "name": "Alles", "query": "Schacht", "channels": ["feed"]}],
    )
    assert world.radar("run", "--now", NIGHTS[0].isoformat()).code == 0
    return world


@pytest.fixture
def copy(tmp_path: Path, full: World) -> World:
    shutil.copytree(full.config.parent, tmp_path / "copy")
    return World(tmp_path / "copy")


def one_line(ended: Ended, *words: str) -> None:
    """An error and its hint, and nothing else, on stderr."""
    lines = [line for line in ended.err.splitlines() if not line.startswith("note:")]
    assert lines, "nothing was said"
    assert lines[0].startswith("error: ")
    assert len(lines) <= 2
    assert all(word in ended.err for word in words), ended.err
    assert ended.out == ""


# -- sources


def test_feeds_that_are_none_and_sites_that_are_not_there(
    tmp_path: Path, site: LoopbackSite
) -> None:
    world = World(tmp_path)
    dead = f"http://127.0.0.1:{closed_port()}/"
    hosts = [site.url.removeprefix("http://")]
    sources = [
        source("fine", site.url + "/", feeds=[{"url": site.url + "/feed"}]),
        source("dead", dead),
        source("off", "https://off.example/", enabled=False, reason="asked us to stay away"),
    ]
    sources += [
        source(name, f"http://{name}.example/", hosts=hosts, feeds=[{"url": f"{site.url}/{name}"}])
        for name in ("no-feed", "html-feed", "void-feed", "missing-feed")
    ]
    world.configure(sources)
    ended = world.radar("run", "--json", "--now", NIGHTS[0].isoformat())
    assert ended.code == 1
    told = ended.summary["sources"]
    fine = told["fine"]
    assert (fine["state"], fine["reason"], fine["outcomes"]) == ("ok", None, {"new": 3})
    assert told["dead"]["state"] == "unreachable"
    assert told["dead"]["reason"]
    asked_away = {"state": "disabled", "reason": "asked us to stay away", "outcomes": {}}
    assert told["off"] == {**asked_away, "seconds": None, "bytes": 0}
    for name in ("no-feed", "html-feed", "missing-feed"):
        assert told[name]["state"] == "unreachable", told[name]
        assert f"/{name}" in told[name]["reason"]
    assert ended.summary["outcomes"] == {"new": 3}
    listed = {line["id"]: line for line in world.radar("sources", "--json").lines}
    assert listed["dead"]["last_run"]["reason"] == told["dead"]["reason"]
    assert listed["off"]["reason"] == "asked us to stay away"
    assert listed["off"]["state"] == "disabled"


def test_a_feed_cut_off_in_the_middle_gives_what_it_has(tmp_path: Path, site: LoopbackSite) -> None:
    world = World(tmp_path)
    world.configure([source("half", site.url + "/", feeds=[{"url": site.url + "/half-feed"}])])
    ended = world.radar("run", "--json", "--now", NIGHTS[0].isoformat())
    assert ended.code in (0, 1)
    assert sum(ended.summary["outcomes"].values()) >= 1


def test_schedules(tmp_path: Path, site: LoopbackSite) -> None:
    world = World(tmp_path)
    feeds = [{"url": site.url + "/feed"}]
    world.configure(
        [
            source("often", site.url + "/", feeds=feeds, schedule="6h"),
            source("nightly", site.url + "/x", feeds=feeds, schedule="02:30"),
            source("always", site.url + "/y", feeds=feeds),
        ]
    )

    def states(*options: str) -> dict[str, str]:
        ended = world.radar("run", "--json", *options)
        return {name: told["state"] for name, told in ended.summary["sources"].items()}

    night = "2026-03-02T02:31:00+01:00"
    assert states("--due", "--now", night) == dict.fromkeys(("often", "nightly", "always"), "ok")
    expected = {"often": "not-due", "nightly": "not-due", "always": "ok"}
    assert states("--due", "--now", "2026-03-02T06:00:00+01:00") == expected
    expected = {"often": "ok", "nightly": "not-due", "always": "ok"}
    assert states("--due", "--now", "2026-03-03T02:29:00+01:00") == expected
    assert states("--due", "--now", "2026-03-03T02:31:00+01:00")["nightly"] == "ok"
    assert states("--now", "2026-03-03T02:32:00+01:00", "often") == {"often": "ok"}


# -- commands and queries


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "botte"], ["botte", "did you mean", "bote"]),
        (["run", "--only", "dance"], ["--only", "dance"]),
        (["run", "--limit", "0"], ["--limit"]),
        (["run", "--schedule", "02:30"], ["--schedule", "--due"]),
        (["run", "--now", "yesterday"], ["--now", "yesterday"]),
        (["run", "--now", "2026-03-02T02:30:00"], ["--now", "zone"]),
        (["run", "--limit", "many"], ["--limit", "'many' is not a valid number"]),
        (["backfill", "botte", "--since", "May"], ["'May' is not a day such as 2026-03-31"]),
        (["watch", "matches", "al"], ["unknown watch", "did you mean", "all"]),
        (["watch", "matches", "nothing"], ["unknown watch", "radar watch list"]),
        (["key", "remove", "nobody"], ["no key 'nobody'", "radar key list"]),
        (["forget", "nothing"], ["nothing is neither", "radar sources"]),
        (["show"], ["--all"]),
        (["show", "0123456789abcdef"], ["no document", "0123456789abcdef", "radar search"]),
        (["search", "--sort", "colour", "x"], ["--sort"]),
        (["search", "x", "--limit", "-1"], ["--limit"]),
        (["dance"], ["dance"]),
    ],
)
def test_mistaken_commands(full: World, arguments: list[str], words: list[str]) -> None:
    ended = full.radar(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert all(word in ended.err for word in words), ended.err


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("colour:red", "colour"),
        ("contry:KZ", "country"),
        ("(copper", "bracket"),
        ("copper)", "bracket"),
        ('"copper', '"'),
        ("published:soon", "soon"),
        ("event_date:[2026 TO", "]"),
        ("co*", "3"),
        ("AND", "AND"),
        ("", "empty"),
        ("a" * 5_000, "2000"),
        ("(" * 30 + "x" + ")" * 30, "20"),
        (" ".join(f"w{n}" for n in range(150)), "100"),
        ("topic:nothing-like-it", "nothing-like-it"),
    ],
)
def test_mistaken_queries(full: World, query: str, word: str) -> None:
    ended = full.radar("search", query, "--json")
    assert ended.code == 2
    assert ended.out == ""
    assert word in ended.err.replace(",", ""), ended.err
    assert len(ended.err) < 600


def test_a_search_without_hits_is_no_failure(full: World) -> None:
    ended = full.radar("search", "Zyklotron", "--json")
    assert (ended.code, ended.out) == (0, "")


def test_an_empty_installation_answers(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.configure([])
    for arguments in (["search", "x"], ["show", "--all"], ["sources"]):
        assert world.radar(*arguments).code == 0
    assert "No source is configured yet" in world.radar("search", "x").err
    assert world.radar("check").code == 1  # there is nothing to crawl: that needs a person
    assert not world.home.exists()
    assert world.radar("run", "--json").summary["outcomes"] == {}


# -- configuration


def test_all_mistakes_of_a_configuration_at_once(copy: World) -> None:
    (copy.config / "sources" / "own.yaml").write_text(
        "- {id: a, name: A, url: 'ftp://x', country: Germany, languages: [de]}\n"
        "- {id: a, name: B, url: 'https://b.example', country: DE, langauges: [de]}\n"
        "- {id: c, name: C, url: 'https://c.example', country: DE, languages: [de], exclude: "
        "['(']}\n"
    )
    (copy.config / "radar.yaml").write_text("crawler: {delay: often}\nmial: null\n")
    for arguments in (["run"], ["check"], ["search", "x"], ["sources"], ["rebuild"]):
        ended = copy.radar(*arguments)
        assert ended.code == 2
        assert ended.out == ""
        lines = ended.err.splitlines()
        for place in (
            "own.yaml:1:",
            "own.yaml:2:",
            "own.yaml:3:",
            "radar.yaml:1:",
            "radar.yaml:2:",
        ):
            assert any(place in line for line in lines), ended.err
        assert "did you mean" in ended.err


def test_a_watch_that_names_an_unknown_commodity(copy: World) -> None:
    (copy.config / "watches" / "own.yaml").write_text(
        "- {id: a, name: A, query: 'commodity:unobtainium', channels: [feed]}\n"
    )
    ended = copy.radar("check")
    assert ended.code == 2
    assert "unobtainium" in ended.err
    ended = copy.radar("run", "--only", "match")
    assert ended.code == 1
    assert "unobtainium" in ended.out + ended.err


def test_a_mistaken_watch_stops_neither_searches_nor_other_watches(copy: World) -> None:
    ended = copy.radar("run", "--only", "match", "--json")
    assert ended.code == 0
    (copy.config / "watches" / "own.yaml").write_text(
        "- {id: a, name: A, query: 'Zinn AND (', channels: [feed]}\n"
        "- {id: b, name: B, query: Zinn, channels: [feed]}\n"
    )
    place = "own.yaml:1: query: a term is missing at the end"
    for arguments, code in (
        (["search", "Zinn"], 0),
        (["watch", "list"], 0),
        (["run", "--only", "match"], 1),
        (["check"], 2),
    ):
        ended = copy.radar(*arguments)
        assert ended.code == code, ended
        assert (ended.out + ended.err).count(place) == 1, ended
    assert [line["id"] for line in copy.radar("watch", "list", "--json").lines].count("b") == 1


def test_secrets_are_never_printed(copy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2-secret")
    radar = copy.config / "radar.yaml"
    radar.write_text(
        "database: 'postgresql://u:${SMTP_PASSWORD}@127.0.0.1:1/radar'\n"
        "mail: {url: 'smtp://u:${SMTP_PASSWORD}@127.0.0.1:1', from: r@example.org}\n"
    )
    for arguments in (["check"], ["run"], ["sources"]):
        ended = copy.radar(*arguments)
        assert ended.code == 3  # no driver, or nobody there
        assert "hunter2" not in ended.out + ended.err
    radar.write_text("mail: {url: 'smtp://u:hunter2-secret@127.0.0.1:1', from: r@example.org}\n")
    for arguments in (["check"], ["check", "--json"], ["run", "--only", "deliver", "--json"]):
        ended = copy.radar(*arguments)
        assert ended.code in {0, 1}, ended
        assert "hunter2" not in ended.out + ended.err
        assert ("${SMTP_PASSWORD}" in ended.out) == (arguments[0] == "check")
    radar.write_text("mail: {url: 'smtp://u:${NOT_SET}@h', from: r@example.org}\n")
    ended = copy.radar("check")
    assert ended.code == 2
    assert "NOT_SET" in ended.err


# -- database and index


def test_a_database_that_is_locked(copy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.database.engine.BUSY_MILLISECONDS", 50)
    with contextlib.closing(sqlite3.connect(copy.home / "radar.db")) as other:
        other.execute("begin immediate")
        one_line(locked := copy.radar("run", "--json"), "locked")
        assert locked.code == 3
        assert copy.radar("search", "Schacht", "--json").code == 0
        other.rollback()
    assert copy.radar("run", "--now", NIGHTS[0].isoformat()).code == 0


def test_a_database_of_a_newer_version(copy: World) -> None:
    with contextlib.closing(sqlite3.connect(copy.home / "radar.db")) as own:
        own.execute("update alembic_version set version_num = '9999'")
        own.commit()
    for arguments in (["run"], ["rebuild"], ["show", "--all"], ["sources"]):
        one_line(ended := copy.radar(*arguments), "newer version")
        assert ended.code == 3


def test_a_database_that_is_none(copy: World) -> None:
    for name in ("radar.db-wal", "radar.db-shm"):
        (copy.home / name).unlink(missing_ok=True)
    (copy.home / "radar.db").write_bytes(b"this is no database" * 500)
    for arguments in (["run"], ["show", "--all"], ["sources"]):
        one_line(ended := copy.radar(*arguments), "database")
        assert ended.code == 3


def test_a_data_folder_that_is_a_file(tmp_path: Path, full: World) -> None:
    world = World(tmp_path)
    world.config = full.config
    world.home.write_text("a file")
    world.home /= "data"
    ended = world.radar("run")
    one_line(ended)
    assert ended.code == 3


def _set_other_version(world: World) -> None:
    generation = (world.home / "index" / "current").read_text().strip()
    about = world.home / "index" / generation / "rohstoffradar.json"
    about.write_text(json.dumps({**json.loads(about.read_text()), "schema": 0}))


def test_an_index_of_another_version(copy: World, site: LoopbackSite) -> None:
    _set_other_version(copy)
    one_line(searched := copy.radar("search", "Schacht"), "another version", "radar rebuild")
    assert searched.code == 3
    checked = copy.radar("check")
    assert checked.code == 3
    assert "radar rebuild" in checked.out
    site.page("/n/0", article("Meldung 0 vom Schacht", more=["Nachtrag zum Förderturm."]))
    ran = copy.radar("run", "--json", "--now", NIGHTS[1].isoformat())
    # As after an update of the program: the run builds it again.
    assert ran.code == 0
    assert ran.summary["outcomes"]["changed"] == 1
    assert ran.summary["indexed"] == 3
    assert copy.rows("select count(*) from document where indexed < revision") == [(0,)]
    assert len(copy.radar("search", "Förderturm", "--json").lines) == 1
    assert copy.radar("check").code == 0
    again = copy.radar("run", "--json", "--only", "index")
    assert (again.code, again.summary["indexed"]) == (0, 0)


@pytest.mark.parametrize("harm", ["pointer", "files", "all"])
def test_an_index_that_is_broken_or_gone_is_made_anew(copy: World, harm: str) -> None:
    index = copy.home / "index"
    if harm == "pointer":
        (index / "current").write_text("77")
    elif harm == "files":
        for file in (index / (index / "current").read_text().strip()).glob("*.store"):
            file.write_bytes(b"")
        for file in (index / (index / "current").read_text().strip()).glob("meta.json"):
            file.write_bytes(b"{")
    else:
        shutil.rmtree(index)
        assert copy.radar("search", "Schacht", "--json").code == 1
        assert copy.radar("run", "--json", "--only", "index").summary["indexed"] == 3
    if harm != "all":
        one_line(ended := copy.radar("search", "Schacht"), "radar rebuild")
        assert ended.code == 3
    assert copy.radar("rebuild").code == 0
    assert len(copy.radar("search", "Schacht", "--json").lines) == 3


def test_a_full_disk(tmp_path: Path, site: LoopbackSite) -> None:
    """Files may not grow beyond a size: what a full disk says, without one."""
    world = World(tmp_path)
    feeds = [{"url": site.url + "/feed"}]
    world.configure([source("bote", site.url + "/", feeds=feeds)])
    now = NIGHTS[0].isoformat()
    for blocks in (1, 16, 100, 300):  # of 512 bytes: no database, half of one, …
        started = world.start(
            "run",
            "--json",
            "--now",
            now,
            before=["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh"],
        )
        out, err = started.communicate(timeout=240)
        assert "Traceback" not in err, err
        assert started.returncode in (1, 3), (blocks, out, err)
        lines = err.splitlines()
        assert len(lines) <= 6, err
    after = world.radar("run", "--json", "--now", now)
    assert after.code == 0
    rows = world.rows("select url, outcome from visit where kind = 'page' order by url")
    assert rows == [(f"{site.url}/n/{n}", "new") for n in range(3)]
    assert len(world.radar("search", "*", "--json").lines) == 3
