"""Puts numbers, addresses, names and roles together as contacts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crawler.parsers.entities.contacts.emails import EmailFinder
from crawler.parsers.entities.contacts.groups import ContactGroup, group_items, merge
from crawler.parsers.entities.contacts.items import lines_of
from crawler.parsers.entities.contacts.labels import contact_labels
from crawler.parsers.entities.contacts.people import PeopleNearby
from crawler.parsers.entities.contacts.telephones import TelephoneFinder
from crawler.parsers.entities.lexicon.tables import CONTACTS
from crawler.parsers.entities.persons import PersonFinder
from crawler.parsers.entities.spans import EntityMatch
from indexer.records.document import Contact, Mention, Part

_NEAR_END = 700
"""Characters before the end of a text in which a nameless number still counts as a contact."""
_SURE = 0.95


class ContactFinder:
    """Finds contacts; `persons` reads names."""

    def __init__(
        self,
        languages: Mapping[str, Mapping[str, Any]],
        disguises: Mapping[str, Sequence[str]],
        persons: PersonFinder,
    ) -> None:
        labels = contact_labels(languages)
        self._emails = EmailFinder(disguises)
        self._telephones = TelephoneFinder(labels)
        self._persons = persons
        self._people = PeopleNearby(languages, persons, labels["block"])
        self._block = labels["block"]

    def find(
        self,
        part: Part,
        text: str,
        names_in: Callable[[str], Sequence[EntityMatch]],
        lang: str | None,
        country: str | None,
    ) -> tuple[list[Contact], list[Mention]]:
        """Contacts in the order of the text; mentions carry `contacts[i].…` as field.

        `names_in` finds the names of the tables: most texts hold no contact and need none.
        `lang` is the language of the text.
        `country` (ISO code) says how numbers without country code are dialled.
        """
        items = [*self._emails.find(text), *self._telephones.find(text, country)]
        if not items:
            return [], []
        names = names_in(text)
        persons = self._persons.find(text, names, lang=lang)
        lines = list(lines_of(text))
        people = self._people.find(text, lines, items, persons, names)
        groups = group_items(lines, [*items, *people])
        kept = [g for g in groups if "name" in g.items or self._is_announced(part, text, g)]
        return _records(part, text, merge(kept))

    def _is_announced(self, part: Part, text: str, group: ContactGroup) -> bool:
        """Whether a nameless number belongs to a contact: in a contact block, under a label, at the
        end.
        """
        if part == "contact":
            return True
        start = min(i.start for i in group.items.values())
        before = text[max(0, start - 160) : start]
        labelled = re.search(rf"(?i:(?:^|\n|\b)(?:{self._block})\b)", before)
        return labelled is not None or len(text) - start < _NEAR_END


def _records(
    part: Part, text: str, groups: Sequence[ContactGroup]
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
