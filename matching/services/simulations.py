"""A spreadsheet tried out: what a round would make of it. Nobody is created, nobody is written to.

The file is read by the code of the import and then forgotten; what is kept of it goes after a day.
"""

from dataclasses import asdict
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from matching.models import Participant, Programme, Simulation
from matching.queries.problem import Gathered, Roster, gather_brought, gather_problem
from matching.rules import RuleSet
from matching.services.imports.applying import fields_of
from matching.services.imports.planning import FIELDS, ImportPlan, RowPlan, plan_import
from matching.services.imports.uploads import Upload
from matching.services.solving import RoundRefused, solve_gathered
from portal.models import User

KEPT_FOR = timedelta(days=1)
# What JSON gives back as lists of lists.
PAIRS = ("held", "barred", "kept")


class FileHasProblems(Exception):
    """Carries the plan that tells them, row by row."""

    def __init__(self, plan: ImportPlan) -> None:
        self.plan = plan
        super().__init__(str(len(plan.problems)))


def begin_simulation(
    programme: Programme, upload: Upload, rules: RuleSet, *, with_standing: bool, by: User
) -> Simulation:
    """Read the file and keep what the engine needs of it. Raises `FileHasProblems`.

    With the people already in, a row of one of them counts as their change, as it would in an
    import; their standing pairs stand.
    """
    plan = plan_import(
        upload.content,
        programme if with_standing else None,
        may_create_skills=upload.may_create_skills,
    )
    if not plan.is_clean:
        raise FileHasProblems(plan)
    brought = _roster(plan, programme)
    if with_standing:
        gathered = gather_problem(programme, brought=brought)
    else:
        gathered = gather_brought(programme, brought)
    return Simulation.objects.create(
        programme=programme,
        created_by=by,
        expires_at=timezone.now() + KEPT_FOR,
        file_name=upload.name[:200],
        with_standing=with_standing,
        rules=rules.as_json(),
        new_skills=list(plan.new_skills),
        people=_names(programme, brought, with_standing),
        gathered=asdict(gathered),
    )


def run_simulation(simulation: Simulation) -> None:
    """Ask the engine. Running twice gives the same twice. Raises `RoundRefused`."""
    kept = simulation.gathered
    pairs = {name: tuple((one, other) for one, other in kept.get(name, ())) for name in PAIRS}
    gathered = Gathered(**(kept | pairs))
    if not (gathered.mentors and gathered.mentees):
        raise RoundRefused(
            _("A round needs mentors and mentees; this file has only one of the two.")
        )
    solved = solve_gathered(gathered, RuleSet(**simulation.rules))
    simulation.result, simulation.held = solved.result, list(solved.held)
    # One that was deleted meanwhile is not written again.
    Simulation.objects.filter(pk=simulation.pk).update(
        result=simulation.result, held=simulation.held
    )


def drop_simulation(simulation: Simulation) -> None:
    simulation.delete()


def sweep_simulations() -> int:
    """Delete those whose day is over; how many."""
    gone, _by_kind = Simulation.objects.filter(expires_at__lte=timezone.now()).delete()
    return gone


def _roster(plan: ImportPlan, programme: Programme) -> Roster:
    """The people of the file; new ones go by their row, with a minus before it."""
    brought = Roster([], {}, {})
    for row in plan.rows:
        if row.person is None:
            continue
        participant = _participant(row, programme)
        brought.rows.append(participant)
        if row.standing is None or "expertise" in row.person.given:
            brought.levels[participant.pk] = dict(row.person.expertise)
        if row.standing is None or "goals" in row.person.given:
            brought.goals[participant.pk] = {
                skill: {"target": goal.target, "weight": goal.weight}
                for skill, goal in row.person.goals.items()
            }
    return brought


def _participant(row: RowPlan, programme: Programme) -> Participant:
    """Not to be saved."""
    person = User(email=row.email, name=row.name)
    if row.standing is None:
        participant = Participant(pk=-row.number, programme=programme, person=person)
    else:
        participant = row.standing.row
        participant.person = User(
            pk=participant.person_id, email=row.standing.email, name=row.standing.name
        )
    if row.person:
        values = fields_of(row.person)
        for column in FIELDS:
            if row.standing is None or column in row.person.given:
                setattr(participant, column, values[column])
    return participant


def _names(
    programme: Programme, brought: Roster, with_standing: bool
) -> dict[str, tuple[str, str]]:
    rows = list(brought.rows)
    if with_standing:
        rows += programme.participants.select_related("person").exclude(
            pk__in=[row.pk for row in rows if row.pk > 0]
        )
    return {str(row.pk): (str(row.person), row.person.email) for row in rows}
