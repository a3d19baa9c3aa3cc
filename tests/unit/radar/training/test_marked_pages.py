"""Marked pages become records: every mark is a mention, and what is marked wrongly is named."""

from pathlib import Path

import pytest

from radar.training.marked_pages import FEWEST_HANDS, PageError, Record, read_folder, read_pages

TRAINING = Path(__file__).parents[4] / "benchmarks" / "training"

PAGE = """
- id: en-01
  lang: en
  url: https://news.example/tin
  title: Tin at the lake
  published: 2025-11-14
  events:
    - name: 7th Tin Day
      role: main
      series: Tin Day
      ordinal: 7
      ordinal_surface: 7th
      start: 2025-11-12
      count: 140
      count_surface: 140
  countries: {NO: Norway}
  text: |
    Guests from Norway came, 140: the <e 1>7th Tin Day of the <o organiser 1>Ore Guild</o></e>
    was opened by <p 1 role="chair">Ann Weir</p>, chair of <o employer @Ann Weir>Kass plc</o>.
    The <o organiser 1 short>Guild</o> thanked <p 1>Weir</p>. The <e ->fair</e> is another matter.
"""


def _read(folder: Path, page: str = PAGE) -> Record:
    file = folder / "pages.yaml"
    file.write_text(page, "utf-8")
    (record,) = read_pages(file)
    return record


def test_text_has_no_tags(tmp_path: Path) -> None:
    text = _read(tmp_path)["text"]
    assert "7th Tin Day of the Ore Guild\nwas opened by Ann Weir, chair of Kass plc." in text


def test_every_mark_is_a_mention_in_the_order_of_the_text(tmp_path: Path) -> None:
    record = _read(tmp_path)
    places = [mark.pop("start") for kind in ("_events", "_orgs") for mark in record[kind]]
    assert places == [34, 134, 53, 96, 110]
    assert record["_events"] == [
        {"surface": "7th Tin Day of the Ore Guild", "event": 0},
        {"surface": "fair", "event": None},
    ]
    assert record["_orgs"] == [
        {"surface": "Ore Guild", "role": "organiser", "event": 0, "person": None},
        {"surface": "Kass plc", "role": "employer", "event": None, "person": "Ann Weir"},
        {"surface": "Guild", "role": "organiser", "event": 0, "person": None, "short": True},
    ]
    assert [p["surface"] for p in record["_persons"]] == ["Ann Weir", "Weir"]
    assert [p.get("role") for p in record["_persons"]] == ["chair", None]


def test_bodies_and_persons_of_an_event_are_read_from_the_marks(tmp_path: Path) -> None:
    (event,) = _read(tmp_path)["events"]
    assert event["organisers"] == ["Ore Guild"]
    assert event["persons"] == [{"name": "Ann Weir", "role": "chair", "organisation": "Kass plc"}]
    assert event["start"] == "2025-11-12"
    assert event["participants"]["count_surface"] == "140"


def test_who_works_for_an_organiser_may_be_said_to(tmp_path: Path) -> None:
    file = tmp_path / "pages.yaml"
    file.write_text(PAGE.replace("<o employer @Ann Weir>", "<o participant 1>"), "utf-8")
    (person,) = read_pages(file)[0]["events"][0]["persons"]
    assert person["organisation"] is None
    assert person["organisation_alt"] == ["Guild", "Kass plc", "Ore Guild"]


def test_who_employs_somebody_at_an_event_may_be_said_to_take_part(tmp_path: Path) -> None:
    (event,) = _read(tmp_path)["events"]
    assert event["participants"]["organisations"] == []
    assert event["participants"]["organisations_optional"] == ["Kass plc"]


def test_who_works_for_somebody_but_is_at_no_event_makes_nobody_take_part(tmp_path: Path) -> None:
    (event,) = _read(tmp_path, PAGE.replace("<p 1", "<p -"))["events"]
    assert "organisations_optional" not in event["participants"]


@pytest.mark.parametrize(
    ("role", "organisers", "participants"),
    [
        ("organiser 1", ["Ore Guild", "Kass plc"], []),
        ("participant 1", ["Ore Guild"], ["Kass plc"]),
    ],
)
def test_a_body_is_at_an_event_and_employs_a_person(
    tmp_path: Path, role: str, organisers: list[str], participants: list[str]
) -> None:
    record = _read(tmp_path, PAGE.replace("<o employer @", f"<o {role} @"))
    (event,) = record["events"]
    assert record["_orgs"][1]["person"] == "Ann Weir"
    assert event["organisers"] == organisers
    assert event["participants"]["organisations"] == participants
    assert "organisations_optional" not in event["participants"]
    assert event["persons"][0]["organisation"] == "Kass plc"


