"""An account for people is in the language of the watch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from indexer.alerts import reasons
from indexer.alerts.account import Account, RevisionAccount
from indexer.query.near_miss import Lack, NearMiss, TermState
from radar.commands.watch_explain import account_lines
from search_api.language import speaking

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
WAITING = {"change": "new-document", "state": "pending"}
MUTED = {"change": "new-document", "state": "suppressed", "reason": reasons.MUTED}
ACCOUNT = Account(
    watch="tin",
    url="https://partner.example/a",
    kind="article",
    matches=False,
    terms=(TermState("Zinn", excluded=False, found=False),),
    passages=(),
    nearest=NearMiss((Lack("absent", ("Zinn", "tin")), Lack("excluded", ("Erz",))), "Kupfer."),
    revisions=(
        RevisionAccount(1, WHEN, reasons.NO_NEWS, values={"kind": "not-an-article"}),
        RevisionAccount(2, WHEN, reasons.MATCHED, 7, WAITING),
        RevisionAccount(3, WHEN, reasons.MATCHED_BECAUSE, 8, MUTED),
    ),
)


def test_of_a_page_that_matches_nothing_is_said_to_be_excluded() -> None:
    barred = TermState("Erz", excluded=True, found=True)
    for matches, number in ((True, 0), (False, 1)):
        account = replace(ACCOUNT, matches=matches, terms=(barred,), nearest=None)
        said = [line for line in account_lines(account) if "excluded" in line and "Erz" in line]
        assert len(said) == number


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "https://partner.example/a does not match tin",
                "  found: nothing",
                "  not found: Zinn",
                "  nearest passage: Kupfer.",
                "  lacks: one of Zinn, tin",
                "  lacks: it has what is excluded: Erz",
                "  revision 1: a page of the kind not an article tells no news",
                "  revision 2, run 7: new page, pending",
                "  revision 3, run 8: new page, suppressed: its story is muted",
            ],
        ),
        (
            "de",
            [
                "https://partner.example/a passt nicht zu tin",
                "  gefunden: nichts",
                "  nicht gefunden: Zinn",
                "  nächster Absatz: Kupfer.",
                "  es fehlt: eines von Zinn, tin",
                "  es fehlt: sie enthält Ausgeschlossenes: Erz",
                "  Fassung 1: eine Seite der Art „kein Artikel“ meldet nichts Neues",
                "  Fassung 2, Lauf 7: neue Seite, wartet",
                "  Fassung 3, Lauf 8: neue Seite, nicht gesendet: die Meldung ist stummgeschaltet",
            ],
        ),
    ],
)
def test_an_account_is_told_in_the_language_that_is_spoken(language: str, lines: list[str]) -> None:
    with speaking(language):
        assert list(account_lines(ACCOUNT)) == lines
    assert ACCOUNT.revisions[2].verdict == "new-document, suppressed: its story is muted"
