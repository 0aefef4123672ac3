"""Running the engine, and what becomes of what it suggests."""

import re
from collections import Counter
from collections.abc import Iterable
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.engine import MalformedProblemError, read_problem, solve
from matching.enums import Actor, PairStage, RoundKind, SuggestionState
from matching.models import Pair, PairMove, Programme, Round, Suggestion
from matching.queries.late import gather_late_problem
from matching.queries.problem import Gathered, Ids, gather_problem
from matching.queries.standing import filled_places
from matching.queries.waitlist import free_places, people_waiting
from matching.services.pairs import announce_beginning, pair_of
from matching.wording import none_matched_in_words
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
    check_worth(programme)
    gathered = gather_problem(programme)
    if not (gathered.mentors or gathered.mentees):
        raise RoundRefused(nobody_to_match())
    problem, aside = _solvable(gathered)
    result = solve(read_problem(problem)).as_json()
    held = {key for pair in aside for key in pair}
    result["unmatched"] = [person for person in result["unmatched"] if person["id"] not in held]
    return _keep(programme, by, problem, result, perf_counter() - started)


def run_late_round(programme: Programme, *, by: User | None = None) -> Round:
    """Look for places for those alone who wait: what stands or is suggested stays as it is.

    The answer is a round of its own kind, whose suggestions join those that are open. Raises
    `RoundRefused`.
    """
    started = perf_counter()
    check_worth(programme)
    latest = programme.rounds.values_list("pk", flat=True).first()
    if latest is None:
        raise RoundRefused(_("There was no round yet. Run the first one for everyone."))
    waiting = {str(key) for key in people_waiting(programme).values_list("pk", flat=True)}
    if not waiting:
        raise RoundRefused(_("Nobody waits for a place."))
    problem, _aside = _solvable(gather_late_problem(programme, waiting))
    result = solve(read_problem(problem)).as_json()
    result["unmatched"] = [person for person in result["unmatched"] if person["id"] in waiting]
    return _keep(programme, by, problem, result, perf_counter() - started, after=latest)


def check_worth(programme: Programme) -> None:
    """Without points for anything every match is as good as every other."""
    if not programme.most_points:
        raise RoundRefused(
            _(
                "Nothing gives a match points that anyone can reach, so none is better than "
                "another. Under Rules, give points to at least one thing."
            )
        )


def _solvable(gathered: Gathered) -> tuple[dict[str, Any], set[Ids]]:
    """The problem with those standing pairs set aside that today's rules would not allow."""
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


@transaction.atomic
def _keep(
    programme: Programme,
    by: User | None,
    problem: dict[str, Any],
    result: dict[str, Any],
    seconds: float,
    *,
    after: int | None = None,
) -> Round:
    """`after` is the round beside whose open suggestions these are to stand."""
    # Two rounds at once take turns, so that the later one overtakes what the earlier suggested.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if after is None:
        Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN).update(
            state=SuggestionState.OVERTAKEN
        )
    elif programme.rounds.values_list("pk", flat=True).first() != after:
        raise RoundRefused(_("Another round was run at the same moment. Look at the board."))
    kept = Round.objects.create(
        programme=programme,
        kind=RoundKind.FULL if after is None else RoundKind.LATE,
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
    kept.free_places = free_places(programme).mentors
    kept.save(update_fields=["free_places"])
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


def round_in_words(kept: Round) -> str:
    """What a round came to; where it found nobody for anybody, what keeps most apart."""
    found = kept.result["count"]
    if found:
        text = ngettext("%(n)d suggestion waits for you.", "%(n)d suggestions wait for you.", found)
        return text % {"n": found}
    barred: Counter[str] = Counter()
    for person in kept.result["unmatched"]:
        barred.update(person["detail"])
    return none_matched_in_words(barred)


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
