"""Each kind of mistake in the configuration gives one line that says where and what."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from indexer.records.errors import ConfigError
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation

SOURCE = """\
- id: ministry
  name: Ministry
  url: https://ministry.example
  country: KZ
  languages: [ru, kk]
"""
WATCH = "- {id: w, name: W, query: lithium, channels: [feed]}\n"


def _problems(
    folder: Path, files: Mapping[str, str], environ: Mapping[str, str] | None = None
) -> list[str]:
    """What is wrong, a line each, with the folder's name cut off."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    problems: Sequence[str]
    try:
        problems = load_settings(folder, environ or {}, home=folder / "home").mistaken_watches
    except ConfigError as error:
        problems = error.problems
    assert problems
    return [line.removeprefix(f"{folder}/") for line in problems]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("  lanugage: [ru]\n", '6: unknown key "lanugage" (did you mean "languages"?)'),
        ("  xyzzy: 1\n", '6: unknown key "xyzzy"'),
        (
            "  feeds: [{url: 'htp://a.example'}]\n",
            (
                '6: feeds[1].url: "htp://a.example" is no http or https address such as '
                "https://example.org/news"
            ),
        ),
        ("  feeds:\n    - {url: https://a.example, enbled: no}\n", None),
        (
            "  feeds: https://a.example\n",
            (
                '6: feeds: "https://a.example" must be a list, such as '
                "[{url: https://site.example/news}]"
            ),
        ),
        (
            "  feeds: [https://a.example]\n",
            (
                '6: feeds[1]: "https://a.example" must be a mapping, such as '
                "{url: https://site.example/news}"
            ),
        ),
        (
            "  feeds: [{url: https://a.example, enabled: false}]\n",
            "6: feeds[1].reason: enabled: false needs a reason",
        ),
        ("  enabled: false\n", "1: reason: enabled: false needs a reason"),
        ("  enabled: maybe\n", '6: enabled: "maybe" must be true or false'),
        ("  delay: fast\n", '6: delay: "fast" must be a number of seconds such as 1.5'),
        ("  max_pages: -3\n", '6: max_pages: "-3" must be a whole number from 1'),
        ("  max_pages: 0\n", '6: max_pages: "0" must be a whole number from 1'),
        (
            "  schedule: 25:00\n",
            (
                '6: schedule: "25:00" is not a time of day such as "02:30" or interval such as '
                "30m, 6h, 1d"
            ),
        ),
        (
            "  window: 22:00\n",
            '6: window: "22:00" is not a span of time such as "22:00-06:00"',
        ),
        (
            "  window: 22:00-22:00\n",
            '6: window: "22:00-22:00" is not a span of time such as "22:00-06:00"',
        ),
        (
            "  schedule: 0h\n",
            (
                '6: schedule: "0h" is not a time of day such as "02:30" or interval such as '
                "30m, 6h, 1d"
            ),
        ),
        ("  hosts: [https://a.example]\n", None),
        ("  hosts: [A.example]\n", '6: hosts[1]: "A.example" must be in small letters'),
        ("  hosts: ['a.example:99999']\n", None),
        ("  include: ['(']\n", None),
        ("  listings: [{url: https://a.example, links: 'a['}]\n", None),
        (
            "  rights: {retention_days: 0}\n",
            '6: rights.retention_days: "0" must be a whole number from 1',
        ),
        (
            "  rights: {permision: by mail}\n",
            '6: rights: unknown key "permision" (did you mean "permission"?)',
        ),
        ("  rights: {archive: perhaps}\n", '6: rights.archive: "perhaps" must be true or false'),
        (
            "  render: allways\n",
            '6: render: "allways" must be never, auto or always (did you mean "always"?)',
        ),
        (
            "  calendars: [{url: a.ics}]\n",
            (
                '6: calendars[1].url: "a.ics" is no http or https address such as '
                "https://example.org/news"
            ),
        ),
        ("  apis: [{list: https://a.example/json}]\n", '6: apis[1].items: key "items" is missing'),
        ("  apis:\n    - items: data\n", '7: apis[1].list: key "list" is missing'),
        ("  apis:\n    - preset: gov-kzz\n", None),
        (
            "  apis:\n    - preset: worldbank\n      with: {lnguage: German}\n",
            '8: apis[1].with.lnguage: fills no placeholder (did you mean "language"?)',
        ),
        (
            "  apis:\n    - preset: gov-kz\n      with: {language: ru}\n",
            "7: apis[1].list: needs a value for {project} in `with`",
        ),
        (
            "  apis:\n    - preset: gov-kz\n      with: {project: x, language: xx}\n",
            '7: apis[1].page.lang: "xx" is not a language code (ISO 639-1 such as de)',
        ),
        (
            "  apis:\n    - list: 'https://a.example/{page}/{offset}'\n      items: d\n",
            "7: apis[1].list: takes one of {page}, {offset}, {cursor}",
        ),
        (
            "  apis:\n    - list: https://a.example/\n      items: a..b\n",
            '8: apis[1].items: "a..b" is not a path such as data.items or refs[0].code',
        ),
        (
            "  apis:\n    - list: https://a.example/\n      items: d\n      url: '{id!upper}'\n",
            '9: apis[1].url: "{id!upper}" unknown filter "upper" (there are lower, underscores)',
        ),
        (
            (
                "  apis:\n    - list: https://a.example/\n      items: d\n"
                "      detail: 'https://a.example/{id}'\n"
            ),
            "9: apis[1].detail: needs page with html or text: where the article stands in it",
        ),
        (
            "  apis:\n    - list: https://a.example/\n      items: d\n      page: {html: body}\n",
            "9: apis[1].page: needs detail: the address that gives an item as JSON",
        ),
        ("  apis: [{list: 'https://a.example/', items: d, headers: {User-Agent: x}}]\n", None),
        ("  apis: [{list: 'https://a.example/{', items: d}]\n", None),
        ("  apis: [{list: 'https://a.example/', items: d, frist: 1}]\n", None),
        ("  name: again\n", '6: key "name" occurs twice (first in line 2)'),
    ],
)
def test_a_mistake_in_a_source(tmp_path: Path, written: str, line: str | None) -> None:
    problems = _problems(tmp_path, {"sources/x.yaml": SOURCE + written})
    assert len(problems) == 1
    assert problems[0].startswith("sources/x.yaml:")
    if line is not None:
        assert problems[0] == f"sources/x.yaml:{line}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: ministry", "id: Ministry_1", "is not an id"),
        ("country: KZ", "country: XX", "is not a country code"),
        ("country: KZ", "country: kz", 'did you mean "KZ"?'),
        ("country: KZ", "country: Kazakhstan", "is not a country code"),
        ("[ru, kk]", "[ru, kz]", '5: languages[2]: "kz" is not a language code'),
        ("[ru, kk]", "[RU]", 'did you mean "ru"?'),
        ("[ru, kk]", "[]", "languages: must not be empty"),
        ("[ru, kk]", "ru", "must be a list"),
        ("[ru, kk]", "{ru: 1}", "must be a list"),
        ("  country: KZ\n", "", 'key "country" is missing'),
        ("name: Ministry", "name: ", 'key "name" is missing'),
        ("name: Ministry", "name: ''", "name: must not be empty"),
        ("name: Ministry", "name: [a]", "must be a word or text"),
        ("https://ministry.example", "ministry.example", "is no http or https address"),
        ("https://ministry.example", "https://", "is no http or https address"),
        ("https://ministry.example", "https://a b.example", "is no http or https address"),
        ("https://ministry.example", "https://a.example:port/", "is no http or https address"),
        ("https://ministry.example", "file:///etc/passwd", "is no http or https address"),
    ],
)
def test_a_mistake_in_a_required_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    problems = _problems(tmp_path, {"sources/x.yaml": SOURCE.replace(old, new)})
    assert len(problems) == 1
    assert said in problems[0]


