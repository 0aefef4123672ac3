"""Figures of groups: nobody is given away, nothing is claimed that is not known."""

from collections.abc import Callable
from itertools import product
from statistics import median, quantiles
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st

from matching.enums import PairStage, SuggestionState
from matching.fairness import (
    FEWEST,
    Cell,
    Fare,
    band_of,
    cells_by_name,
    cells_in_order,
    share_of,
    spread_of,
)
from matching.models import Programme
from matching.queries import fairness as queries
from portal.models import User
from tests.factories.matching import (
    ActivePairFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    ProgrammeFactory,
    RoundFactory,
    SuggestionFactory,
)

SIZES = st.lists(st.integers(0, 9), max_size=6)
WAYS = pytest.mark.parametrize("lay", [cells_by_name, cells_in_order])
Lay = Callable[[dict[str, list[Fare]]], list[Cell]]


def groups_of(sizes: list[int]) -> dict[str, list[Fare]]:
    return {f"g{n}": [Fare(True, (50.0 + n,))] * size for n, size in enumerate(sizes)}


def sizes_that_fit(cells: list[Cell], total: int) -> dict[str, set[int]]:
    """For each group every size that it may have, as far as a reader of the table can tell.

    They see the groups of each cell and how many people it holds, and the total; that a group is
    there at all tells them that it has somebody in it.
    """
    assert sum(cell.people for cell in cells) == total
    fits: dict[str, set[int]] = {}
    for cell in cells:
        ways = [
            way
            for way in product(range(1, cell.people + 1), repeat=len(cell.groups))
            if sum(way) == cell.people
        ]
        for place, name in enumerate(cell.groups):
            fits[name] = {way[place] for way in ways}
    return fits


@WAYS
@given(sizes=SIZES)
@example(sizes=[1, 1, 1, 1, 1, 5])
def test_a_small_group_is_neither_shown_nor_can_be_worked_out(lay: Lay, sizes: list[int]) -> None:
    groups = groups_of(sizes)
    cells = lay(groups)
    if not cells:
        return
    assert len(cells) >= 2
    assert all(cell.people >= FEWEST for cell in cells)
    fits = sizes_that_fit(cells, sum(sizes))
    assert set(fits) == {name for name, people in groups.items() if people}
    for name, people in groups.items():
        if 0 < len(people) < FEWEST:
            assert len(fits[name]) > 1, (name, cells)


@WAYS
@given(sizes=SIZES)
def test_large_groups_are_compared_wherever_that_gives_nobody_away(
    lay: Lay, sizes: list[int]
) -> None:
    cells = lay(groups_of(sizes))
    if all(size == 0 or size >= FEWEST for size in sizes) and sum(map(bool, sizes)) > 1:
        assert [cell.people for cell in cells] == [size for size in sizes if size]
    if sum(sizes) < 2 * FEWEST:
        assert cells == []


def test_one_group_of_four_takes_the_next_smallest_with_it() -> None:
    cells = cells_by_name(groups_of([4, 12, 6, 8]))
    assert [(cell.groups, cell.people) for cell in cells] == [
        (("g1",), 12),
        (("g3",), 8),
        (("g0", "g2"), 10),
    ]


def test_a_small_band_joins_its_smaller_neighbour() -> None:
    cells = cells_in_order(groups_of([9, 4, 6, 1]))
    assert [(cell.groups, cell.people) for cell in cells] == [
        (("g0",), 9),
        (("g1", "g2", "g3"), 11),
    ]


def test_scores_of_fewer_than_five_people_are_not_shown_however_many_matches_they_have() -> None:
    some = [Fare(True, (60.0, 70.0, 80.0))] * 4 + [Fare(False)] * 6
    many = [Fare(True, (60.0,))] * 5 + [Fare(False)]
    first, second = cells_by_name({"a": some, "b": many})
    assert first.spread is None
    assert (first.share.value, first.people) == (0.4, 10)
    assert second.spread is not None


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_in_its_interval_and_more_people_make_it_narrower(found: Any) -> None:
    some, of = found
    one, ten = share_of(some, of), share_of(some * 10, of * 10)
    assert 0 <= one.low <= one.value + 1e-9
    assert one.value - 1e-9 <= one.high <= 1
    assert ten.high - ten.low < one.high - one.low


def test_intervals_are_those_of_the_textbook() -> None:
    share = share_of(6, 10)
    assert (round(share.low, 3), round(share.high, 3)) == (0.313, 0.832)
    assert round(share_of(10, 10).low, 3) == 0.722
    # Ranks of the middle at 95 of a hundred: 2 and 9 of 10, 6 and 15 of 20, 40 and 61 of 100.
    for number, low, high in ((5, 1, 5), (10, 2, 9), (20, 6, 15), (100, 40, 61)):
        found = spread_of([float(n) for n in range(1, number + 1)])
        assert (found.middle_from, found.middle_to) == (low, high)
    many = spread_of([float(n) for n in range(1, 4_001)])
    assert (many.middle_from, many.middle_to) == (1938, 2063)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=80))
