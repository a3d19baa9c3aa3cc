"""The indexes of an installation in a cluster, and the aliases that give each its purpose.

`NAME` is the alias for searches (deleted documents are filtered out), `NAME-write` the one for
writers, `NAME-next` stands on an index that a rebuild is filling; the indexes are `NAME-index-…`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from indexer.records.errors import SchemaMismatch, StoreError, StoreUnavailable
from indexer.records.origin import Origin
from indexer.stores.elastic.mapping import VERSIONS, index_settings
from indexer.stores.elastic.official_client import (
    ApiError,
    Elasticsearch,
    NotFoundError,
    TransportError,
)

_NOT_DELETED = {"term": {"deleted": False}}
"""A condition that must hold, not `must_not`: it also excludes nested events, so that the cluster
doesn't check each hit for them.
"""

_PRIORITY = 1_000
"""Of our template: those of the Elastic Stack have up to 500, others mostly none."""

SEGMENTS = 3
"""Of a shard, after a rebuild."""


@dataclass(frozen=True, slots=True)
class Indices:
    """Names of indexes and aliases, and the steps that change which index is in use."""

    client: Elasticsearch
    name: str
    shards: int

    @property
    def read(self) -> str:
        """Alias for searches."""
        return self.name

    @property
    def write(self) -> str:
        """Alias for writers."""
        return f"{self.name}-write"

    @property
    def next(self) -> str:
        """Alias of an index that is being filled; while it exists, writers write there too."""
        return f"{self.name}-next"

    def aliases(self) -> dict[str, set[str]]:
        """Index → its aliases, for all indexes of the installation."""
        found = self.client.indices.get_alias(index=f"{self.name}-index-*")
        return {index: set(entry["aliases"]) for index, entry in found.items()}

    def targets(self) -> list[str]:
        """The aliases to which a document must be written now."""
        indexes = self.aliases()
        targets = []
        for alias in (self.write, self.next):
            found = [index for index, aliases in indexes.items() if alias in aliases]
            self._refuse_several(alias, found)
            if found:
                targets.append(alias)
        return targets

    def check_versions(self) -> bool:
        """False if there is no index; SchemaMismatch for an index of another version, StoreError
        where two are in use.
        """
        found = self._versions_in_use()
        self._refuse_several(self.read, found)
        for index, made_by in found.items():
            if made_by != VERSIONS:
                raise _mismatch_error(index, made_by)
        return bool(found)

    def origin(self) -> Origin | None:
        """What the index in use was filled from; None: it does not say, or there is none."""
        for meta in self._metas_in_use().values():
            return Origin.from_json(meta)
        return None

    def mark(self, targets: Sequence[str], origin: Origin) -> None:
        """Write into these indexes what they are filled from."""
        meta = {"rohstoffradar": {**VERSIONS, **origin.to_json()}}
        self.client.indices.put_mapping(index=targets, meta=meta)

    def forget_deletions_at_once(self) -> None:
        """The index in use takes any version of what was deleted in it, not only after a minute."""
        self.client.indices.put_settings(index=self.write, settings={"gc_deletes": "0s"})

    def _refuse_several(self, alias: str, found: Collection[str]) -> None:
        """Raise StoreError for an alias on several indexes, as one has that was restored beside the
        one in use: documents are found twice then, and none can be written.
        """
        if len(found) > 1:
            raise StoreError(
                f"the alias {alias} is on several indexes: {', '.join(sorted(found))}",
                hint="take the aliases from all but one of them in the cluster (POST /_aliases); "
                "documents wait meanwhile",
            )

    def _versions_in_use(self) -> dict[str, dict[str, int]]:
        """Index in use → the versions that made it; empty if there is none."""
        metas = self._metas_in_use()
        return {
            index: {what: meta[what] for what in VERSIONS if what in meta}
            for index, meta in metas.items()
        }

    def _metas_in_use(self) -> dict[str, dict[str, Any]]:
        """Index in use → what we have written of it into its mapping; empty if there is none."""
        try:
            found = self.client.indices.get_mapping(
                index=self.read, filter_path="*.mappings.dynamic,*.mappings._meta"
            )
        except NotFoundError:
            return {}
        metas = {index: entry["mappings"].get("_meta", {}) for index, entry in found.items()}
        return {index: meta.get("rohstoffradar", {}) for index, meta in metas.items()}

    def refuse_newer(self) -> None:
        """SchemaMismatch if the index in use was made by a newer version of this program."""
        for index, made_by in self._versions_in_use().items():
            if _is_newer(made_by):
                raise _mismatch_error(index, made_by)

    def create_first(self) -> None:
        """Create an empty index and put it in use, if there is none yet."""
        if self.read in set().union(*self.aliases().values()):
            return
        index = self.create({self.read: {"filter": _NOT_DELETED}, self.write: {}})
        made = [index for index, aliases in self.aliases().items() if self.read in aliases]
        if len(made) > 1:  # another process has created one at the same moment
            self.remove([index])
            raise StoreUnavailable("another process is making the search index", hint="run again")
        self._wait_until_usable(index)

    def begin_next(self) -> str:
        """Create a new index under `next`; remains of an earlier rebuild are removed."""
        for index, aliases in self.aliases().items():
            if not aliases & {self.read, self.write}:
                self.client.indices.delete(index=index, ignore_unavailable=True)
        index = self.create({self.next: {}})
        self._wait_until_usable(index)
        return index

    def create(self, aliases: dict[str, dict[str, Any]]) -> str:
        """Create an index. A template of ours, which sets nothing, keeps those away that a cluster
        has for all its indexes; of one that goes before it, what the index says itself counts.
        """
        self.client.indices.put_index_template(
            name=self.name,
            index_patterns=[f"{self.name}-index-*"],
            priority=_PRIORITY,
            template={},
            meta={"rohstoffradar": VERSIONS},
        )
        # A name is never used twice: a rebuild that was taken for dead must not find another
        # rebuild's index.
        index = f"{self.name}-index-{uuid.uuid4().hex[:12]}"
        self.client.indices.create(index=index, aliases=aliases, **index_settings(self.shards))
        return index

    def is_next(self, index: str) -> bool:
        """Whether this index is (still) being filled."""
        return self.next in self.aliases().get(index, set())

    def swap(self, index: str) -> list[str]:
        """Put a filled index in use in one step; return the indexes that were in use before."""
        old = [i for i, a in self.aliases().items() if a & {self.read, self.write} and i != index]
        removed = [
            {"remove": {"index": i, "aliases": [self.read, self.write], "must_exist": False}}
            for i in old
        ]
        self.client.indices.update_aliases(
            actions=[
                *removed,
                {"remove": {"index": index, "alias": self.next, "must_exist": True}},
                {"add": {"index": index, "alias": self.write, "is_write_index": True}},
                {"add": {"index": index, "alias": self.read, "filter": _NOT_DELETED}},
            ]
        )
        return old

    def remove(self, indexes: list[str]) -> None:
        """Delete indexes that are no longer in use."""
        for index in indexes:
            self.client.indices.delete(index=index, ignore_unavailable=True)

    def merge(self, index: str) -> None:
        """Have the cluster join the many small segments that a rebuild leaves: each one costs every
        search, and the words of a query are looked up in each. It goes on by itself; where it can't
        be asked for it, or a key is not allowed it, searches take longer.
        """
        with suppress(ApiError, TransportError):
            self.client.indices.forcemerge(
                index=index, max_num_segments=SEGMENTS, wait_for_completion=False
            )

    def has_unfinished_rebuild(self) -> bool:
        """Whether a rebuild was interrupted or is running."""
        return any(self.next in aliases for aliases in self.aliases().values())

    def _wait_until_usable(self, index: str) -> None:
        try:
            health = self.client.cluster.health(
                index=index, wait_for_status="yellow", timeout="30s", filter_path="timed_out"
            )
        except ApiError as error:
            if error.status_code in (403, 408):  # forbidden, or too early: the first write shows it
                return
            raise
        if health.get("timed_out"):
            raise StoreUnavailable(
                f"the index {index} was made, but the cluster gives it no place",
                hint="look at the cluster's health and free disk space",
            )


def _is_newer(made_by: dict[str, int]) -> bool:
    return any(made_by.get(what, 0) > number for what, number in VERSIONS.items())


def _mismatch_error(index: str, made_by: dict[str, int]) -> SchemaMismatch:
    theirs = ", ".join(f"{what} {made_by.get(what, '?')}" for what in VERSIONS)
    ours = ", ".join(f"{what} {number}" for what, number in VERSIONS.items())
    newer = _is_newer(made_by)
    return SchemaMismatch(
        f"the index {index} was made by {'a newer' if newer else 'another'} version of"
        f" Rohstoffradar ({theirs}; here: {ours})",
        hint="update Rohstoffradar on this machine; the index is left unchanged"
        if newer
        else "radar rebuild builds it again from the database",
    )
