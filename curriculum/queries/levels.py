"""The level a learner is at now: what they said at the start, raised by what they completed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from curriculum.models import PlanStep
from matching.models import Expertise

Levels = dict[str, int]


def levels_of(participant_ids: Iterable[int]) -> Mapping[int, Levels]:
    """Participant id → skill name → level (0 to 5), in two queries for any number of people.

    A completed step lifts the mentee of its pair to the level it was made for; a level never
    falls, and it stays when the pair or its plan ends.
    """
    ids = set(participant_ids)
    levels: dict[int, Levels] = defaultdict(dict)
    for participant_id, skill, level in Expertise.objects.filter(
        participant_id__in=ids
    ).values_list("participant_id", "skill__name", "level"):
        levels[participant_id][skill] = level
    completed = PlanStep.objects.filter(
        plan__pair__mentee_id__in=ids, completed_at__isnull=False
    ).values_list("plan__pair__mentee_id", "outcomes")
    for participant_id, outcomes in completed:
        raise_levels(levels[participant_id], outcomes)
    return levels


def raise_levels(levels: Levels, outcomes: Iterable[Mapping[str, object]]) -> None:
    """Lift `levels` in place to at least what each outcome ``{skill, from, to}`` gives."""
    for outcome in outcomes:
        skill = str(outcome["skill"])
        levels[skill] = max(levels.get(skill, 0), int(str(outcome["to"])))
