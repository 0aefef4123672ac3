"""What holds on every page of the house."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portal.models import Branding, User
from portal.registries import NavigationLink, navigation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/en/", "/en/accounts/login/", "/en/nothing-here/"])
def test_only_own_scripts_and_styles_may_run(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "style-src 'self';" in f"{policy};"
    page = BeautifulSoup(answer.content, "html.parser")
    assert not page.select("style, [style]")
    assert all(script.get("src") for script in page.select("script"))


def test_a_visitor_learns_what_this_is(client: Client) -> None:
    page = BeautifulSoup(client.get("/", follow=True).content, "html.parser")
    assert "Two people change places" in page.h1.text
    assert page.select_one('main a[href="/en/accounts/login/"]') is not None


def test_the_frame_needs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/en/")
    with django_assert_max_num_queries(8):
        client.get("/en/")


def test_rooms_fill_the_header(client: Client) -> None:
    navigation.register("test", lambda request: [NavigationLink("Pantry", "/en/pantry/")])
    try:
        page = BeautifulSoup(client.get("/en/accounts/login/").content, "html.parser")
    finally:
        navigation.remove("test")
    link = page.select_one("header nav a")
    assert link is not None
    assert (link.text, link["href"]) == ("Pantry", "/en/pantry/")


def test_health_says_ok_to_anyone(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "path", ["documents/1/x.pdf", "../turnabout.sqlite3", "images/../../secret-key", "private/a"]
)
def test_only_pictures_are_served_by_address(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}", follow=True).status_code == 404


def test_an_uploaded_picture_may_run_nothing(client: Client, settings: Any) -> None:
    folder = settings.MEDIA_ROOT / "images"
    folder.mkdir(parents=True)
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    answer = client.get("/media/images/logo.svg")
    assert b"".join(answer.streaming_content).startswith(b"<svg")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_organisation_brings_its_accent(client: Client) -> None:
    branding = Branding.for_request(client.get("/en/").wsgi_request)
    branding.organisation_name, branding.accent = "Harbour & Vale", "#0a7a5c"
    branding.save()
    page = client.get("/en/accounts/login/").content.decode()
    assert "Harbour &amp; Vale" in page
    assert "/branding.css?0a7a5c" in page
    assert "--accent: #0a7a5c" in client.get("/branding.css").content.decode()


def test_the_styleguide_is_for_staff(
    client: Client, client_for: Any, editor: User, outsider: User
) -> None:
    assert client_for(editor).get("/styleguide").status_code == 200
    assert client_for(outsider).get("/styleguide").status_code == 404
    assert client.get("/styleguide").status_code == 302


def test_a_name_is_one_field_in_the_admin(client_for: Any) -> None:
    admin = User.objects.create_superuser("root@example.org", name="Root")
    answer = client_for(admin).post(
        "/admin/users/new/",
        {"email": "New@Example.org", "name": "Zoë van der Example", "groups": []},
    )
    assert answer.status_code == 302
    assert User.objects.get(email="new@example.org").name == "Zoë van der Example"
