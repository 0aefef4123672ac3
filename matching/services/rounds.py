"""Running the engine, and what becomes of what it suggests."""

from collections import Counter
from collections.abc import Iterable
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.engine import MalformedProblemError, read_problem, solve
from matching.enums import Actor, PairStage, SuggestionState
from matching.models import Pair, PairMove, Programme, Round, Suggestion
from matching.queries.problem import gather_problem
from matching.queries.solvable import solvable
from matching.queries.standing import filled_places
from matching.services.pairs import announce_beginning, pair_of
from portal.models import User


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
    try:
        problem, aside = solvable(gathered)
    except MalformedProblemError as refusal:
        why = {"why": refusal.faults[0]}
        raise RoundRefused(
            _("The rules or people of this programme do not make sense together: %(why)s") % why
        ) from refusal
    result = solve(read_problem(problem)).as_json()
    held = {key for pair in aside for key in pair}
    result["unmatched"] = [person for person in result["unmatched"] if person["id"] not in held]
    return _keep(programme, by, problem, result, perf_counter() - started)


@transaction.atomic
def _keep(
    programme: Programme,
    by: User | None,
    problem: dict[str, Any],
    result: dict[str, Any],
    seconds: float,
) -> Round:
    # Two rounds at once take turns, so that the later one overtakes what the earlier suggested.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN).update(
        state=SuggestionState.OVERTAKEN
    )
    kept = Round.objects.create(
        programme=programme,
        created_by=by,
        problem=problem,
        result=result,
        seconds=round(seconds, 3),
    )
    Suggestion.objects.bulk_create(
        [
            Suggestion(
                round=kept,
                mentor_id=int(pair["mentor"]),
                mentee_id=int(pair["mentee"]),
                score=pair["score"],
                parts=pair["parts"],
                covers=pair["covers"],
            )
            for pair in result["pairs"]
            if not pair["locked"]
        ],
        batch_size=500,
    )
    return kept


def round_figures(kept: Round) -> dict[str, Any]:
    """A round in figures; scores are thousandths of a point."""
    result = kept.result
    return {
        "mentors": len(kept.problem["mentors"]),
        "mentees": len(kept.problem["mentees"]),
        **{name: result[name] for name in ("count", "worst", "total", "bound", "optimal")},
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
    suggestions = kept.suggestions.select_for_update(of=("self",), no_key=True)
    open_ones = _still_possible(
        suggestions.filter(state=SuggestionState.OPEN)
        .select_related("mentor__person", "mentee__person")
        .order_by("pk"),
        kept.programme,
    )
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
        suggestion.decided_at = now
    Suggestion.objects.bulk_update(open_ones, ["state", "decided_by", "decided_at"], batch_size=500)
    announce_beginning(pairs)
    return pairs


def _still_possible(suggestions: Iterable[Suggestion], programme: Programme) -> list[Suggestion]:
    """Those whose two people are there, not barred, and have a place each; in order.

    Places are counted with the suggestions before.
    """
    mentors, mentees = filled_places(programme)
    both = programme.pairs.exclude(stage=PairStage.ENDED)
    apart = set(both.values_list("mentor_id", "mentee_id"))
    apart |= set(programme.bars.order_by().values_list("mentor_id", "mentee_id"))
    found = []
    for one in suggestions:
        sides = (one.mentor, one.mentee)
        has_left = any(side.withdrawn_at or not side.person.is_active for side in sides)
        has_room = (
            mentors[one.mentor_id] < one.mentor.capacity
            and mentees[one.mentee_id] < one.mentee.capacity
        )
        if has_room and not has_left and (one.mentor_id, one.mentee_id) not in apart:
            mentors[one.mentor_id] += 1
            mentees[one.mentee_id] += 1
            found.append(one)
    return found