def test_a_misspelt_required_key_is_named_on_both_lines(tmp_path: Path) -> None:
    problems = _problems(tmp_path, {"sources/x.yaml": SOURCE.replace("country", "contry")})
    assert sorted(problems) == [
        'sources/x.yaml:1: key "country" is missing (misspelt as "contry")',
        'sources/x.yaml:4: unknown key "contry" (did you mean "country"?)',
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("databse: x\n", '1: unknown key "databse" (did you mean "database"?)'),
        ("database: mysql://host/x\n", None),
        ("database: words words\n", None),
        ("timezone: Europe/Berln\n", None),
        ("timezone: ../etc\n", None),
        ("crawler:\n  delays: 2\n", '2: crawler: unknown key "delays" (did you mean "delay"?)'),
        (
            "  contact: desk@example.org\n",  # of a file of comments, one line without its #
            '1: unknown key "contact" (it stands below crawler:, indented)',
        ),
        (
            "url: smtp://mail.example.org\n",
            '1: unknown key "url" (it stands below store: or mail:, indented)',
        ),
        (
            "crawler:\n  timezone: Europe/Berlin\n",
            '2: crawler: unknown key "timezone" (it stands beside crawler:, not below it)',
        ),
        (
            "language: en\n  contact: desk@example.org\n",
            (
                "2: mistaken YAML: mapping values are not allowed in this context; a text with a "
                "colon in it stands in quotes; keys of one entry begin in the same column"
            ),
        ),
        (
            "crawler:\n    contact: desk@example.org\n  delay: 2\n",
            (
                "3: mistaken YAML: while parsing a block mapping, did not find expected key; keys "
                "of one entry begin in the same column: this line is indented otherwise"
            ),
        ),
        (
            "crawler: {allow_networks: [10.0.0.1/8]}\n",
            (
                '1: crawler.allow_networks[1]: "10.0.0.1/8" is not a network such as 127.0.0.0/8 '
                '(did you mean "10.0.0.0/8"?)'
            ),
        ),
        ("crawler: {allow_networks: [localhost]}\n", None),
        ("crawler: {contact: nobody}\n", None),
        ("crawler: 3\n", '1: crawler: "3" must be a mapping of keys to values'),
        ("- a\n", None),
        ("mail: {url: 'smtp://host:587'}\n", '1: mail: key "from" is missing'),
        ("mail: {url: 'http://host', from: a@b.example}\n", None),
        ("mail: {url: 'smtp://host', from: nobody}\n", None),
        ("store: elastic\n", None),
        ("store: 'https://a.example:9200,ftp://b.example'\n", None),
        (
            "store: {url: 'http://search.example:9200', api_key: x}\n",
            "1: store: sends a key or password unencrypted: use https",
        ),
        (
            "store: 'http://user:hunter2@search.example:9200'\n",
            "1: store: sends a key or password unencrypted: use https",
        ),
        ("store: {url: 'https://search.example', fingerprint: abc}\n", None),
        ("store: {url: 'https://search.example', name: Radar*}\n", None),
        (
            "store: {url: 'https://search.example', verify_certs: false}\n",
            '1: store: unknown key "verify_certs"',
        ),
        (
            "store: {uri: 'https://search.example'}\n",
            '1: store: unknown key "uri" (did you mean "url"?)',
        ),
    ],
)
def test_a_mistake_in_radar_yaml(tmp_path: Path, text: str, line: str | None) -> None:
    problems = _problems(tmp_path, {"radar.yaml": text})
    assert len(problems) == 1
    assert problems[0].startswith("radar.yaml:1" if line is None else f"radar.yaml:{line}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lithium", '"(lithium"', "query: "),
        ("lithium", "colour:red", "query: there is no field 'colour'"),
        ("lithium", "NOT (a OR comodity:b)", "at character 11"),
        (
            "lithium",
            "topic:cluster-strategy",
            'no topic "cluster-strategy" (did you mean "cluster-strategies"?)',
        ),
        ("[feed]", "[fed]", 'did you mean "feed"?'),
        ("[feed]", "['mailto:nobody']", "is not a channel"),
        ("[feed]", "['mailto:a%0Ab@x.example']", "is not a channel"),
        ("[feed]", "['mailto:a%00b@x.example']", "is not a channel"),
        ("name: W", 'name: "W\\nV"', "must be one line"),
        ("name: W", 'name: "W\\u2028V"', "must be one line"),
        ("name: W", 'name: "W\\0V"', "must be one line"),
        ("[feed]", "['https://hook.example']", "is not a channel"),
        ("[feed]", "[]", "must not be empty"),
        ("[feed]}", "[feed], cadence: yearly}", 'cadence: "yearly" is not a cadence'),
        ("[feed]}", "[feed], cadence: daily 25:00}", "is not a cadence"),
        ("[feed]}", "[feed], cadence: daily mon 07:00}", "is not a cadence"),
        ("[feed]}", "[feed], timezone: Berlin}", "is not a time zone"),
        ("[feed]}", "[feed], quiet: '22:00'}", "is not a span of time"),
    ],
)
def test_a_mistake_in_a_watch(tmp_path: Path, old: str, new: str, said: str) -> None:
    problems = _problems(tmp_path, {"watches/x.yaml": WATCH.replace(old, new)})
    assert len(problems) == 1
    assert problems[0].startswith("watches/x.yaml:1: ")
    assert said in problems[0]


