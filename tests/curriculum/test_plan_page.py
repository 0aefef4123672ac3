"""What the two and coordinators read about a plan, and that no link of it leads nowhere."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curriculum.models import UnmetGoal
from matching.enums import PairStage
from matching.models import Pair
from portal.models import User
from tests.factories.curriculum import (
    PlanFactory,
    add_step,
    ask_to_prepare,
    learn,
    pair_with_plan,
)
from tests.factories.matching import ActivePairFactory, MenteeFactory, MentorFactory
from tests.factories.training import ModuleFactory, SessionPlanFactory, TrackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(mentor_user: User, mentee_user: User) -> Pair:
    return pair_with_plan(mentor_user, mentee_user)[0]


def plan_of(client: Client, pair: Pair) -> BeautifulSoup:
    response = client.get(reverse("curriculum:plan", args=[pair.pk]))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def words(part: BeautifulSoup) -> str:
    return " ".join(part.get_text(" ").split())


def empty_plan(**sides: Any) -> Pair:
    pair: Pair = ActivePairFactory(**sides)
    PlanFactory(pair=pair, tracks=[])
    return pair


def test_a_plan_without_steps_proves_and_promises_nothing(
    mentee_user: User, coordinator: User, client_for: Any
) -> None:
    pair = empty_plan(mentee__person=mentee_user)
    ask_to_prepare(pair.programme)
    UnmetGoal.objects.create(
        plan=pair.plans.get(), skill="Cobol", reached=0, target=3, cause="no_track"
    )

    seen = words(plan_of(client_for(mentee_user), pair))

    assert "No track fits yet" in seen
    assert "No track teaches Cobol" in seen
    for promise in ("proved", "0 steps", "session", "Session"):
        assert promise not in seen
    panel = client_for(coordinator).get(
        reverse("programmes:pair", args=[pair.programme.slug, pair.pk])
    )
    assert "the plan holds no step" in panel.content.decode()
    assert "cannot begin yet" not in panel.content.decode()


def test_who_has_to_prepare_is_named_with_a_link_for_oneself(
    pair: Pair, mentor_user: User, mentee_user: User, coordinator: User, client_for: Any
) -> None:
    theirs, ours = (ask_to_prepare(pair.programme, mentors=who) for who in (True, False))
    address = reverse("curriculum:module", args=[ours.pk])

    page = plan_of(client_for(mentee_user), pair)

    assert "You have done 0 of 1 modules; about 10 minutes to go." in words(page)
    assert f"{pair.mentor} has done 0 of 1 modules; about 10 minutes to go." in words(page)
    assert page.select_one(f'.notice a[href="{address}"]')
    assert client_for(mentee_user).get(address).status_code == 302
    seen = plan_of(client_for(coordinator), pair)
    assert f"{pair.mentee} has done 0 of 1 modules" in words(seen)
    assert not seen.select(".notice a")
    learn(mentor_user, theirs)
    assert str(pair.mentor) + " has done" not in words(plan_of(client_for(mentee_user), pair))
    learn(mentee_user, ours)
    assert "Session one opens" not in words(plan_of(client_for(mentee_user), pair))


@pytest.mark.parametrize("stage", [PairStage.ACTIVE, PairStage.PAUSED, PairStage.ENDED])
def test_every_link_of_a_plan_opens_for_the_one_who_sees_it(
    stage: PairStage, pair: Pair, mentor_user: User, mentee_user: User, client_for: Any
) -> None:
    """Beside the usual: a mentor's module, one that was done, one done and taken away since."""
    done, gone = ModuleFactory(), ModuleFactory()
    pages = [ModuleFactory(audience="mentor"), done, gone, SessionPlanFactory()]
    add_step(pair.plans.get(), TrackFactory(lifts=[("Reports", 0, 1)], pages=pages), 2)
    for module in (done, gone):
        learn(mentee_user, module)
    gone.unpublish()
    Pair.objects.filter(pk=pair.pk).update(stage=stage)

    for person, links in ((mentor_user, 3), (mentee_user, 2)):
        client = client_for(person)
        found = [link["href"] for link in plan_of(client, pair).select(".items a")]
        assert [client.get(href).status_code for href in found] == [302] * len(found)
        ended = 1 if person == mentee_user else 0
        assert len(found) == (ended if stage == PairStage.ENDED else links)