def test_the_middle_and_its_half_are_the_usual_ones(scores: list[float]) -> None:
    found = spread_of(scores)
    assert found.middle == pytest.approx(median(scores))
    quarter, _half, three = quantiles(scores, n=4, method="inclusive")
    assert (found.quarter, found.three_quarters) == pytest.approx((quarter, three))
    assert found.lowest <= found.middle_from <= found.middle <= found.middle_to <= found.highest


@pytest.mark.parametrize(
    ("years", "band"),
    [(None, None), (0, 0), (2, 0), (2.25, 1), (5, 1), (10, 2), (10.5, 3), (20, 3), (20.01, 4)],
)
def test_everyone_has_one_band(years: float | None, band: int | None) -> None:
    assert band_of(years) == band


def test_nobody_is_grouped_by_what_is_protected() -> None:
    assert queries.FIELDS == ("department", "location", "seniority_years")


@pytest.fixture
def programme(db: None) -> Programme:
    return ProgrammeFactory(slug="digital")


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


URL = "/en/programmes/digital/board/fairness/"


def words(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def page_of(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(URL).content, "html.parser")


def fill(programme: Programme) -> None:
    """Data: six mentors, all with a partner. Ops: five, none. Law: one. Finance: nine mentees."""
    made = RoundFactory(programme=programme)
    for n in range(6):
        guide = MentorFactory(programme=programme, department="Data", seniority_years=n)
        learner = MenteeFactory(programme=programme, department="Finance", seniority_years=25)
        if n % 2:
            ActivePairFactory(
                programme=programme, mentor=guide, mentee=learner, score=60_000 + n * 1000
            )
        else:
            SuggestionFactory(round=made, mentor=guide, mentee=learner, score=60_000 + n * 1000)
    for _ in range(5):
        MentorFactory(programme=programme, department="Ops", seniority_years=3)
    MentorFactory(programme=programme, department="Law", seniority_years=30)
    MenteeFactory.create_batch(3, programme=programme, department="Finance")


def test_the_page_says_who_fares_how_and_hides_one_alone(
    client: Client, programme: Programme
) -> None:
    assert "No match to look at yet" in words(page_of(client))
    fill(programme)
    page = page_of(client)
    table = page.select_one("#department").find_parent("section").select("table")[0]
    rows = [words(row) for row in table.select("tbody tr")]
    assert rows == [
        "Data few 6 100 % (61 to 100) middle 63 (60 to 65) "
        "half from 61 to 64, all from 60 to 65; 6 matches",
        "Together: Law and Ops few 6 0 % (0 to 39) Fewer than five have a match: not shown.",
    ]
    # Every picture has its figures beside it, and nothing but figures makes it.
    for picture in page.select("svg.plot"):
        assert picture["aria-hidden"] == "true"
        assert picture.find_next_sibling("span").get_text(strip=True)
    assert "Nothing to compare: there are not two groups" in words(page)
    assert "6 matches count" in words(page)


def test_ended_pairs_and_decided_suggestions_count_for_nobody(
    client: Client, programme: Programme
) -> None:
    fill(programme)
    before = words(page_of(client).main)
    PairFactory(
        programme=programme,
        mentor=programme.participants.filter(department="Ops").first(),
        mentee=programme.participants.filter(department="Finance").last(),
        stage=PairStage.ENDED,
    )
    SuggestionFactory(
        round=RoundFactory(programme=programme),
        mentor=programme.participants.filter(department="Ops").first(),
        mentee=programme.participants.filter(department="Finance").last(),
        state=SuggestionState.OVERTAKEN,
    )
    assert words(page_of(client).main) == before


def test_too_few_people_are_told_as_that(client: Client, programme: Programme) -> None:
    PairFactory(programme=programme)
    assert "Too few people to compare" in words(page_of(client))


def test_nobody_else_sees_it(
    client_for: Callable[[User], Client], outsider: User, editor: User, programme: Programme
) -> None:
    person = MentorFactory(programme=programme).person
    for someone in (outsider, editor, person):
        assert client_for(someone).get(URL).status_code == 404


def test_it_takes_the_same_queries_for_few_people_and_many(
    client: Client, programme: Programme, django_assert_num_queries: Any
) -> None:
    fill(programme)
    client.get(URL)
    with CaptureQueriesContext(connection) as counted:
        client.get(URL)
    fill(programme)
    PairFactory.create_batch(8, programme=programme)
    with django_assert_num_queries(len(counted)):
        client.get(URL)
