"""The form of a watch says what the watch says."""

from __future__ import annotations

import pytest

from indexer.alerts.cadence import check_cadence
from indexer.alerts.watches import Watch
from search_api.watches.form import WatchForm


@pytest.mark.parametrize(
    ("cadence", "shown"),
    [
        ("run", "run"),
        ("hourly", "hourly"),
        ("daily 06:15", "daily 06:15"),
        ("daily", "daily 07:00"),
        ("weekly sun 18:00", "weekly sun 18:00"),
        ("weekly", "weekly mon 07:00"),
    ],
)
def test_a_watch_comes_back_from_its_form(cadence: str, shown: str) -> None:
    watch = Watch("w", "Name", "tin", ("feed", "mailto:a@b.example"), cadence, quiet="22:00-06:00")
    content = WatchForm.of_watch(watch).content()
    assert check_cadence(content["cadence"]) == shown
    assert content["channels"] == ["feed", "mailto:a@b.example"]
    assert (content["quiet"], content["report_nothing"]) == ("22:00-06:00", False)


def test_fields_that_are_none_of_the_form_are_left_out() -> None:
    form = WatchForm.of_fields({"name": " Tin ", "form": "token", "action": "save"})
    assert form == WatchForm(name="Tin")


def test_filters_and_what_is_not_told_come_back_from_the_form() -> None:
    watch = Watch(
        "w", "Name", "tin", ("feed",), languages=("de", "ru"), tell=("new-document", "event-moved")
    )
    form = WatchForm.of_watch(watch)
    assert (form.languages, form.no_added, form.no_new) == ("de, ru", "yes", "")
    content = form.content()
    assert content["languages"] == ["de", "ru"]
    assert content["tell"] == ["new-document", "event-moved"]
    typed = WatchForm.of_fields({"countries": "KZ,  de\tKG", "no_moved": "yes"}).content()
    assert typed["countries"] == ["KZ", "de", "KG"]
    assert typed["tell"] == ["new-document", "added-passage", "event-cancelled"]
