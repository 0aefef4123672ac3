"""Who sees which page, and what stands on it."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.enums import PairStage, SuggestionState
from matching.models import Pair, Programme, Round
from matching.registries import pair_panels
from matching.services.pairs import move_pair
from matching.services.suggestions import accept_suggestion
from portal.models import Job, User
from tests.factories.matching import (
    ActivePairFactory,
    BarFactory,
    ExpertiseFactory,
    GoalFactory,
    LeftOverFactory,
    LockFactory,
    MenteeFactory,
    PairFactory,
    ProgrammeFactory,
    RoundFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

FILE = "email,name,role,shoe size\nbo@example.org,Bo Lind,mentor,44\n"


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def coordinator_pages(programme: Programme) -> list[str]:
    pair = PairFactory(programme=programme)
    places = ("show", "edit", "import", "import_sample", "people", "board", "pairs")
    places += ("rounds", "try", "simulate")
    places += ("left_over", "kept", "decisions", "ask_to_accept")
    return [
        reverse("programmes:list"),
        reverse("programmes:new"),
        *(reverse(f"programmes:{place}", args=[programme.slug]) for place in places),
        reverse("programmes:person", args=[programme.slug, pair.mentor_id]),
        reverse("programmes:pair", args=[programme.slug, pair.pk]),
    ]


def test_a_coordinator_opens_every_page_of_a_programme(
    client_for: ClientFor, coordinator: User
) -> None:
    client = client_for(coordinator)
    for url in coordinator_pages(ProgrammeFactory()):
        assert client.get(url).status_code == 200, url


def test_nobody_else_learns_that_there_is_a_programme(
    client_for: ClientFor, outsider: User, editor: User
) -> None:
    programme = ProgrammeFactory()
    pair = PairFactory(programme=programme)
    for url in coordinator_pages(programme):
        for person in (outsider, editor, pair.mentor.person):
            assert client_for(person).get(url).status_code == 404, (url, person)
        assert Client().get(url).status_code == 302, url


def test_nobody_else_changes_anything(client_for: ClientFor, outsider: User) -> None:
    suggestion = SuggestionFactory()
    programme = suggestion.round.programme
    pair = PairFactory(programme=programme)
    slug = programme.slug
    client = client_for(outsider)
    for name, args, data in (
        ("decide", [slug, suggestion.pk], {"decision": "accept"}),
        ("run", [slug], {}),
        ("accept_all", [slug], {}),
        ("lock", [slug], {"mentor": pair.mentor_id, "mentee": pair.mentee_id}),
        ("unlock", [slug], {"mentor": pair.mentor_id, "mentee": pair.mentee_id}),
        ("bar", [slug], {"mentor": pair.mentor_id, "mentee": pair.mentee_id}),
        ("lift_bar", [slug], {"mentor": pair.mentor_id, "mentee": pair.mentee_id}),
        ("undo", [slug, 1], {}),
        ("invite", [slug], {}),
        ("import_apply", [slug], {}),
        ("move_pair", [slug, pair.pk], {"to": "ended"}),
        ("place", [slug, pair.mentor_id], {"act": "withdraw"}),
    ):
        url = reverse(f"programmes:{name}", args=args)
        assert client.post(url, data).status_code == 404, name
    pair.refresh_from_db()
    suggestion.refresh_from_db()
    assert (pair.stage, suggestion.state) == (PairStage.COFFEE, SuggestionState.OPEN)
    assert not Job.objects.exists()


def test_a_pair_of_one_programme_is_not_found_under_another(
    client_for: ClientFor, coordinator: User
) -> None:
    pair, other = PairFactory(), ProgrammeFactory()
    client = client_for(coordinator)
    for name, key in (("pair", pair.pk), ("person", pair.mentor_id)):
        url = reverse(f"programmes:{name}", args=[other.slug, key])
        assert client.get(url).status_code == 404


def test_ones_own_pair_comes_before_ones_office(client_for: ClientFor, coordinator: User) -> None:
    """A coordinator who is one of the two neither reads its history nor moves it as coordinator."""
    pair = ActivePairFactory(mentee__person=coordinator)
    slug, client = pair.programme.slug, client_for(coordinator)
    assert client.get(reverse("programmes:pair", args=[slug, pair.pk])).status_code == 404
    move = reverse("programmes:move_pair", args=[slug, pair.pk])
    assert client.post(move, {"to": "ended"}).status_code == 404
    pair.refresh_from_db()
    assert pair.stage == PairStage.ACTIVE
    own = reverse("matching:pair", args=[pair.pk])
    for place in (
        reverse("programmes:pairs", args=[slug]),
        reverse("programmes:person", args=[slug, pair.mentor_id]),
    ):
        assert f'href="{own}"' in client.get(place).content.decode()
    assert client.get(own).status_code == 200


def test_the_two_see_each_other_and_nobody_else_does(
    client_for: ClientFor, outsider: User, coordinator: User
) -> None:
    pair = PairFactory()
    colleague = MenteeFactory(programme=pair.programme).person
    url = reverse("matching:pair", args=[pair.pk])
    for side in (pair.mentor, pair.mentee):
        assert client_for(side.person).get(url).status_code == 200
    for person in (outsider, colleague, coordinator):
        assert client_for(person).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_before_a_coordinator_has_accepted_there_is_nothing_to_see(client_for: ClientFor) -> None:
    pair = PairFactory(stage=PairStage.SUGGESTED)
    url = reverse("matching:pair", args=[pair.pk])
    assert client_for(pair.mentor.person).get(url).status_code == 404


@pytest.mark.parametrize(
    ("stage", "knows"),
    [("coffee", False), ("agreement", True), ("active", True), ("ended", False)],
)
def test_contact_details_come_with_both_yeses(
    client_for: ClientFor, stage: str, knows: bool
) -> None:
    pair = PairFactory(stage=stage)
    page = client_for(pair.mentee.person).get(reverse("matching:pair", args=[pair.pk]))
    assert (pair.mentor.person.email in page.content.decode()) is knows


def test_the_two_see_neither_scores_nor_bars_nor_history(client_for: ClientFor) -> None:
    pair = ActivePairFactory(score=71234, parts={"skill_gap": 40000})
    BarFactory(programme=pair.programme, mentor=pair.mentor, reason="Shouted at somebody once")
    page = text_of(client_for(pair.mentor.person).get(reverse("matching:pair", args=[pair.pk])))
    for hidden in ("71.2", "points", "Shouted"):
        assert hidden not in page


def test_the_two_go_from_coffee_to_their_first_session(client_for: ClientFor) -> None:
    pair = PairFactory()
    clients = [client_for(side.person) for side in (pair.mentor, pair.mentee)]
    coffee = reverse("matching:answer_coffee", args=[pair.pk])
    sign = reverse("matching:sign_agreement", args=[pair.pk])
    for client in clients:
        client.post(coffee, {"is_yes": "yes"})
    refused = clients[0].post(sign, {})
    assert refused.status_code == 422
    assert "Tick the box if you agree" in text_of(refused)
    for client in clients:
        answer = client.post(sign, {"agreed": "on"}, follow=True)
    assert "Thank you. You have agreed." in text_of(answer)
    assert Pair.objects.get().stage == PairStage.ACTIVE


def test_nonsense_in_an_answer_counts_as_none(client_for: ClientFor) -> None:
    pair = PairFactory()
    client = client_for(pair.mentor.person)
    client.post(reverse("matching:answer_coffee", args=[pair.pk]), {"is_yes": "maybe"})
    client.post(reverse("matching:move_own_pair", args=[pair.pk]), {"to": "moon"})
    client.post(reverse("matching:move_own_pair", args=[pair.pk]), {"to": "completed"})
    pair.refresh_from_db()
    assert pair.stage == PairStage.COFFEE
    assert not pair.answers.exists()


def test_a_coordinator_does_not_learn_who_said_no(client_for: ClientFor, coordinator: User) -> None:
    pair = PairFactory(mentor__person__name="Amira Haddad", mentee__person__name="Basil Okafor")
    url = reverse("matching:answer_coffee", args=[pair.pk])
    client_for(pair.mentee.person).post(url, {"is_yes": "no"})
    page = client_for(coordinator).get(
        reverse("programmes:pair", args=[pair.programme.slug, pair.pk])
    )
    assert "by one of the two" in text_of(page)
    assert "by Basil" not in text_of(page)


def test_rooms_above_add_to_the_page_of_a_pair(client_for: ClientFor, coordinator: User) -> None:
    pair = PairFactory()
    pair_panels.register("test.panel", lambda request, pair: f"Panel of {pair.pk}")
    try:
        url = reverse("programmes:pair", args=[pair.programme.slug, pair.pk])
        assert f"Panel of {pair.pk}" in text_of(client_for(coordinator).get(url))
    finally:
        del pair_panels._entries["test.panel"]


def test_the_board_says_why_and_takes_a_decision(client_for: ClientFor, coordinator: User) -> None:
    alone = MenteeFactory(person__name="Lone Larsen")
    made = RoundFactory(programme=alone.programme)
    LeftOverFactory(
        round=made,
        participant=alone,
        cause="no_allowed_partner",
        detail={"reporting_line": 12},
    )
    suggestion = SuggestionFactory(round=made, mentor__person__name="Amira Haddad")
    client = client_for(coordinator)
    board = reverse("programmes:board", args=[made.programme.slug])
    page = text_of(client.get(board))
    assert "Amira Haddad can teach Databases from level 1 to 3, as asked for." in page
    assert "what they want to learn 40" in page
    assert "Nobody in the programme is allowed: 12 stand in the same reporting line." in page
    url = reverse("programmes:decide", args=[made.programme.slug, suggestion.pk])
    assert "Accepted: Amira Haddad and " in text_of(
        client.post(url, {"decision": "accept"}, follow=True)
    )
    assert Pair.objects.get().stage == PairStage.COFFEE
    again = client.post(url, {"decision": "refuse"}, follow=True)
    assert "not open any more" in text_of(again)


def test_running_a_round_is_a_job_and_pressing_twice_is_one(
    client_for: ClientFor, coordinator: User
) -> None:
    client, programme = client_for(coordinator), MenteeFactory().programme
    url = reverse("programmes:run", args=[programme.slug])
    pages = {client.post(url).url for _ in range(2)}
    assert pages == {reverse("portal:job", args=[Job.objects.get().pk])}


def test_a_programme_is_begun_with_a_short_name_of_its_own(
    client_for: ClientFor, coordinator: User
) -> None:
    client, url = client_for(coordinator), reverse("programmes:new")
    form = client.get(url).context["form"]
    data = {
        name: field.initial if field.initial is not None else ""
        for name, field in form.fields.items()
    } | {"name": "Digital 2027", "starts_on": "2027-01-10", "ends_on": "2027-08-10"}
    for name in ("mentor_is_junior", "shared_language"):
        data[name] = "on"
    late = client.post(url, data | {"ends_on": "2026-08-10"})
    assert late.status_code == 422
    assert "A programme ends after it starts." in text_of(late)
    high = client.post(url, data | {"minimum_score": "101"})
    assert "a perfect match has 85 points" in text_of(high)
    client.post(url, data)
    assert Programme.objects.get().slug == "digital-2027"
    again = client.post(url, data | {"slug": "new"})
    assert "Choose another short name" in text_of(again)


QUERY_PAGES = ("list", "show", "people", "board", "left_over", "kept", "decisions", "pairs")
# What stands on these pages, as often as wanted.
ON_EACH_PAGE: tuple[Callable[[Round, int], Any], ...] = (
    lambda made, times: SuggestionFactory.create_batch(times, round=made),
    lambda made, times: PairFactory.create_batch(times, programme=made.programme),
    lambda made, times: LeftOverFactory.create_batch(times, round=made),
    lambda made, times: LockFactory.create_batch(times, programme=made.programme),
    lambda made, times: BarFactory.create_batch(times, programme=made.programme),
    lambda made, times: [
        accept_suggestion(one, by=None) for one in SuggestionFactory.create_batch(times, round=made)
    ],
)


@pytest.mark.parametrize("place", QUERY_PAGES)
def test_a_page_takes_the_same_queries_for_one_row_and_many(
    place: str, client_for: ClientFor, coordinator: User, django_assert_num_queries: Any
) -> None:
    made = RoundFactory()
    client = client_for(coordinator)
    args = [] if place == "list" else [made.programme.slug]
    url = reverse(f"programmes:{place}", args=args)
    for make in ON_EACH_PAGE:
        make(made, 1)
    client.get(url)
    with CaptureQueriesContext(connection) as counted:
        client.get(url)
    one = len(counted)
    for make in ON_EACH_PAGE:
        make(made, 12)
    with django_assert_num_queries(one):
        client.get(url)


def test_the_pages_of_two_people_take_the_same_queries_for_few_words_and_many(
    client_for: ClientFor, coordinator: User, django_assert_num_queries: Any
) -> None:
    """One person and one pair: goals, history and partners do not add to it."""
    pair = ActivePairFactory()
    mentor = client_for(pair.mentor.person)
    slug = pair.programme.slug
    pages = [
        (mentor, reverse("matching:pair", args=[pair.pk])),
        (client_for(coordinator), reverse("programmes:pair", args=[slug, pair.pk])),
        (client_for(coordinator), reverse("programmes:person", args=[slug, pair.mentor_id])),
    ]
    counts = []
    for client, url in pages:
        client.get(url)
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        counts.append(len(counted))
    for side in (pair.mentor, pair.mentee):
        GoalFactory.create_batch(5, participant=side)
        ExpertiseFactory.create_batch(5, participant=side)
    for stage in ("paused", "active") * 4:
        move_pair(pair, stage, actor="coordinator", by=coordinator)
    PairFactory.create_batch(5, programme=pair.programme, mentor=pair.mentor)
    for (client, url), count in zip(pages, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(url)
