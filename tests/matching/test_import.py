"""A whole file against the database: dry run, application, the same file again."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from matching.enums import PairStage
from matching.management.commands import import_participants as import_command
from matching.models import Expertise, Goal, Participant, Programme
from matching.services.imports.applying import import_participants
from matching.services.imports.planning import ImportPlan, Outcome
from matching.services.imports.reading import MOST_BYTES
from portal.models import Skill, User
from tests.factories.matching import (
    ActivePairFactory,
    PairFactory,
    ParticipantFactory,
    ProgrammeFactory,
)
from tests.factories.portal import SkillFactory, UserFactory

pytestmark = pytest.mark.django_db

HEAD = "email,name,role,department,seniority_years,languages,expertise,goals"
AMIRA = 'amira@example.org,Amira Haddad,mentor,Data,3.50,en;nl,"Databases:4;Programming",'
BASIL = "basil@example.org,Basil Okafor,mentee,Finance,18,en,Databases:1,Databases:3!"
FILE = f"{HEAD}\n{AMIRA}\n{BASIL}\n"


def run(text: str = FILE, slug: str = "digital", **options: bool) -> ImportPlan:
    options = {"may_create_skills": True, "apply": True} | options
    return import_participants(text.encode(), slug, **options)


def test_a_dry_run_tells_everything_and_changes_nothing() -> None:
    plan = run(apply=False)
    assert plan.figures == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "problems": [],
    }
    assert plan.new_skills == ("Databases", "Programming")
    assert not Programme.objects.exists()
    assert not User.objects.exists()
    assert not Skill.objects.exists()


def test_people_come_in_with_what_they_know_and_want() -> None:
    run()
    programme = Programme.objects.get()
    assert (programme.name, programme.slug) == ("Digital", "digital")
    assert programme.starts_on == timezone.localdate() < programme.ends_on
    amira, basil = Participant.objects.order_by("person__email")
    assert amira.person.name == "Amira Haddad"
    assert not amira.person.has_usable_password()
    assert amira.languages == ["en", "nl"]
    assert {row.skill.name: row.level for row in amira.expertise.all()} == {
        "Databases": 4,
        "Programming": 3,
    }
    goal = basil.goals.get()
    assert (goal.skill.name, goal.baseline, goal.target, goal.weight) == ("Databases", 1, 3, 2)


def test_the_same_file_again_changes_nothing() -> None:
    run()
    before = list(Participant.objects.values())
    plan = run()
    assert plan.count(Outcome.UNCHANGED) == 2
    assert plan.count(Outcome.CREATED) == plan.count(Outcome.CHANGED) == 0
    assert list(Participant.objects.values()) == before
    assert (Expertise.objects.count(), Goal.objects.count()) == (3, 1)


def test_one_refused_row_applies_nothing() -> None:
    plan = run(FILE + "chen,Chen,mentor,,,,,\n")
    assert plan.refused == 1
    assert not Participant.objects.exists()
    assert not Programme.objects.exists()


def test_an_unknown_skill_is_a_problem_of_its_row_unless_it_may_be_created() -> None:
    SkillFactory(name="Databases")
    plan = run(may_create_skills=False)
    assert [(fault.row, fault.column) for fault in plan.problems] == [(2, "expertise")]
    assert Skill.objects.count() == 1


def test_a_changed_row_says_from_what_to_what_and_the_goal_keeps_where_it_began() -> None:
    run()
    text = FILE.replace("Finance", "Treasury").replace(
        "Databases:1,Databases:3!", "Databases:2,Databases:4"
    )
    plan = run(text)
    (row,) = [row for row in plan.rows if row.outcome == Outcome.CHANGED]
    assert {change.column: (change.before, change.after) for change in row.changes} == {
        "department": ("Finance", "Treasury"),
        "expertise": ("Databases:1", "Databases:2"),
        "goals": ("Databases:3!", "Databases:4"),
    }
    goal = Goal.objects.get()
    assert (goal.baseline, goal.target, goal.weight) == (1, 4, 1)
    assert Expertise.objects.get(participant=goal.participant).level == 2


def test_a_column_the_file_does_not_have_stays_as_it_was() -> None:
    run()
    plan = run("email,name,role\nbasil@example.org,Basil Okafor,both\n")
    assert plan.count(Outcome.CHANGED) == 1
    basil = Participant.objects.get(person__email="basil@example.org")
    assert (basil.role, basil.department, basil.goals.count()) == ("both", "Finance", 1)


def test_an_empty_cell_clears_and_a_goal_that_is_gone_goes() -> None:
    run()
    run(FILE.replace("Finance", "").replace("Databases:3!", "Programming:2"))
    basil = Participant.objects.get(person__email="basil@example.org")
    assert basil.department == ""
    assert [goal.skill.name for goal in basil.goals.all()] == ["Programming"]


def test_nobody_is_removed_by_being_left_out() -> None:
    run()
    run(f"{HEAD}\n{AMIRA}\n")
    assert Participant.objects.count() == 2


def test_somebody_known_keeps_password_and_the_name_they_chose() -> None:
    known = UserFactory(
        email="amira@example.org", name="Amira H.", password="kept", last_login=timezone.now()
    )
    plan = run()
    known.refresh_from_db()
    assert known.name == "Amira H."
    assert known.check_password("kept")
    assert "Goes on as “Amira H.”" in plan.rows[0].notes[0]
    assert run().count(Outcome.UNCHANGED) == 2


def test_a_name_misspelt_in_the_file_can_be_mended_until_they_come() -> None:
    run(FILE.replace("Amira Haddad", "Amria Hadad"))
    assert run().rows[0].changes[0].after == "Amira Haddad"
    assert User.objects.get(email="amira@example.org").name == "Amira Haddad"


def test_an_administrator_is_never_renamed_by_a_file() -> None:
    UserFactory(email="amira@example.org", name="Root", is_superuser=True)
    run()
    assert User.objects.get(email="amira@example.org").name == "Root"


def test_who_has_left_stays_out() -> None:
    programme = ProgrammeFactory(slug="digital")
    gone = ParticipantFactory(
        programme=programme, person__email="amira@example.org", withdrawn_at=timezone.now()
    )
    plan = run()
    gone.refresh_from_db()
    assert gone.withdrawn_at is not None
    assert any("stays out" in note for note in plan.rows[0].notes)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("mentee", "mentor", "Stands in a pair as mentee. Write both, or end the pair first."),
        ("both", "mentor", "Stands in a pair as mentee. Write both, or end the pair first."),
        ("mentee", "both", ""),
    ],
)
def test_who_stands_in_a_pair_keeps_the_side_they_stand_on(
    before: str, after: str, told: str
) -> None:
    learner = ParticipantFactory(
        programme__slug="digital", person__email="basil@example.org", role=before
    )
    ActivePairFactory(programme=learner.programme, mentee=learner)
    plan = run(FILE.replace("mentee", after))
    assert [(fault.row, fault.column, fault.problem) for fault in plan.problems] == (
        [(3, "role", told)] if told else []
    )
    learner.refresh_from_db()
    assert learner.role == (before if told else after)


def test_once_the_pair_is_over_a_side_may_go() -> None:
    learner = ParticipantFactory(programme__slug="digital", person__email="basil@example.org")
    PairFactory(programme=learner.programme, mentee=learner, stage=PairStage.COMPLETED)
    assert run(FILE.replace("mentee", "mentor")).is_clean


def test_no_years_stay_no_years_however_they_are_written() -> None:
    text = FILE.replace(",18,", ",-0,")
    run(text)
    assert str(Participant.objects.get(person__name="Basil Okafor").seniority_years) == "0.00"
    assert run(text).count(Outcome.UNCHANGED) == 2


@pytest.mark.parametrize("apply", [False, True])
def test_no_programme_is_made_where_its_address_is_taken(apply: bool) -> None:
    plan = run(slug="new", apply=apply)
    assert [fault.problem for fault in plan.problems] == [
        "Choose another short name, as digital-2027."
    ]
    assert not Programme.objects.exists()


@pytest.mark.parametrize("people", [3, 60])
def test_the_queries_of_a_dry_run_do_not_grow_with_the_file(
    people: int, django_assert_num_queries: Any
) -> None:
    rows = "".join(
        f"p{n}@example.org,Person {n},mentee,,,,Databases:1,Databases:3\n" for n in range(people)
    )
    text = f"{HEAD}\n{rows}"
    run(text)
    programme = Programme.objects.get()
    with django_assert_num_queries(8):
        plan = import_participants(text.encode(), programme.slug)
    assert plan.count(Outcome.UNCHANGED) == people


def command(path: Path, *options: str) -> tuple[int, dict[str, Any], str]:
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("import_participants", str(path), *options, "--json", stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, json.loads(out.getvalue().splitlines()[-1]), err.getvalue()


def test_the_command_applies_and_ends_with_its_figures(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(FILE)
    options = ("--programme", "digital", "--create-skills")
    assert command(path, *options)[1]["created"] == 2
    assert not Participant.objects.exists()
    code, figures, _ = command(path, *options, "--apply")
    assert (code, figures["created"], figures["refused"]) == (0, 2, 0)
    assert command(path, *options, "--apply")[1]["unchanged"] == 2


def test_the_command_does_not_read_on_beyond_the_largest_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES * 4)
    read: list[int] = []

    def note(content: bytes, *args: Any, **options: Any) -> ImportPlan:
        read.append(len(content))
        return import_participants(content, *args, **options)

    monkeypatch.setattr(import_command, "import_participants", note)
    code, figures, _told = command(path, "--programme", "digital")
    assert (code, read) == (1, [MOST_BYTES + 1])
    assert "larger than 20 MB" in figures["problems"][0]["problem"]


def test_the_command_stops_with_one_line_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(FILE + "chen,Chen,pupil,,,,,\n")
    code, figures, told = command(path, "--programme", "digital", "--create-skills", "--apply")
    assert code == 1
    assert (figures["created"], figures["refused"]) == (0, 1)
    assert [problem["column"] for problem in figures["problems"]] == ["email", "role"]
    assert told.splitlines()[0] == "row 4, email: “chen” is not an email address."
    assert len(told.splitlines()) == 2


@pytest.mark.parametrize(
    ("file", "slug", "told"),
    [
        ("missing.csv", "digital", "No such file"),
        ("people.csv", "no way", "is no short name"),
        ("people.csv", "new", "“new” is taken"),
    ],
)
def test_the_command_says_what_is_wrong_with_its_arguments(
    tmp_path: Path, file: str, slug: str, told: str
) -> None:
    (tmp_path / "people.csv").write_text(FILE)
    with pytest.raises(CommandError, match=told):
        call_command("import_participants", str(tmp_path / file), "--programme", slug)
