"""Who is counted as there, and who may take whom out of a programme."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from matching.enums import PairStage
from matching.models import Participant
from matching.queries.problem import gather_problem
from portal.models import User
from tests.factories.matching import ActivePairFactory, MentorFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def take_out(client: Client, participant: Participant) -> int:
    slug = participant.programme.slug
    address = reverse("programmes:place", args=[slug, participant.pk])
    return client.post(address, {"act": "withdraw"}).status_code


def test_a_coordinator_ends_no_pair_that_they_are_part_of_by_taking_somebody_out(
    client_for: ClientFor, coordinator: User
) -> None:
    pair = ActivePairFactory(mentor__person=coordinator)
    client = client_for(coordinator)
    for side in (pair.mentor, pair.mentee):
        assert take_out(client, side) == 404
        page = client.get(reverse("programmes:person", args=[pair.programme.slug, side.pk]))
        assert "another coordinator decides about their place" in page.content.decode()
    pair.refresh_from_db()
    assert pair.stage == PairStage.ACTIVE
    assert take_out(client, MentorFactory(programme=pair.programme)) == 302


def test_whose_account_is_closed_is_matched_with_nobody_new() -> None:
    pair = ActivePairFactory(mentor__person__is_active=False, mentor__capacity=3)
    MentorFactory(programme=pair.programme, person__is_active=False)
    problem = gather_problem(pair.programme)
    # The pair stands, and fills all the room that is left.
    assert [person["capacity"] for person in problem.mentors.values()] == [1]
