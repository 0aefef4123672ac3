"""The one card at the top of a person's own desk: whose turn it is, and what is over."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from curriculum.models import Plan, PreparationWaiver
from curriculum.queries.preparation import may_begin
from curriculum.services.sessions import (
    SessionRefused,
    begin_session,
    hold_session,
    open_session,
    schedule_session,
)
from matching.enums import Actor, PairStage
from matching.models import Pair
from matching.services.pairs import move_pair
from portal.models import User
from tests.curriculum.desks import desk
from tests.factories.curriculum import ask_to_prepare, learn
from tests.factories.matching import (
    MenteeFactory,
    PairFactory,
    ParticipantFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db


def card(page: str) -> str:
    """The words of the one card at the top."""
    found = BeautifulSoup(page, "html.parser").select_one(".card--lead")
    return " ".join(found.get_text(" ").split()) if found else ""


def test_preparation_waits_for_nobody_once_the_pair_may_begin(
    pair: Pair, mentor_user: User, client_for: Any
) -> None:
    ask_to_prepare(pair.programme)
    client = client_for(mentor_user)
    assert "Preparation" in card(desk(client))
    PreparationWaiver.objects.create(pair=pair, reason="Did it last year.")
    assert "Preparation" not in card(desk(client))


def test_a_preparation_chosen_later_stops_no_pair_that_has_met(
    pair: Pair, mentor_user: User, client_for: Any
) -> None:
    item = Plan.objects.get(pair=pair).steps.get().items.get(kind="session")
    hold_session(open_session(pair, item))
    ask_to_prepare(pair.programme)
    assert "Preparation" not in card(desk(client_for(mentor_user)))
    assert may_begin(pair)


def test_a_programme_that_is_over_asks_for_nothing(mentee_user: User, client_for: Any) -> None:
    programme = ProgrammeFactory(
        name="Lighthouse",
        starts_on=timezone.localdate() - timedelta(days=200),
        ends_on=timezone.localdate() - timedelta(days=1),
    )
    MenteeFactory(programme=programme, person=mentee_user)
    ask_to_prepare(programme, mentors=False)
    told = card(desk(client_for(mentee_user)))
    assert "“Lighthouse” has ended" in told
    assert "Open the module" not in told


def test_who_is_between_partners_finds_what_they_did(
    pair: Pair, mentee_user: User, mentor_user: User, client_for: Any
) -> None:
    move_pair(pair, PairStage.ENDED, actor=Actor.COORDINATOR)
    for person, other in ((mentee_user, "Mina Mentor"), (mentor_user, "Basil Mentee")):
        page = desk(client_for(person))
        assert f"Your time with {other} has ended" in card(page)
        assert reverse("curriculum:plan", args=[pair.pk]) in page


def test_who_said_no_over_coffee_is_not_told_of_a_time_that_ended(
    mentor_user: User, client_for: Any
) -> None:
    coffee = PairFactory(mentor__person=mentor_user)
    move_pair(coffee, PairStage.ENDED, actor=Actor.MENTOR)
    assert "You have no partner yet" in card(desk(client_for(mentor_user)))


def test_of_two_desks_the_one_opens_on_which_something_waits(
    mentor_user: User, client_for: Any
) -> None:
    programme = ProgrammeFactory()
    place = ParticipantFactory(programme=programme, person=mentor_user, role="both")
    client = client_for(mentor_user)
    assert "You have no partner yet" in card(desk(client))
    PairFactory(programme=programme, mentor=place)
    page = BeautifulSoup(desk(client), "html.parser")
    current = page.select_one(".tabs [aria-current]")
    assert current is not None
    assert current.get_text(strip=True) == "Whom I mentor"
    learning = BeautifulSoup(desk(client, "?as=mentee"), "html.parser")
    assert [tab.get_text(" ", strip=True) for tab in learning.select(".tabs a")] == [
        "What I learn",
        "Whom I mentor 1",
    ]


def test_each_desk_asks_for_its_own_preparation_alone(mentor_user: User, client_for: Any) -> None:
    programme = ProgrammeFactory()
    ParticipantFactory(programme=programme, person=mentor_user, role="both")
    as_mentor = ask_to_prepare(programme)
    as_mentee = ask_to_prepare(programme, mentors=False)
    client = client_for(mentor_user)
    for side, module, other in (
        ("mentor", as_mentor, as_mentee),
        ("mentee", as_mentee, as_mentor),
    ):
        page = desk(client, f"?as={side}")
        assert reverse("curriculum:module", args=[module.pk]) in page
        assert reverse("curriculum:module", args=[other.pk]) not in page
        assert "0 of 1 done" in page


def test_a_session_that_runs_is_gone_on_with(
    pair: Pair, mentor_user: User, mentee_user: User, client_for: Any
) -> None:
    item = Plan.objects.get(pair=pair).steps.get().items.get(kind="session")
    learn(mentee_user, item.step.items.get(kind="module").page.specific)
    meeting = open_session(pair, item)
    begin_session(meeting)
    assert "Go on with the session" in card(desk(client_for(mentor_user)))
    assert "Mina leads it" in card(desk(client_for(mentee_user)))


def test_the_other_one_does_not_read_that_a_swap_was_asked_for(
    pair: Pair, mentor_user: User, client_for: Any
) -> None:
    move_pair(pair, PairStage.SWAP_ASKED, actor=Actor.MENTEE)
    page = desk(client_for(mentor_user))
    assert "wap asked" not in page
    assert "With your coordinator" in page


def test_a_session_that_runs_is_not_moved_from_under_the_mentor(
    pair: Pair, mentor_user: User, mentee_user: User, client_for: Any
) -> None:
    item = Plan.objects.get(pair=pair).steps.get().items.get(kind="session")
    meeting = open_session(pair, item)
    schedule_session(meeting, timezone.now() + timedelta(days=1), by=pair.mentor)
    begin_session(meeting)
    with pytest.raises(SessionRefused, match="has begun"):
        schedule_session(meeting, timezone.now() + timedelta(days=9), by=pair.mentee)
    page = desk(client_for(mentee_user))
    assert "I will be there" not in page
    assert "It has begun" in page
    assert "Go on with the session" in card(desk(client_for(mentor_user)))
