"""The pages of an import: a file is looked at row by row, then applied whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from matching.models import Participant, Programme
from portal.models import User
from tests.factories.matching import (
    MenteeFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

FILE = "email,name,role,shoe size\nbo@example.org,Bo Lind,mentor,44\n"


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def upload(client: Client, programme: Programme, content: str, follow: bool = True) -> Any:
    return client.post(
        reverse("programmes:import", args=[programme.slug]),
        {"file": SimpleUploadedFile("people.csv", content.encode())},
        follow=follow,
    )


def test_a_file_is_looked_at_row_by_row_and_then_applied(
    client_for: ClientFor, coordinator: User
) -> None:
    programme, client = ProgrammeFactory(), client_for(coordinator)
    page = text_of(upload(client, programme, FILE))
    assert "Every row can be applied" in page
    assert "We have no use for: shoe_size." in page
    assert "bo@example.org" in page
    assert not Participant.objects.exists()
    apply = reverse("programmes:import_apply", args=[programme.slug])
    assert "Applied. New: 1. Changed: 0." in text_of(client.post(apply, follow=True))
    assert Participant.objects.get().person.name == "Bo Lind"
    # Sent twice: the file is gone, nothing happens.
    assert client.post(apply, follow=True).status_code == 200
    assert Participant.objects.count() == 1


def test_a_file_with_a_problem_cannot_be_applied(client_for: ClientFor, coordinator: User) -> None:
    programme, client = ProgrammeFactory(), client_for(coordinator)
    page = upload(client, programme, FILE + "<b>chen</b>,Chen,pupil,\n")
    assert "1 row has a problem, so nothing can be applied" in text_of(page)
    assert "Apply it" not in text_of(page)
    assert b"<b>chen" not in page.content
    client.post(reverse("programmes:import_apply", args=[programme.slug]))
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("%PDF-1.7", "This file cannot be read"),
        ("email,name,role\n", "This file cannot be read"),
        ("email,department\na@example.org,Ops\n", "This file needs the columns name and role"),
        ("email,name\na@example.org,A\n", "This file needs a column role"),
        ("email,email,name\na@example.org,A,A\n", "This file needs a column role"),
        ("email,email,name,role\na@example.org,A,A,mentor\n", "This file cannot be read"),
    ],
)
def test_a_problem_of_the_whole_file_is_told_as_that(
    content: str, told: str, client_for: ClientFor, coordinator: User
) -> None:
    page = text_of(upload(client_for(coordinator), ProgrammeFactory(), content))
    assert told in page
    assert "has a problem" not in page


def test_an_empty_file_is_called_empty(client_for: ClientFor, coordinator: User) -> None:
    page = upload(client_for(coordinator), ProgrammeFactory(), "")
    assert page.status_code == 422
    assert "There is nothing in this file." in text_of(page)


def test_rows_that_want_to_be_looked_at_come_first(
    client_for: ClientFor, coordinator: User
) -> None:
    programme = ProgrammeFactory()
    for email in ("same", "moved"):
        MenteeFactory(
            programme=programme, person__email=f"{email}@example.org", person__name=email.title()
        )
    rows = "new,New,mentee,|same,Same,mentee,|moved,Moved,mentee,Ops|bad,Bad,pupil,"
    content = "email,name,role,department\n" + rows.replace(",", "@example.org,", 1).replace(
        "|", "\n"
    )
    for name in ("same", "moved", "bad"):
        content = content.replace(f"\n{name},", f"\n{name}@example.org,")
    page = BeautifulSoup(upload(client_for(coordinator), programme, content).content, "html.parser")
    assert [badge.get_text(strip=True) for badge in page.select("tbody .badge")] == [
        "problem",
        "changed",
        "new",
        "unchanged",
    ]


def test_a_waiting_file_belongs_to_whoever_brought_it(
    client_for: ClientFor, coordinator: User, editor: User
) -> None:
    programme = ProgrammeFactory()
    upload(client_for(coordinator), programme, FILE)
    editor.is_superuser = True
    editor.save()
    review = reverse("programmes:import_review", args=[programme.slug])
    assert client_for(editor).get(review).status_code == 302


def test_the_sample_file_can_be_imported_as_it_is(client_for: ClientFor, coordinator: User) -> None:
    programme, client = ProgrammeFactory(), client_for(coordinator)
    sample = client.get(reverse("programmes:import_sample", args=[programme.slug]))
    page = client.post(
        reverse("programmes:import", args=[programme.slug]),
        {
            "file": SimpleUploadedFile("sample.csv", sample.content),
            "may_create_skills": "on",
        },
        follow=True,
    )
    assert "Every row can be applied" in text_of(page)
