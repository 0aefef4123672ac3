"""Other matches for two whose pair came apart, or is about to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching.engine import Problem, between, pair_of_two, read_problem, solve_valid
from matching.enums import Actor, PairStage, SuggestionState
from matching.models import Pair, Programme, Round, Suggestion
from matching.queries.problem import gather_problem
from matching.queries.solvable import solvable
from matching.queries.standing import standing_pairs
from matching.services.pairs import end_pair
from matching.services.rounds import record_of
from matching.services.rounds_kept import keep_covered
from matching.services.solving import Solved
from portal.models import User

Choice = Mapping[str, Any]


class RepairRefused(Exception):
    """Why a choice cannot be carried out any more, in words."""


@transaction.atomic
def carry_out_repair(pair: Pair, choice: Choice, *, by: User) -> list[Suggestion]:
    """Suggest the new pairs of a choice, as the engine offered it just now.

    The pair itself, if it still stands, and the pairs that the choice breaks end first, without
    blame and with a line of history each. Nobody is matched before the suggestions are accepted.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=pair.programme_id)
    note = _("To make room for other matches.")
    for one in (pair, *_broken(programme, choice["broken"])):
        current = Pair.objects.get(pk=one.pk)
        if current.stage != PairStage.ENDED:
            end_pair(current, actor=Actor.COORDINATOR, by=by, note=note)
    raw, problem, _aside = solvable(gather_problem(programme))
    return _suggest(programme, problem, raw, choice["made"], by)


def _broken(programme: Programme, links: Iterable[Mapping[str, Any]]) -> list[Pair]:
    found = []
    for link in links:
        standing = standing_pairs(programme).filter(
            mentor_id=link["mentor"], mentee_id=link["mentee"]
        )
        pair = standing.select_related("programme", "mentor__person", "mentee__person").first()
        if pair is None:
            raise RepairRefused(_("A pair of this choice has changed since. Look at it again."))
        found.append(pair)
    return found


def _suggest(
    programme: Programme,
    problem: Problem,
    raw: dict[str, Any],
    links: Iterable[Mapping[str, Any]],
    by: User,
) -> list[Suggestion]:
    latest = programme.rounds.first() or _first_round(programme, raw, by)
    links = list(links)
    _make_way(programme, problem, links)
    suggestions = []
    for link in links:
        found = _checked(problem, link["mentor"], link["mentee"])
        suggestion, is_new = Suggestion.objects.update_or_create(
            round=latest,
            mentor_id=int(link["mentor"]),
            mentee_id=int(link["mentee"]),
            defaults={
                "score": found["score"],
                "parts": found["parts"],
                "covers": found["covers"],
                "is_repair": True,
                "state": SuggestionState.OPEN,
                "decided_by": None,
                "decided_at": None,
            },
        )
        if not is_new:
            suggestion.version += 1
            suggestion.save(update_fields=["version"])
        suggestions.append(suggestion)
    keep_covered(programme.pk, suggestions)
    return suggestions


def _make_way(programme: Programme, problem: Problem, links: list[Mapping[str, Any]]) -> None:
    """Open suggestions that ask for the same places are overtaken, the lowest scores first.

    Those kept together are locked in the problem: their places are gone, and they stay.
    """
    open_ones = Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN)
    for link in links:
        same = open_ones.filter(mentor=link["mentor"], mentee=link["mentee"])
        same.update(state=SuggestionState.OVERTAKEN)
    locked = set(problem.locked)
    for side, people, at in (("mentor", problem.mentors, 0), ("mentee", problem.mentees, 1)):
        room = {one.id: one.capacity for one in people}
        for pair in problem.locked:
            room[pair[at]] -= 1
        for id in {link[side] for link in links}:
            left = room.get(id, 0) - sum(link[side] == id for link in links)
            rows = [
                row
                for row in open_ones.filter(**{side: id}).order_by("-score", "pk")
                if (str(row.mentor_id), str(row.mentee_id)) not in locked
            ]
            late = [row.pk for row in rows[max(left, 0) :]]
            Suggestion.objects.filter(pk__in=late).update(state=SuggestionState.OVERTAKEN)


def _checked(problem: Problem, mentor: str, mentee: str) -> dict[str, Any]:
    """The pair as JSON, if it can still be made."""
    taken = [Counter(pair[side] for pair in problem.locked) for side in (0, 1)]
    for people, id, held in ((problem.mentors, mentor, 0), (problem.mentees, mentee, 1)):
        room = sum(one.capacity for one in people if one.id == id) - taken[held][id]
        if room < 1:
            raise RepairRefused(_("Somebody has no place any more. Look at it again."))
    if between(problem, mentor, mentee)[2]:
        raise RepairRefused(_("Two of them may not be matched any more. Look at it again."))
    return pair_of_two(problem, mentor, mentee).as_json()


def _first_round(programme: Programme, raw: dict[str, Any], by: User) -> Round:
    """A round to hang the suggestions on where no round was ever run: the engine had nobody."""
    nobody = raw | {name: [] for name in ("mentors", "mentees", "locked", "forbidden")}
    answer = solve_valid(read_problem(nobody)).as_json()
    solved = Solved(problem=nobody, result=answer, held=())
    return Round.objects.create(programme=programme, created_by=by, **record_of(solved))
