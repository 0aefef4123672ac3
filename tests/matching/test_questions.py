"""Asking about the match on the board: why not these two, and what a change would do."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from matching.forms import questions as forms
from matching.models import Bar, Participant, Programme
from matching.queries import questions
from matching.services.relaxations import RelaxationRefused, apply_relaxation
from matching.services.rounds import run_round
from portal.models import Job, User
from portal.services.jobs import run_job
from tests.factories.matching import (
    BarFactory,
    MenteeFactory,
    MentorFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def client(client_for: ClientFor, coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def programme() -> Programme:
    """Amira teaches both; Bo teaches Di alone, whom Amira would suit better."""
    made = ProgrammeFactory(slug="digital", minimum_score=0)
    MentorFactory(programme=made, person__name="Amira", levels={"Databases": 4, "Cloud": 3})
    MentorFactory(programme=made, person__name="Bo", levels={"Databases": 2})
    MenteeFactory(programme=made, person__name="Di", goals={"Databases": 4})
    MenteeFactory(programme=made, person__name="Eve", goals={"Cloud": 3})
    return made


def named(programme: Programme, name: str) -> Participant:
    return programme.participants.get(person__name=name)


def words(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def why(client: Client, programme: Programme, mentor: str, mentee: str, **more: str) -> Any:
    two = {"mentor": named(programme, mentor).pk, "mentee": named(programme, mentee).pk}
    return client.get(reverse("programmes:why", args=[programme.slug]), two | more)


def trial(client: Client, programme: Programme, **values: Any) -> Any:
    return client.get(reverse("programmes:try_change", args=[programme.slug]), values)


def test_what_insisting_would_cost_and_whom_it_would_leave(
    client: Client, programme: Programme
) -> None:
    run_round(programme)
    page = words(why(client, programme, "Amira", "Di"))
    assert "They may be matched, at 50 points; others make the better whole." in page
    assert "It would cost: 1 pair fewer;" in page
    left = BeautifulSoup(why(client, programme, "Amira", "Di").content, "html.parser")
    names = [a.get_text() for a in left.select("h4:-soup-contains('without') + ul a")]
    assert names == ["Bo", "Eve"]
    assert "now with Di" in page


def test_two_who_are_suggested_and_two_whom_rules_keep_apart(
    client: Client, programme: Programme
) -> None:
    eve = named(programme, "Eve")
    eve.languages, eve.seniority_years = ["fr"], 1
    eve.save()
    Participant.objects.filter(person__name="Bo").update(languages=["en"], seniority_years=3)
    run_round(programme)
    assert "They are suggested to each other" in words(why(client, programme, "Bo", "Di"))
    page = words(why(client, programme, "Bo", "Eve"))
    assert "The rules keep them apart." in page
    for rule in (
        "Bo has as many years in the job as Eve, or more.",
        "They share no language.",
        "Bo knows no more than Eve of what Eve wants to learn.",
    ):
        assert rule in page
    assert "If you kept them together" not in page


@pytest.mark.parametrize(
    ("state", "told"), [("accepted", "and accepted."), ("refused", "and refused.")]
)
def test_what_was_decided_about_two_is_told(
    client: Client, programme: Programme, state: str, told: str
) -> None:
    run_round(programme).suggestions.update(state=state)
    assert told in words(why(client, programme, "Bo", "Di"))


def test_whoever_came_after_the_round_is_told_apart(client: Client, programme: Programme) -> None:
    run_round(programme)
    MenteeFactory(programme=programme, person__name="Fay")
    assert "Fay was no part of the last round" in words(why(client, programme, "Bo", "Fay"))


def test_the_two_can_be_kept_together_where_that_can_be_done(
    client: Client, programme: Programme
) -> None:
    """The buttons stand where their addresses lead somewhere, and carry the two."""
    run_round(programme)
    page = BeautifulSoup(why(client, programme, "Amira", "Di").content, "html.parser")
    for name, label in (("lock", "Keep these two together"), ("bar", "Never suggest these two")):
        try:
            address = reverse(f"programmes:{name}", args=[programme.slug])
        except NoReverseMatch:
            assert label not in page.get_text()
            continue
        fields = {i["name"]: i.get("value") for i in page.select(f"form[action='{address}'] input")}
        assert fields["mentor"] == str(named(programme, "Amira").pk)
        assert fields["mentee"] == str(named(programme, "Di").pk)


def test_before_a_round_there_is_nothing_to_ask(client: Client, programme: Programme) -> None:
    page = words(client.get(reverse("programmes:why", args=[programme.slug])))
    assert "No round yet" in page


def test_among_many_people_one_is_searched_by_name(
    client: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "LONGEST_LIST", 1)
    run_round(programme)
    url = reverse("programmes:why", args=[programme.slug])
    amira, eve = named(programme, "Amira"), named(programme, "Eve")
    first = BeautifulSoup(client.get(url).content, "html.parser")
    assert [o["value"] for o in first.select("select[name=mentor] option")] == [""]
    found = BeautifulSoup(client.get(url, {"mentor_name": "ami"}).content, "html.parser")
    assert [o["value"] for o in found.select("select[name=mentor] option")] == ["", str(amira.pk)]
    # Who was found stays chosen while the other is searched.
    both = client.get(url, {"mentor": amira.pk, "mentee": eve.pk, "mentee_name": "di"})
    assert "They are suggested to each other" in words(both)


@pytest.mark.parametrize("nonsense", ["?mentor=x&mentee=9", "?mentor=99999&mentee=-1", "?mentor="])
def test_nonsense_in_the_address_asks_nothing(
    client: Client, programme: Programme, nonsense: str
) -> None:
    run_round(programme)
    page = client.get(reverse("programmes:why", args=[programme.slug]) + nonsense)
    assert page.status_code == 200
    assert page.context.get("reply") is None


def test_a_change_is_tried_without_being_made(client: Client, programme: Programme) -> None:
    fay = MenteeFactory(programme=programme, person__name="Fay", goals={"Databases": 2})
    run_round(programme)
    bo = named(programme, "Bo")
    page = trial(client, programme, kind="capacity", person=bo.pk, value=2)
    assert "If Bo took on one pair more" in words(page)
    assert "It would be better: 1 pair more" in words(page)
    assert "Let Bo take on one pair more" in words(page)
    bo.refresh_from_db()
    assert bo.capacity == 1
    assert fay.pairs_as_mentee.count() == 0


def test_a_change_is_carried_out_once_and_a_round_follows(
    client: Client, programme: Programme
) -> None:
    run_round(programme)
    bo = named(programme, "Bo")
    url = reverse("programmes:carry_out", args=[programme.slug])
    data = {"kind": "capacity", "person": bo.pk, "value": 2, "was": 1}
    assert client.post(url, data).url == reverse("portal:job", args=[Job.objects.get().pk])
    assert "was changed meanwhile" in words(client.post(url, data, follow=True))
    bo.refresh_from_db()
    assert bo.capacity == 2
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("relaxation", "told"),
    [
        ({"kind": "junior"}, "Give up that the mentor is the junior"),
        ({"kind": "language"}, "Give up the shared language"),
        ({"kind": "style"}, "Let ways of talking count for nothing"),
        ({"kind": "hours", "value": 0}, "Ask for 0 hours in common"),
        ({"kind": "minimum", "value": 10}, "Ask for 10 points"),
    ],
)
def test_a_rule_is_loosened_and_then_not_open_any_more(
    client: Client, programme: Programme, relaxation: dict[str, Any], told: str
) -> None:
    Programme.objects.update(minimum_score=20)
    run_round(programme)
    assert told in words(trial(client, programme, **relaxation))
    url = reverse("programmes:carry_out", args=[programme.slug])
    client.post(url, relaxation)
    assert "This is so already" in words(trial(client, programme, **relaxation))
    assert "not open any more" in words(client.post(url, relaxation, follow=True))
    programme.refresh_from_db()
    rules = (
        programme.mentor_is_junior,
        programme.shared_language,
        programme.style,
        programme.working_hours_overlap,
        programme.minimum_score,
    )
    assert sum(a != b for a, b in zip(rules, (True, True, "similar", 1, 20), strict=True)) == 1


def test_a_bar_is_lifted_unless_the_two_were_a_pair(client: Client, programme: Programme) -> None:
    bo, di = named(programme, "Bo"), named(programme, "Di")
    BarFactory(programme=programme, mentor=bo, mentee=di)
    run_round(programme)
    data = {"kind": "bar", "mentor": bo.pk, "mentee": di.pk}
    assert "If Bo and Di were no longer barred" in words(trial(client, programme, **data))
    client.post(reverse("programmes:carry_out", args=[programme.slug]), data)
    assert not Bar.objects.exists()


def test_a_level_is_set_for_who_has_it_and_for_who_has_not(programme: Programme) -> None:
    bo, eve = named(programme, "Bo"), named(programme, "Eve")
    raised = {"kind": "level", "person": str(bo.pk), "skill": "Databases", "value": 3}
    apply_relaxation(programme, raised, by=None)
    apply_relaxation(programme, raised, by=None)
    assert [row.level for row in bo.expertise.all()] == [3]
    apply_relaxation(programme, raised | {"person": str(eve.pk), "value": 1}, by=None)
    assert [(row.skill.name, row.level) for row in eve.expertise.all()] == [("Databases", 1)]
    with pytest.raises(RelaxationRefused, match="no skill"):
        apply_relaxation(programme, raised | {"skill": "Falconry"}, by=None)


def test_in_a_large_programme_a_job_finds_the_answer(
    client: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_round(programme)
    monkeypatch.setattr(questions, "MOST_AT_ONCE", 2)
    page = why(client, programme, "Amira", "Di")
    assert "This takes a while" in words(page)
    assert "It would cost" not in words(page)
    form = BeautifulSoup(page.content, "html.parser").select_one("form[action$='/ask/']")
    assert form is not None
    data = {
        i["name"]: i["value"] for i in form.select("input") if i["name"] != "csrfmiddlewaretoken"
    }
    client.post(form["action"], data)
    client.post(form["action"], data)
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    assert "It would cost: 1 pair fewer" in words(client.get(job.result["next_url"]))
    # The answer belongs to this question alone.
    other = why(client, programme, "Bo", "Di", job=str(job.pk))
    assert "This takes a while" in words(other)


def test_nobody_else_asks_or_changes_anything(
    client_for: ClientFor, outsider: User, programme: Programme
) -> None:
    run_round(programme)
    visitor, bo = client_for(outsider), named(programme, "Bo")
    slug = programme.slug
    assert why(visitor, programme, "Amira", "Di").status_code == 404
    assert trial(visitor, programme, kind="junior").status_code == 404
    assert visitor.get(reverse("programmes:help", args=[slug, bo.pk])).status_code == 404
    for name in ("carry_out", "ask"):
        data = {"kind": "junior", "about": "relaxation"}
        assert visitor.post(reverse(f"programmes:{name}", args=[slug]), data).status_code == 404
    programme.refresh_from_db()
    assert programme.mentor_is_junior
    assert not Job.objects.exists()


@pytest.mark.parametrize("page", ["why", "try", "help"])
def test_a_page_takes_the_same_queries_for_few_people_and_many(
    page: str, client: Client, programme: Programme, django_assert_num_queries: Any
) -> None:
    bo = named(programme, "Bo")
    MentorFactory(programme=programme, levels={"Databases": 1})

    def ask() -> Any:
        if page == "why":
            return why(client, programme, "Amira", "Di")
        if page == "try":
            return trial(client, programme, kind="capacity", person=bo.pk, value=2)
        (lonely, *_) = programme.rounds.first().result["unmatched"]
        return client.get(reverse("programmes:help", args=[programme.slug, lonely["id"]]))

    run_round(programme)
    ask()
    with CaptureQueriesContext(connection) as counted:
        ask()
    MentorFactory.create_batch(7, programme=programme, levels={"Databases": 3, "Cloud": 1})
    MenteeFactory.create_batch(6, programme=programme, goals={"Databases": 3, "Cloud": 3})
    run_round(programme)
    with django_assert_num_queries(len(counted)):
        ask()
