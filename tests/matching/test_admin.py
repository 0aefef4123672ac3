"""Single rows corrected in the admin are checked as a file's rows are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from matching.models import Participant
from matching.services.programmes import save_programme
from portal.models import User
from tests.factories.matching import ActivePairFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def correct(client_for: Callable[[User], Client], coordinator: User) -> Callable[..., str]:
    def send(participant: Participant, **fields: Any) -> str:
        client = client_for(coordinator)
        url = reverse("participants_admin:edit", args=[participant.pk])
        form = client.get(url).context["form"]
        data = {name: form[name].value() or "" for name in form.fields}
        return client.post(url, data | fields, follow=True).content.decode()

    return send


def test_who_stands_in_a_pair_keeps_the_side_they_stand_on(correct: Callable[..., str]) -> None:
    learner = ActivePairFactory().mentee
    page = correct(learner, role="mentor")
    assert "Stands in a pair as mentee. Write both, or end the pair first." in page
    correct(learner, role="both")
    learner.refresh_from_db()
    assert learner.role == "both"


def test_no_programme_takes_the_address_of_the_page_that_begins_one() -> None:
    with pytest.raises(ValidationError, match="Choose another short name"):
        save_programme(ProgrammeFactory.build(slug="new"))


@pytest.mark.parametrize(
    ("zone", "kept"), [("Europe/Oslo", "Europe/Oslo"), ("Mars/Base", ""), ("", "")]
)
def test_a_time_zone_must_be_one(correct: Callable[..., str], zone: str, kept: str) -> None:
    learner = ActivePairFactory().mentee
    page = correct(learner, time_zone=zone)
    learner.refresh_from_db()
    assert learner.time_zone == kept
    assert ("is not a time zone" in page) is (zone not in {kept, ""})


def test_rules_by_which_nobody_could_be_matched_are_refused_there_too(
    client_for: Callable[[User], Client], coordinator: User
) -> None:
    programme = ProgrammeFactory()
    client, url = client_for(coordinator), reverse("programmes_admin:edit", args=[programme.pk])
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"mentor_is_junior": "on"}
    page = client.post(url, data | {"minimum_score": "101"}).content.decode()
    assert "Nobody could reach this: a perfect match has 85 points." in page
    client.post(url, data | {"minimum_score": "31"})
    programme.refresh_from_db()
    assert programme.minimum_score == 31
