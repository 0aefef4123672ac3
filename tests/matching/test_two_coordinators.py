"""Two coordinators at once never overwrite each other silently."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.enums import SuggestionState
from matching.models import Decision, Pair, Programme, Suggestion
from matching.services.rounds import run_round
from matching.services.suggestions import accept_suggestion, refuse_suggestion
from matching.services.together import keep_together
from matching.services.undoing import undo_decision
from portal.models import Job, User
from tests.factories.matching import ProgrammeFactory, RoundFactory, SuggestionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def olga() -> User:
    return UserFactory(name="Olga Other", groups=["Coordinators"])


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    return " ".join(soup(response).get_text(" ").split())


def shown(client: Client, suggestion: Suggestion, decision: str) -> tuple[str, dict[str, str]]:
    """What the board's form for this decision would send."""
    board = reverse("programmes:board", args=[suggestion.round.programme.slug])
    page = soup(client.get(board))
    row = page.select_one(f"#suggestion-{suggestion.pk}")
    form = row.select_one(f'form:has(button[value="{decision}"])')
    data = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return form["action"], data | {"decision": decision}


@pytest.mark.parametrize("mine", ["accept", "refuse"])
def test_who_decides_second_is_told_who_decided_and_what(
    client: Client, olga: User, mine: str
) -> None:
    suggestion = SuggestionFactory()
    url, data = shown(client, suggestion, mine)
    if mine == "accept":
        refuse_suggestion(suggestion, by=olga)
        told = "These two were refused by Olga Other on"
    else:
        accept_suggestion(suggestion, by=olga)
        told = "These two were accepted by Olga Other on"
    assert told in words(client.post(url, data, follow=True))
    suggestion.refresh_from_db()
    assert suggestion.decided_by == olga
    assert Decision.objects.count() == 1


def test_accepting_what_another_accepted_says_so_and_twice_oneself_does_not(
    client: Client, olga: User
) -> None:
    theirs, mine = SuggestionFactory(), SuggestionFactory()
    (url, data), (my_url, my_data) = (shown(client, one, "accept") for one in (theirs, mine))
    accept_suggestion(theirs, by=olga)
    assert "accepted by Olga Other on" in words(client.post(url, data, follow=True))
    for _ in range(2):
        assert "Accepted: " in words(client.post(my_url, my_data, follow=True))
    assert Pair.objects.count() == 2


def test_what_was_decided_and_taken_back_meanwhile_is_decided_once_more(
    client: Client, olga: User
) -> None:
    suggestion = SuggestionFactory()
    url, data = shown(client, suggestion, "accept")
    refuse_suggestion(suggestion, by=olga)
    undo_decision(Decision.objects.get(), by=olga)
    told = words(client.post(url, data, follow=True))
    assert "Nothing was done, for something changed since you looked." in told
    assert "taken back by Olga Other on" in told
    assert not Pair.objects.exists()
    url, data = shown(client, suggestion, "accept")
    client.post(url, data)
    assert Pair.objects.exists()


@pytest.mark.parametrize("data", [{}, {"decision": "maybe"}, {"decision": "accept", "seen": "x"}])
def test_a_form_that_came_incomplete_does_nothing_and_says_so(
    client: Client, data: dict[str, str]
) -> None:
    suggestion = SuggestionFactory()
    args = [suggestion.round.programme.slug, suggestion.pk]
    page = client.post(reverse("programmes:decide", args=args), data, follow=True)
    assert "Nothing was done, for the form came incomplete. Try again." in words(page)
    assert not Decision.objects.exists()


def test_two_kept_together_meanwhile_are_looked_at_again(client: Client, olga: User) -> None:
    suggestion = SuggestionFactory(round__programme__minimum_score=0)
    url, data = shown(client, suggestion, "refuse")
    keep_together(suggestion.mentor, suggestion.mentee, by=olga)
    assert "Nothing was done" in words(client.post(url, data, follow=True))
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.OPEN


def test_a_newer_round_is_told(client: Client, olga: User) -> None:
    suggestion = SuggestionFactory()
    url, data = shown(client, suggestion, "accept")
    run_round(suggestion.round.programme, by=olga)
    assert "A newer round was run by Olga Other on" in words(client.post(url, data, follow=True))
    assert not Pair.objects.exists()


def asked(client: Client, programme: Programme, **query: Any) -> tuple[str, dict[str, Any]]:
    page = soup(client.get(reverse("programmes:ask_to_accept", args=[programme.slug]), query))
    form = page.select_one('form[action$="/accept-all/"]')
    data: dict[str, Any] = {}
    for field in form.select("input[name]"):
        data.setdefault(field["name"], []).append(field.get("value", ""))
    return form["action"], data


def test_accepting_all_says_first_how_many_get_a_letter(client: Client) -> None:
    made = RoundFactory()
    one = SuggestionFactory(round=made, mentor__capacity=2)
    SuggestionFactory(round=made, mentor=one.mentor)
    url = reverse("programmes:ask_to_accept", args=[made.programme.slug])
    told = words(client.get(url))
    assert "Accept 2 suggestions?" in told
    assert "3 people get a letter" in told
    assert not Job.objects.exists()


