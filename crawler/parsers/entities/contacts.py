"""Contacts in a contact block or a text: person, role, telephone, fax and e-mail, with their places.

Lines are the unit. Lines with a number or an address form a group; the person is named on the same
line or on the few lines above, the role beside or below the name. A number needs a label (Tel., Fax)
or a plus, and dates are masked before numbers are looked for: `06.2015 09.06.2015` is a valid German
telephone number to a parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import phonenumbers

from crawler.parsers.entities.persons import PersonFinder
from crawler.parsers.entities.spans import Found
from crawler.parsers.entities.tables import CONTACTS
from crawler.parsers.entities.words import any_of, cues
from indexer.document import Contact, Mention, Part

_DATE = re.compile(
    r"\b\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:19|20)?\d\d\b(?!\s?[-/]?\d{3})|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}:\d\d\b|\b\d\d\.(?:19|20)\d\d\b"
)
_FEWEST_DIGITS = 5
"""Of a telephone number."""
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    r"(?:\+|00)?[(\d][\d()/.\s\N{NO-BREAK SPACE}–-]{3,24}\d(?:[^\S\n]*(?:доб\.?|ext\.?|App\.|вн\.)[^\S\n]*\d{1,5})?"
)
_INTERNATIONAL = re.compile(r"(?<![\w+])\(?\+[^\S\n]?\d[\d()/.\s\N{NO-BREAK SPACE}–-]{6,24}\d")
_ABOVE = 4
"""Lines above a number in which its person may stand: name, role, organisation, street."""
_NEAR_END = 700
"""Characters before the end of a text in which a nameless number still counts as a contact."""
_LOCAL = r"[A-Za-z0-9][\w.+%-]{0,63}"
_HOST = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"
_SURE, _LIKELY = 0.95, 0.85


@dataclass(frozen=True, slots=True)
class _Item:
    """Something found: kind is name, role, phone, fax or email."""

    kind: str
    start: int
    end: int
    value: str


@dataclass(slots=True)
class _Group:
    """The items of one contact while lines are read."""

    items: dict[str, _Item] = field(default_factory=dict)
    last_line: int = 0

    def reachable(self) -> bool:
        """Whether one can call or write."""
        return any(kind in self.items for kind in ("phone", "fax", "email"))


class ContactFinder:
    """Finds contacts; `persons` reads names."""

    def __init__(
        self,
        languages: Mapping[str, Mapping[str, Any]],
        disguises: Mapping[str, Sequence[str]],
        persons: PersonFinder,
    ) -> None:
        self._languages = languages
        self._disguises = disguises
        self._persons = persons

    def find(
        self,
        part: Part,
        text: str,
        names_in: Callable[[str], Sequence[Found]],
        country: str | None,
    ) -> tuple[list[Contact], list[Mention]]:
        """Contacts in the order of the text; mentions carry `contacts[i].…` as field.

        `names_in` finds the names of the tables: most texts hold no contact and need none. `country`
        (ISO code) says how numbers without country code are dialled.
        """
        items = [*self.emails(text), *self._numbers(text, country)]
        if not items:
            return [], []
        names = names_in(text)
        persons = self._persons.find(text, names)
        groups = list(self._groups(text, items, persons, names))
        kept = [g for g in groups if "name" in g.items or self._announced(part, text, g)]
        return _records(part, text, _merged(kept))

    # -- e-mail

    @cached_property
    def _email(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        ats = self._disguises.get("at", ("@",))
        dots = self._disguises.get("dot", (".",))
        plain_at = any_of(
            rf"\s?{re.escape(a.strip())}\s?" if _bracketed(a) else re.escape(a)
            for a in ats
            if not a.strip().isalpha()
        )
        plain_dot = any_of(
            [r"\.", *(rf"\s?{re.escape(d.strip())}\s?" for d in dots if _bracketed(d))]
        )
        any_at = any_of(
            [plain_at, *(rf"\s{re.escape(a.strip())}\s" for a in ats if a.strip().isalpha())]
        )
        any_dot = any_of(
            [r"\.", *(rf"\s?{re.escape(d.strip())}\s?" for d in dots if d.strip() != ".")]
        )
        word_dot = any_of(rf"\s{re.escape(d.strip())}\s" for d in dots if d.strip().isalpha())
        shape = r"(?<![\w@.+%-])(?P<local>{local})(?P<at>{at})(?P<host>{host}(?:{dot}{host}){{0,6}}{dot}[A-Za-z]{{2,12}})(?![\w@])"
        strict = re.compile(shape.format(local=_LOCAL, host=_HOST, at=plain_at, dot=plain_dot))
        loose = re.compile(
            rf"(?<![\w@.+%-])(?P<local>{_LOCAL})(?P<at>{any_at})(?P<host>{_HOST}(?:{any_dot}{_HOST}){{0,6}}(?:{word_dot})[A-Za-z]{{2,12}})(?![\w@])"
            rf"|(?<=:)[^\S\n]*(?P<local2>{_LOCAL})(?P<at2>{any_at})(?P<host2>{_HOST}(?:{any_dot}{_HOST}){{0,6}}{any_dot}[A-Za-z]{{2,12}})(?![\w@])"
        )
        return strict, loose

    def emails(self, text: str) -> Iterator[_Item]:
        """Addresses, plain and disguised; a bare ` at ` only behind a label or with a bare ` dot `."""
        strict, loose = self._email
        lines = list(_lines(text))
        plain = [span for span in lines if self._at_sign.search(text, *span)]
        signed = frozenset(plain)
        told = [span for span in lines if span in signed or self._says_at(text, span)]
        taken: list[tuple[int, int]] = []
        for pattern, spans in ((strict, plain), (loose, told)):
            for match in (m for span in spans for m in pattern.finditer(text, *span)):
                suffix = "2" if pattern is loose and match.group("local2") else ""
                start, end = match.start(f"local{suffix}"), match.end()
                if any(s < end and start < e for s, e in taken):
                    continue
                taken.append((start, end))
                yield _Item(
                    "email",
                    start,
                    end,
                    self._address(match.group(f"local{suffix}"), match.group(f"host{suffix}")),
                )

    @cached_property
    def _at_sign(self) -> re.Pattern[str]:
        ats = (a.strip() for a in self._disguises.get("at", ("@",)))
        return re.compile(any_of(re.escape(a) for a in ats if not a.isalpha()))

    @cached_property
    def _bare_words(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """An "at" in letters; what a line with one needs besides, a label or a "dot" in letters."""
        ats, dots = (
            [re.escape(w.strip()) for w in self._disguises.get(kind, ()) if w.strip().isalpha()]
            for kind in ("at", "dot")
        )
        return re.compile(rf"\s{any_of(ats)}\s"), re.compile(rf":|\s{any_of(dots)}\s")

    def _says_at(self, text: str, line: tuple[int, int]) -> bool:
        at, besides = self._bare_words
        return bool(besides.search(text, *line) and at.search(text, *line))

    def _address(self, local: str, host: str) -> str:
        for dot in self._disguises.get("dot", ()):
            host = re.sub(rf"\s?{re.escape(dot.strip())}\s?", ".", host, flags=re.IGNORECASE)
        for inserted in self._disguises.get("insert", ()):
            host = host.replace(f".{inserted}", "").replace(f"{inserted}.", "")
            local = local.replace(f"-{inserted}", "").replace(f".{inserted}", "")
        return f"{local}@{host.lower()}"

    # -- numbers

    @cached_property
    def _labels(self) -> dict[str, str]:
        made: dict[str, list[str]] = {"tel": [], "mobile": [], "fax": [], "block": []}
        for code in self._languages:
            for kind, words in cues(self._languages, code).get("contact_labels", {}).items():
                if kind in made:
                    made[kind].extend(w.rstrip(".:") for w in words)
        return {kind: any_of(map(re.escape, words)) for kind, words in made.items()}

    @cached_property
    def _labelled(self) -> re.Pattern[str]:
        labels = self._labels
        tel = rf"(?:{labels['tel']}|{labels['mobile']})"
        short = r"(?:(?<=^)|(?<=\n)|(?<=[,;|•] ))(?P<short>[TFM])[.:][^\S\n]*"
        return re.compile(
            rf"(?i:(?<!\w)(?P<both>{tel}\.?[^\S\n]*[/,&и+-]{{1,2}}[^\S\n]*{labels['fax']})|(?<!\w)(?P<fax>(?:{labels['fax']}))|(?<!\w)(?P<tel>{tel}))"
            rf"(?:nummer|number|номер)?[.:]*(?:[^\S\n]*\([^)\d\n]{{1,20}}\))?[.:]*[^\S\n]*(?=[+(\d])|{short}(?=[+(\d])"
        )

    def _numbers(self, text: str, country: str | None) -> Iterator[_Item]:
        prefix = ""
        found: list[_Item] = []
        lines = [
            span for span in _lines(text) if len(_DIGIT.findall(text, *span)) >= _FEWEST_DIGITS
        ]
        hidden = [(start, _DATE.sub(_hidden, text[start:end])) for start, end in lines]
        masked = [(at, line) for at, line in hidden if len(_DIGIT.findall(line)) >= _FEWEST_DIGITS]
        for offset, line in masked:
            for label in self._labelled.finditer(line):
                number = _number_behind(line, label.end())
                value = _international(line[slice(*number)], country, prefix)
                if value is None:
                    continue
                prefix = value or prefix
                start, end = number[0] + offset, number[1] + offset
                found.extend(
                    _Item(kind, start, end, value or text[start:end]) for kind in _kinds(label)
                )
        yield from found
        taken = [(i.start, i.end) for i in found]
        for offset, line in masked:
            for match in _INTERNATIONAL.finditer(line):
                start, end = match.start(), _one_line(line, match.start(), match.end())
                value = _international(line[start:end], country, "")
                start, end = start + offset, end + offset
                if value and not any(s < end and start < e for s, e in taken):
                    yield _Item("phone", start, end, value)

    # -- groups

    def _groups(
        self, text: str, items: Sequence[_Item], persons: Sequence[Found], names: Sequence[Found]
    ) -> Iterator[_Group]:
        lines = list(_lines(text))
        people = self._people(text, lines, items, persons, names)
        group: _Group | None = None
        for number, (start, end) in enumerate(lines):
            here = sorted(
                (i for i in [*items, *people] if start <= i.start < end), key=lambda i: i.start
            )
            for item in here:
                if group is None or _starts_new(group, item, number):
                    if group is not None and group.reachable():
                        yield group
                    group = _Group(last_line=number)
                if item.kind not in group.items:
                    group.items[item.kind] = item
                group.last_line = number
        if group is not None and group.reachable():
            yield group

    def _people(
        self,
        text: str,
        lines: Sequence[tuple[int, int]],
        items: Sequence[_Item],
        persons: Sequence[Found],
        names: Sequence[Found],
    ) -> list[_Item]:
        """Names (and their roles) on the lines of the items and the few lines above them."""
        rows = {i for i, (s, e) in enumerate(lines) if any(s <= x.start < e for x in items)}
        near = {row - up for row in rows for up in range(_ABOVE + 1)}
        made: list[_Item] = []
        for row in sorted(r for r in near if r >= 0):
            start, end = lines[row]
            here = [p for p in persons if start <= p.start < end]
            if not here:
                alone = self._line_is_name(text, start, end, names)
                here = [alone] if alone else []
            if len(here) > 1 and row not in rows:
                continue
            for person in here[:1] if row not in rows else here:
                made.append(_Item("name", person.start, person.end, person.value))
                role = self._role(text, lines, row, person)
                if role is not None:
                    made.append(role)
        return made

    def _line_is_name(
        self, text: str, start: int, end: int, names: Sequence[Found]
    ) -> Found | None:
        """A line of two or three words with capitals that nothing else explains."""
        line = text[start:end].strip()
        label = re.match(rf"(?i:{self._labels['block']})[^\S\n]*:[^\S\n]*", line)
        if label:
            line = line[label.end() :]
        line = line.rstrip(",;")
        if not _NAME_LINE.fullmatch(line):
            return None
        offset = text.index(line, start)
        if any(n.overlaps(offset, offset + len(line)) for n in names):
            return None
        words = self._persons.cyrillic if re.search(r"[А-я]", line) else self._persons.latin
        parts = re.findall(r"[\w’'-]+", line)
        from_folding = [p.lower() for p in parts]
        if any(w in words.not_names for w in from_folding) or any(
            p.endswith(words.not_name_endings) or re.fullmatch(words.role, p, re.IGNORECASE)
            for p in parts
        ):
            return None
        return Found("persons", offset, offset + len(line), line, _LIKELY, "person:line")

    def _role(
        self, text: str, lines: Sequence[tuple[int, int]], row: int, person: Found
    ) -> _Item | None:
        words = self._persons.cyrillic if re.search(r"[А-я]", person.value) else self._persons.latin
        role = re.compile(rf"(?<![\w-]){words.role}(?!\w)", re.IGNORECASE)
        _, end = lines[row]
        beside = re.compile(r"[^\S\n]*[,(–—-][^\S\n]*([^\n,;()|]{3,70})").match(
            text, person.end, end
        )
        if beside and role.search(beside.group(1)):
            return _role_item(text, beside.start(1), beside.end(1))
        if row + 1 < len(lines):
            start, stop = lines[row + 1]
            line = text[start:stop]
            if (
                3 <= len(line.strip()) <= 80
                and role.match(line.strip())
                and not re.search(r"[@\d]{2}", line)
            ):
                return _role_item(text, start, stop)
            if (
                3 <= len(line.strip()) <= 80
                and role.search(line)
                and not re.search(r"[@:]|\d{3}", line)
            ):
                return _role_item(text, start, stop)
        before = re.compile(
            rf"({words.role})[^\S\n]*:[^\S\n]*(?:{words.title}[^\S\n]*)*$", re.IGNORECASE
        )
        labelled = before.search(text, lines[row][0], person.start)
        if labelled and not re.fullmatch(self._labels["block"], labelled.group(1), re.IGNORECASE):
            return _role_item(text, labelled.start(1), labelled.end(1))
        return None

    def _announced(self, part: Part, text: str, group: _Group) -> bool:
        """Whether a nameless number belongs to a contact: in a contact block, under a label, at the end."""
        if part == "contact":
            return True
        start = min(i.start for i in group.items.values())
        before = text[max(0, start - 160) : start]
        labelled = re.search(rf"(?i:(?:^|\n|\b)(?:{self._labels['block']})\b)", before)
        return labelled is not None or len(text) - start < _NEAR_END


_NAME_LINE = re.compile(
    r"(?:(?:Dr|Prof|Mr|Ms|Mrs|Herr|Frau|Dipl|Ing)\.?[^\S\n-]*)*[A-ZÀ-ÞА-ЯЁ][\w’'-]*[a-zß-ÿа-яё][\w’'-]*(?:[^\S\n]+(?:von|van|de|der|zu|[A-ZА-ЯЁ]\.|[A-ZÀ-ÞА-ЯЁ][\w’'-]+)){1,3}"
)


def _bracketed(disguise: str) -> bool:
    return not disguise.strip().isalpha() and disguise.strip() != "."


def _kinds(label: re.Match[str]) -> tuple[str, ...]:
    if label.group("both"):
        return ("phone", "fax")
    if label.group("fax") or (label.group("short") or "").upper() == "F":
        return ("fax",)
    return ("phone",)


def _number_behind(line: str, start: int) -> tuple[int, int]:
    """The number that follows a label, as far as its digits go; empty where none does."""
    match = _NUMBER.match(line, start)
    return start, _one_line(line, start, match.end()) if match else start


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
    """E.164 of a number; empty where it has the shape of one but no region to dial from; None: no number.

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


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines that hold something."""
    for match in re.finditer(r"[^\n]+", text):
        if match.group().strip():
            yield match.span()


def _starts_new(group: _Group, item: _Item, line: int) -> bool:
    """Whether an item opens another contact: a second name, or one too far below."""
    if item.kind == "name":
        same = group.items.get("name")
        return (
            group.reachable() or (same is not None and same.value != item.value) or same is not None
        )
    if item.kind == "role":
        return False
    return line - group.last_line > _ABOVE or (
        item.kind == "email" and "email" in group.items and "name" not in group.items
    )


def _role_item(text: str, start: int, end: int) -> _Item:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;.)"):
        end -= 1
    return _Item("role", start, end, re.sub(r"\s+", " ", text[start:end]))


def _merged(groups: Iterable[_Group]) -> list[_Group]:
    """Groups of one person, or with one address or number, told once."""
    kept: list[_Group] = []
    for group in groups:
        twin = next((k for k in kept if _same(k, group)), None)
        if twin is None:
            kept.append(group)
        else:
            for kind, item in group.items.items():
                twin.items.setdefault(kind, item)
    return kept


def _same(one: _Group, other: _Group) -> bool:
    names = (one.items.get("name"), other.items.get("name"))
    if names[0] and names[1]:
        return names[0].value == names[1].value
    return any(
        kind in one.items
        and kind in other.items
        and one.items[kind].value == other.items[kind].value
        for kind in ("email", "phone")
    )


def _records(
    part: Part, text: str, groups: Sequence[_Group]
) -> tuple[list[Contact], list[Mention]]:
    contacts: list[Contact] = []
    mentions: list[Mention] = []
    for index, group in enumerate(groups):
        values: dict[str, str] = {}
        for kind, item in sorted(group.items.items(), key=lambda pair: pair[1].start):
            surface = text[item.start : item.end]
            values[kind] = item.value if kind in ("email", "name") else surface
            mentions.append(
                Mention(
                    f"{CONTACTS}[{index}].{kind}",
                    part,
                    item.start,
                    item.end,
                    surface,
                    item.value,
                    _SURE,
                    f"contact:{kind}",
                )
            )
        contacts.append(Contact(**values))
    return contacts, mentions
