"""Looking for suggestions, and coming back to the same place after a decision."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from matching.enums import SuggestionState
from matching.models import Round, Suggestion
from matching.queries.suggestions import find_suggestions
from matching.services.suggestions import refuse_suggestion
from matching.services.together import keep_together
from matching.views import board as board_view
from portal.models import User
from tests.factories.matching import RoundFactory, SuggestionFactory
from tests.factories.portal import SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def made() -> Round:
    return RoundFactory(programme__mentor_is_junior=False)


def suggestion(made: Round, mentor: str, mentee: str, **fields: Any) -> Suggestion:
    return SuggestionFactory(
        round=made, mentor__person__name=mentor, mentee__person__name=mentee, **fields
    )


def mentors(found: Any) -> list[str]:
    return [str(one.mentor) for one in found]


def test_either_is_found_by_name_or_job_title(made: Round) -> None:
    suggestion(made, "Amira Haddad", "Basil Okafor", mentee__job_title="Head of Sales")
    suggestion(made, "Chen Wei", "Dagny Lind", mentor__job_title="Sales analyst")
    find = find_suggestions
    assert mentors(find(made.programme, search="OKAFOR")) == ["Amira Haddad"]
    assert mentors(find(made.programme, search="amira sales")) == ["Amira Haddad"]
    assert len(find(made.programme, search="sales")) == 2
    assert not find(made.programme, search="100% nobody")


def test_filters_of_the_board(made: Round) -> None:
    strong = suggestion(made, "Amira", "Basil", score=80_000, mentor__department="IT")
    weak = suggestion(made, "Chen", "Dagny", score=21_000, mentee__department="Finance")
    skill = SkillFactory(name="Databases")
    strong.covered.add(skill)
    find, programme = find_suggestions, made.programme
    assert list(find(programme, department="IT")) == [strong]
    assert list(find(programme, department="Finance")) == [weak]
    assert list(find(programme, skill=str(skill.pk))) == [strong]
    assert list(find(programme, band="strong")) == [strong]
    assert list(find(programme, band="weak")) == [weak]
    assert not find(programme, band="middle")
    assert list(find(programme, sort="weakest")) == [weak, strong]
    assert list(find(programme, sort="name")) == [strong, weak]


def test_what_is_kept_together_and_what_is_decided(made: Round, coordinator: User) -> None:
    kept, refused, waiting = (suggestion(made, name, f"{name} too") for name in "ABC")
    keep_together(kept.mentor, kept.mentee, by=coordinator)
    refuse_suggestion(refused, by=coordinator)
    programme = made.programme
    assert set(find_suggestions(programme)) == {kept, waiting}
    assert list(find_suggestions(programme, state="kept")) == [kept]
    assert list(find_suggestions(programme, state="decided")) == [refused]


def test_nonsense_in_the_address_is_no_filter(client: Client, made: Round) -> None:
    suggestion(made, "Amira Haddad", "Basil Okafor")
    url = reverse("programmes:board", args=[made.programme.slug])
    page = client.get(url, {"band": "x", "skill": "x", "department": "x", "sort": "x", "page": "x"})
    assert b"Amira Haddad" in page.content


def test_a_search_is_kept_through_paging_and_through_a_decision(
    client: Client, made: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_view, "PER_PAGE", 2)
    rows = [suggestion(made, f"Wanted {n}", "x", score=90_000 - n) for n in range(5)]
    suggestion(made, "Other", "y", score=99_000)
    board = reverse("programmes:board", args=[made.programme.slug])
    page = BeautifulSoup(client.get(board, {"search": "wanted", "page": 2}).content, "html.parser")
    assert page.select_one(".pagination a[rel=next]")["href"] == "?search=wanted&page=3"
    form = page.select_one(f'form[action$="/board/{rows[3].pk}/"]')
    data = {field["name"]: field["value"] for field in form.select("input[name]")}
    answer = client.post(form["action"], data | {"decision": "refuse"})
    assert answer.url == f"{board}?search=wanted&page=2#suggestion-{rows[4].pk}"
    page = client.get(answer.url)
    assert b'value="wanted"' in page.content
    # Undone, one is back at it, with the same search.
    undo = BeautifulSoup(page.content, "html.parser").select_one(".messages form")
    answer = client.post(undo["action"])
    assert answer.url == f"{board}?search=wanted&page=2#suggestion-{rows[3].pk}"
    assert Suggestion.objects.get(pk=rows[3].pk).state == SuggestionState.OPEN


def test_each_row_can_be_gone_to_and_ticked(client: Client, made: Round) -> None:
    one = suggestion(made, "Amira Haddad", "Basil Okafor")
    url = reverse("programmes:board", args=[made.programme.slug])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    row = page.select_one(f"li#suggestion-{one.pk}")
    assert row["tabindex"] == "-1"
    tick = row.select_one("input[type=checkbox][name=only]")
    assert page.select_one(f"form#{tick['form']}")["method"] == "get"
    assert tick.parent.get_text(strip=True) == "Tick Amira Haddad and Basil Okafor"


def test_a_page_leaves_the_large_columns_of_a_round_in_the_database(
    client: Client, made: Round, django_assert_max_num_queries: Any
) -> None:
    suggestion(made, "Amira Haddad", "Basil Okafor")
    url = reverse("programmes:board", args=[made.programme.slug])
    with django_assert_max_num_queries(40) as asked:
        client.get(url)
    large = ('"matching_round"."problem"', '"matching_round"."result"')
    assert not [one for one in asked.captured_queries if any(name in one["sql"] for name in large)]
