"""Pairs kept together, late rounds, repairs and simulations, each beside the others."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.enums import DecisionKind, SuggestionState
from matching.models import Decision, Programme, Suggestion
from matching.queries.questions import round_asked_about
from matching.queries.rounds import compare_rounds, round_before, rounds_of
from matching.queries.suggestions import skills_covered
from matching.rules import rules_of
from matching.services.imports.uploads import Upload
from matching.services.jobs import start_late_round
from matching.services.relaxations import apply_relaxation
from matching.services.repairs import carry_out_repair
from matching.services.reruns import run_again
from matching.services.rounds import round_in_words, run_late_round, run_round
from matching.services.simulations import begin_simulation, run_simulation
from matching.services.suggestions import accept_suggestion, refuse_suggestion
from matching.services.together import keep_together
from matching.services.trials import adopt_rules
from matching.services.undoing import undo_decision
from portal.models import User
from portal.services.jobs import run_job
from tests.factories.matching import (
    ActivePairFactory,
    MenteeFactory,
    MentorFactory,
    ProgrammeFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="digital", minimum_score=0)


def mentor(programme: Programme, skill: str = "Databases", **fields: Any) -> Any:
    return MentorFactory(programme=programme, levels={skill: 4}, **fields)


def mentee(programme: Programme, skill: str = "Databases", **fields: Any) -> Any:
    fields = {"levels": {skill: 1}, "goals": {skill: 3}} | fields
    return MenteeFactory(programme=programme, **fields)


def one_of(programme: Programme, two: tuple[Any, Any]) -> Suggestion:
    return Suggestion.objects.get(round__programme=programme, mentor=two[0], mentee=two[1])


def choice(*made: tuple[Any, Any]) -> dict[str, Any]:
    links = [{"mentor": str(one.pk), "mentee": str(other.pk)} for one, other in made]
    return {"made": links, "broken": []}


def test_a_simulation_with_the_people_in_keeps_together_whom_a_round_would(
    programme: Programme, coordinator: User
) -> None:
    two = mentor(programme), mentee(programme)
    mentor(programme)
    keep_together(*two, by=coordinator)
    content = b"email,name,role,languages,expertise,goals\nzoe@example.org,Zoe,mentee,en,,\n"
    upload = Upload(name="new.csv", content=content, may_create_skills=True, token="one")
    tried = begin_simulation(
        programme, upload, rules_of(programme), with_standing=True, by=coordinator
    )
    tried.refresh_from_db()
    run_simulation(tried)
    assert tried.result is not None
    pairs = {(pair["mentor"], pair["mentee"]) for pair in tried.result["pairs"]}
    assert (str(two[0].pk), str(two[1].pk)) in pairs


def test_a_late_round_says_nothing_of_those_kept_together_who_are_suggested(
    programme: Programme, coordinator: User
) -> None:
    two = mentor(programme, capacity=2), mentee(programme, capacity=2)
    keep_together(*two, by=coordinator)
    run_round(programme)
    late = mentee(programme)
    kept = run_late_round(programme)
    assert (kept.locks_left_out, kept.count) == (0, 1)
    assert one_of(programme, (two[0], late)).state == SuggestionState.OPEN


def test_a_late_round_keeps_together_a_late_joiner_and_somebody_free(
    programme: Programme, coordinator: User
) -> None:
    old = mentor(programme, capacity=2)
    mentee(programme)
    run_round(programme)
    late = mentee(programme)
    keep_together(old, late, by=coordinator)
    kept = run_late_round(programme)
    assert one_of(programme, (old, late)).round == kept
    assert kept.locks_left_out == 0
    assert round_in_words(kept) == "1 suggestion waits for you."


def test_a_late_round_is_held_against_no_other_and_no_other_against_it(
    programme: Programme,
) -> None:
    mentor(programme, capacity=2)
    mentee(programme)
    first = run_round(programme)
    mentee(programme)
    late = run_late_round(programme)
    last = run_round(programme)
    assert round_before(late) is None
    assert round_before(last) == first
    compared = compare_rounds(last, round_before(last))
    assert compared is not None
    assert (compared.kept, len(compared.gone)) == (1, 0)


def test_a_decision_taken_back_after_a_late_round_is_open_again(
    programme: Programme, coordinator: User
) -> None:
    two = mentor(programme, capacity=2), mentee(programme)
    run_round(programme)
    accept_suggestion(one_of(programme, two), by=coordinator)
    mentee(programme)
    run_late_round(programme)
    undo_decision(Decision.objects.get(), by=coordinator)
    assert one_of(programme, two).state == SuggestionState.OPEN


def test_a_place_that_a_late_round_gave_away_is_not_offered_twice(
    programme: Programme, coordinator: User
) -> None:
    two = mentor(programme), mentee(programme)
    run_round(programme)
    refuse_suggestion(one_of(programme, two), by=coordinator)
    late = mentee(programme)
    run_late_round(programme)
    assert one_of(programme, (two[0], late)).state == SuggestionState.OPEN
    undo_decision(Decision.objects.get(), by=coordinator)
    assert one_of(programme, two).state == SuggestionState.OVERTAKEN


def test_after_a_late_round_two_who_had_somebody_are_asked_about_in_the_full_one(
    programme: Programme,
) -> None:
    guides = [mentor(programme, capacity=2) for _ in range(2)]
    mentee(programme), mentee(programme)
    full = run_round(programme)
    had = full.suggestions.order_by("pk")[0]
    other = next(one for one in guides if one != had.mentor)
    mentee(programme)
    joined = run_late_round(programme).suggestions.get()
    two = {"mentor": str(other.pk), "mentee": str(had.mentee_id)}
    assert round_asked_about(programme, two) == full
    two = {"mentor": str(joined.mentor_id), "mentee": str(joined.mentee_id)}
    assert round_asked_about(programme, two) == joined.round


def test_skills_of_suggestions_beside_a_late_round_can_be_searched(programme: Programme) -> None:
    mentor(programme, "Databases"), mentee(programme, "Databases")
    run_round(programme)
    mentor(programme, "Cooking"), mentee(programme, "Cooking")
    late = run_late_round(programme)
    assert [name for _key, name in skills_covered(late)] == ["Cooking", "Databases"]


def test_the_job_of_a_late_round_does_no_more_than_it_announced(
    programme: Programme, coordinator: User
) -> None:
    mentor(programme, capacity=2), mentee(programme)
    run_round(programme)
    mentee(programme)
    job = start_late_round(programme, by=coordinator)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.done == job.total


def test_a_round_counts_those_kept_together_among_what_waits(
    programme: Programme, coordinator: User
) -> None:
    two = mentor(programme), mentee(programme)
    keep_together(*two, by=coordinator)
    kept = run_round(programme)
    assert round_in_words(kept) == "1 suggestion waits for you."


def test_asked_about_two_kept_together_nobody_hears_that_they_are_a_pair(
    client: Client, programme: Programme, coordinator: User
) -> None:
    client.force_login(coordinator)
    two = mentor(programme), mentee(programme)
    keep_together(*two, by=coordinator)
    run_round(programme)
    page = client.get(
        reverse("programmes:why", args=[programme.slug]),
        {"mentor": two[0].pk, "mentee": two[1].pk},
    )
    assert "They stand together already" not in page.content.decode()
    assert "They are kept together" in page.content.decode()


def test_what_a_repair_suggests_is_found_by_skill_and_is_a_new_version(
    programme: Programme, coordinator: User
) -> None:
    apart = ActivePairFactory(
        programme=programme, mentor=mentor(programme), mentee=mentee(programme)
    )
    free = mentee(programme)
    found = RoundFactory(programme=programme)
    before = Suggestion.objects.create(
        round=found, mentor=apart.mentor, mentee=free, score=1, state=SuggestionState.LAPSED
    )
    carry_out_repair(apart, choice((apart.mentor, free)), by=coordinator)
    before.refresh_from_db()
    assert before.state == SuggestionState.OPEN
    assert before.version == 1
    assert [skill.name for skill in before.covered.all()] == ["Databases"]


def test_a_repair_leaves_those_kept_together_their_place(
    programme: Programme, coordinator: User
) -> None:
    guide = mentor(programme, capacity=2)
    two = guide, mentee(programme)
    apart = ActivePairFactory(programme=programme, mentor=guide, mentee=mentee(programme))
    keep_together(*two, by=coordinator)
    run_round(programme)
    free = mentee(programme)
    carry_out_repair(apart, choice((guide, free)), by=coordinator)
    assert one_of(programme, two).state == SuggestionState.OPEN


def test_a_round_made_for_a_repair_has_its_fingerprints(
    programme: Programme, coordinator: User
) -> None:
    apart = ActivePairFactory(
        programme=programme, mentor=mentor(programme), mentee=mentee(programme)
    )
    free = mentee(programme)
    carry_out_repair(apart, choice((apart.mentor, free)), by=coordinator)
    kept = programme.rounds.get()
    again = run_again(kept)
    assert (again["is_intact"], again["is_same"]) == (True, True)


def test_a_bar_lifted_for_somebody_left_over_is_a_decision_taken_back(
    programme: Programme, coordinator: User
) -> None:
    two = mentor(programme), mentee(programme)
    run_round(programme)
    refuse_suggestion(one_of(programme, two), by=coordinator)
    lifted = {"kind": "bar", "pair": [str(one.pk) for one in two]}
    apply_relaxation(programme, lifted, by=coordinator)
    decision = Decision.objects.get(kind=DecisionKind.REFUSE)
    assert decision.undone_by == coordinator
    assert not programme.bars.exists()


def test_a_rule_given_up_for_somebody_left_over_says_who_did(
    programme: Programme, coordinator: User
) -> None:
    apply_relaxation(programme, {"kind": "language"}, by=coordinator)
    programme.refresh_from_db()
    assert not programme.shared_language
    assert programme.changed_by == coordinator


def test_rules_taken_over_from_a_trial_say_who_did(programme: Programme, coordinator: User) -> None:
    now = rules_of(programme)
    adopt_rules(programme, replace(now, minimum_score=10), seen=now, by=coordinator)
    programme.refresh_from_db()
    assert (programme.minimum_score, programme.changed_by) == (10, coordinator)


def test_the_waitlist_leaves_what_the_engine_answered_in_the_database(
    client: Client, programme: Programme, coordinator: User
) -> None:
    client.force_login(coordinator)
    mentee(programme)
    run_round(programme)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("programmes:waitlist", args=[programme.slug]))
    assert page.status_code == 200
    assert not [one["sql"] for one in asked if '"matching_round"."result"' in one["sql"]]


def test_a_list_of_rounds_leaves_the_advice_in_the_database(programme: Programme) -> None:
    RoundFactory(programme=programme)
    with CaptureQueriesContext(connection) as asked:
        list(rounds_of(programme))
    assert '"advice"' not in asked[0]["sql"]
