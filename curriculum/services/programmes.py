"""A programme's curriculum, made with its defaults when first asked for."""

from functools import partial
from typing import Any

from curriculum.models import ProgrammeCurriculum
from matching.models import Programme
from training.enums import Audience, TrackPurpose
from training.models import TrackPage


def ensure_curriculum(programme: Programme) -> ProgrammeCurriculum:
    """The programme's budget and preparation: at first the first live one for each side."""
    # Callables: looked up only when the row is made.
    defaults: dict[str, Any] = {
        "mentor_preparation": partial(_first_preparation, Audience.MENTOR),
        "mentee_preparation": partial(_first_preparation, Audience.MENTEE),
    }
    curriculum, _is_new = ProgrammeCurriculum.objects.get_or_create(
        programme=programme, defaults=defaults
    )
    return curriculum


def save_curriculum(curriculum: ProgrammeCurriculum) -> ProgrammeCurriculum:
    """Check it whole and keep it; plans that stand are not touched."""
    curriculum.full_clean()
    curriculum.save()
    return curriculum


def _first_preparation(audience: Audience) -> TrackPage | None:
    tracks = TrackPage.objects.live().filter(purpose=TrackPurpose.PREPARATION)
    found: TrackPage | None = (
        tracks.filter(audience__in=[audience, Audience.BOTH]).order_by("path").first()
    )
    return found