@pytest.mark.parametrize("name", ["radar.yaml", "watches/own.yaml"])
def test_a_file_that_was_emptied_is_not_taken_for_one_that_says_nothing(
    tmp_path: Path, name: str
) -> None:
    (line,) = _problems(tmp_path, {name: ""})
    assert line.startswith(f"{name}:1: is empty: ")
    (tmp_path / name).write_text("# nothing so far\n")
    assert not load_settings(tmp_path, {}, home=tmp_path).mistaken_watches


def test_a_mistaken_watch_stops_nothing_else(tmp_path: Path) -> None:
    mistaken = WATCH.replace("lithium", '"(lithium"').replace("w,", "x,")
    files = {"sources/a.yaml": SOURCE, "watches/a.yaml": mistaken + WATCH, "watches/b.yaml": "- x"}
    assert [p.split(":")[0] for p in _problems(tmp_path, files)] == [
        "watches/a.yaml",
        "watches/b.yaml",
    ]
    settings = load_settings(tmp_path, {}, home=tmp_path / "home")
    assert [watch.id for watch in settings.watches] == ["w"]
    assert [of.id for of in settings.sources] == ["ministry"]
    with pytest.raises(ConfigError) as caught:
        Installation(settings).check_watches()
    assert caught.value.problems == list(settings.mistaken_watches)
    files["sources/b.yaml"] = SOURCE
    assert "occurs twice" in "".join(_problems(tmp_path, files)[:1])
    assert len(_problems(tmp_path, files)) == 3


