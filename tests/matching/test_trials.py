"""Other rules, tried: what each comes to, who changes; nothing is saved until chosen."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.forms.trials import set_as_fields, sets_as_query
from matching.models import Programme, Round, Suggestion
from matching.rules import RuleSet, rules_in_text, rules_of
from matching.services import trials
from matching.services.rounds import run_round
from matching.services.solving import RoundRefused
from matching.services.trials import RulesChanged, adopt_rules, try_rules
from matching.views import trials as trial_views
from portal.models import Job, User
from portal.services.jobs import run_job
from tests.factories.matching import MenteeFactory, MentorFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def client(client_for: ClientFor, coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def programme() -> Programme:
    """Amira knows more, Chen shares what Basil cares for; Basil's mentor hangs on the weights."""
    programme = ProgrammeFactory(slug="digital")
    MentorFactory(programme=programme, person__name="Amira", levels={"Databases": 5})
    MentorFactory(
        programme=programme,
        person__name="Chen",
        levels={"Databases": 2},
        interests=["jazz", "chess", "cycling"],
    )
    MenteeFactory(
        programme=programme,
        person__name="Basil",
        levels={"Databases": 1},
        goals={"Databases": 5},
        interests=["jazz", "chess", "cycling"],
    )
    return programme


def other(programme: Programme, **changes: Any) -> RuleSet:
    return RuleSet(**(rules_of(programme).as_json() | changes))


BY_INTERESTS = {"weight_skill_gap": 10, "weight_interests": 80}


def url_of(programme: Programme, first: RuleSet, second: RuleSet) -> str:
    query = sets_as_query(first, second)
    return f"{reverse('programmes:try', args=[programme.slug])}?{query}"


def words(content: bytes, select: str = "main") -> str:
    soup = BeautifulSoup(content, "html.parser")
    return " ".join((soup.select_one(select) or soup).get_text(" ").split())


def try_second(client: Client, programme: Programme, **changes: Any) -> Any:
    return client.get(url_of(programme, rules_of(programme), other(programme, **changes)))


def use(client: Client, programme: Programme, rules: RuleSet, seen: RuleSet) -> Any:
    url = reverse("programmes:use_rules", args=[programme.slug])
    return client.post(url, set_as_fields(rules) | {"seen": seen.as_text()}, follow=True)


def test_rules_go_into_one_line_and_back() -> None:
    rules = rules_of(ProgrammeFactory(mentor_is_junior=False, minimum_score=31))
    assert rules_in_text(rules.as_text()) == rules
    for nonsense in ("", "1~2", rules.as_text().replace("fair", "foul"), "x~" * 10 + "x"):
        assert rules_in_text(nonsense) is None


def test_it_begins_with_the_rules_of_now_on_both_sides(
    client: Client, programme: Programme
) -> None:
    programme.minimum_score = 33
    programme.save()
    page = client.get(reverse("programmes:try", args=[programme.slug])).content
    soup = BeautifulSoup(page, "html.parser")
    for side in ("first", "second"):
        assert soup.select_one(f"#id_{side}-minimum_score")["value"] == "33"
    assert "Both sets are the same so far" in words(page)


def test_both_sets_are_told_in_figures_and_who_changes(
    client: Client, programme: Programme
) -> None:
    page = try_second(client, programme, **BY_INTERESTS).content
    assert "shared interests 80 points instead of 20 points" in words(page)
    (row,) = BeautifulSoup(page, "html.parser").select("section:has(#who) tbody tr")
    before, after = (cell.get_text(" ", strip=True) for cell in row.select("td"))
    assert (row.th.get_text(strip=True), before.split()[0], after.split()[0]) == (
        "Basil",
        "Amira",
        "Chen",
    )
    assert "Goals that a mentor can lift 1 of 1 1 of 1 0" in words(page)
    assert "1 mentee has another mentor." in words(page, "#trial-said")
    assert "Points of the two sets are not alike" in words(page)


def test_scores_of_both_matches_are_those_of_a_round(client: Client, programme: Programme) -> None:
    first, second = try_rules(programme, [rules_of(programme), other(programme, **BY_INTERESTS)])
    for rules, outcome in (
        (rules_of(programme), first),
        (other(programme, **BY_INTERESTS), second),
    ):
        for name, value in rules.as_json().items():
            setattr(programme, name, value)
        programme.save()
        kept = run_round(programme)
        assert [pair["score"] for pair in outcome["pairs"]] == [kept.worst]
        assert (outcome["count"], outcome["total"]) == (kept.count, kept.total)


