"""Contacts as groups of items that stand together, each of one person or one office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crawler.parsers.entities.contacts.items import LINES_ABOVE, ContactItem


@dataclass(slots=True)
class ContactGroup:
    """The items of one contact while lines are read."""

    items: dict[str, ContactItem] = field(default_factory=dict)
    last_line: int = 0

    def reachable(self) -> bool:
        """Whether one can call or write."""
        return any(kind in self.items for kind in ("phone", "fax", "email"))


def group_items(
    lines: Sequence[tuple[int, int]], items: Sequence[ContactItem]
) -> Iterator[ContactGroup]:
    """The groups in the order of the text; only those by which one can call or write."""
    group: ContactGroup | None = None
    for number, (start, end) in enumerate(lines):
        here = sorted((i for i in items if start <= i.start < end), key=lambda i: i.start)
        for item in here:
            if group is None or _starts_new(group, item, number):
                if group is not None and group.reachable():
                    yield group
                group = ContactGroup(last_line=number)
            if item.kind not in group.items:
                group.items[item.kind] = item
            group.last_line = number
    if group is not None and group.reachable():
        yield group


def _starts_new(group: ContactGroup, item: ContactItem, line: int) -> bool:
    """Whether an item opens another contact: a second name, or one too far below."""
    if item.kind == "name":
        same = group.items.get("name")
        return group.reachable() or same is not None
    if item.kind == "role":
        return False
    return line - group.last_line > LINES_ABOVE or (
        item.kind == "email" and "email" in group.items and "name" not in group.items
    )


def merge(groups: Iterable[ContactGroup]) -> list[ContactGroup]:
    """Groups of one person, or with one address or number, listed once."""
    kept: list[ContactGroup] = []
    for group in groups:
        twin = next((k for k in kept if _same(k, group)), None)
        if twin is None:
            kept.append(group)
        else:
            for kind, item in group.items.items():
                twin.items.setdefault(kind, item)
    return kept


def _same(one: ContactGroup, other: ContactGroup) -> bool:
    names = (one.items.get("name"), other.items.get("name"))
    if names[0] and names[1]:
        return names[0].value == names[1].value
    return any(
        kind in one.items
        and kind in other.items
        and one.items[kind].value == other.items[kind].value
        for kind in ("email", "phone")
    )
