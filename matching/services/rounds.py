"""Running the engine, and what becomes of what it suggests."""

import re
from collections import Counter
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.engine import MalformedProblemError, read_problem, solve
from matching.enums import Actor, PairStage, SuggestionState
from matching.models import Pair, PairMove, Programme, Round, Suggestion
from matching.queries.places import open_places
from matching.queries.problem import Gathered, Ids, gather_problem
from matching.services.pairs import announce_beginning, pair_of
from matching.services.rounds_kept import FIGURES, keep_round
from portal.models import User

LOCKED_PATH = re.compile(r"locked\[(\d+)\]")


class RoundRefused(Exception):
    """Why the engine could not be run, in words."""


def nobody_to_match() -> str:
    return _("There is nobody to match yet. Bring in people first.")


def run_round(programme: Programme, *, by: User | None = None) -> Round:
    """Ask the engine who fits whom, and keep its answer as a round with its suggestions.

    Suggestions of earlier rounds that nobody decided on are overtaken. Raises `RoundRefused`.
    """
    started = perf_counter()
    gathered = gather_problem(programme)
    if not (gathered.mentors or gathered.mentees):
        raise RoundRefused(nobody_to_match())
    problem, aside = _solvable(gathered)
    result = solve(read_problem(problem)).as_json()
    held = {key for pair in aside.intersection(gathered.held) for key in pair}
    result["unmatched"] = [person for person in result["unmatched"] if person["id"] not in held]
    locked = {(mentor, mentee) for mentor, mentee in problem["locked"]}
    return keep_round(
        Round(
            programme=programme,
            created_by=by,
            problem=problem,
            result=result,
            seconds=round(perf_counter() - started, 3),
            locks_left_out=len(set(gathered.kept) - locked),
        ),
        kept_together=locked.intersection(gathered.kept),
    )


def _solvable(gathered: Gathered) -> tuple[dict[str, Any], set[Ids]]:
    """The problem without those locked pairs that today's rules would not allow, and these."""
    aside: set[Ids] = set()
    while True:
        problem = gathered.problem(aside)
        try:
            read_problem(problem)
        except MalformedProblemError as refusal:
            places = [LOCKED_PATH.match(fault.path) for fault in refusal.faults]
            if not all(places):
                raise RoundRefused(
                    _("The rules or people of this programme do not make sense together: %(why)s")
                    % {"why": refusal.faults[0]}
                ) from refusal
            aside |= {tuple(problem["locked"][int(place[1])]) for place in places if place}
        else:
            return problem, aside


def round_figures(kept: Round) -> dict[str, Any]:
    """A round in figures; scores are thousandths of a point."""
    result = kept.result
    return {
        "mentors": len(kept.problem["mentors"]),
        "mentees": len(kept.problem["mentees"]),
        **{name: getattr(kept, name) for name in FIGURES},
        "unmatched": dict(
            sorted(Counter(person["cause"] for person in result["unmatched"]).items())
        ),
        "seconds": kept.seconds,
    }


@transaction.atomic
def confirm_round(kept: Round, *, by: User | None = None) -> list[Pair]:
    """Make every open suggestion of the round an active pair at once, without coffee and answers.

    For scripts and trials; people who are asked go through `accept_suggestion`. A suggestion
    whose people have since found another partner, left or been barred stays open.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=kept.programme_id)
    places = open_places(kept.programme)
    suggestions = kept.suggestions.select_for_update(of=("self",), no_key=True)
    open_ones = [
        one
        for one in suggestions.filter(state=SuggestionState.OPEN).order_by("pk")
        if places.take(one.mentor_id, one.mentee_id)
    ]
    now = timezone.now()
    pairs = Pair.objects.bulk_create(
        [
            pair_of(suggestion, kept.programme, stage=PairStage.ACTIVE, began_at=now)
            for suggestion in open_ones
        ],
        batch_size=500,
    )
    PairMove.objects.bulk_create(
        [
            PairMove(
                pair=pair,
                from_stage=PairStage.SUGGESTED,
                to_stage=PairStage.ACTIVE,
                actor=Actor.SYSTEM,
                person=by,
                at=now,
            )
            for pair in pairs
        ],
        batch_size=500,
    )
    for suggestion in open_ones:
        suggestion.state, suggestion.decided_by = SuggestionState.ACCEPTED, by
        suggestion.decided_at, suggestion.version = now, suggestion.version + 1
    changed = ["state", "decided_by", "decided_at", "version"]
    Suggestion.objects.bulk_update(open_ones, changed, batch_size=500)
    announce_beginning(pairs)
    return pairs
