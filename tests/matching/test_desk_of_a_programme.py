"""What a coordinator reads and presses on a programme's people, pairs and rules."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from matching.enums import PairStage
from matching.models import Programme
from matching.navigation import coordinator_links
from matching.services.pairs import move_pair
from portal.models import User
from tests.factories.matching import (
    ActivePairFactory,
    MenteeFactory,
    PairFactory,
    ProgrammeFactory,
)
from tests.factories.portal import SkillFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def client(client_for: ClientFor, coordinator: User) -> Client:
    return client_for(coordinator)


def open_page(client: Client, place: str, programme: Programme, *args: Any) -> BeautifulSoup:
    page = client.get(reverse(f"programmes:{place}", args=[programme.slug, *args]))
    return BeautifulSoup(page.content, "html.parser")


def words(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def two(**fields: Any) -> Any:
    return ActivePairFactory(
        mentor__person__name="Amira Haddad", mentee__person__name="Basil Okafor", **fields
    )


def test_a_swap_says_who_asked_when_and_what_to_do(client: Client) -> None:
    pair = two()
    move_pair(pair, PairStage.SWAP_ASKED, actor="mentee", by=pair.mentee.person)
    notice = words(
        open_page(client, "pair", pair.programme, pair.pk).select_one(".notice--careful")
    )
    day = timezone.localdate()
    assert f"Basil Okafor asked for another partner on {day.day} {day:%B %Y}" in notice
    assert "Look at other matches for the two below, or end this pair" in notice


def test_a_pair_that_goes_on_has_no_notice_of_a_swap(client: Client) -> None:
    pair = two()
    move_pair(pair, PairStage.SWAP_ASKED, actor="mentee", by=pair.mentee.person)
    move_pair(pair, PairStage.ACTIVE, actor="coordinator")
    page = open_page(client, "pair", pair.programme, pair.pk)
    assert page.select_one(".notice--careful") is None


@pytest.mark.parametrize(
    ("stage", "offered"),
    [
        (PairStage.ACTIVE, {"midpoint", "closing", "paused", "ended"}),
        (PairStage.CLOSING, {"completed", "paused", "ended"}),
        (PairStage.COFFEE, {"ended"}),
    ],
)
def test_every_move_asks_once_more_and_takes_a_word(
    client: Client, stage: PairStage, offered: set[str]
) -> None:
    pair = PairFactory(stage=stage)
    page = open_page(client, "pair", pair.programme, pair.pk)
    asked = {dialog["id"].removeprefix("move-"): dialog for dialog in page.select("dialog")}
    assert set(asked) == offered
    for to, dialog in asked.items():
        assert page.select_one(f'a[href="#move-{to}"][data-opens="move-{to}"]')
        assert dialog.select_one("input[name=note].control")
        assert dialog.select_one(f"button[name=to][value={to}]")
        assert str(pair.mentor) in words(dialog)
    assert not page.select("main form button[name=to]:not(dialog button)")


def test_a_move_is_told_with_the_pair_and_its_stage(client: Client) -> None:
    pair = two()
    url = reverse("programmes:move_pair", args=[pair.programme.slug, pair.pk])
    page = client.post(url, {"to": "midpoint", "note": "They said so."}, follow=True)
    text = words(BeautifulSoup(page.content, "html.parser"))
    assert "Amira Haddad – Basil Okafor: now at “midpoint”." in text
    assert "They said so." in text


def test_a_pairs_page_says_who_is_who(client: Client) -> None:
    pair = two()
    facts = words(open_page(client, "pair", pair.programme, pair.pk).select_one(".facts"))
    assert facts == "Mentor Amira Haddad Mentee Basil Okafor"


@pytest.mark.parametrize(("waiting", "told"), [(1, "Invite 1 person"), (3, "Invite 3 people")])
def test_the_invitation_says_how_many_wait(client: Client, waiting: int, told: str) -> None:
    programme = ProgrammeFactory()
    MenteeFactory.create_batch(waiting, programme=programme)
    MenteeFactory(programme=programme, invited_at=timezone.now())
    MenteeFactory(programme=programme, withdrawn_at=timezone.now())
    page = open_page(client, "people", programme)
    assert page.select_one("[data-opens=invite]").get_text(strip=True) == told
    assert told in words(page.select_one("#invite"))


def test_nobody_is_invited_when_nobody_waits(client: Client) -> None:
    programme = MenteeFactory(invited_at=timezone.now()).programme
    page = open_page(client, "people", programme)
    assert not page.select("[data-opens=invite], #invite")


def test_somebody_is_taken_out_of_the_programme(client: Client) -> None:
    learner = MenteeFactory(person__name="Basil Okafor")
    page = open_page(client, "person", learner.programme, learner.pk)
    assert page.select_one("[data-opens=leave]").get_text(strip=True) == "Take out of the programme"
    assert "Take Basil Okafor out of the programme?" in words(page)


def test_the_page_of_an_import_lists_the_skills_there_are(client: Client) -> None:
    for name in ("web design", "Databases"):
        SkillFactory(name=name)
    page = open_page(client, "import", ProgrammeFactory())
    assert "The skills there are 2 Databases · web design" in words(page)


def test_settings_say_that_wishes_are_out_of_reach(client: Client) -> None:
    page = open_page(client, "edit", ProgrammeFactory())
    said = page.select_one("#id_weight_wishes_helptext")
    assert "Nobody can enter wishes yet: these points are out of reach." in words(said)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "Give the programme a name."),
        ("slug", "no way", "Only letters, digits, hyphens and underscores"),
        ("slug", "new", "Choose another short name, as digital-2027."),
        ("slug", "taken", "Another programme has this short name."),
        ("working_hours_overlap", "9", "Write 8 or less."),
        ("weight_interests", "-1", "Write 0 or more."),
        ("weight_interests", "many", "Write a whole number."),
        ("starts_on", "", "Choose a day."),
        ("starts_on", "soon", "Write the day as 2027-01-31."),
        ("minimum_score", "86", "a perfect match has 85 points"),
    ],
)
def test_a_programme_is_refused_in_plain_words(
    client: Client, field: str, value: str, told: str
) -> None:
    ProgrammeFactory(slug="taken")
    url = reverse("programmes:new")
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "0" for name in form.fields}
    data |= {"name": "Digital", "slug": "", "purpose": "", "starts_on": "2027-01-11"}
    answer = client.post(url, data | {"ends_on": "2027-08-11", field: value})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert told in words(page.select_one(f"#id_{field}_error"))
    assert "Ensure this value" not in words(page)


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/en/programmes/digital/curriculum/", True),
        ("/en/certificates/programmes/digital/", True),
        ("/en/certificates/", False),
        ("/en/desk/", False),
    ],
)
def test_pages_of_a_programme_stand_under_programmes(
    path: str, here: bool, coordinator: User
) -> None:
    request = RequestFactory().get(path)
    request.user = coordinator
    assert [link.current for link in coordinator_links(request)] == [here]
