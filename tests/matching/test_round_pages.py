"""Rounds as they were kept: shown, compared, run again to the same, taken away and checked."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import figures
from matching.engine import read_problem, solve
from matching.figures import median_of, problem_file, result_file
from matching.models import Programme, Round, Suggestion
from matching.queries.rounds import rounds_of
from matching.services.reruns import run_again
from matching.services.rounds import run_round
from matching.views import rounds as round_views
from portal.models import Job, User
from portal.services.jobs import run_job
from tests.factories.matching import (
    ActivePairFactory,
    MenteeFactory,
    MentorFactory,
    ProgrammeFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def client(client_for: ClientFor, coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="digital")


def couple(programme: Programme, names: str, skill: str = "Databases") -> tuple[Any, Any]:
    """A mentor and a mentee who fit: ``couple(programme, "Amira Basil")``."""
    mentor, mentee = names.split()
    return (
        MentorFactory(programme=programme, person__name=mentor, levels={skill: 4}),
        MenteeFactory(
            programme=programme, person__name=mentee, levels={skill: 1}, goals={skill: 3}
        ),
    )


def page_of(client: Client, kept: Round, query: str = "") -> BeautifulSoup:
    url = reverse("programmes:round", args=[kept.programme.slug, kept.pk])
    answer = client.get(url + query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def run_again_as(client: Client, kept: Round) -> Job:
    url = reverse("programmes:run_again", args=[kept.programme.slug, kept.pk])
    answer = client.post(url)
    job = Job.objects.latest("pk")
    assert answer.url == reverse("portal:job", args=[job.pk])
    run_job(job.pk)
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(
    ("scores", "middle"),
    [([], None), ([5], 5), ([9, 1, 5], 5), ([1, 4], 3), ([40_000, 60_000], 50_000)],
)
def test_the_median_is_the_middle_or_halfway_between_two(
    scores: list[int], middle: int | None
) -> None:
    assert median_of(scores) == middle


def test_a_round_is_kept_in_figures(client: Client, programme: Programme) -> None:
    couple(programme, "Amira Basil"), couple(programme, "Chen Dora")
    MenteeFactory(programme=programme, goals={"Cooking": 3})
    kept = run_round(programme)
    kept.refresh_from_db()
    scores = [pair["score"] for pair in kept.result["pairs"]]
    assert (kept.mentors, kept.mentees, kept.count, kept.left_over) == (2, 3, 2, 1)
    assert (kept.worst, kept.total, kept.is_optimal) == (min(scores), sum(scores), True)
    assert kept.median == median_of(scores)


def test_the_list_says_who_ran_it_and_what_it_came_to(
    client: Client, programme: Programme, coordinator: User
) -> None:
    couple(programme, "Amira Basil")
    run_round(programme)
    run_round(programme, by=coordinator)
    page = client.get(reverse("programmes:rounds", args=[programme.slug]))
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in BeautifulSoup(page.content, "html.parser").select("tbody tr")
    ]
    points = f"{Round.objects.latest('pk').total / 1000:.1f}"
    assert rows[0][:8] == ["Cora Coordinator", "1 × 1", "1", points, points, points, "0", "yes"]
    assert rows[1][0] == "a command"


def test_the_list_is_paged_and_loads_no_large_column(
    client: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_views, "PER_PAGE", 2)
    RoundFactory.create_batch(3, programme=programme)
    url = reverse("programmes:rounds", args=[programme.slug])
    assert "Page 1 of 2" in words(BeautifulSoup(client.get(url).content, "html.parser"))
    with CaptureQueriesContext(connection) as counted:
        client.get(url)
    asked = " ".join(query["sql"] for query in counted if "matching_round" in query["sql"])
    assert '"matching_round"."created_at"' in asked
    assert '."problem"' not in asked
    assert '."result"' not in asked
    assert {"problem", "result"} <= rounds_of(programme)[0].get_deferred_fields()


def test_without_a_round_the_list_says_what_to_do(client: Client, programme: Programme) -> None:
    page = client.get(reverse("programmes:rounds", args=[programme.slug]))
    assert "Go to the board" in words(BeautifulSoup(page.content, "html.parser"))


def test_a_round_names_its_rules_and_marks_what_is_other_now(
    client: Client, programme: Programme
) -> None:
    couple(programme, "Amira Basil")
    kept = run_round(programme)
    programme.minimum_score, programme.mentor_is_junior = 35, False
    programme.save()
    rows = page_of(client, kept).select("section:has(#rules) .facts > div")
    facts = {words(row.dt): words(row.dd) for row in rows}
    assert facts["Lowest score of a match"] == "20 points now 35 points"
    assert facts["The mentor is the junior"] == "yes now no"
    assert facts["Shared interests"] == "20 points"


def test_a_round_shows_its_pairs_by_name_and_finds_them(
    client: Client, programme: Programme
) -> None:
    couple(programme, "Amira Basil", "Databases")
    _chen, dora = couple(programme, "Chen Dora", "Cooking")
    kept = run_round(programme)
    assert "Databases 1 → 3" in words(page_of(client, kept))
    found = words(page_of(client, kept, "?search=chen").select_one("section:has(#pairs)"))
    assert "Dora" in found
    assert "Basil" not in found
    assert "No pair fits this search" in words(page_of(client, kept, "?search=zoe"))
    dora.person.delete()
    assert f"Number {dora.pk}, no longer here" in words(page_of(client, kept))


def test_people_left_over_stand_by_the_rule_that_keeps_most_away(
    client: Client, programme: Programme
) -> None:
    couple(programme, "Amira Basil")
    MenteeFactory(programme=programme, person__name="Zoe", goals={"Cooking": 3})
    section = page_of(client, run_round(programme)).select_one("section:has(#over)")
    assert words(section).startswith("Left over 1 Mostly nothing to teach each other 1 Zoe")
    assert "knows no more than they do of what they want to learn" in words(section)


def test_somebody_in_a_pair_outside_the_problem_is_not_left_over(
    client: Client, programme: Programme
) -> None:
    """The engine takes no standing pair that breaks a rule, and leaves its mentor over."""
    senior = MentorFactory(programme=programme, seniority_years=20, capacity=2)
    junior = MenteeFactory(programme=programme, seniority_years=2)
    ActivePairFactory(programme=programme, mentor=senior, mentee=junior)
    kept = run_round(programme)
    assert [one["id"] for one in kept.result["unmatched"]] == [str(senior.pk)]
    assert kept.left_over == 0
    assert run_again(kept)["is_same"]


def test_a_round_says_what_changed_against_the_one_before(
    client: Client, programme: Programme
) -> None:
    couple(programme, "Amira Basil")
    first = run_round(programme)
    assert "this was the first round" in words(page_of(client, first))
    _chen, dora = couple(programme, "Chen Dora", "Cooking")
    second = run_round(programme)
    told = words(page_of(client, second).select_one("section:has(#changes)"))
    assert "Pairs kept: 1." in told
    assert "with a mentor now: 1" in told
    assert "Dora nobody Chen" in told
    dora.withdrawn_at = programme.created_at
    dora.save()
    third = words(page_of(client, run_round(programme)).select_one("section:has(#changes)"))
    assert "with none now: 1" in third


def test_running_it_again_says_it_is_the_same_and_changes_nothing(
    client: Client, programme: Programme
) -> None:
    couple(programme, "Amira Basil"), couple(programme, "Chen Dora")
    kept = run_round(programme)
    before = (list(Round.objects.values()), list(Suggestion.objects.values()))
    job = run_again_as(client, kept)
    assert job.result["summary"] == "The same result as then, byte for byte."
    assert (list(Round.objects.values()), list(Suggestion.objects.values())) == before
    assert "byte for byte" in words(page_of(client, kept).select_one("section:has(#record)"))


def test_another_result_is_told_with_its_cause_and_shown(
    client: Client, programme: Programme
) -> None:
    """As if an older engine had paired them otherwise."""
    amira, basil = couple(programme, "Amira Basil")
    chen, _dora = couple(programme, "Chen Dora", "Cooking")
    kept = run_round(programme)
    for pair in kept.result["pairs"]:
        if pair["mentee"] == str(basil.pk):
            pair["mentor"] = str(chen.pk)
    kept.result_digest = figures.digest(result_file(kept.result))
    kept.engine = "0" * 64
    kept.save()
    summary = run_again_as(client, kept).result["summary"]
    assert summary == (
        "Another result than then: the engine has changed since. "
        "1 mentee would have another partner."
    )
    record = words(page_of(client, kept).select_one("section:has(#record)"))
    assert "Basil Chen" in record
    assert amira.person.name in record
    Round.objects.update(engine=figures.engine_print())
    assert "though the engine is the same" in run_again_as(client, kept).result["summary"]


def test_what_was_changed_outside_the_portal_is_told(client: Client, programme: Programme) -> None:
    couple(programme, "Amira Basil")
    kept = run_round(programme)
    kept.problem["mentees"][0]["department"] = "Elsewhere"
    kept.save()
    assert "its fingerprint does not fit" in run_again_as(client, kept).result["summary"]


def test_the_files_can_be_checked_with_the_engine_alone(
    client: Client, programme: Programme, tmp_path: Path
) -> None:
    amira, _basil = couple(programme, "Amira Basil")
    MenteeFactory(programme=programme, goals={"Cooking": 3})
    kept = run_round(programme)

    def kept_file(part: str) -> bytes:
        url = reverse("programmes:round_file", args=[programme.slug, kept.pk, part])
        return bytes(client.get(url).content)

    problem = tmp_path / "problem.json"
    problem.write_bytes(kept_file("problem"))
    answer = subprocess.run(
        [sys.executable, "-m", "matching.engine", problem],
        check=True,
        capture_output=True,
        cwd=ROOT,
    ).stdout
    assert answer == kept_file("result")
    assert hashlib.sha256(answer).hexdigest() == kept.result_digest
    assert hashlib.sha256(problem.read_bytes()).hexdigest() == kept.problem_digest
    assert amira.person.name.encode() not in problem.read_bytes() + answer
    assert client.get(problem_url(kept, "people")).status_code == 404


def problem_url(kept: Round, part: str) -> str:
    return reverse("programmes:round_file", args=[kept.programme.slug, kept.pk, part])


def test_a_fingerprint_does_not_hang_on_the_order_in_which_a_database_gives_keys() -> None:
    """PostgreSQL keeps the keys of JSON in an order of its own."""
    person = {"id": "1", "levels": {"Databases": 4}}
    mentee = {"id": "2", "goals": {"Databases": {"target": 3}}}
    cook = {"id": "3", "goals": {"Cooking": {"target": 1}}}
    problem = {"mentors": [person], "mentees": [mentee, cook]}
    result = solve(read_problem(problem)).as_json()

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    assert json.dumps(turned(result)) != json.dumps(result)
    assert result_file(turned(result)) == result_file(result)
    assert problem_file(turned(problem)) == problem_file(problem)


def test_nobody_else_sees_a_round(
    client_for: ClientFor, outsider: User, editor: User, programme: Programme
) -> None:
    amira, _basil = couple(programme, "Amira Basil")
    kept = run_round(programme)
    pages = [
        reverse("programmes:rounds", args=[programme.slug]),
        reverse("programmes:round", args=[programme.slug, kept.pk]),
        problem_url(kept, "problem"),
        problem_url(kept, "result"),
    ]
    act = reverse("programmes:run_again", args=[programme.slug, kept.pk])
    for person in (outsider, editor, amira.person):
        for url in pages:
            assert client_for(person).get(url).status_code == 404, url
        assert client_for(person).post(act).status_code == 404
    assert not Job.objects.exists()


def test_a_round_of_one_programme_is_not_found_under_another(client: Client) -> None:
    kept, other = RoundFactory(), ProgrammeFactory()
    for name, extra in (("round", []), ("round_file", ["result"])):
        url = reverse(f"programmes:{name}", args=[other.slug, kept.pk, *extra])
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("place", ["rounds", "round"])
def test_the_pages_take_the_same_queries_for_one_and_many(
    place: str, client: Client, programme: Programme, django_assert_num_queries: Any
) -> None:
    couple(programme, "Amira Basil")
    MenteeFactory(programme=programme, goals={"Cooking": 3})
    run_round(programme)
    kept = run_round(programme)
    args = [programme.slug] if place == "rounds" else [programme.slug, kept.pk]
    client.get(reverse(f"programmes:{place}", args=args))
    with CaptureQueriesContext(connection) as counted:
        client.get(reverse(f"programmes:{place}", args=args))
    few = len(counted)
    for n in range(6):
        couple(programme, f"Mentor{n} Mentee{n}")
        MenteeFactory(programme=programme, goals={"Cooking": 3})
        kept = run_round(programme)
    args = [programme.slug] if place == "rounds" else [programme.slug, kept.pk]
    with django_assert_num_queries(few):
        client.get(reverse(f"programmes:{place}", args=args))
