"""The channel `feed`: a watch's matches as an Atom file in the data folder."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.archive.owner import FILE, read_owner, write_owner
from indexer.alerts.message import Channel, Message
from indexer.alerts.watches import Watch
from indexer.records.errors import DeliveryError
from radar.channels.kind import ChannelKind, Means
from radar.channels.patience import Patience

if TYPE_CHECKING:
    from search_api.ports import WatchMatch

NAME = "feed"

ENTRIES = 100
"""Newest matches that a feed holds."""


class FeedChannel:
    """Writes `WATCH.atom` from the database; writing it twice makes the same file.

    The folder is the installation's that has written there first: two would overwrite each other's
    feeds. A mark in it says whose it is.
    """

    def __init__(
        self,
        folder: Path,
        newest: Callable[[str, int], Sequence[WatchMatch]],
        owner: Callable[[], str | None] = lambda: None,
    ) -> None:
        self.folder = folder
        self.newest = newest
        self.owner = owner
        """Id of this installation; None: it has none yet."""

    def deliver(self, message: Message) -> None:
        """Put the watch's newest matches into its file; readers never see half of one."""
        self.write(message.watch, message.name, message.language)

    def write(self, watch: str, title: str, language: str) -> None:
        """Write the current matches of a watch. Raises DeliveryError."""
        # Every command knows the channels; the web interface's feeds take 60 ms to load.
        from search_api.feeds.atom import atom, watch_entry, watch_head  # noqa: PLC0415  # see above
        from search_api.language import speaking  # noqa: PLC0415  # see above
        from search_api.ports import WatchView  # noqa: PLC0415  # see above

        name = f"{watch}.atom"
        head = watch_head(WatchView(watch, title, query=""), name, "./")
        with self._alone():
            # Another run may remove matches: what was read before must not be written after.
            with speaking(language):
                entries = [watch_entry(e, e.url) for e in self.newest(watch, ENTRIES)]
            draft = self.folder / f".{name}.new"
            try:
                draft.write_bytes(atom(head, entries))
                draft.replace(self.folder / name)
            except OSError:
                draft.unlink(missing_ok=True)
                raise

    def remove(self, watch: str) -> None:
        """Remove the file of a watch that has no feed any more. Raises DeliveryError."""
        file = self.folder / f"{watch}.atom"
        if file.exists():
            with self._alone():
                file.unlink(missing_ok=True)

    def remove_drafts(self) -> None:
        """Remove what killed runs have left: a page that is forgotten may stand there. Raises
        DeliveryError.
        """
        with self._alone():
            for draft in self.folder.glob(".*.atom.*"):
                draft.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else writes there. OSErrors become a DeliveryError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "feeds.lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._claim()
                yield
        except OSError as error:
            raise DeliveryError(
                f"the feed in {self.folder} can't be written: {error.strerror}",
                hint="free space there, or check its rights",
            ) from error

    def _claim(self) -> None:
        """Make the folder this installation's; DeliveryError where it is another one's."""
        own = self.owner()
        if (foreign := foreign_feeds(self.folder, own)) is not None:
            raise DeliveryError(foreign)
        if own is not None and read_owner(self.folder) is None:
            write_owner(self.folder, own)


def foreign_feeds(folder: Path, own: str | None) -> str | None:
    """What to say of a folder of feeds that is another installation's; None: it is not."""
    owner = read_owner(folder)
    if owner is None or own is None or owner == own:
        return None
    return (
        f"the feeds in {folder} belong to another installation: give this one a folder of its own "
        f"there, or, if the other one writes no more, remove {folder / FILE}; nothing was changed"
    )


def has_feed(watch: Watch) -> bool:
    """Whether the matches of a watch are written to a feed."""
    return NAME in watch.channels


@contextmanager
def _open(means: Means, patience: Patience) -> Iterator[Callable[[str], Channel]]:
    """Feeds are files: nobody is waited for."""
    del patience
    channel = FeedChannel(means.feeds, means.newest, means.owner)
    yield lambda address: channel


KIND = ChannelKind(
    name=NAME,
    example=NAME,
    is_address=lambda address: not address,
    open=_open,
    reads_matches=True,
    waits=False,
)
