"""Running the engine, and what becomes of what it suggests."""

from collections import Counter
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
from matching.queries.places import open_places
from matching.queries.problem import gather_problem
from matching.queries.waitlist import people_waiting
from matching.round_wording import no_pairs_in_words
from matching.services.pairs import announce_beginning, pair_of
from matching.services.rounds_kept import keep_round
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


def _keep(
    programme: Programme,
    by: User | None,
    solved: Solved,
    started: float,
    *,
    after: int | None = None,
) -> Round:
    """`after` is the round beside whose open suggestions these are to stand."""
    found = Round(
        programme=programme,
        kind=RoundKind.FULL if after is None else RoundKind.LATE,
        created_by=by,
        seconds=round(perf_counter() - started, 3),
        locks_left_out=solved.locks_left_out,
        **record_of(solved),
    )
    return keep_round(found, kept_together=solved.kept_together, after=after)


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
    """What a round came to; where it found nobody for anybody, what keeps most apart.

    Those who are kept together wait for a coordinator too, though the engine did not choose them.
    """
    open_ones = kept.suggestions.filter(state=SuggestionState.OPEN).count()
    text = ngettext("%(n)d suggestion waits for you.", "%(n)d suggestions wait for you.", open_ones)
    why_none = "" if open_ones else no_pairs_in_words(kept.result)
    return why_none or text % {"n": open_ones}


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
