"""From rows to the engine and back: what it is asked, and what is kept of its answer."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from matching.enums import PairStage, SuggestionState
from matching.models import Pair, Programme, Suggestion
from matching.queries.problem import gather_problem, utc_offset
from matching.queries.standing import left_over
from matching.round_wording import score_in_words
from matching.services.rounds import confirm_round, round_figures, run_round
from matching.services.solving import RoundRefused
from matching.signals import pair_began
from tests.factories.matching import (
    ActivePairFactory,
    BarFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="digital")


def mentor(programme: Programme, **fields: Any) -> Any:
    return MentorFactory(programme=programme, levels={"Databases": 4}, **fields)


def mentee(programme: Programme, **fields: Any) -> Any:
    fields = {"levels": {"Databases": 1}, "goals": {"Databases": 3}} | fields
    return MenteeFactory(programme=programme, **fields)


def ids(suggestions: Any) -> set[tuple[int, int]]:
    return {(one.mentor_id, one.mentee_id) for one in suggestions}


def test_the_problem_says_what_the_rows_say(programme: Programme) -> None:
    boss = mentee(programme, person__email="boss@example.org", role="both", seniority_years=12)
    amira = mentor(
        programme,
        manager_email="BOSS@example.org",
        time_zone="Asia/Kolkata",
        languages=["en"],
        interests=["jazz"],
        seniority_years="3.50",
        capacity=2,
    )
    outsider = mentor(programme, manager_email="elsewhere@example.org")
    problem = gather_problem(programme).problem()
    people = {person["id"]: person for person in problem["mentors"]}
    assert people[str(amira.pk)] | {"department": "", "location": ""} == {
        "id": str(amira.pk),
        "capacity": 2,
        "department": "",
        "location": "",
        "languages": ["en"],
        "meets": "either",
        "style": "either",
        "interests": ["jazz"],
        "manager": str(boss.pk),
        "seniority": 3.5,
        "utc_offset": 5.5,
        "levels": {"Databases": 4},
        "goals": {},
    }
    assert people[str(outsider.pk)]["manager"] == "outside-1"
    assert [person["id"] for person in problem["mentees"]] == [str(boss.pk)]
    assert problem["mentees"][0]["goals"] == {"Databases": {"target": 3, "weight": 1}}
    assert "example.org" not in json.dumps(problem)


def test_the_offset_is_that_of_the_first_day(programme: Programme) -> None:
    # Summer time: 1 September.
    assert utc_offset("Europe/London", programme.starts_on) == 1
    assert utc_offset("Europe/London", programme.ends_on.replace(month=1)) == 0
    assert utc_offset("", programme.starts_on) is None
    assert utc_offset("Nowhere/Land", programme.starts_on) is None


def test_a_round_keeps_its_suggestions_with_their_reasons(programme: Programme) -> None:
    one, two = mentor(programme), mentee(programme)
    kept = run_round(programme)
    (suggestion,) = kept.suggestions.all()
    assert (suggestion.mentor, suggestion.mentee) == (one, two)
    assert suggestion.score == sum(suggestion.parts.values())
    assert suggestion.covers == [{"skill": "Databases", "from": 1, "to": 3, "target": 3}]
    assert round_figures(kept) | {"seconds": 0} == {
        "mentors": 1,
        "mentees": 1,
        "count": 1,
        "worst": suggestion.score,
        "total": suggestion.score,
        "bound": suggestion.score,
        "optimal": True,
        "unmatched": {},
        "seconds": 0,
    }


def test_a_newer_round_overtakes_what_nobody_decided_on(programme: Programme) -> None:
    mentor(programme), mentee(programme)
    first = run_round(programme)
    second = run_round(programme)
    assert [one.state for one in first.suggestions.all()] == [SuggestionState.OVERTAKEN]
    assert [one.state for one in second.suggestions.all()] == [SuggestionState.OPEN]


def test_standing_pairs_fill_their_places_and_are_not_suggested_again(
    programme: Programme,
) -> None:
    pair = PairFactory(programme=programme, mentor=mentor(programme), mentee=mentee(programme))
    other = mentee(programme)
    kept = run_round(programme)
    assert not kept.suggestions.exists()
    assert kept.problem["locked"] == [[str(pair.mentor_id), str(pair.mentee_id)]]
    assert [row["id"] for row in kept.result["unmatched"]] == [str(other.pk)]


@pytest.mark.parametrize("stage", [PairStage.ENDED, PairStage.COMPLETED])
def test_two_whose_way_is_over_are_free_but_not_for_each_other(
    programme: Programme, stage: PairStage
) -> None:
    pair = PairFactory(
        programme=programme, mentor=mentor(programme), mentee=mentee(programme), stage=stage
    )
    assert not run_round(programme).suggestions.exists()
    new = mentee(programme)
    assert ids(run_round(programme).suggestions.all()) == {(pair.mentor_id, new.pk)}


def test_barred_people_and_those_who_left_are_not_suggested(programme: Programme) -> None:
    one, two, gone = mentor(programme), mentee(programme), mentee(programme)
    BarFactory(programme=programme, mentor=one, mentee=two)
    gone.withdrawn_at = programme.created_at
    gone.save()
    kept = run_round(programme)
    assert not kept.suggestions.exists()
    assert {row["detail"].get("forbidden") for row in kept.result["unmatched"]} == {1}


def test_a_standing_pair_that_todays_rules_forbid_stays_and_fills_its_places(
    programme: Programme,
) -> None:
    """The engine refuses such a pair as locked; the round must still run."""
    senior = mentor(programme, seniority_years=20, capacity=2)
    junior = mentee(programme, seniority_years=2)
    ActivePairFactory(programme=programme, mentor=senior, mentee=junior)
    chief = mentee(programme, seniority_years=30)
    kept = run_round(programme)
    assert ids(kept.suggestions.all()) == {(senior.pk, chief.pk)}
    assert kept.problem["locked"] == []
    assert (kept.held, kept.left_over) == ([str(senior.pk), str(junior.pk)], 0)


def test_somebody_who_left_or_changed_sides_keeps_the_pair_they_have(
    programme: Programme,
) -> None:
    moved = mentor(programme, capacity=3)
    pair = ActivePairFactory(programme=programme, mentor=moved, mentee=mentee(programme))
    moved.role = "mentee"
    moved.save()
    mentee(programme)
    kept = run_round(programme)
    assert kept.problem["locked"] == [[str(moved.pk), str(pair.mentee_id)]]
    assert [person["capacity"] for person in kept.problem["mentors"]] == [1]
    assert not kept.suggestions.exists()


def test_there_is_no_round_without_people(programme: Programme) -> None:
    MentorFactory(programme=programme, withdrawn_at=timezone.now())
    with pytest.raises(RoundRefused, match="nobody to match yet"):
        run_round(programme)
    mentor(programme)
    assert round_figures(run_round(programme))["count"] == 0


@pytest.mark.parametrize("people", [2, 20])
def test_the_problem_takes_the_same_queries_for_few_and_many(
    programme: Programme, people: int, django_assert_num_queries: Any
) -> None:
    for _ in range(people):
        mentor(programme), mentee(programme)
    with django_assert_num_queries(7):
        gather_problem(programme)


def test_confirming_a_round_makes_active_pairs_and_tells_the_rooms_above(
    programme: Programme, django_capture_on_commit_callbacks: Any
) -> None:
    mentor(programme), mentee(programme), mentor(programme), mentee(programme)
    began: list[Pair] = []

    def note(pair: Pair, **kwargs: Any) -> None:
        began.append(pair)

    pair_began.connect(note)
    try:
        kept = run_round(programme)
        with django_capture_on_commit_callbacks(execute=True):
            pairs = confirm_round(kept)
            assert began == []
    finally:
        pair_began.disconnect(note)
    assert began == pairs
    assert {pair.stage for pair in Pair.objects.all()} == {PairStage.ACTIVE}
    assert all(pair.began_at and pair.moves.count() == 1 for pair in pairs)
    assert not Suggestion.objects.exclude(state=SuggestionState.ACCEPTED).exists()
    assert confirm_round(kept) == []


def test_confirming_passes_over_who_has_left_or_is_barred_since(programme: Programme) -> None:
    for _ in range(3):
        mentor(programme), mentee(programme)
    kept = run_round(programme)
    gone, barred, still = kept.suggestions.order_by("pk")
    gone.mentee.withdrawn_at = timezone.now()
    gone.mentee.save()
    BarFactory(programme=programme, mentor=barred.mentor, mentee=barred.mentee)
    assert ids(confirm_round(kept)) == ids([still])
    assert ids(kept.suggestions.filter(state=SuggestionState.OPEN)) == ids([gone, barred])


def test_the_command_ends_with_its_figures(programme: Programme) -> None:
    mentor(programme), mentee(programme)
    out = StringIO()
    call_command("suggest_pairs", "--programme", "digital", "--confirm", "--json", stdout=out)
    figures = json.loads(out.getvalue().splitlines()[-1])
    assert (figures["count"], figures["optimal"], figures["unmatched"]) == (1, True, {})
    assert Pair.objects.get().stage == PairStage.ACTIVE


def test_the_command_says_when_there_is_no_such_programme() -> None:
    with pytest.raises(CommandError, match="no programme “nowhere”"):
        call_command("suggest_pairs", "--programme", "nowhere")


def test_a_mentee_who_completed_is_not_sent_round_again(programme: Programme) -> None:
    old_guide, learner = mentor(programme), mentee(programme)
    PairFactory(programme=programme, mentor=old_guide, mentee=learner, stage=PairStage.COMPLETED)
    mentor(programme)
    assert ids(run_round(programme).suggestions.all()) == set()
    newcomer = mentee(programme)
    found = ids(run_round(programme).suggestions.all())
    assert {mentee_id for _mentor, mentee_id in found} == {newcomer.pk}
    assert learner not in left_over(programme)


def test_points_are_rounded_and_not_cut_off() -> None:
    assert score_in_words(71_667) == "71.7"
    assert score_in_words(1_188_333) == "1,188.3"
    assert score_in_words(None) == "–"
