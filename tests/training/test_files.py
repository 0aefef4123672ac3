"""Files that editors upload: who may have them, and a part of them for a film."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from portal.models import HomePage, User
from tests.factories.training import ModuleFactory
from training.models import ModulePage

pytestmark = pytest.mark.django_db
Clients = Callable[[User], Client]


@pytest.fixture
def document() -> Document:
    file = ContentFile(b"0123456789", name="film.mp4")
    return Document.objects.create(title="A film", file=file)


def body_with(document: Document) -> list[dict[str, Any]]:
    return [{"type": "download", "value": {"document": document.pk, "note": ""}}]


def link_to(document: Document) -> str:
    return f'<p><a linktype="document" id="{document.pk}">How to join</a></p>'


def status_of(client: Client, document: Document) -> int:
    answer = client.get(document.url)
    if answer.streaming:
        # Read to its end the client closes it as a server would; closing it here would drop the
        # connection that the test's transaction lives in.
        answer.getvalue()
    return answer.status_code


def test_a_file_is_as_open_as_the_page_that_uses_it(
    client_for: Clients,
    mentor_user: User,
    outsider: User,
    editor: User,
    opened: set[int],
    document: Document,
) -> None:
    opened.add(ModuleFactory(body=body_with(document)).pk)
    assert status_of(client_for(mentor_user), document) == 200
    assert status_of(client_for(editor), document) == 200
    assert status_of(client_for(outsider), document) == 404
    assert status_of(Client(), document) == 302


def test_a_file_that_nothing_uses_is_for_editors_and_coordinators(
    client_for: Clients, outsider: User, editor: User, coordinator: User, document: Document
) -> None:
    assert status_of(client_for(outsider), document) == 404
    assert status_of(client_for(editor), document) == 200
    assert status_of(client_for(coordinator), document) == 200
    assert "/accounts/login/" in Client().get(document.url)["Location"]


def test_so_is_one_of_a_draft_and_of_a_page_that_is_gone(
    client_for: Clients, mentor_user: User, opened: set[int], document: Document
) -> None:
    client = client_for(mentor_user)
    module = ModuleFactory()
    opened |= {module.pk, ModuleFactory(body=body_with(document), live=False).pk}
    module.body = body_with(document)
    revision = module.save_revision()
    assert status_of(client, document) == 404
    revision.publish()
    assert status_of(client, document) == 200
    ModulePage.objects.get(pk=module.pk).unpublish()
    assert status_of(client, document) == 404
    ModulePage.objects.get(pk=module.pk).get_latest_revision().publish()
    assert status_of(client, document) == 200
    ModulePage.objects.get(pk=module.pk).delete()
    assert status_of(client, document) == 404


def test_a_file_on_the_front_page_is_for_everybody_who_is_signed_in(
    client_for: Clients, outsider: User, document: Document
) -> None:
    front = HomePage.objects.get()
    front.welcome = link_to(document)
    front.save_revision().publish()
    assert status_of(client_for(outsider), document) == 200
    assert status_of(Client(), document) == 302
    front.unpublish()
    assert status_of(client_for(outsider), document) == 404


def test_one_on_the_front_page_and_in_training_is_open_too(
    client_for: Clients, outsider: User, document: Document
) -> None:
    ModuleFactory(body=body_with(document))
    front = HomePage.objects.get()
    front.welcome = link_to(document)
    front.save_revision().publish()
    assert status_of(client_for(outsider), document) == 200


@pytest.mark.parametrize(
    ("asked", "status", "told", "text"),
    [
        ("", 200, "", b"0123456789"),
        ("bytes=0-1", 206, "bytes 0-1/10", b"01"),
        ("bytes=4-", 206, "bytes 4-9/10", b"456789"),
        ("bytes=-3", 206, "bytes 7-9/10", b"789"),
        ("bytes=8-99", 206, "bytes 8-9/10", b"89"),
        ("bytes=10-", 416, "bytes */10", b""),
        ("bytes=-", 200, "", b"0123456789"),
        ("bytes=0-1,3-4", 200, "", b"0123456789"),
        ("rows=0-1", 200, "", b"0123456789"),
    ],
)
def test_a_film_is_given_in_parts(
    client_for: Clients,
    editor: User,
    document: Document,
    asked: str,
    status: int,
    told: str,
    text: bytes,
) -> None:
    headers = {"range": asked} if asked else {}
    answer = client_for(editor).get(document.url, headers=headers)
    assert (answer.status_code, answer.get("Content-Range", "")) == (status, told)
    assert (answer.getvalue() if answer.streaming else answer.content) == text
    assert int(answer["Content-Length"]) == len(text)


def test_a_part_of_another_film_than_before_is_not_given(
    client_for: Clients, editor: User, document: Document
) -> None:
    """The browser holds the beginning of a file that an editor has since replaced."""
    client = client_for(editor)
    whole = client.get(document.url)
    whole.getvalue()
    for tag, status in ((whole["ETag"], 206), ('"another"', 200)):
        answer = client.get(document.url, headers={"range": "bytes=0-1", "if-range": tag})
        answer.getvalue()
        assert answer.status_code == status


def test_a_part_is_as_shut_as_the_whole(
    client_for: Clients, outsider: User, document: Document
) -> None:
    headers = {"range": "bytes=0-1"}
    assert client_for(outsider).get(document.url, headers=headers).status_code == 404
    assert Client().get(document.url, headers=headers).status_code == 302
    assert client_for(outsider).post(document.url).status_code == 405
