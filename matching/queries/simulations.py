"""What a simulation came to, with names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.figures import Figures, figures_of
from matching.models import Programme, Simulation
from matching.queries.names import Names
from matching.queries.rounds import (
    LeftOverGroup,
    describe_groups,
    describe_pairs,
    group_left_over,
)
from matching.round_wording import no_pairs_in_words, score_in_words
from matching.rules import RuleInWords, RuleSet, in_words
from matching.wording import unmatched_in_words
from portal.models import User

LARGE = ("people", "gathered", "result", "held")


@dataclass(frozen=True)
class SimulationPage:
    figures: Figures
    fairness: list[dict[str, str]]
    why_none: str
    pairs: list[dict[str, Any]]
    groups: list[LeftOverGroup]
    rules: list[RuleInWords]


def own_simulations(programme: Programme, person: User) -> QuerySet[Simulation]:
    """Those of one coordinator that are not past their day, newest first, without what is large.

    They hold names of people who know of nothing yet: nobody else sees them.
    """
    return programme.simulations.filter(created_by=person, expires_at__gt=timezone.now()).defer(
        *LARGE
    )


def find_simulation(programme: Programme, person: User, simulation_id: int) -> Simulation | None:
    found = own_simulations(programme, person).defer(None).defer("gathered")
    return found.filter(pk=simulation_id).first()


def names_in(simulation: Simulation) -> Names:
    return Names({key: name for key, (name, _email) in simulation.people.items()})


def pairs_in_simulation(simulation: Simulation, search: str = "") -> list[dict[str, Any]]:
    """Best first; every word of a search stands in name and address of one of the two."""
    names = {key: " ".join(both).casefold() for key, both in simulation.people.items()}
    words = search.casefold().split()
    found = [
        pair
        for pair in (simulation.result or {}).get("pairs", ())
        if not pair["locked"]
        and any(all(word in names[pair[side]] for word in words) for side in ("mentor", "mentee"))
    ]
    return sorted(found, key=lambda pair: -pair["score"])


def describe_simulation(
    simulation: Simulation, pairs: Iterable[Mapping[str, Any]]
) -> SimulationPage | None:
    """None while it is not finished; no query."""
    result = simulation.result
    if result is None:
        return None
    names = names_in(simulation)
    return SimulationPage(
        figures=figures_of(result, simulation.held),
        fairness=_fairness(simulation),
        why_none=no_pairs_in_words(result),
        pairs=describe_pairs(pairs, names),
        groups=describe_groups(group_left_over(_left_over(simulation)), names),
        rules=in_words(RuleSet(**simulation.rules)),
    )


def _left_over(simulation: Simulation) -> list[dict[str, Any]]:
    held = set(simulation.held)
    unmatched = (simulation.result or {}).get("unmatched", ())
    return [one for one in unmatched if one["id"] not in held]


def _fairness(simulation: Simulation) -> list[dict[str, str]]:
    """How evenly it falls out, for components/facts.html."""
    pairs, left = (simulation.result or {}).get("pairs", ()), _left_over(simulation)
    facts = [
        {"label": _("Mentees with a mentor"), "value": _share("mentee", pairs, left)},
        {"label": _("Mentors with a mentee"), "value": _share("mentor", pairs, left)},
    ]
    if scores := sorted(pair["score"] for pair in pairs if not pair["locked"]):
        told = _("%(points)s points or more")
        tenth = score_in_words(scores[len(scores) // 10])
        facts.append({"label": _("Nine in ten pairs have"), "value": told % {"points": tenth}})
    return facts


def _share(side: str, pairs: Iterable[Mapping[str, Any]], left: list[dict[str, Any]]) -> str:
    some = len({pair[side] for pair in pairs})
    every = some + sum(one["side"] == side for one in left)
    share = round(100 * some / every) if every else 0
    return _("%(some)d of %(all)d, %(share)d %%") % {"some": some, "all": every, "share": share}


def simulation_rows(simulation: Simulation) -> Iterator[list[str]]:
    """The answer as a table: pairs, then people left over with the reason."""
    yield [
        _("mentor"),
        _("mentor’s address"),
        _("mentee"),
        _("mentee’s address"),
        _("points"),
        _("goals"),
        _("why left over"),
    ]
    people = simulation.people
    for pair in pairs_in_simulation(simulation):
        covers = "; ".join(f"{one['skill']} {one['from']}–{one['to']}" for one in pair["covers"])
        score = f"{pair['score'] / 1000:.1f}"
        yield [*people[pair["mentor"]], *people[pair["mentee"]], score, covers, ""]
    for one in _left_over(simulation):
        known = people[one["id"]]
        both = [*known, "", ""] if one["side"] == "mentor" else ["", "", *known]
        yield [*both, "", "", unmatched_in_words(one)]
