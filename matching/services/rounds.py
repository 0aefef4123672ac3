"""Running the engine, and what becomes of what it suggests."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.enums import Actor, PairStage, RoundKind, SuggestionState
from matching.figures import digest, engine_print, figures_of, problem_file, result_file
from matching.models import Pair, PairMove, Programme, Round, Suggestion
from matching.queries.late import gather_late_problem
from matching.queries.problem import gather_problem
from matching.queries.standing import filled_places
from matching.queries.waitlist import free_places, people_waiting
from matching.round_wording import no_pairs_in_words
from matching.services.pairs import announce_beginning, pair_of
from matching.services.solving import RoundRefused, Solved, solve_gathered
from portal.models import User


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
    return _keep(programme, by, solve_gathered(gathered), started)


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
    solved = solve_gathered(gather_late_problem(programme, waiting))
    left_over = {person["id"] for person in solved.result["unmatched"]}
    # Whom the engine leaves over with a free place, but who has a partner, waits for nothing.
    with_partner = tuple(sorted({*solved.held, *(left_over - waiting)}))
    return _keep(programme, by, replace(solved, held=with_partner), started, after=latest)


def check_worth(programme: Programme) -> None:
    """Without points for anything every match is as good as every other."""
    if not programme.most_points:
        raise RoundRefused(
            _(
                "Nothing gives a match points that anyone can reach, so none is better than "
                "another. Under Rules, give points to at least one thing."
            )
        )


@transaction.atomic
def _keep(
    programme: Programme,
    by: User | None,
    solved: Solved,
    started: float,
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
        seconds=round(perf_counter() - started, 3),
        **record_of(solved),
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
            for pair in solved.result["pairs"]
            if not pair["locked"]
        ],
        batch_size=500,
    )
    kept.free_places = free_places(programme).mentors
    kept.save(update_fields=["free_places"])
    return kept


def record_of(solved: Solved) -> dict[str, Any]:
    """What a round keeps of a problem and its answer, by column."""
    return {
        "problem": solved.problem,
        "result": solved.result,
        "held": list(solved.held),
        "mentors": len(solved.problem["mentors"]),
        "mentees": len(solved.problem["mentees"]),
        "problem_digest": digest(problem_file(solved.problem)),
        "result_digest": digest(result_file(solved.result)),
        "engine": engine_print(),
        **asdict(figures_of(solved.result, solved.held)),
    }


def round_figures(kept: Round) -> dict[str, Any]:
    """A round in figures; scores are thousandths of a point."""
    left_over = [one for one in kept.result["unmatched"] if one["id"] not in kept.held]
    return {
        "mentors": kept.mentors,
        "mentees": kept.mentees,
        "count": kept.count,
        "worst": kept.worst,
        "total": kept.total,
        "bound": kept.bound,
        "optimal": kept.is_optimal,
        "unmatched": dict(sorted(Counter(person["cause"] for person in left_over).items())),
        "seconds": kept.seconds,
    }


def round_in_words(kept: Round) -> str:
    """What a round came to; where it found nobody for anybody, what keeps most apart."""
    text = ngettext(
        "%(n)d suggestion waits for you.", "%(n)d suggestions wait for you.", kept.count
    )
    return no_pairs_in_words(kept.result) or text % {"n": kept.count}


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
