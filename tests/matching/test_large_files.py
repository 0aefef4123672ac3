"""A large file: read and applied by jobs that can be watched, its review a page at a time."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.models import Participant, Programme
from matching.services.imports import applying, uploads
from matching.services.imports.review import KeptRows
from matching.services.imports.uploads import find_review, find_upload
from portal.enums import JobState
from portal.models import Job, User
from portal.services.jobs import note_progress, run_job, with_progress
from tests.factories.matching import ActivePairFactory, MenteeFactory, ProgrammeFactory
from tests.factories.portal import JobFactory

pytestmark = pytest.mark.django_db
HEAD = "email,name,role,department\n"


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="digital")


@pytest.fixture
def client(client_for: Callable[[User], Client], coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 10)


def place(name: str) -> str:
    return reverse(f"programmes:{name}", args=["digital"])


def rows(people: int, department: str = "Ops") -> str:
    return HEAD + "".join(
        f"p{n:05}@example.org,Person {n},mentee,{department}\n" for n in range(people)
    )


def bring(client: Client, content: str | bytes) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("people.csv", raw)
    return client.post(place("import"), {"file": file, "may_create_skills": "on"}, follow=True)


def work() -> Job:
    """What the worker does next."""
    run_job(Job.objects.get(state=JobState.QUEUED).pk)
    return Job.objects.order_by("pk").last()


def words(page: Any) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


def test_a_large_file_is_read_by_a_job_looked_at_and_applied_by_another(
    client: Client, programme: Programme
) -> None:
    page = bring(client, rows(120))
    assert page.redirect_chain[-1][0] == reverse("portal:job", args=[Job.objects.get().pk])
    read = work()
    assert read.result["next_url"] == place("import_review")
    assert not Participant.objects.exists()
    review = client.get(place("import_review"), {"page": 3})
    assert "Every row can be applied" in words(review)
    assert "All 120" in words(review)
    assert [str(one["row"].name) for one in review.context["rows"]][:1] == ["Person 100"]
    applied = client.post(place("import_apply"), follow=True)
    assert applied.redirect_chain[-1][0] == reverse(
        "portal:job", args=[Job.objects.order_by("pk").last().pk]
    )
    done = work()
    assert done.result["summary"] == "Applied. New: 120. Changed: 0. As before: 0."
    assert (done.done, done.total) == (120, 120)
    assert Participant.objects.count() == 120
    assert client.get(place("import_review")).status_code == 302


def test_a_page_of_the_review_reads_its_own_rows_and_asks_no_more_for_many(
    client: Client, programme: Programme, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for people in (3, 400):
        bring(client, rows(people))
        work()
        client.get(place("import_review"))
        with CaptureQueriesContext(connection) as counted:
            client.get(place("import_review"))
        counts.append(len(counted))
    assert counts[0] == counts[1]
    read: list[int] = []
    original = KeptRows.__getitem__

    def note(self: KeptRows, part: Any) -> Any:
        found = original(self, part)
        read.append(len(found))
        return found

    monkeypatch.setattr(KeptRows, "__getitem__", note)
    monkeypatch.setattr(applying, "plan_table", None)
    client.get(place("import_review"), {"page": 5})
    assert read == [50]


def test_a_kept_review_shows_what_the_dry_run_said(
    client: Client, programme: Programme, coordinator: User
) -> None:
    MenteeFactory(programme=programme, person__email="p00001@example.org", department="Old")
    bring(client, rows(3) + "bad,Bad,pupil,\n")
    work()
    for show, names in (
        ("", ["Bad", "Person 1", "Person 0", "Person 2"]),
        ("refused", ["Bad"]),
        ("changed", ["Person 1"]),
        ("created", ["Person 0", "Person 2"]),
        ("unchanged", []),
    ):
        page = client.get(place("import_review"), {"show": show})
        assert [one["row"].name for one in page.context["rows"]] == names, show
    page = words(client.get(place("import_review")))
    assert "1 row has a problem, so nothing can be applied" in page
    assert "department : Old → Ops" in page
    assert "role : “pupil” is none of: mentor, mentee, both." in page


def test_a_thousand_columns_without_use_do_not_fill_the_page(
    client: Client, programme: Programme
) -> None:
    extra = ",".join(f"c{n}" for n in range(1000))
    bring(client, f"email,name,role,{extra}\na@example.org,A,mentee,{',' * 999}\n")
    work()
    page = words(client.get(place("import_review")))
    assert "c28, c29 and 970 more. If one of them should count" in page


def test_what_was_said_of_one_file_is_never_taken_for_another(
    client: Client, programme: Programme, coordinator: User
) -> None:
    """A second file, brought while the first is still read and looked at."""
    bring(client, rows(2))
    first = Job.objects.get()
    upload = find_upload(programme, coordinator)
    bring(client, rows(7))
    uploads.make_review(programme, coordinator, upload)
    assert client.get(place("import_review")).url == reverse("portal:job", args=[first.pk])
    work()
    assert len(client.get(place("import_review")).context["rows"]) == 7
    client.post(place("import_apply"), {"token": upload.token})
    stopped = work()
    assert stopped.state == JobState.FAILED
    assert not Participant.objects.exists()
    token = find_upload(programme, coordinator).token
    client.post(place("import_apply"), {"token": token})
    assert work().state == JobState.DONE
    assert Participant.objects.count() == 7


def test_what_changed_since_the_dry_run_stops_the_import_whole(
    client: Client, programme: Programme
) -> None:
    bring(client, rows(2))
    work()
    held = MenteeFactory(programme=programme, person__email="p00001@example.org", role="mentor")
    ActivePairFactory(programme=programme, mentor=held)
    before = Participant.objects.count()
    client.post(place("import_apply"))
    stopped = work()
    assert (stopped.state, stopped.problem) == (
        JobState.FAILED,
        "Nothing was applied: something has changed. Look again.",
    )
    assert Participant.objects.count() == before
    # The dry run is made anew, and says what is wrong.
    client.get(stopped.result["next_url"], follow=True)
    work()
    assert "Stands in a pair as mentor." in words(client.get(place("import_review")))


def test_an_import_that_breaks_off_leaves_nothing_and_may_run_again(
    client: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(applying, "PART", 2)
    bring(client, rows(5))
    work()
    people = User.objects.count()

    def break_off(*args: Any) -> None:
        if Participant.objects.count() == 4:
            raise RuntimeError("the machine stopped")

    with monkeypatch.context() as patch:
        patch.setattr(applying, "_rename", break_off)
        client.post(place("import_apply"))
        assert work().state == JobState.FAILED
    assert (Participant.objects.count(), User.objects.count()) == (0, people)
    client.post(place("import_apply"))
    assert work().state == JobState.DONE
    assert Participant.objects.count() == 5


def test_applying_twice_is_one_job_and_one_import(client: Client, programme: Programme) -> None:
    bring(client, rows(3))
    work()
    pages = {client.post(place("import_apply")).url for _ in range(2)}
    assert len(pages) == 1
    job = work()
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    assert work().result["summary"] == "This file was applied already."
    assert Participant.objects.count() == 3


def test_steps_inside_a_transaction_are_told_before_it_ends() -> None:
    job = JobFactory(state=JobState.RUNNING)
    note_progress(job, done=500, total=2000)
    # As another process sees it: the row is not saved yet.
    seen = Job(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    assert (with_progress(seen).done, seen.total) == (500, 2000)
    cache.clear()
    assert with_progress(Job(pk=job.pk, state=JobState.RUNNING)).done == 0


def test_a_file_with_a_bad_byte_can_be_read_as_it_was_offered(
    client: Client, programme: Programme
) -> None:
    bring(client, (HEAD + "zoe@example.org,Zoë Müller,mentee,\n").encode("cp1252"))
    work()
    page = words(client.get(place("import_review")))
    assert "Row 2: name : A character here is not UTF-8." in page
    assert "the cell says “Zoë Müller”" in page
    client.post(place("import_again"), {"encoding": "utf-7"})
    assert find_upload(programme, User.objects.get(name="Cora Coordinator")).encoding == ""
    client.post(place("import_again"), {"encoding": "cp1252"}, follow=True)
    work()
    assert "Look at names with accents before you apply it" in words(
        client.get(place("import_review"))
    )
    client.post(place("import_apply"))
    work()
    assert Participant.objects.get().person.name == "Zoë Müller"


def test_the_review_can_be_downloaded_and_runs_nothing_in_a_spreadsheet(
    client: Client, programme: Programme
) -> None:
    bring(client, HEAD + "a@example.org,=HYPERLINK(1),mentee,@SUM\nbad,-1+2,pupil,\n")
    work()
    answer = client.get(place("import_download"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0][:4] == ["row", "email", "name", "what happens"]
    assert [line[2] for line in table[1:]] == ["'-1+2", "'-1+2", "'=HYPERLINK(1)"]
    assert not any(cell[:1] in "=+-@" for line in table for cell in line if cell)
    only = client.get(place("import_download"), {"show": "created"}).content.decode()
    assert "bad" not in only


def test_a_file_put_away_is_gone_with_its_review(
    client: Client, programme: Programme, coordinator: User
) -> None:
    bring(client, rows(3))
    work()
    client.post(place("import_apply"), {"discard": "yes"})
    assert find_upload(programme, coordinator) is None
    bring(client, rows(2))
    upload = find_upload(programme, coordinator)
    assert upload is not None
    assert find_review(programme, coordinator, upload) is None


def test_nobody_else_downloads_or_rereads(
    client_for: Callable[[User], Client], outsider: User, programme: Programme
) -> None:
    other = client_for(outsider)
    assert other.get(place("import_download")).status_code == 404
    assert other.post(place("import_again")).status_code == 404
