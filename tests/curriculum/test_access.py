"""Who sees a plan, a session, its notes, and which training a plan opens."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curriculum.enums import SessionState
from curriculum.models import Plan, PlanItem, PreparationWaiver, Session, SessionNote
from curriculum.services.notes import keep_notes
from curriculum.services.sessions import (
    NewCommitment,
    begin_session,
    hold_session,
    open_session,
)
from matching.enums import PairStage
from matching.models import Pair
from portal.models import User
from tests.factories.curriculum import add_step, ask_to_prepare, learn, pair_with_plan
from tests.factories.matching import ActivePairFactory, MentorFactory, ProgrammeFactory
from tests.factories.training import ModuleFactory, SessionPlanFactory, TrackFactory
from training.permissions import can_open, can_read_guidance

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(mentor_user: User, mentee_user: User) -> Pair:
    return pair_with_plan(mentor_user, mentee_user)[0]


def item_of(pair: Pair, kind: str) -> PlanItem:
    return Plan.objects.get(pair=pair).steps.first().items.get(kind=kind)


def addresses(pair: Pair) -> dict[str, str]:
    meeting = open_session(pair, item_of(pair, "session"))
    begin_session(meeting)
    return {
        "plan": reverse("curriculum:plan", args=[pair.pk]),
        "session": reverse("curriculum:session", args=[meeting.pk]),
        "rate": reverse("curriculum:rate", args=[meeting.pk]),
        "run": reverse("curriculum:run_session", args=[meeting.pk]),
        "close": reverse("curriculum:close_session", args=[meeting.pk]),
        "settings": reverse("curriculum:programme", args=[pair.programme.slug]),
        "preparation": reverse("curriculum:preparation", args=[pair.programme.slug]),
    }


ALL = {"plan", "session", "rate", "run", "close", "settings", "preparation"}
MAY_SEE = {
    "mentor_user": {"plan", "session", "rate", "run", "close"},
    "mentee_user": {"plan", "session", "rate"},
    "coordinator": {"plan", "settings", "preparation"},
    "editor": set(),
    "outsider": set(),
}


@pytest.mark.parametrize("who", MAY_SEE)
def test_each_page_opens_for_those_named_and_is_not_there_for_others(
    who: str, pair: Pair, request: pytest.FixtureRequest, client_for: Any
) -> None:
    client = client_for(request.getfixturevalue(who))
    answers = {name: client.get(url).status_code for name, url in addresses(pair).items()}
    assert answers == {name: 200 if name in MAY_SEE[who] else 404 for name in ALL}


def test_a_colleague_in_the_same_programme_sees_nothing_of_another_pair(
    pair: Pair, outsider: User, client_for: Any
) -> None:
    MentorFactory(programme=pair.programme, person=outsider)
    client = client_for(outsider)
    assert {client.get(url).status_code for url in addresses(pair).values()} == {404}


def test_a_visitor_is_asked_to_sign_in(pair: Pair, client: Any) -> None:
    for url in addresses(pair).values():
        assert "/accounts/login/" in client.get(url)["Location"]


def test_only_the_mentor_writes_notes_and_holds(
    pair: Pair, mentee_user: User, client_for: Any
) -> None:
    meeting = open_session(pair, item_of(pair, "session"))
    client = client_for(mentee_user)
    for name in ("session_notes", "close_session", "run_session"):
        assert client.post(reverse(f"curriculum:{name}", args=[meeting.pk])).status_code == 404


def test_what_was_said_is_for_the_two_and_no_coordinator_reads_it(
    pair: Pair, mentee_user: User, coordinator: User, client_for: Any
) -> None:
    meeting = open_session(pair, item_of(pair, "session"))
    keep_notes(meeting, "A word in confidence", by=pair.mentor.person)
    hold_session(meeting, commitments=[NewCommitment(pair.mentee, "Ask the board why")])

    url = reverse("curriculum:session", args=[meeting.pk])
    ours = client_for(mentee_user).get(url).content.decode()
    assert "A word in confidence" in ours
    assert "Ask the board why" in ours

    client = client_for(coordinator)
    assert client.get(url).status_code == 404
    pages = [
        reverse("curriculum:plan", args=[pair.pk]),
        reverse("curriculum:desk"),
        reverse("programmes:pair", args=[pair.programme.slug, pair.pk]),
    ]
    told = "".join(client.get(page).content.decode() for page in pages)
    assert "Held on" in told
    assert "in confidence" not in told
    assert "Ask the board" not in told


def test_only_who_made_a_commitment_says_that_it_is_kept(
    pair: Pair, mentor_user: User, mentee_user: User, client_for: Any
) -> None:
    meeting = open_session(pair, item_of(pair, "session"))
    hold_session(meeting, commitments=[NewCommitment(pair.mentee, "Ask why")])
    commitment = meeting.commitments.get()
    url = reverse("curriculum:settle", args=[commitment.pk])

    assert client_for(mentor_user).post(url).status_code == 404
    assert client_for(mentee_user).post(url, {"back": "//evil.example/"})["Location"] == reverse(
        "curriculum:desk"
    )
    commitment.refresh_from_db()
    assert commitment.done_at is not None


def test_a_plan_opens_its_pages_to_the_two_and_to_nobody_else(
    pair: Pair, mentor_user: User, mentee_user: User, outsider: User
) -> None:
    step = Plan.objects.get(pair=pair).steps.get()
    pages = [item_of(pair, "module").page, item_of(pair, "session").page, step.track]
    for page in [*pages, step.track.get_parent()]:
        assert can_open(mentor_user, page)
        assert can_open(mentee_user, page)
        assert not can_open(outsider, page)
    assert not can_open(mentee_user, ModuleFactory())


def test_a_mentors_module_is_not_for_the_mentee(
    pair: Pair, mentor_user: User, mentee_user: User
) -> None:
    module = ModuleFactory(audience="mentor")
    add_step(Plan.objects.get(pair=pair), TrackFactory(pages=[module, SessionPlanFactory()]), 2)

    assert can_open(mentor_user, module)
    assert not can_open(mentee_user, module)


def test_guidance_is_for_who_guides(
    pair: Pair,
    mentor_user: User,
    mentee_user: User,
    editor: User,
    outsider: User,
    client_for: Any,
) -> None:
    page = item_of(pair, "session").page.specific
    assert can_read_guidance(mentor_user, page)
    assert can_read_guidance(editor, page)
    assert not can_read_guidance(mentee_user, page)
    assert not can_read_guidance(outsider, page)
    assert "Listen." in client_for(mentor_user).get(page.url).content.decode()
    read = client_for(mentee_user).get(page.url).content.decode()
    assert "Bring one figure." in read
    assert "Listen." not in read


def test_an_ended_pair_closes_its_training_but_what_was_completed_stays_open(
    pair: Pair, mentee_user: User
) -> None:
    module = item_of(pair, "module").page.specific
    learn(mentee_user, module)
    Pair.objects.filter(pk=pair.pk).update(stage=PairStage.ENDED)

    assert can_open(mentee_user, module)
    assert not can_open(mentee_user, item_of(pair, "session").page)


def test_preparation_is_open_to_its_side_while_the_programme_lasts(outsider: User) -> None:
    programme = ProgrammeFactory()
    place = MentorFactory(programme=programme, person=outsider)
    ours, theirs = ask_to_prepare(programme), ask_to_prepare(programme, mentors=False)

    assert can_open(outsider, ours)
    assert not can_open(outsider, theirs)
    place.role = "both"
    place.save()
    assert can_open(outsider, theirs)

    programme.starts_on, programme.ends_on = "2020-01-01", "2020-06-30"
    programme.save()
    assert not can_open(outsider, ours)


def test_a_withdrawn_person_prepares_no_more(outsider: User) -> None:
    programme = ProgrammeFactory()
    MentorFactory(programme=programme, person=outsider, withdrawn_at=timezone.now())
    assert not can_open(outsider, ask_to_prepare(programme))


def acts(pair: Pair) -> dict[str, str]:
    """What is done by a button, for this pair."""
    meeting = open_session(pair, item_of(pair, "session"))
    commitment = meeting.commitments.create(participant=pair.mentee, text="Ask why")
    one, slug = [meeting.pk], [pair.programme.slug]
    return {
        "open": reverse("curriculum:open_session", args=[pair.pk, meeting.item_id]),
        "date": reverse("curriculum:session_date", args=one),
        "yes": reverse("curriculum:confirm_session", args=one),
        "cancel": reverse("curriculum:cancel_session", args=one),
        "rate": reverse("curriculum:rate", args=one),
        "run": reverse("curriculum:run_session", args=one),
        "notes": reverse("curriculum:session_notes", args=one),
        "close": reverse("curriculum:close_session", args=one),
        "kept": reverse("curriculum:settle", args=[commitment.pk]),
        "complete": reverse("curriculum:complete_module", args=[item_of(pair, "module").page_id]),
        "answer": reverse("curriculum:module", args=[item_of(pair, "module").page_id]),
        "settings": reverse("curriculum:programme", args=slug),
        "assign": reverse("curriculum:assign", args=slug),
        "waive": reverse("curriculum:waive", args=[pair.pk]),
        "coffee": reverse("matching:answer_coffee", args=[pair.pk]),
        "agreement": reverse("matching:sign_agreement", args=[pair.pk]),
        "move": reverse("matching:move_own_pair", args=[pair.pk]),
    }


def test_nobody_else_does_anything_for_the_two(
    pair: Pair, outsider: User, editor: User, coordinator: User, client_for: Any, client: Any
) -> None:
    """An outsider and a colleague do nothing; a coordinator no more than what is theirs."""
    addresses = acts(pair)
    MentorFactory(programme=pair.programme, person=outsider)
    answers = {name: client_for(outsider).post(url).status_code for name, url in addresses.items()}
    assert answers == dict.fromkeys(addresses, 404)

    theirs = {"settings", "assign", "waive", "open", "complete", "answer"}
    boss = client_for(coordinator)
    answers = {name: boss.post(url).status_code for name, url in addresses.items()}
    assert {name for name, status in answers.items() if status == 404} == set(addresses) - theirs

    for url in addresses.values():
        assert "/accounts/login/" in client.post(url)["Location"]
    assert not SessionNote.objects.exists()
    assert Session.objects.get().state == SessionState.PLANNED


def test_a_commitment_marked_as_kept_twice_stays_kept(
    pair: Pair, mentee_user: User, client_for: Any
) -> None:
    url, client = acts(pair)["kept"], client_for(mentee_user)
    for _ in range(2):
        client.post(url, {"kept": "yes"})
    commitment = pair.guided_sessions.get().commitments.get()
    assert commitment.done_at is not None
    client.post(url, {"kept": "no"})
    commitment.refresh_from_db()
    assert commitment.done_at is None


@pytest.mark.parametrize("page", ["plan", "session", "preparation"])
def test_a_page_costs_the_same_for_one_step_and_for_many(
    page: str, pair: Pair, mentor_user: User, coordinator: User, client_for: Any
) -> None:
    ask_to_prepare(pair.programme)
    PreparationWaiver.objects.create(pair=pair, reason="Last year")
    url = addresses(pair)[page]
    client = client_for(coordinator if page == "preparation" else mentor_user)
    figures = []
    for more in (1, 6):
        for _ in range(more):
            position = Plan.objects.get(pair=pair).steps.count() + 1
            add_step(Plan.objects.get(pair=pair), TrackFactory(), position)
            ActivePairFactory(programme=pair.programme)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        figures.append(len(queries))
    assert figures[0] == figures[1]
