"""Who may do what, in the common words."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse

from portal.models import User
from portal.permissions import is_coordinator, is_editor, is_signed_in, only_for
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@only_for(is_coordinator)
def kitchen(request: Any) -> HttpResponse:
    return HttpResponse("soup")


def ask(rf: Any, user: Any) -> HttpResponse:
    request = rf.get("/en/kitchen/?pot=1")
    request.user = user
    return kitchen(request)  # type: ignore[return-value]


def test_whoever_may_is_let_in(rf: Any, coordinator: User) -> None:
    assert ask(rf, coordinator).content == b"soup"


def test_a_visitor_is_asked_to_sign_in_and_brought_back(rf: Any) -> None:
    answer = ask(rf, AnonymousUser())
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?next=/en/kitchen/%3Fpot%3D1")


@pytest.mark.parametrize("who", ["editor", "outsider"])
def test_everybody_else_finds_nothing(rf: Any, who: str, request: Any) -> None:
    with pytest.raises(Http404):
        ask(rf, request.getfixturevalue(who))


def test_a_closed_account_opens_nothing(rf: Any, coordinator: User) -> None:
    coordinator.is_active = False
    with pytest.raises(Http404):
        ask(rf, coordinator)


def test_an_administrator_is_everything() -> None:
    admin = UserFactory(is_superuser=True)
    assert is_editor(admin)
    assert is_coordinator(admin)


def test_groups_are_asked_for_once(editor: User, django_assert_num_queries: Any) -> None:
    person = User.objects.get(pk=editor.pk)
    with django_assert_num_queries(1):
        assert (is_editor(person), is_coordinator(person), is_signed_in(person)) == (
            True,
            False,
            True,
        )