def test_a_short_form_that_employs_stands_for_a_full_name_of_its_event_and_role(
    tmp_path: Path,
) -> None:
    page = PAGE.replace("<o employer @Ann Weir>Kass plc</o>", "<o participant 1>Kass plc</o>")
    page = page.replace("<o organiser 1 short>", "<o organiser 1 short @Ann Weir>")
    (person,) = _read(tmp_path, page)["events"][0]["persons"]
    assert (person["organisation"], person["organisation_alt"]) == ("Guild", ["Ore Guild"])


def test_a_body_employs_several_persons(tmp_path: Path) -> None:
    page = PAGE.replace("was opened by", "with <p 1>Bo Hale</p> was opened by")
    record = _read(tmp_path, page.replace("employer @Ann Weir>", "employer @Ann Weir @Bo Hale>"))
    persons = record["events"][0]["persons"]
    assert {p["name"]: p["organisation"] for p in persons} == {
        "Ann Weir": "Kass plc",
        "Bo Hale": "Kass plc",
    }


def test_a_person_works_for_two(tmp_path: Path) -> None:
    page = PAGE.replace("opened by", "opened for <o employer short @Ann Weir>Kass</o> by")
    (event,) = _read(tmp_path, page)["events"]
    assert event["persons"] == [
        {
            "name": "Ann Weir",
            "role": "chair",
            "organisation": "Kass plc",
            "organisation_alt": ["Kass"],
        }
    ]
    assert event["participants"]["organisations_optional"] == ["Kass plc", "Kass"]


def test_country_that_yaml_takes_for_a_truth_value(tmp_path: Path) -> None:
    assert _read(tmp_path)["countries"] == [{"code": "NO", "surface": "Norway"}]


def test_a_folder_holds_records_and_marked_pages(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "first"}\n\n', "utf-8")
    (tmp_path / "b.yaml").write_text(PAGE, "utf-8")
    assert [record["id"] for record in read_folder(tmp_path)] == ["first", "en-01"]


@pytest.mark.parametrize(
    ("name", "hand"),
    [
        ("plain-de-12.yaml", "open 12"),
        ("odd-en-12.yaml", "open 12"),
        ("de-press.yaml", "open de-press"),
    ],
)
def test_the_hand_of_a_page_is_told_by_its_file(tmp_path: Path, name: str, hand: str) -> None:
    file = tmp_path / "open" / name
    file.parent.mkdir()
    file.write_text(PAGE, "utf-8")
    assert [page["hand"] for page in read_pages(file)] == [hand]


def test_pages_tell_their_hand_in_a_folder_of_many(tmp_path: Path) -> None:
    for number in range(FEWEST_HANDS):
        (tmp_path / f"en-{number}.yaml").write_text(PAGE, "utf-8")
    assert len({page["hand"] for page in read_folder(tmp_path)}) == FEWEST_HANDS
    (tmp_path / "en-0.yaml").unlink()
    assert not any("hand" in page for page in read_folder(tmp_path))


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="missing is no folder"):
        read_folder(tmp_path / "missing")


FOLDERS = ("events", "plain", "none", "open")


def test_the_pages_of_the_project_are_marked_rightly() -> None:
    records = [
        page
        for name in (*FOLDERS, *(f"kept_back/{part}" for part in ("plain", "odd", "central")))
        for page in read_folder(TRAINING / name)
    ]
    assert len({record["id"] for record in records}) == len(records) > 0


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("</o>", "</p>", "closes nothing"),
        ("name: 7th Tin Day", "name: 8th Tin Day", "letter for letter: '8th Tin Day'"),
        ("<e 1>", "<e 2>", "there is no event 2"),
        ("@Ann Weir>", "@Ann Ware>", "no marked person is called 'Ann Ware'"),
        (
            "employer @Ann Weir>",
            "participant 1 @Ann Ware>",
            "no marked person is called 'Ann Ware'",
        ),
        ("employer @Ann Weir>", "employer>", "employer of whom"),
        ("employer @Ann Weir>", "venue 1 @Ann Weir>", "venue, so nobody's employer"),
        ("<o organiser 1>", "<o organiser>", "organiser of which event"),
        ("<o organiser 1>", "<o owner 1>", "the first word is none of"),
        ("role: main", "role: past", "role 'past' is none of"),
        ("ordinal: 7", "number: 7", "unknown keys of an event: ['number']"),
        ("<e ->fair</e>", "<e ->fair", "is not closed"),
        ("<e ->fair", "<e -> fair", "begins or ends with a space"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    with pytest.raises(PageError, match="en-01") as problem:
        _read(tmp_path, PAGE.replace(right, wrong, 1))
    assert message in str(problem.value)