def test_what_was_solved_is_remembered_until_somebody_changes(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    solved = []
    solve = trials.solve_gathered
    monkeypatch.setattr(trials, "solve_gathered", lambda asked: solved.append(1) or solve(asked))
    now, second = rules_of(programme), other(programme, **BY_INTERESTS)
    assert try_rules(programme, [now, now]) == try_rules(programme, [now, now])
    assert len(solved) == 1
    try_rules(programme, [now, second])
    assert len(solved) == 2
    basil = programme.participants.get(person__name="Basil")
    basil.interests = ["jazz"]
    basil.save()
    before, after = try_rules(programme, [now, second])
    assert len(solved) == 4
    assert before["total"] != after["total"]


def test_trying_saves_nothing(client: Client, programme: Programme) -> None:
    before = Programme.objects.values().get()
    try_second(client, programme, **BY_INTERESTS)
    assert Programme.objects.values().get() == before
    assert not any(model.objects.exists() for model in (Round, Suggestion, Job))


def test_in_place_only_the_outcome_comes_back_and_is_announced(
    client: Client, programme: Programme
) -> None:
    url = url_of(programme, rules_of(programme), other(programme, **BY_INTERESTS))
    soup = BeautifulSoup(client.get(url, headers={"HX-Request": "true"}).content, "html.parser")
    assert soup.html is None
    said = soup.select_one("#trial-said")
    assert said["hx-swap-oob"] == "innerHTML"
    assert "1 mentee has another mentor." in said.get_text()
    form = BeautifulSoup(client.get(url).content, "html.parser").select_one("form[data-trial]")
    assert form["hx-sync"] == "this:replace"
    assert soup.select_one("#who")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            dict.fromkeys(
                (
                    "weight_skill_gap",
                    "weight_interests",
                    "weight_distance",
                    "weight_way_of_working",
                ),
                0,
            ),
            "Give points to at least one thing that makes a match good.",
        ),
        ({"minimum_score": 300}, "Nobody could reach this: a perfect match has 85 points."),
        ({"working_hours_overlap": 9}, "Write 8 or less."),
        ({"style": "loud"}, "not one of the available choices"),
        ({"weight_interests": "many"}, "Write a whole number."),
    ],
)
def test_rules_that_make_no_sense_are_told_and_nothing_is_lost(
    client: Client, programme: Programme, changes: dict[str, Any], told: str
) -> None:
    answer = try_second(client, programme, **changes)
    assert answer.status_code == 200
    assert told in words(answer.content)
    said = words(answer.content, "#trial-said")
    assert said.startswith("Nothing was compared.")
    assert told in said
    soup = BeautifulSoup(answer.content, "html.parser")
    assert not soup.select("#outcome")
    for name, value in changes.items():
        field = soup.select_one(f"#id_second-{name}")
        assert field.name == "select" or field["value"] == str(value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"minimum_score": 85}, "they score below the lowest score of a match."),
        ({"working_hours_overlap": 8}, "they share too few hours of the day."),
    ],
)
def test_rules_that_let_nobody_meet_say_so_in_a_trial_and_in_a_round(
    client: Client, programme: Programme, coordinator: User, changes: dict[str, Any], told: str
) -> None:
    zones = ("Europe/London", "Asia/Kolkata", "America/Lima")
    for person, zone in zip(programme.participants.all(), zones, strict=True):
        person.time_zone = zone
        person.save()
    page = words(try_second(client, programme, **changes).content)
    assert f"Second set Nobody can be matched. What keeps most of them apart: {told}" in page
    for name, value in changes.items():
        setattr(programme, name, value)
    programme.save()
    client.post(reverse("programmes:run", args=[programme.slug]))
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    assert told in job.result["summary"]


def test_an_empty_programme_is_told_what_to_do(client: Client) -> None:
    empty = ProgrammeFactory()
    page = client.get(reverse("programmes:try", args=[empty.slug])).content
    assert "Nobody is in it yet" in words(page)
    with pytest.raises(RoundRefused):
        try_rules(empty, [rules_of(empty)])


def test_one_side_alone_is_told(client: Client) -> None:
    alone = MentorFactory().programme
    page = words(client.get(reverse("programmes:try", args=[alone.slug])).content)
    assert "nobody is free on one of the two sides" in page


