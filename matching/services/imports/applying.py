"""A clean file, written into the database: all of it or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from matching.models import Expertise, Goal, Participant, Programme
from matching.queries.roster import Standing
from matching.services.imports.columns import GoalCell, PersonRow
from matching.services.imports.planning import (
    FIELDS,
    ImportPlan,
    Outcome,
    RowPlan,
    plan_table,
    refused_plan,
)
from matching.services.imports.problems import FileRefused, Problem
from matching.services.imports.reading import read_table
from portal.models import Skill, User
from portal.services.people import set_zones

BATCH = 500
PART = 1_000
Progress = Callable[[int, int], None]
# “Six sessions over six to seven months.”
USUAL_DAYS = 212


def make_programme(slug: str, *, today: date | None = None) -> Programme:
    """A programme that begins today and lasts seven months, named after its slug."""
    starts_on = today or timezone.localdate()
    name = slug.replace("-", " ").replace("_", " ").strip().capitalize() or slug
    return Programme(
        slug=slug, name=name, starts_on=starts_on, ends_on=starts_on + timedelta(days=USUAL_DAYS)
    )


def import_participants(
    content: bytes,
    slug: str,
    *,
    may_create_skills: bool = False,
    apply: bool = False,
    encoding: str = "",
    progress: Progress | None = None,
) -> ImportPlan:
    """The dry run, or with `apply` the import itself; a plan with problems has changed nothing.

    The plan is made anew inside the transaction that applies it: what a person saw in a dry run
    an hour ago is never trusted. `progress` hears how many of how many people are written.
    """
    if faults := _slug_faults(slug):
        return ImportPlan(problems=faults)
    try:
        table = read_table(content, encoding)
    except FileRefused as refusal:
        return refused_plan(refusal)
    if not apply:
        programme = Programme.objects.filter(slug=slug).first()
        return plan_table(table, programme, may_create_skills=may_create_skills)
    try:
        with transaction.atomic():
            programme = Programme.objects.select_for_update(no_key=True).filter(slug=slug).first()
            plan = plan_table(table, programme, may_create_skills=may_create_skills)
            if plan.is_clean:
                if programme is None:
                    programme = make_programme(slug)
                    programme.save()
                _apply(plan, programme, progress or (lambda done, total: None))
            return plan
    except IntegrityError:
        problem = _("Somebody imported the same people at the same moment. Try again.")
        return ImportPlan(problems=(Problem(1, "", problem),))


def _slug_faults(slug: str) -> tuple[Problem, ...]:
    """What keeps a programme from being reached under this short name."""
    try:
        Programme._meta.get_field("slug").run_validators(slug)
    except ValidationError as fault:
        return tuple(Problem(1, "", text) for text in fault.messages)
    return ()


def _apply(plan: ImportPlan, programme: Programme, progress: Progress) -> None:
    _create_skills(plan.new_skills)
    skills = {skill.name: skill for skill in Skill.objects.filter(locale=Locale.get_default())}
    created = [row for row in plan.rows if row.outcome == Outcome.CREATED]
    changed = [row for row in plan.rows if row.outcome == Outcome.CHANGED]
    total = len(created) + len(changed)
    # A part at a time, so that what is written need not all be held, and can be watched.
    for start in range(0, len(created), PART):
        progress(start, total)
        _create_participants(created[start : start + PART], programme, skills)
    for start in range(0, len(changed), PART):
        progress(len(created) + start, total)
        _change_participants(changed[start : start + PART], skills)
    progress(total, total)


def _create_skills(names: Iterable[str]) -> None:
    """One by one, since saving also puts a skill into the search index; they are few."""
    locale = Locale.get_default()
    for name in names:
        Skill(name=name, locale=locale).save()


def _create_participants(
    rows: Sequence[RowPlan], programme: Programme, skills: dict[str, Skill]
) -> None:
    accounts = {row.email: row.account.pk for row in rows if row.account}
    _rename([row for row in rows if row.account])
    _set_zones(rows)
    people = User.objects.bulk_create(
        [_account(row.person) for row in rows if row.person and not row.account],
        batch_size=BATCH,
    )
    accounts |= {person.email: person.pk for person in people}
    participants = Participant.objects.bulk_create(
        [
            Participant(programme=programme, person_id=accounts[row.email], **fields_of(row.person))
            for row in rows
            if row.person
        ],
        batch_size=BATCH,
    )
    new = [
        (participant, row.person)
        for participant, row in zip(participants, rows, strict=True)
        if row.person
    ]
    _create_levels(new, skills)
    _create_goals(new, skills)


def _account(person: PersonRow) -> User:
    """Without a password: they sign in by a code sent to their address."""
    return User(
        email=person.email,
        name=person.name,
        time_zone=person.time_zone,
        password=make_password(None),
    )


def fields_of(person: PersonRow) -> dict[str, object]:
    """A row's values as fields of a participant."""
    values = {column: getattr(person, column) for column in FIELDS}
    return {**values, "languages": list(person.languages), "interests": list(person.interests)}


