"""Managers that go round in a circle: who is told, and what it means for a round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.services.imports.applying import import_participants
from matching.services.imports.columns import PersonRow
from matching.services.imports.loops import manager_loops
from matching.services.imports.planning import ImportPlan
from matching.services.rounds import run_round
from tests.factories.matching import MenteeFactory, ProgrammeFactory

HEAD = "email,name,role,manager_email,expertise,goals\n"


def run(text: str) -> ImportPlan:
    return import_participants(text.encode(), "digital", may_create_skills=True, apply=True)


@pytest.mark.django_db
def test_two_who_manage_each_other_are_named_and_never_matched() -> None:
    plan = run(
        HEAD + "amira@example.org,Amira Haddad,mentor,BASIL@example.org,Databases:4,\n"
        "basil@example.org,Basil Okafor,mentee,amira@example.org,,Databases:3\n"
    )
    assert plan.is_clean
    assert plan.loops == (
        "Amira Haddad and Basil Okafor are each other’s manager. They are never suggested to each "
        "other. Mend manager_email if that is a slip.",
    )
    programme = ProgrammeFactory(slug="digital")
    kept = run_round(programme)
    assert not kept.suggestions.exists()
    assert {str(row["detail"]) for row in kept.result["unmatched"]} == {"{'reporting_line': 1}"}


@pytest.mark.django_db
def test_a_circle_that_closes_over_somebody_already_there_is_told() -> None:
    programme = ProgrammeFactory(slug="digital")
    MenteeFactory(
        programme=programme,
        person__email="chen@example.org",
        person__name="Chen Wu",
        manager_email="Amira@example.org",
    )
    (told,) = run(
        "email,name,role,manager_email\n"
        "amira@example.org,Amira,mentor,basil@example.org\n"
        "basil@example.org,Basil,mentee,chen@example.org\n"
    ).loops
    assert told.startswith("3 managers go round in a circle: Amira → Basil → Chen Wu.")
    # A file that says nothing of managers leaves the circle, and tells of it.
    assert len(run("email,name,role\namira@example.org,Amira,mentor\n").loops) == 1
    mended = "email,name,role,manager_email\nchen@example.org,Chen Wu,mentee,\n"
    assert run(mended).loops == ()


def people(managers: dict[int, int]) -> list[PersonRow]:
    return [
        PersonRow(
            number=n,
            email=str(n),
            name=str(n),
            role="mentee",
            given=frozenset({"manager_email"}),
            manager_email=str(manager) if manager else "",
        )
        for n, manager in managers.items()
    ]


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 9), max_size=9))
def test_everyone_in_a_circle_is_found_once_and_nobody_else(managers: dict[int, int]) -> None:
    found = manager_loops(people(managers), {})
    named = [email for loop in found for email in loop]
    assert len(named) == len(set(named))
    for start in managers:
        at = managers[start]
        for _step in range(len(managers)):
            if at == start:
                break
            at = managers.get(at, 0)
        assert (at == start) is (str(start) in named)
