"""Names with an initial in place of the first name, and full names that they may stand for. Pure.

Surname and initial tell nobody: there is an A. Weber in each town. Who has the same office or the
same body besides is one person, as long as only one name in full fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from indexer.query.naming import Naming, ranked_forms
from indexer.records.document import Page
from indexer.text.folding import fold
from indexer.text.name_keys import person_key, phrase_key, words_of_person
from indexer.text.romanisation import romanise_person
from indexer.text.stemming import is_cyrillic


@dataclass(frozen=True, slots=True)
class Statement:
    """What a page says of a person."""

    name: str
    """As the page writes or inflects it."""
    bodies: frozenset[str]
    """Values of the bodies that it names the person with."""
    roles: frozenset[str]
    """Keys of the roles."""

    def signs(self) -> Iterator[tuple[str, str]]:
        """What another statement on the person must have one of."""
        yield from (("body", body) for body in self.bodies)
        yield from (("role", role) for role in self.roles)

    def together(self, other: Statement) -> Statement:
        """Both, as statements on one person."""
        return Statement(self.name, self.bodies | other.bodies, self.roles | other.roles)

    def agrees(self, other: Statement) -> bool:
        """Whether both are in one body; where one of them names none, in one role."""
        if self.bodies and other.bodies:
            return bool(self.bodies & other.bodies)
        return bool(self.roles & other.roles)


class NamedInFull:
    """Statements on persons named in full, and how many pages make them, by body and role: a
    frequent surname has thousands.
    """

    def __init__(self, statements: Mapping[Statement, int]) -> None:
        self._by_sign: dict[tuple[str, str], dict[Statement, int]] = {}
        for statement, pages in statements.items():
            for sign in statement.signs():
                self._by_sign.setdefault(sign, {})[statement] = pages

    def beside(self, short: Statement) -> Mapping[Statement, int]:
        """Those that share a body or a role with a statement."""
        found: dict[Statement, int] = {}
        for sign in short.signs():
            found |= self._by_sign.get(sign, {})
        return found


def statements_of(page: Page, naming: Naming) -> list[Statement]:
    """The persons of a page of whom it says a role or a body; each name once."""
    said: dict[str, tuple[set[str], set[str]]] = {}
    persons = chain.from_iterable(event.persons for event in page.events)
    told = [(p.name_norm or p.name, p.role, p.organisation) for p in persons]
    told += [(contact.name or "", contact.role, None) for contact in page.contacts]
    for name, role, body in told:
        bodies, roles = said.setdefault(" ".join(name.split()), (set(), set()))
        bodies |= {naming.value("organisation", body)} if body else set()
        roles |= {phrase_key(role)} if role else set()
    return [
        Statement(name, frozenset(bodies), frozenset(roles))
        for name, (bodies, roles) in said.items()
        if name and (bodies or roles)
    ]


def has_initial(name: str) -> bool:
    """Whether an initial stands for the first name: A. Weber, von Weber A. B., Huber-Weber A.; not
    Anna B. Weber, nor Weber Anna B.
    """
    words = list(words_of_person(name))
    longer = _longer(name)
    if not longer or len(longer) == len(words):
        return False
    capital = [word for word in longer if not word.islower()]
    one_surname = len(capital) < 2 or "-".join(capital) in name
    return len(words[0]) == 1 or (len(words[-1]) == 1 and one_surname)


def surnames(name: str) -> set[str]:
    """Keys under which a name with an initial and the names that it may stand for are looked up:
    of one with an initial its surname, else all that can be the surname.
    """
    keys = [romanise_person(word) for word in _longer(name)]
    if has_initial(name):
        return {" ".join(sorted(keys))}
    if len(keys) < 2:
        return set()
    others = (keys[:number] + keys[number + 1 :] for number in range(len(keys)))
    return {*keys, *(" ".join(sorted(other)) for other in others)}


def stands_for(name: str, full: str) -> bool:
    """Whether a name with an initial may stand for one without: the surname is the same, and the
    first name begins so.
    """
    surname = {romanise_person(word) for word in _longer(name)}
    first = [word for word in _longer(full) if romanise_person(word) not in surname]
    if not first or len(_longer(full)) - len(first) != len(surname):
        return False
    initial = next(word for word in words_of_person(name) if len(word) == 1)
    if is_cyrillic(initial) == is_cyrillic(first[0]):
        return fold(first[0]).startswith(fold(initial))
    return romanise_person(first[0])[:1] == romanise_person(initial)[:1]


def name_in_full(short: Statement, others: Mapping[Statement, int]) -> str | None:
    """The full name for which a name with an initial stands among others (statement → pages that
    make it); None: none, or more than one. Of its spellings the most frequent one.
    """
    fitting: Counter[str] = Counter()
    for other, pages in others.items():
        if short.agrees(other) and stands_for(short.name, other.name):
            fitting[other.name] += pages
    if len({person_key(name) for name in fitting}) != 1:
        return None
    return ranked_forms(fitting)[0]


def _longer(name: str) -> list[str]:
    return [word for word in words_of_person(name) if len(word) > 1]


def each_under(statements: Iterable[Statement]) -> Iterator[tuple[str, Statement]]:
    """Each statement under each key of its surname."""
    for statement in statements:
        for surname in sorted(surnames(statement.name)):
            yield surname, statement
