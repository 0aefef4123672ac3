"""The engine's problem, gathered from rows in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from curriculum.models import PlanStep, ProgrammeCurriculum
from curriculum.queries.levels import levels_of
from curriculum.queries.progress import modules_completed
from matching.models import Goal, Pair, Participant
from training.enums import Audience
from training.queries import TrackFacts

Problem = dict[str, Any]


def build_problem(
    pairs: Iterable[Pair], tracks: Sequence[TrackFacts], curriculum: ProgrammeCurriculum
) -> Problem:
    """The problem of these pairs, as the contract of `curriculum.engine` writes it.

    A pair's id is its primary key as text, a track's id its translation key.
    """
    chosen = list(pairs)
    levels = levels_of(p for pair in chosen for p in (pair.mentor_id, pair.mentee_id))
    goals = _goals_of(pair.mentee_id for pair in chosen)
    completed = _completed_tracks(pair.mentee_id for pair in chosen)
    learnt = modules_completed(pair.mentee.person_id for pair in chosen)
    offered = teachable(tracks)
    known = {track.key for track in offered}
    budget = {"minutes": curriculum.budget_minutes, "sessions": curriculum.budget_sessions}
    return {
        "tracks": [track_problem(track) for track in offered],
        "pairs": [
            {
                "id": str(pair.pk),
                "levels": dict(levels.get(pair.mentee_id, {})),
                "goals": goals.get(pair.mentee_id, {}),
                "guide": dict(levels.get(pair.mentor_id, {})),
                "languages": shared_languages(pair.mentor, pair.mentee),
                "interests": list(pair.mentee.interests),
                "budget": budget,
                "completed": sorted(completed.get(pair.mentee_id, set()) & known),
                "minutes_left": _minutes_left(offered, learnt.get(pair.mentee.person_id, set())),
            }
            for pair in chosen
        ],
    }


def teachable(tracks: Iterable[TrackFacts]) -> list[TrackFacts]:
    """Those tracks all of whose prerequisites are live too, and theirs, and so on."""
    offered = list(tracks)
    while True:
        known = {track.key for track in offered}
        kept = [track for track in offered if known.issuperset(track.requires)]
        if len(kept) == len(offered):
            return kept
        offered = kept


def track_problem(track: TrackFacts) -> Problem:
    """One track as the contract writes it."""
    return {
        "id": track.key,
        "outcomes": [{"skill": s, "from": low, "to": high} for s, low, high in track.outcomes],
        "minutes": max(1, track.minutes),
        "sessions": track.sessions,
        "requires": list(track.requires),
        "languages": list(track.languages),
        "self_guided": track.is_self_guided,
        "interests": list(track.interests),
        "order": track.order,
    }


def shared_languages(mentor: Participant, mentee: Participant) -> list[str]:
    """What both speak; if one names none, the other's; if they share none, the mentee's."""
    ours, theirs = mentor.languages, mentee.languages
    return [name for name in theirs if name in ours] or list(theirs or ours)


def _minutes_left(tracks: Iterable[TrackFacts], learnt: set[UUID]) -> dict[str, int]:
    """What each track begun elsewhere still takes; a module done once is done."""
    left = {}
    for track in tracks:
        done = sum(
            item.minutes
            for item in track.items
            if item.audience != Audience.MENTOR and UUID(item.page_key) in learnt
        )
        if done:
            left[track.key] = max(1, track.minutes - done)
    return left


def _goals_of(participant_ids: Iterable[int]) -> Mapping[int, dict[str, dict[str, int]]]:
    goals: dict[int, dict[str, dict[str, int]]] = defaultdict(dict)
    for participant_id, skill, target, weight in Goal.objects.filter(
        participant_id__in=set(participant_ids)
    ).values_list("participant_id", "skill__name", "target", "weight"):
        goals[participant_id][skill] = {"target": target, "weight": weight}
    return goals


def _completed_tracks(mentee_ids: Iterable[int]) -> Mapping[int, set[str]]:
    completed: dict[int, set[str]] = defaultdict(set)
    for mentee_id, key in PlanStep.objects.filter(
        plan__pair__mentee_id__in=set(mentee_ids), completed_at__isnull=False
    ).values_list("plan__pair__mentee_id", "track_key"):
        completed[mentee_id].add(str(key))
    return completed