def test_a_mistake_in_a_topic(tmp_path: Path) -> None:
    text = "- id: t\n  name: T\n  terms:\n    de:\n      - Kupfer\n      - (Kupfer\n    xx: [a]\n"
    bad_query = _problems(tmp_path, {"topics/x.yaml": text.replace("    xx: [a]\n", "")})
    assert len(bad_query) == 1
    assert bad_query[0].startswith("topics/x.yaml:6: terms.de: ")
    inside = text.replace("(Kupfer", "topic:t").replace("    xx: [a]\n", "")
    assert "there is no topic" in _problems(tmp_path, {"topics/x.yaml": inside})[0]
    bad_language = _problems(tmp_path, {"topics/x.yaml": text})
    assert len(bad_language) == 1
    assert bad_language[0].startswith("topics/x.yaml:7: ")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("near: 2", "topics/x.yaml:4: near: does nothing without `ambiguous`"),
        ("context: {de: [a]}", "topics/x.yaml:4: context: does nothing without `ambiguous`"),
        (
            "ambiguous: {de: [a]}\n  context: {de: []}",
            "topics/x.yaml:4: ambiguous: needs `context`, `near` or both",
        ),
        (
            "ambiguous: {de: ['a OR lang:de AND bergb*']}\n  near: 2",
            "topics/x.yaml:5: near: does nothing for terms of one word",
        ),
        (
            "last_word: other\n  judged: {de: [b]}",
            "topics/x.yaml:4: last_word: there is no such model: cluster-strategies",
        ),
        (
            "last_word: cluster-strategies",
            "topics/x.yaml:4: last_word: goes together with `judged`",
        ),
    ],
)
def test_keys_of_a_topic_that_go_together(tmp_path: Path, given: str, problem: str) -> None:
    text = f"- id: x\n  name: X\n  terms: {{de: [b]}}\n  {given}\n"
    assert _problems(tmp_path, {"topics/x.yaml": text}) == [problem]


