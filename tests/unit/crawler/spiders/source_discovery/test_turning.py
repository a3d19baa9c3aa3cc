from __future__ import annotations

import pytest

from crawler.discovery.list_page import ListPage, PostedForm
from crawler.spiders.source_discovery.turning import MOST_IDLE, ListPath, ListStep
from indexer.frontier.port import Link

AT = "https://www.example.org/news"


def path(*urls: str) -> ListPath:
    """Pages that were requested; those with `?` were tried."""
    found = ListPath()
    for url in urls:
        found.visit(ListStep(url, is_trial="?" in url))
    return found


@pytest.mark.parametrize(
    ("visited", "content", "step"),
    [
        ([AT], ListPage((), f"{AT}?p=2", ends=False), ListStep(f"{AT}?p=2")),
        ([AT, f"{AT}?p=2"], ListPage((), f"{AT}?p=2", ends=False), None),
        ([f"{AT}?p=1", f"{AT}?p=2"], ListPage((), None), None),
        (
            [f"{AT}?p=1", f"{AT}?p=2"],
            ListPage((), None, ends=False),
            ListStep(f"{AT}?p=3", is_trial=True),
        ),
        ([AT], ListPage((), None, ends=False), None),
        (
            [AT, f"{AT}?after=kx"],
            ListPage((), None, guess=f"{AT}?after=qt", ends=False),
            ListStep(f"{AT}?after=qt", is_trial=True),
        ),
        ([AT, f"{AT}/page/2"], ListPage((), None, ends=False), None),
        (
            [AT],
            ListPage((), None, guess=f"{AT}?page=2", ends=False),
            ListStep(f"{AT}?page=2", is_trial=True),
        ),
    ],
)
def test_what_comes_after_a_page(
    visited: list[str], content: ListPage, step: ListStep | None
) -> None:
    assert path(*visited).after(content) == step


def test_a_trial_is_taken_for_entries_of_the_same_make() -> None:
    lists = path(AT)
    assert lists.takes(ListStep(AT), [Link(f"{AT}/2026/05/zinc"), Link(f"{AT}/2026/05/tin")])
    trial = ListStep(f"{AT}?page=2", is_trial=True)
    assert lists.takes(trial, [Link(f"{AT}/2026/04/lead")])
    assert not lists.takes(trial, [])
    assert not lists.takes(trial, [Link("https://www.example.org/about/us")])


def test_half_of_the_entries_suffice_where_the_list_itself_names_the_page() -> None:
    fresh = [Link(f"{AT}/2025/05/zinc"), Link("https://www.example.org/node/1460")]
    lists = path(AT)
    assert lists.takes(ListStep(AT), [Link(f"{AT}/2026/05/tin")])
    assert not lists.takes(ListStep(f"{AT}?page=2", is_trial=True), fresh)
    assert lists.takes(ListStep(f"{AT}/past", is_trial=True, is_part=True), fresh)


PARTS = (f"{AT}/2026", f"{AT}/2025", f"{AT}/2024")


def test_parts_come_after_what_the_first_page_leads_to() -> None:
    lists = path(AT)
    assert lists.takes(ListStep(AT), [Link(f"{AT}/zinc")])
    first = lists.after(ListPage((), None, ends=False, guess=f"{AT}?page=2", parts=PARTS))
    assert first == ListStep(f"{AT}?page=2", is_trial=True)
    part = lists.next_part()
    assert part == ListStep(PARTS[0], is_trial=True, is_part=True)
    lists.visit(part)
    assert not lists.takes(part, [])
    assert not lists.takes(part, [Link("https://www.example.org/about/us")])
    assert lists.takes(part, [Link(f"{AT}/tin")])
    turned = lists.after(ListPage((), f"{PARTS[0]}?page=2", ends=False, parts=("elsewhere",)))
    assert turned == ListStep(f"{PARTS[0]}?page=2")
    assert [step and step.url for step in (lists.next_part(), lists.next_part())] == [*PARTS[1:]]
    assert lists.next_part() is None


def test_parts_behind_the_last_page_are_read_until_they_bring_nothing_new() -> None:
    lists = path(AT)
    assert lists.after(ListPage((), f"{AT}?page=2", ends=False, parts=PARTS)) is not None
    assert lists.next_part() is None
    second = ListStep(f"{AT}?page=2")
    lists.visit(second)
    assert lists.takes(second, [Link(f"{AT}/zinc")])
    months = tuple(f"{AT}/2026/{month}" for month in range(12, 0, -1))
    step = lists.after(ListPage((), None, parts=months))
    asked = []
    while step is not None:
        lists.visit(step)
        asked.append(step.url)
        fresh = [Link(f"{AT}/tin")] if step.url == months[2] else []
        step = lists.after(ListPage((), None)) if lists.takes(step, fresh) else lists.next_part()
    assert asked == [*months[: 3 + MOST_IDLE]]


