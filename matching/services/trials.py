"""What other rules would come to, without keeping anything; and one of them taken over."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matching.figures import digest, engine_print, figures_of
from matching.models import Programme
from matching.queries.problem import Gathered, gather_problem
from matching.queries.questions import MOST_AT_ONCE
from matching.round_wording import no_pairs_in_words
from matching.rules import RuleSet, differences, rules_of
from matching.services.programmes import save_programme
from matching.services.rounds import nobody_to_match
from matching.services.solving import RoundRefused, Solved, solve_gathered
from portal.models import User

# Above this many people a comparison takes longer than one waits for a page.
MOST_IN_PLACE = MOST_AT_ONCE
REMEMBERED_FOR = 600  # seconds


class RulesChanged(Exception):
    """Somebody else changed the programme's rules meanwhile; says what."""


def try_rules(
    programme: Programme, sets: Sequence[RuleSet], progress: Callable[[int], None] | None = None
) -> list[dict[str, Any]]:
    """What each set comes to, as plain JSON; people are gathered once. Raises `RoundRefused`."""
    gathered = gather_problem(programme)
    if not (gathered.mentors or gathered.mentees):
        raise RoundRefused(nobody_to_match())
    found = []
    for done, rules in enumerate(sets, start=1):
        found.append(_outcome(replace(gathered, **rules.in_problem())))
        if progress:
            progress(done)
    return found


def _outcome(gathered: Gathered) -> dict[str, Any]:
    """Kept for a while: of two sets, a slider moves one. Another person or place is another key."""
    asked = json.dumps(
        [engine_print(), get_language(), *(getattr(gathered, one.name) for one in fields(gathered))]
    )
    key = f"matching.trial.{digest(asked.encode())}"
    outcome: dict[str, Any] | None = cache.get(key)
    if outcome is None:
        outcome = outcome_of(solve_gathered(gathered))
        cache.set(key, outcome, REMEMBERED_FOR)
    return outcome


def outcome_of(solved: Solved) -> dict[str, Any]:
    """An answer in figures, with its pairs; standing ones are among these."""
    result = solved.result
    covered = {(pair["mentee"], one["skill"]) for pair in result["pairs"] for one in pair["covers"]}
    return {
        **asdict(figures_of(result, solved.held)),
        "goals_open": sum(_open_goals(person) for person in solved.problem["mentees"]),
        "goals_covered": len(covered),
        "why_none": no_pairs_in_words(result),
        "pairs": [
            {name: pair[name] for name in ("mentor", "mentee", "score")} for pair in result["pairs"]
        ],
    }


def _open_goals(person: dict[str, Any]) -> int:
    """How much of what somebody wants to learn they have not reached."""
    levels = person.get("levels", {})
    goals = person.get("goals", {})
    return sum(goal["target"] > levels.get(skill, 0) for skill, goal in goals.items())


@transaction.atomic
def adopt_rules(programme: Programme, rules: RuleSet, *, seen: RuleSet, by: User | None) -> None:
    """Make them the programme's. Raises `RulesChanged` when these are no longer those `seen`."""
    locked = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    now = rules_of(locked)
    if now == rules:
        return
    if now != seen:
        raise RulesChanged(changed_in_words(now, seen))
    for name, value in rules.as_json().items():
        setattr(locked, name, value)
    save_programme(locked, by=by)


def changed_in_words(now: RuleSet, seen: RuleSet) -> str:
    """What somebody else changed since; "" when nothing."""
    told = [
        _("%(rule)s: %(now)s instead of %(seen)s")
        % {"rule": one.label, "now": one.value, "seen": one.other}
        for one in differences(now, seen)
    ]
    if not told:
        return ""
    text = _("The programme’s rules were changed meanwhile (%(changes)s).")
    return text % {"changes": "; ".join(told)}
