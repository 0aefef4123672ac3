"""Doing a module: the quiz is graded here, never shown; done once is done everywhere."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from curriculum import receivers
from curriculum.models import ModuleProgress, QuizAttempt
from curriculum.queries.progress import Progress, pair_progress
from curriculum.services.modules import NotYet, answer_quiz, complete_module
from curriculum.services.progress import follow_up_module
from curriculum.services.sessions import hold_session, open_session
from matching.enums import PairStage
from portal.models import User
from tests.factories.curriculum import PlanFactory, add_step, pair_with_plan
from tests.factories.matching import ActivePairFactory
from tests.factories.training import (
    RIGHT_ANSWERS,
    WRONG_ANSWERS,
    ModuleFactory,
    SessionPlanFactory,
    TrackFactory,
)
from training.models import ModulePage

pytestmark = pytest.mark.django_db

RIGHT = {key: [value] for key, value in RIGHT_ANSWERS.items()}
WRONG = {key: [value] for key, value in WRONG_ANSWERS.items()}
FEEDBACK = ["Not quite.", "Yes.", "It moves them."]


@pytest.fixture
def module(mentor_user: User, mentee_user: User) -> ModulePage:
    _pair, plan = pair_with_plan(mentor_user, mentee_user)
    return plan.steps.get().items.get(kind="module").page.specific


def read(client: Client, module: ModulePage) -> str:
    response = client.get(module.url)
    assert response.status_code == 200
    return response.content.decode()


def test_before_answering_no_answer_is_in_the_page(
    module: ModulePage, mentee_user: User, client_for: Any
) -> None:
    page = read(client_for(mentee_user), module)

    assert "A product in an order" in page
    assert not [text for text in FEEDBACK if f">{text}<" in page]
    assert "is_right" not in page
    assert "The answer:" not in page


def test_after_a_failed_attempt_one_hears_of_ones_own_choice_only(
    module: ModulePage, mentee_user: User, client_for: Any
) -> None:
    client = client_for(mentee_user)
    client.post(reverse("curriculum:module", args=[module.pk]), WRONG_ANSWERS)

    page = read(client, module)

    assert "Not quite." in page
    assert ">Yes.<" not in page
    assert "The answer:" not in page
    assert "It moves them." not in page
    wrong_choice = next(iter(WRONG_ANSWERS.values()))
    assert f'value="{wrong_choice}" checked' in page


def test_the_third_failed_attempt_tells_the_answers(
    module: ModulePage, mentee_user: User, client_for: Any
) -> None:
    keys = list(WRONG)
    for answers in (WRONG, {}, {keys[0]: WRONG[keys[0]]}):
        answer_quiz(mentee_user, module, answers)

    assert "The answer:" in read(client_for(mentee_user), module)


def test_a_pass_tells_why_and_opens_mark_as_done(
    module: ModulePage, mentee_user: User, client_for: Any
) -> None:
    client = client_for(mentee_user)
    before = read(client, module)
    client.post(reverse("curriculum:module", args=[module.pk]), RIGHT_ANSWERS)
    page = read(client, module)

    assert "Mark as done" not in before
    assert "Mark as done" in page
    assert "It moves them." in page


def test_a_module_cannot_be_done_before_its_quiz_is_passed(
    module: ModulePage, mentee_user: User
) -> None:
    answer_quiz(mentee_user, module, WRONG)
    with pytest.raises(NotYet):
        complete_module(mentee_user, module)
    assert not ModuleProgress.objects.filter(completed_at__isnull=False).exists()


def test_the_same_answers_sent_twice_are_one_attempt(module: ModulePage, mentee_user: User) -> None:
    first = answer_quiz(mentee_user, module, WRONG)
    second = answer_quiz(mentee_user, module, WRONG)

    assert first.pk == second.pk
    assert answer_quiz(mentee_user, module, RIGHT).pk != first.pk
    assert QuizAttempt.objects.count() == 2


def test_done_twice_is_done_once_and_keeps_its_first_date(
    module: ModulePage, mentee_user: User
) -> None:
    answer_quiz(mentee_user, module, RIGHT)
    first = complete_module(mentee_user, module).completed_at
    assert complete_module(mentee_user, module).completed_at == first


def test_nonsense_in_the_form_is_simply_not_right(
    module: ModulePage, mentee_user: User, client_for: Any
) -> None:
    client = client_for(mentee_user)
    url = reverse("curriculum:module", args=[module.pk])
    response = client.post(url, {"nobody": "\x00" * 9, next(iter(RIGHT)): ["x" * 9000, "y"]})

    assert response.status_code == 302
    assert QuizAttempt.objects.get().points == 0
    assert "nobody" not in QuizAttempt.objects.get().answers


def test_one_module_counts_in_every_track_that_holds_it(mentee_user: User) -> None:
    shared = ModuleFactory(quiz=[])
    tracks = [
        TrackFactory(parent=shared.get_parent(), pages=[shared, SessionPlanFactory()])
        for _ in range(2)
    ]
    pair = ActivePairFactory(mentee__person=mentee_user)
    plan = PlanFactory(pair=pair, tracks=tracks)

    complete_module(mentee_user, shared)

    assert [step.progress.done for step in pair_progress(pair).steps] == [1, 1]
    assert plan.steps.count() == 2


def test_a_record_survives_what_an_editor_does_to_the_page(
    module: ModulePage, mentee_user: User
) -> None:
    answer_quiz(mentee_user, module, RIGHT)
    complete_module(mentee_user, module)
    kept = ModuleProgress.objects.get()

    module.title = "Something else"
    module.quiz = []
    module.save_revision().publish()
    module.unpublish()
    ModulePage.objects.get(pk=module.pk).delete()

    kept.refresh_from_db()
    assert kept.title == "Module 0" or kept.title.startswith("Module")
    assert kept.completed_at is not None
    assert kept.content_hash
    assert QuizAttempt.objects.get().result["questions"][0]["text"].startswith("What is one row")
    pair = ActivePairFactory._meta.model.objects.get()
    assert pair_progress(pair).items.done == 1


def test_a_mentors_module_is_the_mentors_turn(mentor_user: User, mentee_user: User) -> None:
    pair, plan = pair_with_plan(mentor_user, mentee_user)
    guide = ModuleFactory(audience="mentor", quiz=[])
    add_step(plan, TrackFactory(pages=[guide, SessionPlanFactory()]), 2)

    complete_module(mentee_user, guide)
    assert pair_progress(pair).items.done == 0
    complete_module(mentor_user, guide)
    assert pair_progress(pair).items.done == 1


def test_a_module_that_was_taken_off_the_shelf_holds_nobody_up(
    module: ModulePage, mentee_user: User, client_for: Any
) -> None:
    pair = ActivePairFactory._meta.model.objects.get()
    module.unpublish()

    progress = pair_progress(pair)
    assert (progress.items.done, progress.items.total) == (0, 1)
    assert progress.next_module_for(pair.mentee.person_id) is None
    assert f"/modules/{module.pk}/" not in client_for(mentee_user).get("/en/desk/").content.decode()


def test_a_step_whose_modules_are_all_gone_does_not_hold_a_pair(module: ModulePage) -> None:
    """Of two steps one is done; what the other is made of left the shelf before anybody began."""
    pair = ActivePairFactory._meta.model.objects.get()
    gone = ModuleFactory()
    plan = pair.plans.get()
    add_step(plan, TrackFactory(lifts=[("Reports", 0, 1)], pages=[gone]), 2)
    gone.unpublish()
    first = plan.steps.get(position=1)
    answer_quiz(pair.mentee.person, module, RIGHT)
    complete_module(pair.mentee.person, module)
    hold_session(open_session(pair, first.items.get(kind="session")))

    pair.refresh_from_db()
    assert pair_progress(pair).steps_done == Progress(1, 1)
    assert pair.stage == PairStage.COMPLETED


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_the_last_missing_module_of_a_step_leaving_the_shelf_completes_it(
    way: str,
    module: ModulePage,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(receivers, "async_task", lambda name, key: import_string(name)(key))
    pair = ActivePairFactory._meta.model.objects.get()
    step = pair.plans.get().steps.get()
    hold_session(open_session(pair, step.items.get(kind="session")))
    pair.refresh_from_db()
    assert pair.stage != PairStage.COMPLETED

    with django_capture_on_commit_callbacks(execute=True):
        getattr(ModulePage.objects.get(pk=module.pk), way)()

    step.refresh_from_db()
    pair.refresh_from_db()
    assert step.completed_at is not None
    assert pair.stage == PairStage.COMPLETED


def test_a_module_that_leaves_one_language_only_completes_nothing(module: ModulePage) -> None:
    step = ActivePairFactory._meta.model.objects.get().plans.get().steps.get()
    hold_session(open_session(step.plan.pair, step.items.get(kind="session")))

    follow_up_module(module.translation_key)

    step.refresh_from_db()
    assert step.completed_at is None
