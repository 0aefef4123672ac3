"""A spreadsheet tried: figures, pairs and reasons, and nobody who was not there before."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching.forms.trials import set_as_fields
from matching.models import Participant, Programme, Round, Simulation
from matching.rules import RuleSet, rules_of
from matching.services.imports.applying import import_participants
from matching.services.rounds import run_round
from matching.spreadsheets import csv_text
from matching.tasks import sweep_simulations
from portal.models import Job, Skill, User
from portal.services.jobs import run_job
from tests.factories.matching import (
    ActivePairFactory,
    ExpertiseFactory,
    MenteeFactory,
    MentorFactory,
    ProgrammeFactory,
)
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

HEAD = "email,name,role,seniority_years,languages,time_zone,manager_email,expertise,goals"
AMIRA = "amira@example.org,Amira,mentor,3,en,Europe/London,,Databases:4,"
BASIL = "basil@example.org,Basil,mentee,18,en,Europe/London,,Databases:1,Databases:3"
ZOE = "zoe@example.org,Zoe,mentee,12,en,Europe/London,,,Cooking:3"


def file_of(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


@pytest.fixture
def client(client_for: ClientFor, coordinator: User) -> Client:
    return client_for(coordinator)


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="digital")


def words(answer: Any, select: str = "main") -> str:
    soup = BeautifulSoup(answer.content, "html.parser")
    return " ".join((soup.select_one(select) or soup).get_text(" ").split())


def send(client: Client, programme: Programme, content: str, **fields: Any) -> Any:
    rules = fields.pop("rules", rules_of(programme))
    data = {f"rules-{name}": value for name, value in set_as_fields(rules).items()}
    data |= {"may_create_skills": "on", "file": SimpleUploadedFile("new.csv", content.encode())}
    return client.post(reverse("programmes:simulate", args=[programme.slug]), data | fields)


def simulate(client: Client, programme: Programme, content: str, **fields: Any) -> Simulation:
    """Bring the file and let the worker do its part."""
    assert send(client, programme, content, **fields).status_code == 302
    run_job(Job.objects.latest("pk").pk)
    return Simulation.objects.latest("pk")


def look(client: Client, simulation: Simulation, query: str = "") -> Any:
    url = reverse("programmes:simulation", args=[simulation.programme.slug, simulation.pk])
    return client.get(url + query)


def test_pairs_and_people_left_over_are_told_by_name(client: Client, programme: Programme) -> None:
    tried = simulate(client, programme, file_of(AMIRA, BASIL, ZOE))
    assert Job.objects.get().result["summary"] == "A round would find 1 pair."
    page = look(client, tried)
    assert "Basil Amira Databases 1 → 3" in words(page, "section:has(#pairs)")
    over = words(page, "section:has(#over)")
    assert over.startswith("Left over 1 Mostly nothing to teach each other 1 Zoe")
    assert "Mentees with a mentor 1 of 2, 50 %" in words(page)
    assert "Skills that do not exist here yet: Cooking · Databases" in words(page)


def test_nobody_and_nothing_is_created(client: Client, programme: Programme) -> None:
    people = set(User.objects.values_list("pk", flat=True))
    simulate(client, programme, file_of(AMIRA, BASIL))
    assert set(User.objects.values_list("pk", flat=True)) == people
    assert not any(model.objects.exists() for model in (Participant, Round, Skill))
    assert mail.outbox == []


def test_it_comes_to_what_a_round_comes_to_after_the_import(
    client: Client, programme: Programme
) -> None:
    rows = [
        f"m{n}@example.org,Mentor {n},mentor,{n},en,Europe/London,{boss},Databases:{n % 5 + 1},"
        for n, boss in ((1, "e1@example.org"), (2, "x@example.org"), (3, ""), (4, ""))
    ]
    rows += [
        f"e{n}@example.org,Mentee {n},mentee,{n + 3},en,Asia/Kolkata,{boss},,Databases:{n}!"
        for n, boss in ((1, ""), (2, "x@example.org"), (3, "m4@example.org"))
    ]
    content = file_of(*rows)
    tried = simulate(client, programme, content)
    import_participants(content.encode(), "digital", may_create_skills=True, apply=True)
    kept = run_round(programme)
    assert kept.count > 0
    # Among equals the lots of their numbers decide, and before an import nobody has theirs.
    figures = ("count", "worst", "total", "optimal")
    assert [tried.result[name] for name in figures] == [kept.result[name] for name in figures]
    scores = [sorted(p["score"] for p in one.result["pairs"]) for one in (tried, kept)]
    assert scores[0] == scores[1]


def test_people_already_in_are_left_out_unless_they_are_asked_for(
    client: Client, programme: Programme
) -> None:
    there = MentorFactory(programme=programme, person__name="Theo", person__email="t@example.org")
    ExpertiseFactory(participant=there, skill__name="Cooking", level=4)
    apart = simulate(client, programme, file_of(AMIRA, BASIL, ZOE))
    assert apart.result["count"] == 1
    together = simulate(client, programme, file_of(AMIRA, BASIL, ZOE), with_standing="on")
    assert together.result["count"] == 2
    assert "Zoe Theo Cooking 0 → 3" in words(look(client, together), "section:has(#pairs)")


def test_a_row_of_somebody_already_in_counts_as_their_change_and_changes_nothing(
    client: Client, programme: Programme
) -> None:
    """The file does not name capacity: it stays; the pair that stands keeps its places."""
    pair = ActivePairFactory(
        programme=programme,
        mentor__person__email="amira@example.org",
        mentor__person__name="Amira",
        mentor__capacity=2,
    )
    MenteeFactory(programme=programme, person__email="basil@example.org", goals={"Cooking": 3})
    tried = simulate(client, programme, file_of(AMIRA, BASIL), with_standing="on")
    mentor = str(pair.mentor_id)
    assert sorted((one["mentor"], one["locked"]) for one in tried.result["pairs"]) == [
        (mentor, False),
        (mentor, True),
    ]
    covered = {one["skill"] for row in tried.result["pairs"] for one in row["covers"]}
    assert covered == {"Databases"}
    pair.mentor.refresh_from_db()
    assert pair.mentor.seniority_years is None
    assert not pair.mentor.expertise.exists()


def test_rules_can_be_other_ones_and_are_not_saved(client: Client, programme: Programme) -> None:
    rules = RuleSet(**(rules_of(programme).as_json() | {"minimum_score": 85}))
    tried = simulate(client, programme, file_of(AMIRA, BASIL), rules=rules)
    page = words(look(client, tried))
    assert "they score below the lowest score of a match." in page
    assert "Lowest score of a match 85 points" in page
    programme.refresh_from_db()
    assert programme.minimum_score == 20
    nonsense = RuleSet(**(rules.as_json() | {"minimum_score": 300}))
    refused = send(client, programme, file_of(AMIRA, BASIL), rules=nonsense)
    assert refused.status_code == 422
    assert "a perfect match has 85 points" in words(refused)


def test_a_file_with_problems_is_refused_row_by_row(client: Client, programme: Programme) -> None:
    answer = send(client, programme, file_of(AMIRA, BASIL.replace("mentee", "pupil")))
    assert answer.status_code == 422
    assert "Row 3, role : “pupil” is none of: mentor, mentee, both." in words(answer)
    unknown = send(client, programme, file_of(AMIRA), may_create_skills="")
    assert "There is no skill “Databases”." in words(unknown)
    assert "The file has problems" in words(send(client, programme, "%PDF-1.7"))
    assert send(client, programme, "").status_code == 422
    assert not Simulation.objects.exists()


def test_a_file_with_one_side_alone_is_told(client: Client, programme: Programme) -> None:
    tried = simulate(client, programme, file_of(AMIRA))
    assert "this file has only one of the two" in Job.objects.get().problem
    assert "It is not finished" in words(look(client, tried))


def test_the_result_as_a_table_holds_no_formula(client: Client, programme: Programme) -> None:
    rows = (AMIRA.replace(",Amira,", ",=HYPERLINK(1),"), BASIL, ZOE)
    tried = simulate(client, programme, file_of(*rows))
    url = reverse("programmes:simulation_csv", args=[programme.slug, tried.pk])
    text = client.get(url).content.decode()
    assert text.startswith("\ufeff")
    _head, pair, left = csv.reader(StringIO(text))
    assert pair[:4] == ["'=HYPERLINK(1)", "amira@example.org", "Basil", "basil@example.org"]
    assert float(pair[4]) == tried.result["worst"] / 1000
    assert left[2] == "Zoe"
    assert "knows no more than they do" in left[6]


@pytest.mark.parametrize("sign", ["=1", "+1", "-1", "@a", "\t=1", " =1"])
def test_each_sign_of_a_formula_is_escaped(sign: str) -> None:
    ((cell,),) = csv.reader(StringIO(csv_text([[sign]]).removeprefix("\ufeff")))
    assert cell == f"'{sign}"


def test_a_search_finds_one_of_the_two(client: Client, programme: Programme) -> None:
    chen = AMIRA.replace("amira", "chen").replace("Amira", "Chen").replace("Databases", "Cooking")
    tried = simulate(client, programme, file_of(AMIRA, BASIL, ZOE, chen))
    found = words(look(client, tried, "?search=CHEN"), "section:has(#pairs)")
    assert "Zoe" in found
    assert "Basil" not in found


def test_it_belongs_to_whoever_brought_it(
    client: Client, client_for: ClientFor, programme: Programme, outsider: User
) -> None:
    """The file names people who know of nothing yet."""
    tried = simulate(client, programme, file_of(AMIRA, BASIL))
    colleague = UserFactory(name="Cosima", groups=["Coordinators"])
    args = [programme.slug, tried.pk]
    for person in (colleague, outsider):
        browser = client_for(person)
        for name in ("simulation", "simulation_csv"):
            assert browser.get(reverse(f"programmes:{name}", args=args)).status_code == 404
        url = reverse("programmes:drop_simulation", args=args)
        assert browser.post(url).status_code == 404
    page = reverse("programmes:simulate", args=[programme.slug])
    assert client_for(outsider).get(page).status_code == 404
    assert "new.csv" not in words(client_for(colleague).get(page))
    assert "new.csv" in words(client.get(page))
    elsewhere = reverse("programmes:simulation", args=[ProgrammeFactory().slug, tried.pk])
    assert client.get(elsewhere).status_code == 404


def test_it_goes_by_a_button_or_after_a_day(client: Client, programme: Programme) -> None:
    tried = simulate(client, programme, file_of(AMIRA, BASIL))
    url = reverse("programmes:drop_simulation", args=[programme.slug, tried.pk])
    assert "Nothing of the file is kept." in words(client.post(url, follow=True))
    assert not Simulation.objects.exists()
    tried = simulate(client, programme, file_of(AMIRA, BASIL))
    sweep_simulations()
    assert Simulation.objects.exists()
    assert tried.expires_at - tried.created_at <= timedelta(days=1, seconds=1)
    Simulation.objects.update(expires_at=timezone.now())
    # Gone for everybody at once, and from the database when the sweeper comes.
    assert look(client, tried).status_code == 404
    sweep_simulations()
    assert not Simulation.objects.exists()


def test_a_job_whose_simulation_was_deleted_says_so(client: Client, programme: Programme) -> None:
    send(client, programme, file_of(AMIRA, BASIL))
    Simulation.objects.all().delete()
    run_job(Job.objects.get().pk)
    assert Job.objects.get().problem == "This simulation was deleted."


def test_an_empty_programme_and_the_list_lead_there(client: Client, programme: Programme) -> None:
    link = f'href="{reverse("programmes:simulate", args=[programme.slug])}"'
    for url in (
        reverse("programmes:list"),
        reverse("programmes:show", args=[programme.slug]),
        reverse("programmes:board", args=[programme.slug]),
    ):
        assert link in client.get(url).content.decode()


def test_it_takes_the_same_queries_for_few_people_and_many(
    client: Client, programme: Programme, django_assert_num_queries: Any
) -> None:
    tried = simulate(client, programme, file_of(AMIRA, BASIL))
    look(client, tried)
    with CaptureQueriesContext(connection) as counted:
        look(client, tried)
    few = len(counted)
    rows = [
        row.replace("amira", f"a{n}").replace("basil", f"b{n}").replace("zoe", f"z{n}")
        for n in range(9)
        for row in (AMIRA, BASIL, ZOE)
    ]
    MenteeFactory(programme=programme)
    many = simulate(client, programme, file_of(*rows), with_standing="on")
    look(client, many)
    with django_assert_num_queries(few):
        look(client, many)
