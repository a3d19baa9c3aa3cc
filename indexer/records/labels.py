"""Labelled pages: what a person says that a page tells, in the form that training reads.

As a JSON object (`to_record`) a page has `id, lang, url, title, published, text`, its `events`, and
every mention of a body, a person and an event in `_orgs`, `_persons` and `_events`, in the order of
the text, each with where it begins. Organisers, participating bodies and persons of an event are
read from the marks; who employs one of the persons may be given as taking part or not
(`organisations_optional`). Beside that stand who labelled it (`labeller`), when (`saved`), and
whether the labels are whole (`done`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, TypeAlias, get_args

from indexer.records.document import Role

MarkKind = Literal["event", "person", "organiser", "participant", "employer", "venue", "none"]
"""What a mark says of its words; the last five: a body, and its role."""
MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)
OF_AN_EVENT: tuple[MarkKind, ...] = ("organiser", "participant", "venue")
"""Roles that a body has at an event."""

Span: TypeAlias = tuple[int, int]

_PLACE_KEYS = ("venue", "city", "city_surface", "country", "country_surface")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text, and what they are."""

    kind: MarkKind
    start: int
    end: int
    event: int | None = None
    """Index of the event; None: of none."""
    note: str | None = None
    """Of a person the role as in the text, of an employer the person."""
    read: bool = False
    """As the program read it: nobody has confirmed it."""

    @property
    def family(self) -> str:
        """Marks of one family don't overlap: event, person or body."""
        return self.kind if self.kind in ("event", "person") else "body"

    def overlaps(self, other: Mark) -> bool:
        """Whether they share letters."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class LabelledEvent:
    """An event of the page; `…_surface` is a value as it stands in the text."""

    name: str
    role: Role = "main"
    series: str | None = None
    ordinal: int | None = None
    start: str | None = None
    """Partial ISO date, as in `indexer.records.document`."""
    end: str | None = None
    date_surface: str | None = None
    venue: str | None = None
    city: str | None = None
    """English name."""
    city_surface: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    country_surface: str | None = None
    theme: str | None = None
    count: int | None = None
    """Of people taking part."""
    count_surface: str | None = None
    countries: tuple[tuple[str, str], ...] = ()
    """Those taking part: ISO code and words."""
    read: bool = False
    """As the program read it: nobody has confirmed it."""


@dataclass(frozen=True, slots=True)
class Labels:
    """A page and its labels."""

    id: str
    text: str
    url: str | None = None
    lang: str | None = None
    title: str | None = None
    published: str | None = None
    events: tuple[LabelledEvent, ...] = ()
    marks: tuple[Mark, ...] = ()
    """In the order of the text."""
    done: bool = False
    """Everything is labelled; pages that are not are no use for training."""
    labeller: str = ""
    saved: str | None = None
    """ISO instant; None: proposed by the program and never saved."""

    def __post_init__(self) -> None:
        """ValueError where a mark is of words or of an event that are not there."""
        for mark in self.marks:
            if mark.kind not in MARK_KINDS or not 0 <= mark.start < mark.end <= len(self.text):
                raise ValueError(f"a mark that is none: {mark}")
            if mark.event is not None and not 0 <= mark.event < len(self.events):
                raise ValueError(f"a mark of an event that is not there: {mark}")

    def words(self, mark: Mark) -> str:
        """The words of a mark."""
        return self.text[mark.start : mark.end]

    def with_marks(self, marks: Iterable[Mark]) -> Labels:
        """The same page with these marks."""
        return replace(self, marks=tuple(sorted(marks, key=lambda m: (m.start, -m.end))))

    @property
    def fingerprint(self) -> str:
        """Tells whether labels are those that somebody has seen."""
        record = {k: v for k, v in self.to_record().items() if k not in ("labeller", "saved")}
        return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]

    def to_record(self) -> dict[str, Any]:
        """The JSON object that training reads."""
        events = [_event_record(event) for event in self.events]
        bodies = [self._mention(m, "role", "person") for m in self.marks if m.family == "body"]
        persons = [self._mention(m, "", "role") for m in self.marks if m.kind == "person"]
        enter_marks(events, bodies, persons)
        return {
            "id": self.id,
            "lang": self.lang,
            "url": self.url,
            "text_kind": "original",
            "title": self.title or "",
            "published": self.published,
            "published_surface": None,
            "text": self.text,
            "events": events,
            "is_event_page": bool(events),
            "_orgs": bodies,
            "_persons": persons,
            "_events": [self._mention(m, "", "") for m in self.marks if m.kind == "event"],
            "labeller": self.labeller,
            "saved": self.saved,
            "done": self.done,
        }

    def _mention(self, mark: Mark, kind: str, note: str) -> dict[str, Any]:
        named = {kind: mark.kind} if kind else {}
        noted = {note: mark.note} if note else {}
        mention = {"surface": self.words(mark), **named, "event": mark.event, **noted}
        return {**mention, "start": mark.start, **({"_read": True} if mark.read else {})}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Labels:
        """The inverse of `to_record`; ValueError, KeyError or TypeError where it is none."""
        marks = [
            *(_mark(m, m["role"], "person") for m in record["_orgs"]),
            *(_mark(m, "person", "role") for m in record["_persons"]),
            *(_mark(m, "event", "") for m in record["_events"]),
        ]
        labels = cls(
            id=str(record["id"]),
            text=str(record["text"]),
            url=record["url"],
            lang=record["lang"],
            title=record["title"] or None,
            published=record["published"],
            events=tuple(_event(event) for event in record["events"]),
            marks=tuple(marks),
            done=bool(record["done"]),
            labeller=str(record["labeller"]),
            saved=record["saved"],
        )
        return labels.with_marks(marks)


def enter_marks(
    events: Sequence[Mapping[str, Any]],
    bodies: Iterable[Mapping[str, Any]],
    persons: Iterable[Mapping[str, Any]],
) -> None:
    """Write organisers, participating bodies and persons into each event, each once.

    `bodies` have `surface, role, event, person` (and `short` where it is a short form, `persons`
    where it employs several), `persons` have `surface, event, role`. The employer of a person who
    is at an event may be given as taking part in it or not.
    """
    bodies = list(bodies)
    for body in bodies:
        if (index := body["event"]) is None or body.get("short"):
            continue
        lists = {
            "organiser": events[index]["organisers"],
            "participant": events[index]["participants"]["organisations"],
        }
        names = lists.get(body["role"])
        if names is not None and body["surface"] not in names:
            names.append(body["surface"])
    employers = _employers(bodies)
    for person in persons:
        if (index := person["event"]) is None:
            continue
        known, name = events[index]["persons"], person["surface"]
        same = [p for p in known if p["name"] == name]
        if same:
            same[0]["role"] = same[0]["role"] or person["role"]
        elif not any(p["name"].endswith(f" {name}") for p in known):
            first, *others = employers.get(name, [None])
            entered = {"name": name, "role": person["role"], "organisation": first}
            known.append(entered | ({"organisation_alt": others} if others else {}))
    for event in events:
        _enter_optional(event)


def _employers(bodies: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Person → names of those they work for, each once, short forms last."""
    found: dict[str, list[str]] = {}
    for body in sorted(bodies, key=lambda b: bool(b.get("short"))):
        for person in employed_by(body):
            names = found.setdefault(person, [])
            if body["surface"] not in names:
                names.append(body["surface"])
    return found


