"""Questions to a match: the problem they are about, and the engine's answer as plain values.

Questions about the board ask the problem that the latest round was given, so that the answer
agrees with what is shown. A question and its answer are JSON: a job may be asked it, and keep it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from matching.engine import (
    Choice,
    Problem,
    Result,
    Step,
    compare,
    diagnose,
    read_problem,
    read_relaxation,
    read_result,
    relaxed,
    repair,
    why_not,
)
from matching.enums import PairStage, RoundKind
from matching.models import Pair, Programme, Round
from matching.queries.people import people_here
from matching.queries.problem import Ids, gather_problem
from matching.queries.solvable import solvable
from matching.queries.standing import OVER, standing_pairs
from portal.enums import JobState
from portal.models import Job

Question = dict[str, Any]
Answer = Any
WHY, RELAXATION, PERSON, REPAIR = "why", "relaxation", "person", "repair"
JOB_KIND = "matching.question"
# More people than this are not matched again while somebody waits for a page.
MOST_AT_ONCE = 1500
# Of what would help one person, so many changes are tried while a page is waited for.
MOST_TRIED_AT_ONCE = 60
MOST_TRIED_BY_A_JOB = 400
# In thousandths, as scores are.
POINT = 1000
# Pairs that have come so far are not broken for the sake of others.
BREAKABLE = (
    PairStage.SUGGESTED,
    PairStage.COFFEE,
    PairStage.AGREEMENT,
    PairStage.ACTIVE,
    PairStage.PAUSED,
    PairStage.SWAP_ASKED,
)


def is_large(programme: Programme) -> bool:
    return people_here(programme) > MOST_AT_ONCE


def round_asked_about(programme: Programme, two: Mapping[str, str]) -> Round | None:
    """The round that a question about these two is put to, with the problem it was given."""
    key = key_asked_about(programme, two)
    return None if key is None else programme.rounds.filter(pk=key).first()


def key_asked_about(programme: Programme, two: Mapping[str, str]) -> int | None:
    """The latest round; after late ones the latest that looked at these two. A late round has
    only those who waited and free places, and leaves everybody else as they are."""
    rounds = programme.rounds.order_by("-created_at", "-pk")
    full = rounds.filter(kind=RoundKind.FULL).values_list("pk", flat=True).first() or 0
    late = rounds.filter(kind=RoundKind.LATE, pk__gt=full)
    if not two:
        return rounds.values_list("pk", flat=True).first()
    for one in late.defer("result", "advice", "held"):
        if _looked_at(one, (two["mentor"], two["mentee"])):
            return one.pk
    return full or rounds.values_list("pk", flat=True).first()


def _looked_at(late: Round, two: Ids) -> bool:
    there = ({one["id"] for one in late.problem[side]} for side in ("mentors", "mentees"))
    if not all(id in ids for id, ids in zip(two, there, strict=True)):
        return False
    if list(two) not in late.problem["forbidden"]:
        return True
    both = {"mentor": two[0], "mentee": two[1]}
    over = late.programme.pairs.filter(stage__in=OVER, **both)
    return late.programme.bars.filter(**both).exists() or over.exists()


def liftable_bars(programme: Programme) -> list[Ids]:
    """Bars that a coordinator could lift: those of two who have never been a pair."""
    were = set(programme.pairs.filter(stage__in=OVER).values_list("mentor_id", "mentee_id"))
    bars = programme.bars.order_by().values_list("mentor_id", "mentee_id")
    return [(str(mentor), str(mentee)) for mentor, mentee in bars if (mentor, mentee) not in were]


def problem_of(asked: Round) -> tuple[Problem, Result]:
    return read_problem(asked.problem), read_result(asked.result)


def answer(
    programme: Programme,
    question: Question,
    *,
    most_tried: int,
    progress: Callable[[int], None] = lambda solves: None,
) -> Answer:
    """What the engine says; None where the question has lost its ground."""
    if question["about"] == REPAIR:
        return _repairs(programme, question)
    asked = programme.rounds.filter(pk=question["round"]).first()
    if asked is None:
        return None
    if question["about"] == PERSON and asked.advice.get("complete"):
        mine = [one for one in asked.advice["people"] if one["id"] == question["person"]]
        return asked.advice | {"people": mine}
    problem, result = problem_of(asked)
    if question["about"] == WHY:
        return why_not(problem, question["mentor"], question["mentee"], result).as_json()
    if question["about"] == RELAXATION:
        changed = relaxed(problem, read_relaxation(question["relaxation"]))
        return compare(problem, changed, result).as_json()
    found = diagnose(
        problem,
        result,
        question["person"],
        most_solves=most_tried,
        liftable=liftable_bars(programme),
        progress=progress,
    )
    return found.as_json()


def find_answer(programme: Programme, question: Question, job_id: str = "") -> Answer:
    """The answer at once, or what a job has found; None while a large programme has to wait."""
    if not is_large(programme):
        return answer(programme, question, most_tried=MOST_TRIED_AT_ONCE)
    if not job_id.isdecimal():
        return None
    job = Job.objects.filter(pk=job_id, kind=JOB_KIND, state=JobState.DONE).first()
    is_it = job is not None and (
        job.arguments["programme_id"] == programme.pk and job.arguments["question"] == question
    )
    return job.result.get("answer") if job and is_it else None


def _repairs(programme: Programme, question: Question) -> Answer:
    pair = programme.pairs.select_related("programme").filter(pk=question["pair"]).first()
    if pair is None:
        return None
    problem = solvable(gather_problem(pair.programme, without=pair))[1]
    steps = repair(problem, freed_sides(problem, pair), breakable=breakable(pair, question["by"]))
    kept = (
        replace(step, choices=tuple(c for c in step.choices if _is_worth(step, c)))
        for step in steps
    )
    return [step.as_json() for step in kept if step.choices]


def _is_worth(step: Step, choice: Choice) -> bool:
    """Nobody's pair is broken for a fraction of a point."""
    gained, before = choice.outcome, step.before
    return (
        step.changes == 0
        or gained.count > before.count
        or (gained.worst or 0) - (before.worst or 0) >= POINT
        or gained.total - before.total >= POINT
    )


def freed_sides(problem: Problem, pair: Pair) -> tuple[str | None, str | None]:
    """Who of the two is still there to be matched again."""
    mentor, mentee = str(pair.mentor_id), str(pair.mentee_id)
    return (
        mentor if any(person.id == mentor for person in problem.mentors) else None,
        mentee if any(person.id == mentee for person in problem.mentees) else None,
    )


def breakable(pair: Pair, by: int) -> list[Ids]:
    """Other standing pairs that could be broken for these two by somebody who is in none of
    them: nobody's office ends what they are a part of."""
    pairs = standing_pairs(pair.programme).filter(stage__in=BREAKABLE).exclude(pk=pair.pk)
    rows = pairs.exclude(mentor__person=by).exclude(mentee__person=by).order_by("pk")
    return [(str(m), str(n)) for m, n in rows.values_list("mentor_id", "mentee_id")]
