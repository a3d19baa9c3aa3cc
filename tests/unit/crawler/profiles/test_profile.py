from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from crawler.profiles import PROFILE_VERSION, DatePlace, SiteProfile
from crawler.profiles.lines import place_key

PROFILE = SiteProfile(
    pages=7,
    lines=frozenset({"b1", "a0"}),
    counters=frozenset({"c2"}),
    boxes=frozenset({"body > ul"}),
    dates=(DatePlace("body > p.date", None, 5), DatePlace("body > td:1", "datum", 3)),
    clocks=(DatePlace("body > div.clock", None, 7),),
    ahead=(DatePlace("body > p", "am", 2),),
    addresses=frozenset({"erz.example.org/n/{number}"}),
    day_first=True,
    believe_markup=False,
    title_frame=frozenset({"verband erz"}),
    headlines=("body > h1", "body > b"),
)


def test_its_json_form_gives_the_same_profile() -> None:
    written = json.loads(json.dumps(PROFILE.to_json()))
    assert SiteProfile.from_json(written) == PROFILE
    assert SiteProfile.from_json(written).digest == PROFILE.digest


def test_the_digest_is_of_what_it_reads_not_of_what_it_was_learnt_from() -> None:
    more = (DatePlace("body > p.date", None, 25), DatePlace("body > td:1", "datum", 4))
    assert dataclasses.replace(PROFILE, pages=30, dates=more).digest == PROFILE.digest
    assert dataclasses.replace(PROFILE, boxes=frozenset()).digest != PROFILE.digest
    assert dataclasses.replace(PROFILE, asides=frozenset({"p.x"})).digest != PROFILE.digest


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1"},
        {"version": None},
        {"version": True},
        {"version": 0},
        {"pages": -1},
        {"pages": "3"},
        {"lines": "abc"},
        {"lines": [1]},
        {"boxes": {"a": 1}},
        {"dates": [{"place": "body"}]},
        {"dates": [{"place": 1, "label": None, "pages": 1}]},
        {"dates": [{"place": "body", "label": 3, "pages": 1}]},
        {"dates": 3},
        {"day_first": 1},
        {"believe_markup": None},
        {"headlines": [None]},
        {"addresses": [1]},
        {"more": 1},
    ],
)
def test_what_is_malformed_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="site profile"):
        SiteProfile.from_json({**PROFILE.to_json(), **change})


def test_a_missing_key_is_malformed() -> None:
    given = PROFILE.to_json()
    del given["clocks"]
    with pytest.raises(ValueError, match="clocks"):
        SiteProfile.from_json(given)


def test_a_newer_version_is_named_as_such() -> None:
    newer = {"version": PROFILE_VERSION + 1, "unknown": {}}
    with pytest.raises(ValueError, match=rf"newer version {PROFILE_VERSION + 1}"):
        SiteProfile.from_json(newer)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON object"):
        SiteProfile.from_json([])  # type: ignore[arg-type]  # what a file may hold


@pytest.mark.parametrize(
    ("learnt", "place", "known"),
    [
        ("div.text", "div.text", True),
        ("div.text", "div.text > p", True),
        ("div.text", "div.text > p.MsoNormal", True),
        ("div.text > p", "div.text", True),
        ("div.text", "div.text > pre", False),
        ("div.text", "div.text > ul > li", False),
        ("div.text", "div.other > p", False),
    ],
)
def test_paragraphs_and_bare_lines_of_one_holder_are_one_make(
    learnt: str, place: str, known: bool
) -> None:
    profile = SiteProfile(pages=9, places=frozenset({place_key(learnt)}))
    assert profile.knows({place: 40}) is known


def test_words_of_the_frame_tell_nothing() -> None:
    frame = frozenset({place_key("header > p")})
    profile = SiteProfile(pages=9, places=frozenset({place_key("div.text")}), frame=frame)
    assert profile.knows({"header > p": 90}) is None
    assert profile.knows({"header > p": 90, "div.text": 10}) is True
