"""The skills' screens in the admin: names that are taken, and skills that are used."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from matching.models import Expertise, Goal
from portal.models import Skill, User
from tests.factories.matching import MenteeFactory
from tests.factories.portal import SkillFactory
from tests.factories.training import TrackFactory

pytestmark = pytest.mark.django_db
TAKEN = "There is already a skill of this name."


@pytest.fixture
def at_work(client_for: Callable[[User], Client], editor: User) -> Client:
    return client_for(editor)


def written(name: str) -> dict[str, str]:
    return {"name": name, "description": "", **{f"level_{level}": "" for level in range(6)}}


def read(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("name", ["Économie", "économie", " ÉCONOMIE "])
def test_a_name_that_exists_is_told_at_the_form(at_work: Client, name: str) -> None:
    SkillFactory(name="Économie")
    answer = at_work.post(reverse("skills:add"), written(name))
    assert answer.status_code == 200
    assert TAKEN in read(answer.content)
    assert Skill.objects.count() == 1


def test_renaming_to_a_name_that_exists_is_too(at_work: Client) -> None:
    SkillFactory(name="Databases")
    other = SkillFactory(name="Data")
    edit = reverse("skills:edit", args=[other.pk])
    assert TAKEN in read(at_work.post(edit, written("databases")).content)
    assert at_work.post(edit, written("DATA")).status_code == 302
    assert sorted(Skill.objects.values_list("name", flat=True)) == ["DATA", "Databases"]


def test_a_new_skill_is_added(at_work: Client) -> None:
    assert at_work.post(reverse("skills:add"), written("Databases")).status_code == 302
    assert Skill.objects.get().locale.language_code == "en"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_skill_in_use_stays_and_says_where(at_work: Client, method: str) -> None:
    TrackFactory(title="Ask your data", lifts=[("Databases", 0, 2)])
    TrackFactory(title="Ask more", live=False, lifts=[("Databases", 2, 3)])
    skill = Skill.objects.get()
    people = [MenteeFactory(), MenteeFactory()]
    # As an import writes them: without a trace in Wagtail's list of references.
    Goal.objects.bulk_create(Goal(participant=one, skill=skill, target=3) for one in people)
    Expertise.objects.bulk_create([Expertise(participant=people[0], skill=skill, level=3)])

    send = getattr(at_work, method)
    answer = send(reverse("skills:delete", args=[skill.pk]), follow=True)

    assert answer.redirect_chain == [(reverse("skills:index"), 302)]
    told = "“Databases” stays, because it is used: the track “Ask your data”"
    assert told in read(answer.content)
    for use in ("the track “Ask more”", "goals (2)", "expertise (1)"):
        assert use in read(answer.content)
    assert Skill.objects.filter(pk=skill.pk).exists()


def test_one_that_nothing_uses_is_deleted(at_work: Client) -> None:
    skill = SkillFactory(name="Databases")
    url = reverse("skills:delete", args=[skill.pk])
    assert "Are you sure" in read(at_work.get(url).content)
    at_work.post(url)
    assert not Skill.objects.exists()
