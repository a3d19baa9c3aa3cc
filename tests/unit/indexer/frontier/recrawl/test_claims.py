"""What a lastmod is taken to claim."""

from __future__ import annotations

from indexer.frontier.port import Link
from indexer.frontier.recrawl.site_history import SiteHistories
from tests.unit.indexer.record import HOME, Record


def test_a_day_that_is_stated_for_the_first_time_may_mean_the_text_that_is_known(
    record: Record,
) -> None:
    """Pages that a feed has named first, or that were entered again after a restore: they are asked
    for again, and the sitemap that gives their day has told nothing untrue.
    """
    today = record.now.replace(hour=0, minute=0)
    paths = [f"/{n}" for n in range(10)]
    for path in paths:
        record.ledger.add("partner", Link(HOME + path))
        record.fetch(path)
    record.read(*(f"text of {path}" for path in paths))
    record.next_night()
    for path in paths:
        record.ledger.add("partner", Link(HOME + path, lastmod=today))
    assert sorted(record.due()) == paths
    for path in paths:
        record.fetch(path)
    record.read(*(f"text of {path}" for path in paths))
    lastmod = SiteHistories(record.connection).of("partner.example").lastmod
    assert (lastmod.claims_kept, lastmod.claims_broken) == (0, 0)
