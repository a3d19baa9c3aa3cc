"""Groups of language versions."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.documents.translations import keep_versions, versions_of
from indexer.records.document import Alternate

DE, EN, RU = (f"https://www.example.org/{code}/zinn" for code in ("de", "en", "ru"))


def languages(connection: sa.Connection, url: str) -> dict[str | None, str | None]:
    return {v["lang"]: v["url"] for v in versions_of(connection, url).get(url, [])}


def test_versions_that_name_each_other_are_one_group(connection: sa.Connection) -> None:
    keep_versions(connection, DE, "de", [Alternate("en", EN)])
    assert languages(connection, EN) == {"de": DE}
    keep_versions(connection, RU, "ru", [Alternate("en", EN)])
    for url, others in ((DE, {"en": EN, "ru": RU}), (RU, {"de": DE, "en": EN})):
        assert languages(connection, url) == others
    assert set(versions_of(connection)) == {DE, EN, RU}


def test_a_page_named_by_all_makes_no_group_of_them(connection: sa.Connection) -> None:
    section = "https://www.example.org/en/news"
    keep_versions(connection, DE, "de", [Alternate("en", section)])
    keep_versions(connection, DE + "-2", "de", [Alternate("en", section), Alternate("ru", RU)])
    assert languages(connection, DE) == {"en": section}
    assert languages(connection, DE + "-2") == {"ru": RU}
    assert languages(connection, section) == {"de": DE}


def test_a_page_alone_is_no_group(connection: sa.Connection) -> None:
    keep_versions(connection, DE, "de", [])
    assert versions_of(connection) == {}