def test_a_chosen_set_becomes_the_rules(client: Client, programme: Programme) -> None:
    chosen = other(programme, **BY_INTERESTS, mentor_is_junior=False, objective="total")
    answer = use(client, programme, chosen, rules_of(programme))
    assert "These are the programme’s rules now." in words(answer.content)
    assert answer.redirect_chain[-1][0] == reverse("programmes:board", args=[programme.slug])
    programme.refresh_from_db()
    assert rules_of(programme) == chosen
    # Pressed twice.
    assert "rules now" in words(use(client, programme, chosen, rules_of(programme)).content)


def test_another_coordinators_change_meanwhile_is_not_overwritten(
    client: Client, programme: Programme
) -> None:
    seen, chosen = rules_of(programme), other(programme, **BY_INTERESTS)
    programme.minimum_score = 25
    programme.save()
    answer = use(client, programme, chosen, seen)
    page = words(answer.content)
    assert "lowest score of a match: 25 points instead of 20 points" in page
    assert "Nothing was saved: look at both sets again." in page
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.select_one("#id_first-minimum_score")["value"] == "25"
    assert soup.select_one("#id_second-weight_interests")["value"] == "80"
    programme.refresh_from_db()
    assert programme.weight_interests == 20
    with pytest.raises(RulesChanged):
        adopt_rules(programme, chosen, seen=seen, by=None)


def test_rules_that_make_no_sense_are_not_saved(client: Client, programme: Programme) -> None:
    before = rules_of(programme)
    page = use(client, programme, other(programme, minimum_score=300), before)
    assert "Nothing was saved" in words(page.content)
    programme.refresh_from_db()
    assert rules_of(programme) == before


def test_a_rounds_rules_can_be_held_against_those_of_now(
    client: Client, programme: Programme
) -> None:
    kept = run_round(programme)
    programme.minimum_score = 44
    programme.save()
    url = reverse("programmes:try", args=[programme.slug])
    soup = BeautifulSoup(client.get(f"{url}?round={kept.pk}").content, "html.parser")
    assert soup.select_one("#id_first-minimum_score")["value"] == "44"
    assert soup.select_one("#id_second-minimum_score")["value"] == "20"
    for nonsense in ("x", "9" * 40, ""):
        assert client.get(f"{url}?round={nonsense}").status_code == 200


def test_for_many_people_a_job_compares(
    client: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial_views, "MOST_IN_PLACE", 2)
    page = client.get(reverse("programmes:try", args=[programme.slug])).content
    soup = BeautifulSoup(page, "html.parser")
    assert not soup.select("[hx-get]")
    fields = {
        f"{side}-{name}": value
        for side, rules in (
            ("first", rules_of(programme)),
            ("second", other(programme, **BY_INTERESTS)),
        )
        for name, value in set_as_fields(rules).items()
    }
    url = reverse("programmes:try_many", args=[programme.slug])
    assert client.post(url, fields | {"second-minimum_score": "300"}).status_code == 422
    assert not Job.objects.exists()
    client.post(url, fields)
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.done, job.total) == (2, 2)
    result = words(client.get(job.result["next_url"]).content)
    assert "shared interests 80 points instead of 20 points" in result
    assert "1 mentee has another mentor." in result
    elsewhere = reverse("programmes:trial", args=[ProgrammeFactory().slug, job.pk])
    assert client.get(elsewhere).status_code == 404


def test_nobody_else_tries_or_chooses(
    client_for: ClientFor, outsider: User, editor: User, programme: Programme
) -> None:
    member = programme.participants.first().person
    rules = other(programme, **BY_INTERESTS)
    for person in (outsider, editor, member):
        browser = client_for(person)
        assert try_second(browser, programme).status_code == 404
        assert use(browser, programme, rules, rules_of(programme)).status_code == 404
        many = reverse("programmes:try_many", args=[programme.slug])
        assert browser.post(many).status_code == 404
    programme.refresh_from_db()
    assert programme.weight_interests == 20


def test_it_takes_the_same_queries_for_few_people_and_many(
    client: Client, programme: Programme, django_assert_num_queries: Any
) -> None:
    try_second(client, programme, **BY_INTERESTS)
    with CaptureQueriesContext(connection) as counted:
        try_second(client, programme, **BY_INTERESTS)
    few = len(counted)
    for _ in range(12):
        MentorFactory(programme=programme, levels={"Databases": 4})
        MenteeFactory(programme=programme, goals={"Databases": 3})
    with django_assert_num_queries(few):
        try_second(client, programme, **BY_INTERESTS)