@pytest.mark.parametrize("change", ["decided", "swapped", "newer round"])
def test_all_are_accepted_only_as_they_were_looked_at(
    client: Client, olga: User, change: str
) -> None:
    made = RoundFactory()
    one, _two, three = SuggestionFactory.create_batch(3, round=made)
    refuse_suggestion(three, by=olga)
    url, data = asked(client, made.programme)
    if change == "newer round":
        run_round(made.programme, by=olga)
        told = "A newer round was run by Olga Other on"
    else:
        refuse_suggestion(one, by=olga)
        told = f"{one.mentor} and {one.mentee}: refused, by Olga Other on"
    if change == "swapped":
        # As many as before, but not the same.
        undo_decision(three.decisions.get(), by=olga)
    page = words(client.post(url, data, follow=True))
    assert "Nothing was done, for the board has changed since you looked." in page
    assert told in page or change == "swapped"
    assert not Job.objects.exists()


def test_pressed_twice_it_is_one_job_and_others_wait(
    client: Client, client_for: Any, olga: User
) -> None:
    made = RoundFactory()
    one, two = SuggestionFactory.create_batch(2, round=made)
    url, data = asked(client, made.programme, ticked="on", only=one.pk)
    other_url, other = asked(client, made.programme, ticked="on", only=two.pk)
    job = reverse("portal:job", args=[1])
    answers = {client.post(url, data).url for _ in range(2)}
    assert answers == {reverse("portal:job", args=[Job.objects.get().pk])}
    assert job.split("/")[:3] == answers.pop().split("/")[:3]
    told = words(client_for(olga).post(other_url, other, follow=True))
    assert "Others are still being accepted, by Cora Coordinator on" in told
    assert Job.objects.count() == 1


def test_only_those_ticked_are_accepted(client: Client) -> None:
    made = RoundFactory()
    one, _two = SuggestionFactory.create_batch(2, round=made)
    url, data = asked(client, made.programme, ticked="on", only=[one.pk, "x", 10**30])
    client.post(url, data)
    assert Job.objects.get().arguments["suggestions"] == [one.pk]
    nothing = reverse("programmes:ask_to_accept", args=[made.programme.slug])
    assert "Tick the suggestions you want" in words(client.get(nothing, {"ticked": "on"}))


def test_a_search_narrows_what_is_accepted_at_once(client: Client) -> None:
    made = RoundFactory()
    wanted = SuggestionFactory(round=made, mentor__person__name="Amira Haddad")
    SuggestionFactory(round=made, mentor__person__name="Chen Wei")
    board = reverse("programmes:board", args=[made.programme.slug])
    page = soup(client.get(board, {"search": "haddad"}))
    link = page.select_one(".page-head__acts a.button--primary")
    assert link.get_text(strip=True) == "Accept the one found"
    assert words(client.get(link["href"])).count("Amira Haddad and") == 1
    url, data = asked(client, made.programme, query="search=haddad")
    client.post(url, data)
    assert Job.objects.get().arguments["suggestions"] == [wanted.pk]


def rules_form(client: Client, programme: Programme) -> tuple[str, dict[str, str]]:
    url = reverse("programmes:edit", args=[programme.slug])
    return url, fields_of(client.get(url))


def fields_of(response: Any) -> dict[str, str]:
    form = soup(response).select_one("main form:has(#id_minimum_score)")
    data = {}
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") != "checkbox":
            data[field["name"]] = field.get("value", "") or field.get_text().strip()
        elif field.has_attr("checked"):
            data[field["name"]] = "on"
    for field in form.select("select[name]"):
        data[field["name"]] = field.select_one("option[selected]")["value"]
    return data


def test_rules_saved_over_newer_ones_show_both_and_lose_nothing(
    client: Client, client_for: Callable[[User], Client], olga: User
) -> None:
    programme, other = ProgrammeFactory(minimum_score=20), client_for(olga)
    url, mine = rules_form(client, programme)
    _url, theirs = rules_form(other, programme)
    theirs |= {"minimum_score": "30", "weight_interests": "25"}
    theirs.pop("shared_language")
    assert other.post(url, theirs).status_code == 302
    answer = client.post(url, mine | {"minimum_score": "40", "purpose": "To learn both ways."})
    assert answer.status_code == 409
    told = words(answer)
    assert "These rules were saved by Olga Other on" in told
    assert "Lowest score of a match : “30” now; you have “40”." in told
    assert "Shared interests : “25” now; it was “20” when you began" in told
    assert "They share a language : “no” now; it was “yes” when you began" in told
    programme.refresh_from_db()
    assert (programme.minimum_score, programme.purpose) == (30, "")
    kept = fields_of(answer)
    assert (kept["minimum_score"], kept["purpose"]) == ("40", "To learn both ways.")
    assert kept["weight_interests"] == "25"
    assert "shared_language" not in kept
    # Looked at, and saved: mine where I wrote something, theirs elsewhere.
    assert client.post(url, kept).status_code == 302
    programme.refresh_from_db()
    assert (programme.minimum_score, programme.weight_interests) == (40, 25)
    assert (programme.shared_language, programme.purpose) == (False, "To learn both ways.")


def test_rules_saved_one_after_the_other_raise_no_question(
    client: Client, client_for: Callable[[User], Client], olga: User
) -> None:
    programme = ProgrammeFactory()
    for who, score in ((client, "30"), (client_for(olga), "35")):
        url, data = rules_form(who, programme)
        assert who.post(url, data | {"minimum_score": score}).status_code == 302
    programme.refresh_from_db()
    assert (programme.minimum_score, programme.changed_by) == (35, olga)
    assert programme.changed_at is not None
    assert programme.changed_at <= timezone.now()


@pytest.mark.parametrize("seen", ["", "nonsense", "[1]", '{"nothing": 1}', '"x"'])
def test_nonsense_in_what_was_seen_is_no_error(client: Client, seen: str) -> None:
    programme = ProgrammeFactory()
    url, data = rules_form(client, programme)
    assert client.post(url, data | {"seen": seen}).status_code == 302
