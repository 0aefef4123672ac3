"""What each kind of user finds on their desk, at a cost that does not grow with the pairs."""

import sys
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curriculum.models import Plan
from curriculum.queries.coordination import own_needs
from curriculum.registries import DeskCard, coordinator_cards, participant_cards
from curriculum.services.sessions import (
    open_session,
    schedule_session,
)
from matching.enums import PairStage
from matching.models import Pair
from portal.models import User
from tests.curriculum.desks import DESK, desk
from tests.factories.curriculum import PlanFactory, ask_to_prepare, learn, pair_with_plan
from tests.factories.matching import (
    ActivePairFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
)
from tests.factories.training import TrackFactory
from training.models import TrackPage

pytestmark = pytest.mark.django_db


def test_somebody_without_a_programme_is_told_what_to_do(outsider: User, client_for: Any) -> None:
    assert "You are in no programme" in desk(client_for(outsider))


def test_an_editor_goes_to_the_admin(editor: User, client_for: Any) -> None:
    assert client_for(editor).get(DESK)["Location"] == reverse("wagtailadmin_home")


def test_preparation_comes_first(
    pair: Pair, mentor_user: User, mentee_user: User, client_for: Any
) -> None:
    module = ask_to_prepare(pair.programme)
    client = client_for(mentor_user)
    page = desk(client)
    assert "Preparation, about 10 minutes" in page
    assert reverse("curriculum:module", args=[module.pk]) in page
    assert "Preparation, about" not in desk(client_for(mentee_user))

    learn(mentor_user, module)
    assert "Preparation, about" not in desk(client)


def test_the_mentee_is_told_the_one_next_thing(
    pair: Pair, mentee_user: User, client_for: Any
) -> None:
    client = client_for(mentee_user)
    item = Plan.objects.get(pair=pair).steps.get().items.get(kind="module")
    assert reverse("curriculum:module", args=[item.page_id]) in desk(client)
    assert "from 1 to 3, now 1" in desk(client)

    learn(mentee_user, item.page.specific)
    assert "Suggest a date" in desk(client)


def test_a_suggested_date_is_confirmed_by_one_tap(
    pair: Pair, mentee_user: User, client_for: Any
) -> None:
    item = Plan.objects.get(pair=pair).steps.get().items.get(kind="session")
    meeting = open_session(pair, item)
    schedule_session(meeting, timezone.now() + timedelta(days=2), by=pair.mentor)
    client = client_for(mentee_user)
    page = desk(client)
    assert page.count("I will be there") == 1

    url = reverse("curriculum:confirm_session", args=[meeting.pk])
    assert client.post(url, {"back": DESK})["Location"] == DESK
    assert "Both of you said yes" in desk(client)


def test_a_pair_at_coffee_is_asked_to_meet(mentor_user: User, client_for: Any) -> None:
    pair = PairFactory(mentor__person=mentor_user)
    assert reverse("matching:pair", args=[pair.pk]) in desk(client_for(mentor_user))


def test_who_learns_and_mentors_has_two_desks(
    pair: Pair, mentor_user: User, client_for: Any
) -> None:
    MenteeFactory(person=mentor_user)
    client = client_for(mentor_user)
    assert "Whom I mentor" in desk(client)
    assert "Session 1 of 1 with" in desk(client, "?as=mentor")
    assert "Session 1 of 1 with" not in desk(client, "?as=mentee")


