"""What the background worker does for the curriculum; each hands over to one service."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.queries.coordination import without_steps
from curriculum.services import sessions
from curriculum.services.plans import Assignment, assign_tracks, plan_pair
from curriculum.services.progress import follow_up_module
from matching.models import Pair, Programme
from portal.models import Job
from portal.services.jobs import note_progress


def assign_pair_tracks(pair_id: int) -> None:
    """Plan a pair that has begun; running twice changes nothing."""
    pair = (
        Pair.objects.select_related("programme", "mentor__person", "mentee__person")
        .filter(pk=pair_id)
        .first()
    )
    if pair is not None:
        plan_pair(pair)


def call_off_sessions(pair_id: int) -> None:
    """Call off what a pair that ended still had before it; running twice changes nothing."""
    pair = Pair.objects.filter(pk=pair_id).first()
    if pair is not None:
        sessions.call_off_sessions(pair)


def follow_up_gone_module(module_key: str) -> None:
    """Complete the steps that waited for this module alone; running twice changes nothing."""
    follow_up_module(UUID(module_key))


def assign_programme_tracks(job: Job, *, programme_id: int) -> dict[str, Any]:
    """Plan each pair of a programme that has no plan, and say what it came to."""
    programme = Programme.objects.get(pk=programme_id)
    figures = assign_tracks(programme)
    note_progress(job, done=figures.planned, total=figures.pairs)
    return asdict(figures) | {
        "summary": summarise_assignment(figures, without_steps(programme).count()),
        "next_url": reverse("curriculum:programme", args=[programme.slug]),
        "next_label": _("Back to the curriculum"),
    }


def summarise_assignment(figures: Assignment, without_steps: int) -> str:
    """What the plans of a programme come to, in a few sentences."""
    told = [
        _("%(planned)d of %(pairs)d active pairs have a plan.")
        % {"planned": figures.planned, "pairs": figures.pairs},
        ngettext(
            "Of %(goals)d goal %(met)d is met by it, %(partly)d in part and %(unmet)d not.",
            "Of %(goals)d goals %(met)d are met by them, %(partly)d in part and %(unmet)d not.",
            figures.goals,
        )
        % {
            "goals": figures.goals,
            "met": figures.met,
            "partly": figures.partly,
            "unmet": figures.unmet,
        },
    ]
    if without_steps:
        told.append(
            ngettext(
                "%(n)d pair has no track for its goals.",
                "%(n)d pairs have no track for their goals.",
                without_steps,
            )
            % {"n": without_steps}
        )
    return " ".join(told)