def test_a_list_of_years_alone_begins_with_its_first_part() -> None:
    lists = path(AT)
    assert lists.takes(ListStep(AT), [])
    part = lists.after(ListPage((), None, parts=PARTS))
    assert part is not None
    assert lists.takes(part, [Link(f"{AT}/zinc")])


def test_the_next_months_of_a_calendar_come_first_and_may_be_empty() -> None:
    lists = path(AT)
    assert lists.takes(ListStep(AT), [Link(f"{AT}/zinc")])
    months = (f"{AT}?month=203104", f"{AT}?month=203105")
    step = lists.after(ListPage((), None, ahead=months, parts=PARTS[:1]))
    asked = []
    while step is not None:
        lists.visit(step)
        asked.append(step.url)
        fresh = [Link(f"{AT}/tin")] if step.url == months[1] else []
        step = lists.after(ListPage((), None)) if lists.takes(step, fresh) else lists.next_part()
    assert asked == [*months, PARTS[0]]


def form(number: int) -> PostedForm:
    return PostedForm(AT, (("page", str(number)),), (("state", f"of {number}"),))


def test_a_form_is_posted_once() -> None:
    lists = ListPath()
    lists.visit(ListStep(AT))
    lists.takes(ListStep(AT), [Link(f"{AT}/1")])
    step = lists.after(ListPage((), None, ends=False, posted=form(2)))
    assert step == ListStep(f"{AT}#page=2", is_trial=True, posted=form(2))
    lists.visit(step)
    assert lists.takes(step, [Link(f"{AT}/2")])
    assert lists.after(ListPage((), None, ends=False, posted=form(2))) is None
    following = lists.after(ListPage((), None, ends=False, posted=form(3)))
    assert following is not None
    assert following.url == f"{AT}#page=3"


def test_a_form_is_posted_where_its_address_is_no_page_of_the_list() -> None:
    content = ListPage((), None, ends=False, guess=f"{AT}?page=2", posted=form(2))
    for taken in (False, True):
        lists = ListPath()
        lists.visit(ListStep(AT))
        lists.takes(ListStep(AT), [Link(f"{AT}/1")])
        step = lists.after(content)
        assert step == ListStep(f"{AT}?page=2", is_trial=True)
        lists.visit(step)
        assert lists.takes(step, [Link(f"{AT}/2")] if taken else []) is taken
        following = lists.next_part()
        assert (following.posted if following is not None else None) == (None if taken else form(2))


def by_next(state: str) -> PostedForm:
    return PostedForm(AT, (("__EVENTTARGET", "pager$next"),), (("state", state),))


def test_the_same_button_turns_on_while_that_brings_something_new() -> None:
    lists = path(AT)
    step: ListStep | None = ListStep(AT)
    asked = []
    for number in range(1, 6):
        assert step is not None
        lists.visit(step)
        asked.append(step.url.removeprefix(AT))
        fresh = [Link(f"{AT}/{number}")] if number < 5 else []
        assert lists.takes(step, fresh) is (number < 5)
        step = lists.after(ListPage((), None, ends=False, posted=by_next(str(number))))
    button = "#__EVENTTARGET=pager%24next"
    assert asked == ["", button, f"{button};2", f"{button};3", f"{button};4"]
    assert step is None


def test_the_same_button_does_not_send_the_same_again() -> None:
    lists = path(AT)
    assert lists.takes(ListStep(AT), [Link(f"{AT}/1")])
    for number, state in enumerate("aba"):
        step = lists.after(ListPage((), None, ends=False, posted=by_next(state)))
        assert (step is None) is (number == 2)
        if step is not None:
            lists.visit(step)
            assert lists.takes(step, [Link(f"{AT}/2{number}")])


def test_a_month_behind_the_address_of_an_archive_has_entries_of_any_folder() -> None:
    """Each rubric of the site has a folder of its own."""
    lists = path(AT)
    assert lists.takes(ListStep(AT), [])
    for month, folder in (("2026/05", "tin"), ("2026/04", "zinc"), ("2026/03", "lead")):
        part = ListStep(f"{AT}/{month}", is_trial=True, is_part=True)
        assert lists.takes(part, [Link(f"https://www.example.org/{folder}/1")])
    assert not lists.takes(part, [])
    other = ListStep("https://www.example.org/our/2026", is_trial=True, is_part=True)
    assert not lists.takes(other, [Link("https://www.example.org/service/1")])
