"""What editors have written so far, and what nobody has written yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q
from wagtail.models import Locale, Page

from portal.models import Skill
from training.models import TrackOutcome, TrainingPage


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many pages of one kind are live, and how many hold something not published yet."""

    kind: type[TrainingPage]
    live: int
    drafts: int


def kind_counts(kinds: Sequence[type[TrainingPage]]) -> list[KindCount]:
    """One query for all kinds, in the order asked for."""
    types = ContentType.objects.get_for_models(*kinds)
    rows = (
        Page.objects.filter(content_type__in=types.values())
        .order_by()
        .values_list("content_type")
        .annotate(
            live_ones=Count("pk", filter=Q(live=True)),
            drafts=Count("pk", filter=Q(live=False) | Q(has_unpublished_changes=True)),
        )
    )
    found = {pk: (live, drafts) for pk, live, drafts in rows}
    return [KindCount(kind, *found.get(types[kind].pk, (0, 0))) for kind in kinds]


def skills_without_track() -> list[str]:
    """Names of the skills that no live track lifts, in the portal's own language."""
    lifted = TrackOutcome.objects.filter(
        track__live=True, skill__translation_key=OuterRef("translation_key")
    )
    skills = Skill.objects.filter(~Exists(lifted), locale=Locale.get_default())
    return list(skills.order_by("name").values_list("name", flat=True))
