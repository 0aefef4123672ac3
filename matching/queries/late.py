"""The engine's problem for those alone who wait."""

from collections import Counter
from collections.abc import Collection, Set
from dataclasses import replace
from itertools import product
from typing import Any

from matching.models import Programme
from matching.queries.problem import Gathered, gather_problem
from matching.queries.suggestions import to_decide

# So many pairs of people who have somebody already may be ruled out one by one; where it would
# take more, mentees with room for a second mentor wait for the next round of everyone.
MOST_RULED_OUT = 100_000
Side = dict[str, dict[str, Any]]


def gather_late_problem(programme: Programme, waiting: Set[str]) -> Gathered:
    """Free places alone, and in each pair that is possible one of those who wait.

    Standing pairs and open suggestions fill their places and are no part of it.
    """
    gathered = gather_problem(programme)
    named = to_decide(programme).order_by("pk").values_list("mentor_id", "mentee_id")
    taken = {*gathered.held, *((str(mentor), str(mentee)) for mentor, mentee in named)}
    mentors = _free(gathered.mentors, Counter(mentor for mentor, _ in taken))
    mentees = _free(gathered.mentees, Counter(mentee for _, mentee in taken))
    guides, seconds = ([key for key in side if key not in waiting] for side in (mentors, mentees))
    if len(guides) * len(seconds) > MOST_RULED_OUT:
        mentees, seconds = _only(mentees, waiting), []
    return replace(
        gathered,
        mentors=mentors,
        mentees=mentees,
        held=(),
        # What is suggested already, or is about nobody who waits, is for the round of everyone.
        kept=tuple(
            two for two in gathered.kept if two not in taken and not waiting.isdisjoint(two)
        ),
        barred=tuple(sorted({*gathered.barred, *taken, *product(guides, seconds)})),
    )


def _free(side: Side, filled: Counter[str]) -> Side:
    return {
        key: {**person, "capacity": person["capacity"] - filled[key]}
        for key, person in side.items()
        if person["capacity"] > filled[key]
    }


def _only(side: Side, waiting: Collection[str]) -> Side:
    return {key: person for key, person in side.items() if key in waiting}