def _rename(rows: Iterable[RowPlan]) -> None:
    """The file names those who never signed in; who has, names themselves."""
    User.objects.bulk_update(
        [
            User(pk=row.account.pk, name=row.name)
            for row in rows
            if row.account and row.account.may_be_renamed and row.account.name != row.name
        ],
        ["name"],
        batch_size=BATCH,
    )


def _set_zones(rows: Iterable[RowPlan]) -> None:
    """Times are shown in the zone of the account: it follows the file, unless it was set apart."""
    set_zones(
        {
            row.account.pk: row.person.time_zone
            for row in rows
            if row.account
            and row.person
            and row.person.time_zone
            and row.account.time_zone != row.person.time_zone
            and row.account.time_zone in {"", row.standing.row.time_zone if row.standing else ""}
        }
    )


def _create_levels(
    people: Iterable[tuple[Participant, PersonRow]], skills: dict[str, Skill]
) -> None:
    Expertise.objects.bulk_create(
        [
            Expertise(participant=participant, skill=skills[name], level=level)
            for participant, person in people
            for name, level in person.expertise.items()
        ],
        batch_size=BATCH,
    )


def _create_goals(
    people: Iterable[tuple[Participant, PersonRow]], skills: dict[str, Skill]
) -> None:
    """Where somebody starts from is what they know of the skill when the goal is made."""
    Goal.objects.bulk_create(
        [
            Goal(
                participant=participant,
                skill=skills[name],
                baseline=person.expertise.get(name, 0),
                target=goal.target,
                weight=goal.weight,
            )
            for participant, person in people
            for name, goal in person.goals.items()
        ],
        batch_size=BATCH,
    )


def _change_participants(rows: Sequence[RowPlan], skills: dict[str, Skill]) -> None:
    _rename(rows)
    _set_zones(rows)
    moved: list[Participant] = []
    touched: set[str] = set()
    for row in rows:
        if row.standing is None or row.person is None:
            continue
        columns = {change.column for change in row.changes} & set(FIELDS)
        values = fields_of(row.person)
        for column in columns:
            setattr(row.standing.row, column, values[column])
        if columns:
            moved.append(row.standing.row)
            touched |= columns
    if touched:
        Participant.objects.bulk_update(moved, sorted(touched), batch_size=BATCH)
    _replace_levels(_with_change(rows, "expertise"), skills)
    _replace_goals(_with_change(rows, "goals"), skills)


def _with_change(rows: Iterable[RowPlan], column: str) -> list[tuple[Standing, PersonRow]]:
    return [
        (row.standing, row.person)
        for row in rows
        if row.standing and row.person and any(change.column == column for change in row.changes)
    ]


def _replace_levels(people: Sequence[tuple[Standing, PersonRow]], skills: dict[str, Skill]) -> None:
    for start in range(0, len(people), BATCH):
        part = [(known.row, person) for known, person in people[start : start + BATCH]]
        Expertise.objects.filter(participant__in=[row for row, _person in part]).delete()
        _create_levels(part, skills)


def _replace_goals(people: Sequence[tuple[Standing, PersonRow]], skills: dict[str, Skill]) -> None:
    """A goal that stays keeps the level it began at; one that is gone from the file goes."""
    new: list[tuple[Participant, PersonRow]] = []
    kept: dict[tuple[int, int], list[int]] = {}
    gone: list[int] = []
    for known, person in people:
        for name, goal in known.goals.items():
            if (wanted := person.goals.get(name)) is None:
                gone.append(goal.pk)
            elif (wanted.target, wanted.weight) != (goal.target, goal.weight):
                kept.setdefault((wanted.target, wanted.weight), []).append(goal.pk)
        added = {name: goal for name, goal in person.goals.items() if name not in known.goals}
        new.append((known.row, _only_goals(known, person, added)))
    for start in range(0, len(gone), BATCH):
        Goal.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    # There are fifteen ways to want something, however many want it.
    for (target, weight), keys in kept.items():
        for start in range(0, len(keys), BATCH):
            part = Goal.objects.filter(pk__in=keys[start : start + BATCH])
            part.update(target=target, weight=weight)
    _create_goals(new, skills)


def _only_goals(known: Standing, person: PersonRow, goals: dict[str, GoalCell]) -> PersonRow:
    """The row with these goals alone; a file without expertise leaves what is known standing."""
    levels = person.expertise if "expertise" in person.given else known.levels
    return replace(person, goals=goals, expertise=levels)
