"""The engine decides, the plan keeps what it decided; asked twice, nothing changes."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from curriculum.models import Plan, PlanStep, ProgrammeCurriculum
from curriculum.queries.progress import pair_progress
from curriculum.services.plans import assign_tracks, plan_pair
from curriculum.tasks import assign_pair_tracks, assign_programme_tracks
from matching.enums import PairStage
from matching.models import Goal, Pair
from portal.models import User
from tests.factories.curriculum import PlanFactory, learn
from tests.factories.matching import (
    ActivePairFactory,
    ExpertiseFactory,
    GoalFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
)
from tests.factories.portal import JobFactory
from tests.factories.training import ModuleFactory, SessionPlanFactory, TrackFactory

pytestmark = pytest.mark.django_db
KEYS = {"pairs", "planned", "steps", "goals", "met", "partly", "unmet", "causes", "optimal"}


@pytest.fixture
def pair() -> Pair:
    """Amira holds Databases 3; Basil wants 4, and Cooking, which no track teaches."""
    mentor = MentorFactory(levels={"Databases": 3})
    mentee = MenteeFactory(
        programme=mentor.programme,
        levels={"Databases": 1},
        goals={"Databases": 4, "Cooking": 2},
    )
    return ActivePairFactory(programme=mentor.programme, mentor=mentor, mentee=mentee)


def test_tracks_chain_in_order_and_a_goal_beyond_the_mentor_says_so(pair: Pair) -> None:
    first = TrackFactory(title="Ask your data", lifts=[("Databases", 1, 2)])
    second = TrackFactory(title="Ask more", lifts=[("Databases", 2, 3)], requires=[first])
    TrackFactory(title="Too far", lifts=[("Databases", 3, 4)])

    plan_pair(pair)

    plan = Plan.objects.get(pair=pair)
    steps = list(plan.steps.all())
    assert [step.track for step in steps] == [first, second]
    assert steps[0].supports == ["Ask more"]
    assert steps[1].gains == [{"skill": "Databases", "from": 2, "to": 3}]
    unmet = {goal.skill: (goal.cause, goal.reached) for goal in plan.unmet.all()}
    assert unmet == {"Databases": ("guide_level", 3), "Cooking": ("no_track", 0)}
    assert plan.unmet.get(skill="Databases").detail == {"guide": 4}


def test_the_budget_binds(pair: Pair) -> None:
    first = TrackFactory(lifts=[("Databases", 1, 2)])
    TrackFactory(lifts=[("Databases", 2, 3)], requires=[first])
    ProgrammeCurriculum.objects.filter(programme=pair.programme).update(budget_sessions=1)

    plan_pair(pair)

    goal = Plan.objects.get(pair=pair).unmet.get(skill="Databases")
    assert (goal.cause, goal.reached, goal.detail["sessions"]) == ("no_time", 2, 1)


def test_assigning_twice_changes_nothing(pair: Pair) -> None:
    TrackFactory(lifts=[("Databases", 1, 3)])
    PairFactory(programme=pair.programme)

    first = assign_tracks(pair.programme)
    plans = list(Plan.objects.values_list("pk", "created_at"))
    second = assign_tracks(pair.programme)
    assign_pair_tracks(pair.pk)

    assert list(Plan.objects.values_list("pk", "created_at")) == plans
    assert (first.pairs, first.planned, first.steps) == (1, 1, 1)
    assert (first.goals, first.met, first.partly, first.unmet) == (2, 0, 1, 1)
    assert first.causes == {"no_track": 2}
    assert first.optimal
    assert second == type(first)(**{**vars(first), "seconds": second.seconds})


def figures(pair: Pair) -> dict[str, Any]:
    found = vars(assign_tracks(pair.programme)).copy()
    found.pop("seconds")
    assert found["goals"] == found["met"] + found["partly"] + found["unmet"]
    assert sum(found["causes"].values()) == found["partly"] + found["unmet"]
    return found


def test_goals_that_change_later_do_not_change_what_the_plans_came_to(pair: Pair) -> None:
    """One goal is served in part, one whole, one missed, one was there before the plan."""
    TrackFactory(lifts=[("Databases", 1, 3)])
    TrackFactory(lifts=[("Reports", 0, 1)], is_self_guided=True)
    for skill, level, target in (("Reports", 0, 1), ("Spreadsheets", 3, 2)):
        GoalFactory(participant=pair.mentee, skill__name=skill, target=target, baseline=level)
        ExpertiseFactory(participant=pair.mentee, skill__name=skill, level=level)
    before = figures(pair)
    assert [before[key] for key in ("goals", "met", "partly", "unmet")] == [4, 2, 1, 1]

    GoalFactory(participant=pair.mentee, skill__name="Haggling", target=5, baseline=0)
    assert figures(pair) == before
    Goal.objects.filter(skill__name__in=["Cooking", "Reports"]).delete()
    assert figures(pair) == before


def test_a_pair_for_which_no_track_fits_is_planned_too(pair: Pair) -> None:
    figures = assign_tracks(pair.programme)

    assert (figures.planned, figures.steps) == (1, 0)
    assert Plan.objects.get(pair=pair).steps.count() == 0


def test_the_command_ends_with_one_line_of_json(pair: Pair) -> None:
    out = StringIO()
    call_command("assign_tracks", programme=pair.programme.slug, json=True, stdout=out)

    figures = json.loads(out.getvalue().strip().splitlines()[-1])
    assert set(figures) == KEYS | {"seconds"}
    assert figures["causes"] == {"no_track": 2}


def test_an_unknown_programme_is_one_clear_line() -> None:
    with pytest.raises(CommandError, match="There is no programme “nowhere”"):
        call_command("assign_tracks", programme="nowhere", json=True)


def test_the_job_says_what_it_came_to(pair: Pair) -> None:
    job = JobFactory()
    TrackFactory(lifts=[("Databases", 1, 3)])
    other = MenteeFactory(programme=pair.programme, goals={"Cooking": 1})
    ActivePairFactory(programme=pair.programme, mentee=other)
    result = assign_programme_tracks(job, programme_id=pair.programme_id)
    assert result["planned"] == 2
    assert result["summary"] == (
        "2 of 2 active pairs have a plan."
        " Of 3 goals 0 are met by them, 1 in part and 2 not."
        " 1 pair has no track for its goals."
    )
    assert result["next_url"] == reverse("curriculum:programme", args=[pair.programme.slug])
    job.refresh_from_db()
    assert (job.done, job.total) == (2, 2)


@pytest.mark.parametrize(
    ("minutes", "sessions", "words"),
    [
        (99999999999, 6, "Choose between 15 and 6,000 minutes"),
        (14, 6, "Choose between 15 and 6,000 minutes"),
        (720, 51, "Choose between 1 and 50 sessions"),
        (720, 0, "Choose between 1 and 50 sessions"),
        (15, 1, ""),
        (6000, 50, ""),
    ],
)
def test_the_time_of_a_pair_stays_within_reason(
    minutes: int, sessions: int, words: str, pair: Pair, coordinator: User, client_for: Any
) -> None:
    url = reverse("curriculum:programme", args=[pair.programme.slug])
    answer = client_for(coordinator).post(
        url, {"budget_minutes": minutes, "budget_sessions": sessions}
    )
    assert answer.status_code == (422 if words else 302)
    assert words in answer.content.decode()
    assert "Ensure this value" not in answer.content.decode()
    kept = ProgrammeCurriculum.objects.get(programme=pair.programme)
    assert kept.budget_minutes == (720 if words else minutes)


def test_a_coordinator_starts_the_job_from_the_page(
    pair: Pair, coordinator: User, client_for: Any
) -> None:
    url = f"/en/programmes/{pair.programme.slug}/curriculum/"
    client = client_for(coordinator)
    assert "1 active pair has no plan." in client.get(url).content.decode()
    assert "/jobs/" in client.post(f"{url}assign/")["Location"]


def test_the_plan_counts_what_was_learnt_before(pair: Pair) -> None:
    """A completed step of an earlier pair has lifted the mentee; the new plan starts there."""
    first = TrackFactory(lifts=[("Databases", 1, 2)])
    second = TrackFactory(lifts=[("Databases", 2, 3)], requires=[first])
    earlier = ActivePairFactory(programme=pair.programme, mentee=pair.mentee, stage="ended")
    PlanFactory(pair=earlier, tracks=[first])
    PlanStep.objects.update(completed_at=earlier.stage_since)

    plan_pair(pair)

    assert [step.track for step in Plan.objects.get(pair=pair).steps.all()] == [second]


def test_a_module_done_elsewhere_leaves_less_to_do(pair: Pair) -> None:
    """Both lift the same; the shorter wins, and half of the longer one was done elsewhere."""
    long = ModuleFactory(minutes=40)
    begun = TrackFactory(lifts=[("Databases", 1, 3)], pages=[long, SessionPlanFactory()])
    TrackFactory(
        lifts=[("Databases", 1, 3)], pages=[ModuleFactory(minutes=20), SessionPlanFactory()]
    )
    learn(pair.mentee.person, long)

    plan_pair(pair)

    assert Plan.objects.get(pair=pair).steps.get().track == begun


def test_a_step_of_which_everything_was_learnt_before_is_done_at_once(pair: Pair) -> None:
    known = ModuleFactory(minutes=20)
    TrackFactory(lifts=[("Databases", 1, 3)], pages=[known])
    learn(pair.mentee.person, known)

    plan_pair(pair)

    assert Plan.objects.get(pair=pair).steps.get().completed_at is not None
    assert pair_progress(pair).steps_done.is_complete
    pair.refresh_from_db()
    assert pair.stage == PairStage.COMPLETED


@pytest.mark.parametrize("pairs", [1, 20])
def test_planning_costs_the_same_for_one_pair_and_for_twenty(
    pairs: int, django_assert_max_num_queries: Any
) -> None:
    TrackFactory(lifts=[("Databases", 1, 3)])
    mentor = MentorFactory(levels={"Databases": 3}, capacity=20)
    for _ in range(pairs):
        mentee = MenteeFactory(
            programme=mentor.programme, levels={"Databases": 1}, goals={"Databases": 3}
        )
        ActivePairFactory(programme=mentor.programme, mentor=mentor, mentee=mentee)

    with django_assert_max_num_queries(39):
        assert assign_tracks(mentor.programme).planned == pairs