def test_the_coordinator_sees_what_waits_with_reason_and_act(
    pair: Pair, coordinator: User, client_for: Any
) -> None:
    programme, long_ago = pair.programme, timezone.now() - timedelta(days=60)
    ask_to_prepare(programme)
    sides = [
        {"mentor": MentorFactory(programme=programme), "mentee": MenteeFactory(programme=programme)}
        for _ in range(3)
    ]
    PairFactory(programme=programme, stage_since=long_ago, **sides[0])
    PairFactory(programme=programme, stage=PairStage.SWAP_ASKED, **sides[1])
    ActivePairFactory(programme=programme, began_at=long_ago, **sides[2])
    page = desk(client_for(coordinator))

    order = [
        "asked for a swap",
        "pair is silent",
        "pair has no plan",
        "pair waits for a coffee",
        "pairs cannot begin yet",
        "not invited yet",
    ]
    places = [page.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert reverse("curriculum:preparation", args=[programme.slug]) in page


def test_a_coming_date_breaks_the_silence(pair: Pair, coordinator: User, client_for: Any) -> None:
    Pair.objects.filter(pk=pair.pk).update(began_at=timezone.now() - timedelta(days=60))
    client = client_for(coordinator)
    assert "pair is silent" in desk(client)
    meeting = open_session(pair, Plan.objects.get(pair=pair).steps.get().items.get(kind="session"))
    schedule_session(meeting, timezone.now() + timedelta(days=2), by=pair.mentor)
    assert "pair is silent" not in desk(client)


def test_a_need_leads_to_exactly_the_pairs_that_it_counts(
    pair: Pair, coordinator: User, client_for: Any
) -> None:
    """Of six pairs one is silent, one waits for a coffee, one has no plan; three are well."""
    programme, long_ago = pair.programme, timezone.now() - timedelta(days=60)

    def two(name: str) -> dict[str, Any]:
        mentor = MentorFactory(programme=programme, person__name=f"{name} Mentor")
        return {
            "programme": programme,
            "mentor": mentor,
            "mentee": MenteeFactory(programme=programme),
        }

    track = TrackPage.objects.get()
    for name in ("Silent", "Well"):
        began = {"began_at": long_ago} if name == "Silent" else {}
        PlanFactory(pair=ActivePairFactory(**two(name), **began), tracks=[track])
    PairFactory(**two("Fresh"))
    PairFactory(**two("Late"), stage_since=long_ago)
    ActivePairFactory(**two("Planless"))

    client = client_for(coordinator)
    page = BeautifulSoup(desk(client), "html.parser")
    for word, names in (
        ("is silent", {"Silent"}),
        ("waits for a coffee", {"Late"}),
    ):
        need = next(one for one in page.select(".need") if word in one.get_text())
        assert need.select_one(".need__count").get_text() == "1"
        rows = client.get(need.select_one("a")["href"]).content.decode()
        shown = {
            one
            for one in ("Silent", "Well", "Fresh", "Late", "Planless")
            if f"{one} Mentor" in rows
        }
        assert shown == names
    url = reverse("programmes:pairs", args=[programme.slug])
    found = client.get(f"{url}?only=without_plan").context["page"]
    assert [str(one.mentor) for one in found] == ["Planless Mentor"]
    assert len(client.get(f"{url}?only=moon").context["page"]) == 6


@pytest.mark.parametrize(
    ("who", "links"),
    [
        ("mentee_user", ["Desk", "Training"]),
        ("coordinator", ["Desk", "Programmes", "Training"]),
        ("outsider", ["Desk"]),
    ],
)
def test_the_header_shows_each_place_once(
    who: str, links: list[str], pair: Pair, request: pytest.FixtureRequest, client_for: Any
) -> None:
    page = BeautifulSoup(desk(client_for(request.getfixturevalue(who))), "html.parser")
    shown = [link.get_text(strip=True) for link in page.select("header nav li a")]
    assert [label for label in shown if label in {"Desk", "Programmes", "Training"}] == links


def test_no_programme_says_what_to_do_next(coordinator: User, client_for: Any) -> None:
    assert reverse("programmes:new") in desk(client_for(coordinator))


def test_rooms_above_put_their_cards_on_the_desks(
    pair: Pair, mentee_user: User, coordinator: User, client_for: Any
) -> None:
    card = DeskCard("badges to give", "They earned them.", "/x/", "Give", 3, True, "Badges")
    participant_cards.register("test", lambda place: [DeskCard("A certificate waits", url="/y/")])
    coordinator_cards.register("test", lambda programme: [card])
    try:
        assert "A certificate waits" in desk(client_for(mentee_user))
        page = desk(client_for(coordinator))
        assert "badges to give" in page
        assert "Badges" in page
    finally:
        participant_cards._entries.pop("test")
        coordinator_cards._entries.pop("test")


def test_a_coordinator_waives_preparation_with_a_reason(
    pair: Pair, coordinator: User, client_for: Any
) -> None:
    ask_to_prepare(pair.programme)
    client, url = client_for(coordinator), reverse("curriculum:waive", args=[pair.pk])
    client.post(url, {"reason": " "})
    assert not hasattr(Pair.objects.get(pk=pair.pk), "waiver")
    client.post(url, {"reason": "Both did it last year."})
    assert Pair.objects.get(pk=pair.pk).waiver.reason == "Both did it last year."


def test_nobody_lets_themselves_begin(
    mentor_user: User, coordinator: User, client_for: Any
) -> None:
    """Cora coordinates and is the mentee of this pair."""
    own, _plan = pair_with_plan(mentor_user, coordinator)
    ask_to_prepare(own.programme, mentors=False)
    client, url = client_for(coordinator), reverse("curriculum:waive", args=[own.pk])
    page = client.get(reverse("curriculum:preparation", args=[own.programme.slug]))
    assert url not in page.content.decode()
    assert "another coordinator decides" in page.content.decode()

    assert client.post(url, {"reason": "I am in a hurry."}).status_code == 404
    assert not hasattr(Pair.objects.get(pk=own.pk), "waiver")


def test_a_preparation_that_is_not_published_is_none(pair: Pair) -> None:
    programme = pair.programme
    ask_to_prepare(programme)
    ask_to_prepare(programme, mentors=False)

    def sides() -> list[Any]:
        needs = own_needs(programme)
        return [need["count"] for need in needs if "nothing to prepare" in need["title"]]

    assert sides() == []
    programme.curriculum.refresh_from_db()
    programme.curriculum.mentor_preparation.unpublish()
    assert sides() == [1]


def test_pairs_that_have_not_prepared_come_fifty_at_a_time(
    pair: Pair, coordinator: User, client_for: Any
) -> None:
    ask_to_prepare(pair.programme)
    for _ in range(50):
        ActivePairFactory(programme=pair.programme)
    client = client_for(coordinator)
    url = reverse("curriculum:preparation", args=[pair.programme.slug])
    pages = [client.get(url, {"page": number}) for number in (1, 2)]
    assert [len(page.context["rows"]) for page in pages] == [50, 1]
    assert "Page 2 of 2" in pages[1].content.decode()


def crowd(pairs: int, mentor: User, mentee: User) -> None:
    """The two as a pair; more partners for them, each pair with a plan, by turns theirs as mentor
    or as mentee."""
    track = TrackPage.objects.first() or TrackFactory()
    place = mentor.participations.first() or MentorFactory(person=mentor)
    programme = place.programme
    learner = mentee.participations.first() or MenteeFactory(
        programme=programme, person=mentee, goals={"Databases": 3}
    )
    for number in range(programme.pairs.count(), pairs):
        teaches, learns = number % 2 == 0, number == 0 or number % 2 == 1
        sides = {
            "mentor": place if teaches else MentorFactory(programme=programme),
            "mentee": learner if learns else MenteeFactory(programme=programme),
        }
        pair = ActivePairFactory(programme=programme, **sides)
        PlanFactory(pair=pair, tracks=[track])


@pytest.mark.parametrize("who", ["mentor_user", "mentee_user", "coordinator"])
def test_a_desk_costs_the_same_at_one_and_at_a_hundred_pairs(
    who: str,
    mentor_user: User,
    mentee_user: User,
    coordinator: User,
    request: pytest.FixtureRequest,
    client_for: Any,
) -> None:
    client = client_for(request.getfixturevalue(who))
    figures = []
    for pairs in (1, 100):
        crowd(pairs, mentor_user, mentee_user)
        client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            desk(client)
        figures.append(len(queries))
    sys.stdout.write(f"{who}: {figures[0]} queries at one pair, {figures[1]} at 100\n")
    assert figures[0] == figures[1]
    assert figures[1] <= 45
