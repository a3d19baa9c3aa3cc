import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records.address_patterns import AddressPattern
from radar.configuration.settings import load_settings

PACKAGED = sorted({p for s in load_settings(None, {}).sources for p in (*s.include, *s.exclude)})
CHARACTERS = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
"""What addresses consist of."""
UNDERSTOOD = [
    r"/news/\d+",
    r"(?i)kazakhstan|astana",
    r"^https://[a-z]+\.example/(?:de|en)/",
    r"[?&]f(\[|%5B)\d",
    r"\bnews\b",
    r"/\w+-\w+/?$",
    r"/20\d{2}/\d{1,2}/",
    r"(?P<year>20\d\d)",
    r"/[^/]+?\.html?$",
    r"%D0%[9AB][0-9A-F]",
    r"(\w+-?)+/$",
]
ADDRESSES = [
    "https://a.example/de/news/12",
    "https://www.a.example/en/Astana-2026/12/x.html",
    "https://a.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/?f%5B0%5D=1&page=2",
    "https://a.example/ru/2026/03/01/slug-with-words/",
    "https://xn--e1afmkfd.example/news",
]


@pytest.mark.parametrize("pattern", [*PACKAGED, *UNDERSTOOD])
def test_a_pattern_matches_the_addresses_that_it_matched_before(pattern: str) -> None:
    compiled = AddressPattern(pattern)
    for address in ADDRESSES:
        assert compiled.is_in(address) == (re.search(pattern, address) is not None), address


@given(data=st.data())
@pytest.mark.parametrize("pattern", [*PACKAGED, *UNDERSTOOD])
def test_so_it_does_with_any_address(pattern: str, data: st.DataObject) -> None:
    near = st.from_regex(re.compile(pattern, re.ASCII), alphabet=CHARACTERS)
    # `$` of `re` matches before a line break, too: no address has one.
    address = data.draw(near.map(str.strip) | st.text(CHARACTERS))
    assert AddressPattern(pattern).is_in(address) == (re.search(pattern, address) is not None)


@pytest.mark.parametrize(
    ("pattern", "remedy"),
    [
        (r"/news/(?!old)", 'at "(?!": can\'t look ahead or behind: what must not match goes into'),
        (r"(?<=/news)/\d", 'at "(?<=": can\'t look ahead or behind'),
        (r"(\d+)/\1", r'at "\1": can'),
        (r"(?P<a>\d)(?P=a)", "refer back to a group"),
        (r"(a)?(?(1)b|c)", "write two expressions"),
        (r"/news/\d+\Z", "write $ for the end"),
        (r"\d++x", "leave the second + or ?> out"),
        (r"(?>\d+)x", "leave the second + or ?> out"),
        (r"/\u043d\u043e", r'write "%D0%BD" for "\u043d"'),
        (r"\U0001f600", 'write "%F0%9F%98%80"'),
        (r"\x{43d}", 'write "%D0%BD"'),
        (r"\xe4", 'write "%C3%A4"'),
        (r"\u0041", 'write "A"'),
        (r"\N{DIGIT ONE}", "write the character itself"),
        (r"\U99999999", "write the character itself"),
        (r"a(?#why)", "put comments beside it"),
        (r"(?x) a b", "there are (?i), (?s) and (?m)"),
        (r"(?a)\w", "there are (?i), (?s) and (?m)"),
        (r"(x{100}){100}", "repeat at most 1000 times"),
        (r"a{,3}", "write {0,3}"),
        ("/новости/", 'percent-encoded: write "%D0%BD%D0%BE%D0%B2'),
        ("новость?", 'write "%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82(%D1%8C)" for'),
        (r"/[а-я]+", 'can\'t have "[а-я]": addresses are percent-encoded'),
        (r"[^\]а]", "write alternatives"),
        (r"[[:alpha:]я]", "write alternatives"),
        (r"[\xe4]", "write alternatives"),
        (r"\[а\]", 'write "%D0%B0" for "а"'),
        ("a{2,1}", 'at "{2,1}": the lesser number comes first, {1,2}'),
        ("a{2000,3000}", "repeat at most 1000 times"),
        ("", "is empty, and so matches every address: leave it out"),
        ("(", "is not a regular expression: missing ): ("),
        ("*", "is not a regular expression: no argument for repetition"),
        ("|".join(f"{n}.{{900}}" for n in range(100)), "is too large a regular expression"),
    ],
)
def test_what_linear_time_leaves_out_is_refused_with_the_remedy(pattern: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=re.escape(remedy)) as raised:
        AddressPattern(pattern)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("pattern", [r"\\u043d", r"[^/]+", r"\x41", r"\x{41}", r"[\x41-\x5a]"])
def test_what_is_in_ascii_is_not_taken_for_more(pattern: str) -> None:
    AddressPattern(pattern)


def test_letters_are_those_of_ascii() -> None:
    assert not AddressPattern(r"\w").is_in("я")
    assert AddressPattern(r"(?i)ASTANA").is_in("https://astana.example/")