def employed_by(body: Mapping[str, Any]) -> Sequence[str]:
    """The persons that a labelled body employs; it may be at an event as well."""
    return body.get("persons") or [name for name in (body.get("person"),) if name]


def _enter_optional(event: Mapping[str, Any]) -> None:
    """List those who are at an event only as the employer of somebody."""
    took_part = event["participants"]
    told = {*event["organisers"], *took_part["organisations"]}
    names = [
        name
        for person in event["persons"]
        for name in (person["organisation"], *person.get("organisation_alt", ()))
        if name and name not in told
    ]
    if names:
        took_part["organisations_optional"] = list(dict.fromkeys(names))


def find_mentions(
    text: str, mentions: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Span, Mapping[str, Any]]]:
    """Where mentions stand that are listed in reading order, and the label of each: at its `start`
    if it has one, else behind the one before it.
    """
    at = 0
    for mention in mentions:
        surface = mention["surface"]
        start = mention.get("start", -1)
        if start < 0 or not text.startswith(surface, start):
            start = text.find(surface, at)
        start = start if start >= 0 else text.find(surface)
        if start >= 0:
            at = start + len(surface)
            yield (start, at), mention


def _event_record(event: LabelledEvent) -> dict[str, Any]:
    values = asdict(event)
    place = {key: values.pop(key) for key in _PLACE_KEYS}
    read = {"_read": True} if values.pop("read") else {}
    countries = [{"code": code, "surface": words} for code, words in values.pop("countries")]
    people = {key: values.pop(key) for key in ("count", "count_surface")}
    return {
        **values,
        "ordinal_surface": None,
        "place": place,
        "organisers": [],
        "participants": {**people, "countries": countries, "organisations": []},
        "persons": [],
        **read,
    }


def _event(record: Mapping[str, Any]) -> LabelledEvent:
    people = record["participants"]
    values = {
        **{key: record[key] for key in record if key in _PLAIN_KEYS},
        **{key: record["place"][key] for key in _PLACE_KEYS},
        "count": people["count"],
        "count_surface": people["count_surface"],
        "countries": tuple((c["code"], c["surface"]) for c in people["countries"]),
    }
    return LabelledEvent(**values, read=bool(record.get("_read")))


_PLAIN_KEYS = {field.name for field in fields(LabelledEvent)} - {
    *_PLACE_KEYS,
    *("count", "count_surface", "countries", "read"),
}


def _mark(mention: Mapping[str, Any], kind: MarkKind, note: str) -> Mark:
    start = int(mention["start"])
    return Mark(
        kind,
        start,
        start + len(mention["surface"]),
        mention["event"],
        mention.get(note) if note else None,
        read=bool(mention.get("_read")),
    )
