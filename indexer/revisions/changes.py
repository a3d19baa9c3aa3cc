"""What of a page has changed between two readings. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from indexer.records.document import Page, Passage
from indexer.revisions.fingerprints import Fingerprints
from indexer.text.passages import folded_words, passages
from indexer.text.volatile_text import VolatileText

_STATED = re.compile(
    r"^\w*Event(?:\[\d+\])?\."
    r"(?:startDate|endDate|previousStartDate|eventStatus|location\b.*?): .+$",
    re.MULTILINE,
)
"""Lines of the part `markup` that say when and where an event is, and what became of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """Passages by which one reading of a page differs from another, as fingerprints."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    stated: bool
    """The markup gives an event another date, place or status; the text need not."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.removed or self.stated)


def change(old: Page, old_day: date, new: Page, new_day: date, volatile: VolatileText) -> Change:
    """Compare two readings, of these days, by what their passages say.

    Order, case, accents, punctuation and volatile text make no change, nor does what marks a title
    as updated. A passage of which all words stood in a row in one of the old ones adds nothing: a
    reader that has learnt more of a site leaves out the day before a lead, or the name of the site
    behind a title. Of an answer that was cut off, the last word may be half a one.
    """
    before, after = _essences(old, old_day, volatile), _essences(new, new_day, volatile)
    unknown = [passage for key, passage in after.items() if key not in before]
    said = "\n".join(_words_of(p) for p in passages(old)) if unknown else ""
    words = _begun_words_of if new.truncated else _words_of
    return Change(
        added=tuple(sorted({p.fingerprint for p in unknown if words(p) not in said})),
        removed=tuple(sorted({p.fingerprint for key, p in before.items() if key not in after})),
        stated=_reported_values(old) != _reported_values(new),
    )


def change_without_text(old: Fingerprints, new: Page) -> Change:
    """Compare with a reading whose text was removed: by the fingerprints that are left of it."""
    after = Fingerprints.of(new).passages
    return Change(
        added=tuple(sorted(after - old.passages)),
        removed=tuple(sorted(old.passages - after)),
        stated=False,
    )


def is_cut_off(old: Page, new: Page) -> bool:
    """Whether an answer was cut off, and has nothing but the beginning of what is known as a whole.

    It says nothing of the rest then: that is there still.
    """
    return (
        new.truncated
        and not old.truncated
        and new.title == old.title
        and folded_words(old.text or "").startswith(folded_words(new.text or ""))
    )


def news_of(old: Fingerprints, new: Fingerprints) -> list[str]:
    """Fingerprints of what a page at its new address says that it did not say at its old one."""
    return sorted(new.passages - old.passages)


def _essences(page: Page, day: date, volatile: VolatileText) -> dict[str, Passage]:
    """What passages say → the last one that says it."""
    told = [*passages(page)]
    found = {volatile.essence(_said_in(p, volatile), day): p for p in told}
    for label, number in pairwise(told):
        if volatile.is_count(label.text, number.text):
            found.pop(volatile.essence(number.text, day), None)
    found.pop("", None)
    return found


def _said_in(passage: Passage, volatile: VolatileText) -> str:
    return volatile.without_mark(passage.text) if passage.part == "title" else passage.text


def _words_of(passage: Passage) -> str:
    """Folded words between blanks, with one before and behind."""
    return f" {folded_words(passage.text)} "


def _begun_words_of(passage: Passage) -> str:
    """The same, and the last one may go on."""
    return _words_of(passage).rstrip()


def _reported_values(page: Page) -> list[str]:
    return sorted(_STATED.findall(page.part("markup")))
