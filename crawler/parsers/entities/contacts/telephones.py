"""Telephone and fax numbers: behind a label, or international with a plus.

Dates are masked before numbers are looked for: `06.2015 09.06.2015` is a valid German telephone
number to a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import phonenumbers

from crawler.parsers.entities.contacts.items import ContactItem, lines_of

_DATE = re.compile(
    r"\b\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:19|20)?\d\d\b(?!\s?[-/]?\d{3})|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}:\d\d\b|\b\d\d\.(?:19|20)\d\d\b"
)
_FEWEST_DIGITS = 5
"""Of a telephone number."""
_DIGIT = re.compile(r"\d")
_NUMBER = r"(?:\+|00)?[(\d][\d()/.\s\N{NO-BREAK SPACE}–-]{3,24}\d"
_INTERNATIONAL = re.compile(r"(?<![\w+])\(?\+[^\S\n]?\d[\d()/.\s\N{NO-BREAK SPACE}–-]{6,24}\d")


class TelephoneFinder:
    """Finds numbers; `labels` as of `contact_labels`."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._number = re.compile(rf"{_NUMBER}(?:[^\S\n]*{labels['extension']}[^\S\n]*\d{{1,5}})?")

    def find(self, text: str, country: str | None) -> Iterator[ContactItem]:
        """Numbers behind labels, then the other international ones; E.164 where they can be
        dialled.
        """
        prefix = ""
        found: list[ContactItem] = []
        lines = [
            span for span in lines_of(text) if len(_DIGIT.findall(text, *span)) >= _FEWEST_DIGITS
        ]
        hidden = [(start, _DATE.sub(_hidden, text[start:end])) for start, end in lines]
        masked = [(at, line) for at, line in hidden if len(_DIGIT.findall(line)) >= _FEWEST_DIGITS]
        for offset, line in masked:
            for label in self._labelled.finditer(line):
                number = self._number_behind(line, label.end())
                value = _international(line[slice(*number)], country, prefix)
                if value is None:
                    continue
                prefix = value or prefix
                start, end = number[0] + offset, number[1] + offset
                found.extend(
                    ContactItem(kind, start, end, value or text[start:end])
                    for kind in _kinds(label)
                )
        yield from found
        taken = [(i.start, i.end) for i in found]
        for offset, line in masked:
            for match in _INTERNATIONAL.finditer(line):
                start, end = match.start(), _one_line(line, match.start(), match.end())
                value = _international(line[start:end], country, "")
                start, end = start + offset, end + offset
                if value and not any(s < end and start < e for s, e in taken):
                    yield ContactItem("phone", start, end, value)

    def _number_behind(self, line: str, start: int) -> tuple[int, int]:
        """The number that follows a label, as far as its digits go; empty where none does."""
        match = self._number.match(line, start)
        return start, _one_line(line, start, match.end()) if match else start

    @cached_property
    def _labelled(self) -> re.Pattern[str]:
        labels = self._labels
        tel = rf"(?:{labels['tel']}|{labels['mobile']})"
        short = r"(?:(?<=^)|(?<=\n)|(?<=[,;|•] ))(?P<short>[TFM])[.:][^\S\n]*"
        return re.compile(
            rf"(?i:(?<!\w)(?P<both>{tel}\.?[^\S\n]*(?:[/,&+-]|{labels['and']}){{1,2}}[^\S\n]*{labels['fax']})"
            rf"|(?<!\w)(?P<fax>(?:{labels['fax']}))|(?<!\w)(?P<tel>{tel}))"
            rf"{labels['number']}?[.:]*(?:[^\S\n]*\([^)\d\n]{{1,20}}\))?[.:]*[^\S\n]*(?=[+(\d])|{short}(?=[+(\d])"
            # A sentence says it before a number as one dials it within its land: its zero tells it
            # from other numbers (unter 100 Euro).
            rf"|(?<!\w)(?i:{labels['at']})[^\S\n]+(?=\(?0[1-9][\d()/ –-]{{7}})"
        )


def _kinds(label: re.Match[str]) -> tuple[str, ...]:
    if label.group("both"):
        return ("phone", "fax")
    if label.group("fax") or (label.group("short") or "").upper() == "F":
        return ("fax",)
    return ("phone",)


def _hidden(date: re.Match[str]) -> str:
    """What stands for a date, as long as it."""
    return "#" * len(date.group())


def _one_line(text: str, start: int, end: int) -> int:
    """The end of a number without what follows on the next line, or after two blanks."""
    cut = re.split(r"\n|\s{2,}|\s[–-]\s", text[start:end])[0].rstrip(" ./(–-")
    if cut.count("(") > cut.count(")"):
        cut = cut[: cut.rindex("(")].rstrip()
    return start + len(cut)


def _international(number: str, country: str | None, prefix: str) -> str | None:
    """E.164 of a number; empty where it has the shape of one but no region to dial from; None: no
    number.

    A short one (Факс 61-27-01) takes the area code of `prefix`, the number before it.
    """
    digits = re.sub(r"\D", "", number)
    if not _FEWEST_DIGITS <= len(digits) <= 16:
        return None
    try:
        parsed = phonenumbers.parse(re.sub(r"\(0\)", "", number), country)
    except phonenumbers.NumberParseException:
        return None if number.lstrip("(").startswith("+") else ""
    if phonenumbers.is_possible_number(parsed):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if len(digits) < 8 and len(prefix) > len(digits) + 4:
        return prefix[: len(prefix) - len(digits)] + digits
    return None if number.lstrip("(").startswith("+") else ""
