"""Weights all zero, and a rule that forbids everyone: told in form, round and board."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from matching.models import Programme, Suggestion
from matching.models.programmes import CRITERIA
from matching.services.rounds import run_round
from matching.services.solving import RoundRefused
from portal.enums import JobState
from portal.models import Job, User
from portal.services.jobs import run_job
from tests.factories.matching import MenteeFactory, MentorFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

NOTHING = {f"weight_{name}": 0 for name in CRITERIA}
REFUSED = "Under Rules, give points to at least one thing."


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


def with_people(**rules: Any) -> Programme:
    programme = ProgrammeFactory(slug="digital", **rules)
    for _ in range(3):
        MentorFactory(
            programme=programme, levels={"Databases": 4}, languages=["en"], seniority_years=9
        )
        MenteeFactory(
            programme=programme, goals={"Databases": 3}, languages=["nl"], seniority_years=5
        )
    return programme


def words(page: Any) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


# Points for wishes alone nobody can reach, since nobody can enter a wish.
@pytest.mark.parametrize("rules", [NOTHING, NOTHING | {"weight_wishes": 50}])
@pytest.mark.parametrize("minimum", [0, 20])
def test_without_points_for_anything_there_is_no_round(
    rules: dict[str, int], minimum: int, client: Client
) -> None:
    programme = with_people(**rules, minimum_score=minimum)
    with pytest.raises(RoundRefused, match="give points to at least one thing"):
        run_round(programme)
    page = client.post(reverse("programmes:run", args=["digital"]), follow=True)
    assert REFUSED in words(page)
    assert not Job.objects.exists()
    with pytest.raises(CommandError, match="give points to at least one thing"):
        call_command("suggest_pairs", "--programme", "digital")
    assert not programme.rounds.exists()


def test_neither_the_form_nor_the_admin_takes_rules_without_points(client: Client) -> None:
    programme = with_people()
    url = reverse("programmes:edit", args=["digital"])
    data = client.get(url).context["form"].initial
    page = client.post(url, data | NOTHING)
    assert page.status_code == 422
    told = "Give points to at least one thing that makes a match good."
    assert words(page).count(told) == 1
    # What the admin checks before it saves.
    for name, value in NOTHING.items():
        setattr(programme, name, value)
    with pytest.raises(ValidationError, match="Give points to at least one thing"):
        programme.full_clean()


def test_a_lowest_score_beyond_reach_is_told_at_its_own_field(client: Client) -> None:
    with_people()
    url = reverse("programmes:edit", args=["digital"])
    data = client.get(url).context["form"].initial
    form = client.post(url, data | {"minimum_score": 90}).context["form"]
    assert form.errors == {
        "minimum_score": ["Nobody could reach this: a perfect match has 85 points."]
    }


@pytest.mark.parametrize(
    ("rules", "rule", "reason"),
    [
        ({}, "the mentor would not be the junior", "have as little time in the job, or less"),
        ({"mentor_is_junior": False}, "they share no language", "share no language with them"),
        (
            {"mentor_is_junior": False, "shared_language": False, "minimum_score": 85},
            "they score below the lowest score of a match",
            "would score below the lowest score of a match",
        ),
    ],
)
def test_a_rule_that_forbids_everyone_is_named_wherever_it_shows(
    rules: dict[str, Any], rule: str, reason: str, client: Client
) -> None:
    with_people(**rules)
    client.post(reverse("programmes:run", args=["digital"]))
    run_job(Job.objects.get().pk)
    job = Job.objects.get()
    told = f"Nobody can be matched. What keeps most of them apart: {rule}."
    assert job.state == JobState.DONE
    assert job.result["summary"].startswith(told)
    out = StringIO()
    call_command("suggest_pairs", "--programme", "digital", stdout=out)
    assert told in out.getvalue()
    board = words(client.get(reverse("programmes:board", args=["digital"])))
    assert f"Nobody in the programme is allowed: 3 {reason}" in board
    assert "Nobody is allowed yet 6" in board
    assert not Suggestion.objects.exists()


def test_people_on_one_side_alone_are_told_so() -> None:
    programme = ProgrammeFactory(slug="digital")
    MentorFactory(programme=programme)
    out = StringIO()
    call_command("suggest_pairs", "--programme", "digital", stdout=out)
    assert "nobody is free on one of the two sides" in out.getvalue()
