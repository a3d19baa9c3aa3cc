"""Learning sites during the crawl, so that their pages can be read during the crawl too.

Of a site that is not known yet, the first pages wait. As soon as there are as many as a site is
learnt from at most, a worker learns it, and what is fetched from then on is read with the profile.
What has waited, and sites of which fewer pages came, are left to the stages after the crawl.
"""

from __future__ import annotations

from collections.abc import Hashable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Self

from crawler.parsers.pool import PagePool, answer_of
from crawler.profiles import SiteProfile
from crawler.profiles.learning import SamplePage, learn
from indexer.profiles.learning_due import MOST, is_settled
from indexer.profiles.profile_records import SiteKey
from radar.stages.site_profiles import Learnt, SiteProfiles
from radar.stages.spool import Spool


class LearningAhead:
    """Collects pages of sites that are not known, and has the workers that read pages learn them.

    What came of it is in `SiteProfiles.unsaved`.
    """

    def __init__(self, pool: PagePool[Hashable], profiles: SiteProfiles, folder: Path) -> None:
        """`folder`: where pages wait, in a file without a name."""
        self._pool = pool
        self._profiles = profiles
        self._spool = Spool(folder)
        self._waiting: dict[SiteKey, list[int]] = {}
        """Where in the spool the pages of a site lie."""
        self._under_way: dict[SiteKey, Future[SiteProfile | None]] = {}

    def __enter__(self) -> Self:
        """Nothing is open yet."""
        return self

    def __exit__(self, *error: object) -> None:
        """Drop the pages."""
        self._spool.__exit__(*error)

    def takes(self, key: SiteKey, sample: SamplePage, now: datetime) -> bool:
        """Whether the page waits because its site is not known; never waits itself.

        Raises RadarError where workers can't start.
        """
        self._collect(wait=False)
        if key in self._profiles.unsaved:
            return False
        known = self._profiles.site(key)
        if is_settled(known.record, now, usable=known.profile is not None):
            return False
        if key not in self._under_way:
            self._add(key, sample)
        return True

    def finish(self) -> None:
        """Wait for the sites that are being learnt: those of which enough pages came, also if there
        were no workers before.
        """
        for key, places in self._waiting.items():
            if len(places) == MOST and key not in self._under_way:
                self._learn(key)
        self._collect(wait=True)

    def _add(self, key: SiteKey, sample: SamplePage) -> None:
        places = self._waiting.setdefault(key, [])
        if len(places) < MOST:
            places.append(self._spool.put(sample))
        if len(places) == MOST and self._pool.is_ready:
            self._learn(key)

    def _learn(self, key: SiteKey) -> None:
        samples: list[SamplePage] = [self._spool.get(place) for place in self._waiting[key]]
        self._under_way[key] = self._pool.call(learn, samples)

    def _collect(self, *, wait: bool) -> None:
        done = {key: future for key, future in self._under_way.items() if wait or future.done()}
        for key, future in done.items():
            del self._under_way[key]
            del self._waiting[key]
            answer = answer_of(future)
            self._profiles.unsaved[key] = Learnt.of(answer, MOST)
