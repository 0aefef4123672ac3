"""The board: what a match is worth, whom it leaves over, and where a decision leads."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from matching.models import Programme, Suggestion
from matching.models.programmes import CRITERIA
from matching.queries.left_over import describe_left_over, find_left_over
from matching.queries.suggestions import latest_round
from matching.services.suggestions import refuse_suggestion
from matching.views import board as board_view
from matching.wording import parts_in_words, unmatched_in_words
from portal.models import Job, User
from tests.factories.matching import (
    ExpertiseFactory,
    GoalFactory,
    ProgrammeFactory,
    RoundFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def client(client_for: ClientFor, coordinator: User) -> Client:
    return client_for(coordinator)


def board_of(client: Client, programme: Programme) -> BeautifulSoup:
    page = client.get(reverse("programmes:board", args=[programme.slug]))
    return BeautifulSoup(page.content, "html.parser")


def words(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def decide(client: Client, suggestion: Suggestion, decision: str) -> Any:
    slug = suggestion.round.programme.slug
    url = reverse("programmes:decide", args=[slug, suggestion.pk])
    return client.post(url, {"decision": decision})


def test_points_are_told_of_those_that_can_be_reached(client: Client) -> None:
    """Wishes weigh 15, and nobody can enter one yet."""
    made = SuggestionFactory(round__programme__weight_skill_gap=50).round
    page = board_of(client, made.programme)
    assert "70 of 95 points, made of" in words(page)
    bar = page.select(".score__bar .tone")
    assert sum(float(part["width"].rstrip("%")) for part in bar) == pytest.approx(
        70 / 95 * 100, abs=0.1
    )


def test_a_criterion_has_one_tone_whatever_else_there_is() -> None:
    every = dict.fromkeys(CRITERIA, 10_000)
    tones = {part["label"]: part["tone"] for part in parts_in_words(every)}
    assert len(set(tones.values())) == len(CRITERIA)
    for missing in CRITERIA:
        fewer = parts_in_words(every | {missing: 0})
        assert all(tones[part["label"]] == part["tone"] for part in fewer)


def test_the_board_shows_the_tone_of_a_criterion(client: Client) -> None:
    made = SuggestionFactory(parts={"skill_gap": 40_000, "distance": 7_500}).round
    bar = board_of(client, made.programme).select(".score__bar .tone")
    assert [part["class"] for part in bar] == [["tone", "tone--ink"], ["tone", "tone--second"]]


def test_goals_that_the_mentor_does_not_teach_are_named(client: Client) -> None:
    suggestion = SuggestionFactory()
    for skill, now, wanted in (("Databases", 1, 3), ("Team chat", 0, 4), ("Cloud", 3, 3)):
        GoalFactory(participant=suggestion.mentee, skill__name=skill, target=wanted)
        ExpertiseFactory(participant=suggestion.mentee, skill__name=skill, level=now)
    ExpertiseFactory(participant=suggestion.mentor, skill__name="Databases", level=2)
    page = words(board_of(client, suggestion.round.programme))
    assert "Not covered: Team chat, level 4." in page
    assert "Cloud" not in page


def test_two_departments_are_called_different(client: Client) -> None:
    suggestion = SuggestionFactory(mentor__department="IT", mentee__department="Finance")
    page = words(board_of(client, suggestion.round.programme))
    assert "Different departments: IT and Finance" in page


@pytest.mark.parametrize(
    ("waiting", "told"),
    [(1, "1 suggestion waits for you"), (2, "2 suggestions wait for you")],
)
def test_one_suggestion_waits_and_two_wait(client: Client, waiting: int, told: str) -> None:
    made = RoundFactory()
    SuggestionFactory.create_batch(waiting, round=made)
    assert told in words(board_of(client, made.programme))


def test_a_decision_leads_to_the_next_suggestion_and_names_the_pair(client: Client) -> None:
    made = RoundFactory()
    first, second, third = (
        SuggestionFactory(
            round=made,
            score=score,
            mentor__person__name=f"Mentor {score}",
            mentee__person__name=f"Mentee {score}",
        )
        for score in (80_000, 70_000, 70_000)
    )
    board = reverse("programmes:board", args=[made.programme.slug])
    assert decide(client, second, "refuse").url == f"{board}#suggestion-{third.pk}"
    assert "Refused: Mentor 70000 and Mentee 70000 are" in words(board_of(client, made.programme))
    # After the last comes the last that is left.
    assert decide(client, third, "accept").url == f"{board}#suggestion-{first.pk}"
    assert "Accepted: Mentor 70000 and Mentee 70000" in words(board_of(client, made.programme))
    assert decide(client, first, "accept").url == board


def test_the_next_suggestion_is_on_its_own_page_of_the_board(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_view, "PER_PAGE", 2)
    made = RoundFactory()
    rows = [SuggestionFactory(round=made, score=90_000 - n) for n in range(5)]
    board = reverse("programmes:board", args=[made.programme.slug])
    expected = f"{board}?page=2#suggestion-{rows[4].pk}"
    assert decide(client, rows[3], "refuse").url == expected


def test_after_a_refusal_both_are_left_over(client: Client, coordinator: User) -> None:
    suggestion = SuggestionFactory(mentor__capacity=2)
    made = suggestion.round
    also = SuggestionFactory(round=made, mentor=suggestion.mentor)
    refuse_suggestion(suggestion, by=coordinator)
    latest = latest_round(made.programme)
    left = describe_left_over(find_left_over(made.programme, latest), latest)
    assert [(one.participant, one.side) for one in left] == [(suggestion.mentee, "mentee")]
    refuse_suggestion(also, by=coordinator)
    aside = words(board_of(client, made.programme).aside)
    assert aside.count("Their match was refused. Run a new round.") == 3


def test_a_mentor_whom_nobody_asks_for_is_told_what_would_help() -> None:
    alone = {"side": "mentor", "cause": "no_allowed_partner", "detail": {"teaches_nothing": 4}}
    assert unmatched_in_words(alone) == (
        "Nobody here wants what they teach. Bring in mentees who do, or ask what else they know."
    )
    mixed = alone | {"detail": {"teaches_nothing": 4, "no_language": 1}}
    assert unmatched_in_words(mixed).endswith(
        "1 shares no language with them. "
        "Bring in mentees who want what they teach, or ask what else they know."
    )
    learner = alone | {"side": "mentee"}
    assert unmatched_in_words(learner).endswith(
        "Ask for someone who knows these skills, or for other goals."
    )


def test_a_first_round_without_people_is_refused_at_once(client: Client) -> None:
    programme = ProgrammeFactory()
    page = client.post(reverse("programmes:run", args=[programme.slug]), follow=True)
    assert b"There is nobody to match yet. Bring in people first." in page.content
    assert not Job.objects.exists()
