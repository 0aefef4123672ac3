"""Wagtail's admin: open to those who work there, nothing at all to everybody else."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.portal.test_doors import code_in

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

ADDRESSES = [
    "/admin/",
    "/admin/pages/",
    "/admin/account/",
    "/admin/users/",
    "/admin/reports/locked/",
    "/admin/api/main/pages/",
    "/admin/sprite/",
    "/admin/jsi18n/",
    "/admin/password_reset/",
    "/admin/there/is/no/such/page/",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["mentor_user", "outsider"])
def test_without_access_there_is_nothing(
    client_for: ClientFor, who: str, address: str, request: pytest.FixtureRequest
) -> None:
    client = client_for(request.getfixturevalue(who))
    answer = client.get(address)
    assert answer.status_code == 404
    # The house's own page, not the one of Wagtail's admin.
    assert BeautifulSoup(answer.content, "html.parser").select_one("header.site-header")
    assert list(get_messages(answer.wsgi_request)) == []
    assert client.post(address).status_code == 404


def test_no_login_page_leads_there_and_back_for_ever(client_for: ClientFor, outsider: User) -> None:
    answer = client_for(outsider).get("/admin/login/?next=/admin/", follow=True)
    assert answer.status_code == 404
    assert [status for _address, status in answer.redirect_chain] == [302, 302]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_is_asked_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={address}"


def test_an_editor_signs_in_and_is_brought_back(client: Client, editor: User) -> None:
    page = client.get("/admin/pages/", follow=True)
    given = {"email": editor.email, "next": page.context["redirect_field_value"]}
    page = client.post(reverse("account_request_login_code"), given, follow=True)
    given = {"code": code_in(mail.outbox[-1].body), "next": page.context["redirect_field_value"]}
    answer = client.post(reverse("account_confirm_login_code"), given, follow=True)
    assert answer.request["PATH_INFO"].startswith("/admin/pages/")
    assert answer.status_code == 200


@pytest.mark.parametrize("who", ["editor", "coordinator"])
def test_whoever_works_there_is_let_in(
    client_for: ClientFor, who: str, request: pytest.FixtureRequest
) -> None:
    client = client_for(request.getfixturevalue(who))
    for address in ("/admin/", "/admin/account/", "/admin/sprite/", "/admin/jsi18n/"):
        assert client.get(address).status_code == 200, address
    assert client.get("/admin/there/is/no/such/page/").status_code == 404


def test_a_script_of_the_admin_is_told_that_the_session_ended(client: Client) -> None:
    answer = client.get("/admin/pages/", headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403