def test_a_coordinator_is_told_that_a_pair_has_ended(
    pair: Pair, coordinator: User, client_for: Any
) -> None:
    ask_to_prepare(pair.programme)
    Pair.objects.filter(pk=pair.pk).update(stage=PairStage.ENDED)
    bare = ActivePairFactory(programme=pair.programme, stage=PairStage.ENDED)
    client = client_for(coordinator)

    def panel(one: Pair) -> str:
        url = reverse("programmes:pair", args=[one.programme.slug, one.pk])
        return client.get(url).content.decode()

    assert "This pair has ended. Its plan stays for the record." in panel(pair)
    assert "They cannot begin yet" not in panel(pair)
    assert "This pair ended before it had a plan." in panel(bare)
    assert "Assign tracks to all" not in panel(bare)


def test_pairs_without_a_track_are_a_need_and_a_line_of_the_curriculum(
    pair: Pair, coordinator: User, client_for: Any
) -> None:
    client, programme = client_for(coordinator), pair.programme
    url = reverse("curriculum:programme", args=[programme.slug])
    assert "no track for" not in client.get(url).content.decode()
    stuck = [empty_plan(programme=programme) for _ in range(2)]

    seen = client.get(url).content.decode()
    assert "Every active pair has its plan." in seen
    assert "2 pairs have no track for their goals" in seen
    desk = BeautifulSoup(client.get("/en/desk/").content, "html.parser")
    need = next(one for one in desk.select(".need") if "no track" in one.get_text())
    assert need.select_one(".need__count").get_text() == "2"
    rows = client.get(need.select_one("a")["href"]).context["page"].object_list
    assert set(rows) == set(stuck)


def test_the_level_of_the_mentor_is_the_one_they_hold(mentee_user: User, client_for: Any) -> None:
    mentor = MentorFactory(levels={"Databases": 2})
    mentee = MenteeFactory(programme=mentor.programme, person=mentee_user)
    pair = empty_plan(programme=mentor.programme, mentor=mentor, mentee=mentee)
    UnmetGoal.objects.create(
        plan=pair.plans.get(),
        skill="Databases",
        reached=0,
        target=4,
        cause="guide_level",
        detail={"guide": 3},
    )

    seen = words(plan_of(client_for(mentee_user), pair))

    assert f"leads to level 3, and {mentor} is at 2. You asked for 4." in seen
    assert "Someone at level 3 could begin it." in seen


def test_a_step_that_a_later_one_goes_on_from_says_so(
    pair: Pair, mentee_user: User, client_for: Any
) -> None:
    pair.mentee.goals.update(target=5)
    add_step(pair.plans.get(), TrackFactory(lifts=[("Databases", 3, 4)]), 2)
    seen = words(plan_of(client_for(mentee_user), pair))
    assert "Lifts Databases from level 1 to 3, on the way to the 5 you asked for." in seen
    assert "Lifts Databases from level 3 to 4; you asked for 5." in seen


def test_a_plan_costs_the_same_however_much_it_holds(
    pair: Pair, mentee_user: User, client_for: Any
) -> None:
    client, plan = client_for(mentee_user), pair.plans.get()

    def asked() -> int:
        client.get("/healthz")
        with CaptureQueriesContext(connection) as queries:
            plan_of(client, pair)
        return len(queries)

    def miss(number: int) -> None:
        UnmetGoal.objects.create(
            plan=plan,
            skill=f"Skill {number}",
            reached=0,
            target=4,
            cause="guide_level",
            detail={"guide": 3},
        )

    miss(0)
    asked()
    one = asked()
    for number in range(1, 9):
        miss(number)
        add_step(plan, TrackFactory(lifts=[(f"Skill {number}", 0, 1)]), number + 1)
    assert asked() == one