def test_a_model_of_another_encoder_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("radar.configuration.folder.find_sense", lambda name: None)
    text = (
        "- {id: x, name: X, terms: {de: [b]}, last_word: cluster-strategies, judged: {de: [b]}}\n"
    )
    problems = _problems(tmp_path, {"topics/x.yaml": text})
    expected = "topics/x.yaml:1: last_word: this model does not fit the encoder of the program"
    assert expected in problems


def test_words_with_a_hyphen_between_them_can_be_close(tmp_path: Path) -> None:
    ambiguous = "ambiguous: {de: [Lithium-Cluster]}\n  near: 2"
    text = f"- id: x\n  name: X\n  terms: {{de: [b]}}\n  {ambiguous}\n"
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "x.yaml").write_text(text)
    assert load_settings(tmp_path, {}, home=tmp_path / "home").topics["x"].near == 2


def test_ids_are_unique_over_all_files(tmp_path: Path) -> None:
    problems = _problems(tmp_path, {"sources/a.yaml": SOURCE, "sources/b.yaml": "\n" + SOURCE})
    assert problems == [
        f'sources/b.yaml:2: id "ministry" occurs twice (first {tmp_path}/sources/a.yaml:1)'
    ]


def test_an_entry_with_other_mistakes_is_compared_and_its_query_read_too(tmp_path: Path) -> None:
    watch = "- {id: desk, name: Desk, query: 'gold', channels: [feed]}\n"
    mistaken = "- {id: desk, name: Desk, query: '(gold', channels: [fax]}\n"
    files = {"watches/a.yaml": watch, "watches/b.yaml": mistaken}
    problems = _problems(tmp_path, files)
    assert [p.split(":", 2)[0] for p in problems] == ["watches/b.yaml"] * 3
    assert any("channels[1]" in p for p in problems)
    assert any('id "desk" occurs twice' in p for p in problems)
    assert any("query: " in p and "at character" in p for p in problems)


def test_a_file_that_would_be_passed_over_is_told(tmp_path: Path) -> None:
    problems = _problems(tmp_path, {"sources/a.yml": SOURCE})
    assert problems == ["sources/a.yml:1: is not read: the name must end in .yaml"]


def test_a_file_that_holds_no_list_is_told(tmp_path: Path) -> None:
    problems = _problems(tmp_path, {"sources/a.yaml": "id: x\n", "watches/w.yaml": "- word\n"})
    assert problems[0].startswith("sources/a.yaml:1: the file must hold a list")
    assert problems[1] == 'watches/w.yaml:1: "word" must be a mapping of keys to values'


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        {
            "radar.yaml": "timezone: Nowhere\nmial: null\n",
            "sources/a.yaml": SOURCE + "  delay: x\n  schedule: y\n  enabled: false\n",
            "sources/b.yaml": "- id: [\n",
            "watches/w.yaml": WATCH + "- {id: v}\n",
            "topics/t.yaml": "- {id: t, name: T}\n",
        },
    )
    assert [problem.split(":")[0] for problem in problems] == (
        ["radar.yaml"] * 2
        + ["sources/a.yaml"] * 3
        + ["sources/b.yaml"]
        + ["topics/t.yaml"]
        + ["watches/w.yaml"] * 3
    )
    assert problems == sorted(
        problems, key=lambda p: (p.split(":")[0] != "radar.yaml", p.split(":")[0])
    )


def test_a_variable_that_is_not_set_is_told_once_by_name(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        {"radar.yaml": "\nmail:\n  url: ${MAIL_URL}\n  from: a@b.example\n"},
        {"OTHER": "x"},
    )
    assert problems == ["radar.yaml:3: environment variable MAIL_URL is not set"]


