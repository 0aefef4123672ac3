"""What editors set for a time happens then, and one page that refuses stops nobody else."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from portal.models import User
from portal.schedules import clockworks
from tests.factories.training import ModuleFactory, TrackFactory
from training import tasks
from training.models import ModulePage, TrackPage

pytestmark = pytest.mark.django_db


def schedule(page: Any, *, minutes_ago: int = 10) -> None:
    """As if an editor had set a date that has come since."""
    then = timezone.now() - timedelta(minutes=minutes_ago)
    page.go_live_at = then
    revision = page.save_revision(clean=False)
    revision.approved_go_live_at = then
    revision.save()


def unfinished() -> ModulePage:
    quiz = [{"type": "number", "value": {"question": "How many?", "answer": None, "feedback": ""}}]
    return ModuleFactory(title="Half a quiz", live=False, quiz=quiz)


def test_what_is_due_goes_live() -> None:
    module = ModuleFactory(live=False)
    schedule(module)
    tasks.publish_due()
    assert ModulePage.objects.get().live


def test_what_is_not_due_waits() -> None:
    module = ModuleFactory(live=False)
    schedule(module, minutes_ago=-10)
    tasks.publish_due()
    assert not ModulePage.objects.get().live


def test_what_has_expired_leaves_the_shelf() -> None:
    module = ModuleFactory()
    Page.objects.filter(pk=module.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    tasks.publish_due()
    page = ModulePage.objects.get()
    assert (page.live, page.expired) == (False, True)


def test_one_that_cannot_be_taught_stays_a_draft_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad, good = unfinished(), ModuleFactory(live=False)
    schedule(bad, minutes_ago=20)
    schedule(good, minutes_ago=10)

    tasks.publish_due()

    assert not ModulePage.objects.get(pk=bad.pk).live
    assert ModulePage.objects.get(pk=good.pk).live
    assert "“Half a quiz” was due to go live and stays a draft: Something in “quiz”" in caplog.text
    assert "Traceback" not in caplog.text


def test_it_is_told_once_and_in_the_pages_history(
    caplog: pytest.LogCaptureFixture, client_for: Callable[[User], Client], editor: User
) -> None:
    page = unfinished()
    schedule(page)
    tasks.publish_due()
    caplog.clear()
    tasks.publish_due()
    assert caplog.text == ""
    assert PageLogEntry.objects.filter(page=page.pk, action="training.publish.refused").count() == 1
    history = client_for(editor).get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert "Not published at its time: Something in “quiz”" in history.content.decode()


def test_a_live_page_keeps_its_words_when_the_next_ones_are_refused() -> None:
    module = ModuleFactory(title="One row")
    module.title, module.quiz = "Half a thought", unfinished().quiz
    schedule(module)
    tasks.publish_due()
    page = ModulePage.objects.get(pk=module.pk)
    assert (page.live, page.title) == (True, "One row")


def test_a_track_may_be_due_before_its_module() -> None:
    module = ModuleFactory(live=False)
    track = TrackFactory(pages=[module], live=False)
    schedule(track, minutes_ago=20)
    schedule(module, minutes_ago=10)
    tasks.publish_due()
    assert TrackPage.objects.get().live


def test_the_worker_does_it_by_the_clock() -> None:
    assert "training.tasks.publish_due" in {clockwork.task for clockwork in clockworks}


def test_wagtails_own_command_does_the_same() -> None:
    schedule(unfinished())
    schedule(ModuleFactory(live=False))
    out = io.StringIO()
    call_command("publish_scheduled", "--dryrun", stdout=out)
    assert "Revisions to be published" in out.getvalue()
    out = io.StringIO()
    call_command("publish_scheduled", stdout=out)
    assert "1 published, 0 unpublished, 1 not finished" in out.getvalue()
