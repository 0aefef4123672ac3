"""A programme's curriculum, made with its defaults when first asked for."""

from curriculum.models import ProgrammeCurriculum
from matching.models import Programme
from training.enums import Audience, TrackPurpose
from training.models import TrackPage


def ensure_curriculum(programme: Programme) -> ProgrammeCurriculum:
    """The programme's budget and preparation: at first the first live one for each side."""
    curriculum, is_new = ProgrammeCurriculum.objects.get_or_create(programme=programme)
    if is_new:
        curriculum.mentor_preparation = _first_preparation(Audience.MENTOR)
        curriculum.mentee_preparation = _first_preparation(Audience.MENTEE)
        curriculum.save(update_fields=["mentor_preparation", "mentee_preparation"])
    return curriculum


def _first_preparation(audience: Audience) -> TrackPage | None:
    tracks = TrackPage.objects.live().filter(purpose=TrackPurpose.PREPARATION)
    found: TrackPage | None = (
        tracks.filter(audience__in=[audience, Audience.BOTH]).order_by("path").first()
    )
    return found