def test_a_variable_without_a_name_is_told(tmp_path: Path) -> None:
    assert _problems(tmp_path, {"radar.yaml": "database: 'sqlite:///${A B}'\n"}) == [
        'radar.yaml:1: "${A B}" does not name a variable'
    ]


def test_secrets_are_in_no_message(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        {
            "radar.yaml": "database: ${DB}\nmail: {url: '${MAIL}', from: '${FROM}'}\n"
            "store: {url: '${STORE}', api_key: [hunter2]}\n",
            "sources/a.yaml": SOURCE + "  feeds: [{url: 'ftp://me:hunter2@a.example/'}]\n",
        },
        {
            "DB": "mysql://me:hunter2@host/x",
            "MAIL": "http://me:hunter2@host",
            "FROM": "hunter2",
            "STORE": "hunter2",
        },
    )
    assert len(problems) == 6
    assert "hunter2" not in "\n".join(problems)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RADAR_STORE", "http://me:hunter2@search.example"),
        ("RADAR_STORE", "hunter2"),
        ("RADAR_DATABASE", "mysql://me:hunter2@host/x"),
    ],
)
def test_a_mistaken_variable_is_told_without_its_value(
    tmp_path: Path, name: str, value: str
) -> None:
    (problem,) = _problems(tmp_path, {}, {name: value})
    assert problem.startswith(f"{name}: ")
    assert "hunter2" not in problem


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such folder"):
        load_settings(None, {"RADAR_CONFIG": str(tmp_path / "none")})


def test_a_mistake_in_an_own_preset(tmp_path: Path) -> None:
    presets = "- {id: p, name: P, list: 'https://a.example/{page}', item: d}\n"
    problems = _problems(tmp_path, {"apis.yaml": presets})
    assert problems == ['apis.yaml:1: unknown key "item" (did you mean "items"?)']


def test_all_mistakes_of_an_api_come_with_those_of_its_source(tmp_path: Path) -> None:
    apis = (
        "  apis:\n"
        "    - preset: gov-kz\n"
        "      with:\n"
        "        projekt: mfa\n"
        "        language: xx\n"
        "    - preset: gov-kzz\n"
        "    - preset: worldbankk\n"
        "      depth: deep\n"
        "    - items: data\n"
        "      page: {html: body}\n"
        "      headers: {Accept-Language: '{lang}'}\n"
    )
    told = [
        "7: apis[1].list: needs a value for {project} in `with`",
        '9: apis[1].with.projekt: fills no placeholder (did you mean "project"?)',
        '7: apis[1].page.lang: "xx" is not a language code (ISO 639-1 such as de)',
        '11: apis[2].preset: there is no preset "gov-kzz" (did you mean "gov-kz"?)',
        '12: apis[3].preset: there is no preset "worldbankk" (did you mean "worldbank"?)',
        '14: apis[4].list: key "list" is missing',
        "15: apis[4].page: needs detail: the address that gives an item as JSON",
        "16: apis[4].headers: needs a value for {lang} in `with`",
    ]
    depth = '13: apis[3].depth: "deep" must be a whole number from 1'
    country = '4: country: "Kasachstan" is not a country code'
    mistaken = SOURCE.replace("country: KZ", "country: Kasachstan") + apis
    problems = _problems(tmp_path, {"sources/a.yaml": mistaken})
    lines = [problem.removeprefix("sources/a.yaml:") for problem in problems]
    assert lines[0].startswith(country)
    assert lines[1:] == [depth, *told]
    alone = _problems(
        tmp_path, {"sources/a.yaml": SOURCE + apis.replace("      depth: deep\n", "")}
    )
    assert [problem.partition(": ")[2] for problem in alone] == [
        line.partition(": ")[2] for line in told
    ]


def test_an_api_with_a_variable_that_is_not_set_has_no_further_mistake(tmp_path: Path) -> None:
    apis = "  apis: [{list: 'https://a.example/{page}?key=${KEY}', items: d}]\n"
    problems = _problems(tmp_path, {"sources/a.yaml": SOURCE + apis})
    assert problems == ["sources/a.yaml:6: environment variable KEY is not set"]
