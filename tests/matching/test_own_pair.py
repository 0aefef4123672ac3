"""What each of the two reads and may do while their pair meets, pauses, or is looked at."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from matching.enums import Actor, PairStage
from matching.models import Pair
from matching.services.pairs import MoveRefused, move_pair
from portal.models import User
from tests.factories.matching import (
    ActivePairFactory,
    ExpertiseFactory,
    GoalFactory,
    MenteeFactory,
    PairFactory,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def pair() -> Pair:
    return ActivePairFactory(
        mentor__person__name="Amira Haddad", mentee__person__name="Basil Okafor"
    )


def page_of(client: Client, pair: Pair) -> Tag:
    page = client.get(reverse("matching:pair", args=[pair.pk]))
    main = BeautifulSoup(page.content, "html.parser").main
    assert main is not None
    return main


def words(page: Tag) -> str:
    return " ".join(page.get_text(" ").split())


def moves_on(page: Tag) -> list[str]:
    return [str(button["value"]) for button in page.select("button[name=to]")]


def ask(client: Client, pair: Pair, to: str) -> None:
    client.post(reverse("matching:move_own_pair", args=[pair.pk]), {"to": to, "note": "Too far."})


def test_while_they_meet_either_may_pause_or_ask_for_another(
    client_for: ClientFor, pair: Pair
) -> None:
    for side in (pair.mentor, pair.mentee):
        page = page_of(client_for(side.person), pair)
        assert moves_on(page) == ["paused", "swap_asked"]
        # Neither is one tap: what it means is read first.
        assert all(button.find_parent("details") for button in page.select("button[name=to]"))


def test_who_pauses_and_who_goes_on(client_for: ClientFor, pair: Pair) -> None:
    mentor, mentee = client_for(pair.mentor.person), client_for(pair.mentee.person)
    ask(mentor, pair, "paused")
    assert "You paused on" in words(page_of(mentor, pair))
    page = page_of(mentee, pair)
    assert "Amira Haddad paused on" in words(page)
    go_on = page.select_one("button[value=active]")
    assert go_on is not None
    assert go_on.find_parent("details") is None
    ask(mentee, pair, "active")
    pair.refresh_from_db()
    assert pair.stage == PairStage.ACTIVE


def test_a_pause_by_the_coordinator_names_nobody(client_for: ClientFor, pair: Pair) -> None:
    move_pair(pair, PairStage.PAUSED, actor=Actor.COORDINATOR)
    assert "Your pair pauses" in words(page_of(client_for(pair.mentor.person), pair))


def test_a_swap_is_taken_back_by_the_one_who_asked_and_nobody_else(
    client_for: ClientFor, pair: Pair
) -> None:
    mentor, mentee = client_for(pair.mentor.person), client_for(pair.mentee.person)
    ask(mentee, pair, "swap_asked")
    assert "You asked for another partner on" in words(page_of(mentee, pair))
    assert moves_on(page_of(mentee, pair)) == ["active"]

    page = page_of(mentor, pair)
    assert "Your coordinator is looking at this pair" in words(page)
    assert "another partner" not in words(page)
    assert "Too far." not in words(page)
    assert moves_on(page) == []
    with pytest.raises(MoveRefused, match="Only the one who asked"):
        move_pair(pair, PairStage.ACTIVE, actor=Actor.MENTOR)

    ask(mentee, pair, "active")
    pair.refresh_from_db()
    assert pair.stage == PairStage.ACTIVE


def test_a_swap_asked_in_a_pause_goes_back_to_the_sessions(
    client_for: ClientFor, pair: Pair
) -> None:
    mentee = client_for(pair.mentee.person)
    move_pair(pair, PairStage.MIDPOINT, actor=Actor.SYSTEM)
    for to in ("paused", "swap_asked", "midpoint"):
        ask(mentee, pair, to)
    pair.refresh_from_db()
    assert pair.stage == PairStage.MIDPOINT


def test_the_coordinator_leads_a_pair_back_whoever_asked(pair: Pair) -> None:
    move_pair(pair, PairStage.SWAP_ASKED, actor=Actor.MENTOR)
    move_pair(pair, PairStage.ACTIVE, actor=Actor.COORDINATOR)
    assert pair.stage == PairStage.ACTIVE


def test_before_the_coffee_one_knows_where_the_other_works_and_no_address(
    client_for: ClientFor,
) -> None:
    pair = PairFactory(mentor__job_title="Data analyst", mentor__location="Osaka")
    page = words(page_of(client_for(pair.mentee.person), pair))
    assert "Data analyst" in page
    assert "Osaka" in page
    assert pair.mentor.person.email not in page


def test_a_mentor_is_not_promised_for_what_they_cannot_teach(client_for: ClientFor) -> None:
    mentee = MenteeFactory()
    for skill in ("Databases", "Accessibility"):
        GoalFactory(participant=mentee, skill__name=skill, baseline=0, target=3)
    pair = PairFactory(programme=mentee.programme, mentee=mentee)
    databases = mentee.goals.get(skill__name="Databases").skill
    ExpertiseFactory(participant=pair.mentor, skill=databases, level=3)
    page = words(page_of(client_for(pair.mentor.person), pair))
    helped, besides = page.split("Also wanted, though not to be learnt in this pair:")
    assert "Databases, from level 0 to 3" in helped
    assert "Accessibility" not in helped
    assert "Accessibility, from level 0 to 3" in besides


def test_a_skill_that_was_renamed_is_still_what_the_pair_is_for(client_for: ClientFor) -> None:
    pair = PairFactory()
    goal = GoalFactory(participant=pair.mentee, skill__name="Data bases", baseline=0, target=3)
    ExpertiseFactory(participant=pair.mentor, skill=goal.skill, level=3)
    goal.skill.name = "Databases"
    goal.skill.save()
    page = words(page_of(client_for(pair.mentor.person), pair))
    assert "you can help with: Databases, from level 0 to 3" in page
    assert "Also wanted" not in page


def test_a_pair_that_stops_stays_where_it_was_on_its_way(client_for: ClientFor, pair: Pair) -> None:
    move_pair(pair, PairStage.MIDPOINT, actor=Actor.SYSTEM)
    move_pair(pair, PairStage.PAUSED, actor=Actor.MENTEE)
    here = page_of(client_for(pair.mentor.person), pair).select_one("[aria-current=step]")
    assert here is not None
    assert "Midpoint" in here.get_text()
